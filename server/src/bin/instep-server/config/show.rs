//! `--print-config`: everything that is set, as a file that can be fed back.

use super::layers::Layers;
use super::settings::{SETTINGS, Setting};

const HEAD: &str = "\
# The settings of instep-server. Each may also be a flag (--retention-days 7) or a variable in the environment
# (INSTEP_RETENTION_DAYS=7). A flag comes before the environment, that before this file, and this before the default.
";

/// The whole configuration, as TOML with comments. What is secret is only said to be set or not.
pub(crate) fn show(layers: &Layers) -> String {
    let mut text = HEAD.to_owned();
    let mut heading = "";
    for setting in SETTINGS {
        if setting.heading != heading {
            heading = setting.heading;
            text.push_str(&format!("\n## {heading}\n"));
        }
        text.push('\n');
        for line in setting.help.lines() {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&line(setting, layers));
        text.push('\n');
    }
    text
}

fn line(setting: &Setting, layers: &Layers) -> String {
    let key = setting.key;
    let written = layers.get(key).filter(|written| written.texts.iter().any(|text| !text.is_empty()));
    match written {
        Some(written) if setting.secret => {
            let place = written.place().unwrap_or_default();
            format!("# It is set, by {place}, and not shown here.\n# {key} = \"…\"")
        }
        Some(written) => {
            let from = written.place().map_or_else(String::new, |place| format!("  # by {place}"));
            format!("{key} = {}{from}", value(setting, &written.texts))
        }
        None if setting.secret => {
            format!("# It is not set.\n# {key} = {}", value(setting, &[setting.example.to_owned()]))
        }
        None => format!("# {key} = {}", value(setting, &[setting.example.to_owned()])),
    }
}

fn value(setting: &Setting, texts: &[String]) -> String {
    let one = |text: &String| match setting.is_text() {
        true => toml::Value::String(text.clone()).to_string(),
        // Written as it may stand in a file: +7 and 007 may not.
        false => text.parse().map_or_else(|_| text.clone(), |number: u64| number.to_string()),
    };
    let all: Vec<String> = texts.iter().map(one).collect();
    if setting.many { format!("[{}]", all.join(", ")) } else { all.concat() }
}
