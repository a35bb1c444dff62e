//! The log, on standard error. Nothing that anybody typed is in it, no token, no invite and no code: what is logged is
//! numbers and sentences of ours. Addresses of people are logged at debug alone.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;

/// Starts it.
pub(crate) fn start(config: &Config) {
    // What others log is not ours to vouch for: their warnings name addresses.
    let others = if config.log_level >= tracing::Level::DEBUG { LevelFilter::WARN } else { LevelFilter::ERROR };
    let filter = Targets::new().with_target("instep_server", config.log_level).with_default(others);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(false);
    let layer = if config.json_log { layer.json().flatten_event(true).boxed() } else { layer.boxed() };
    // It fails only where there is a log already.
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
}
