//! Which certificate it shows.

use instep_server::{Certificate, DataFolder};

use crate::config::Config;
use crate::problem::Problem;

/// The pair that was named, or the data folder's own.
pub(crate) fn certificate(config: &Config, folder: &DataFolder) -> Result<Certificate, Problem> {
    Ok(match &config.certificate {
        Some((cert, key)) => Certificate::from_pem(cert, key)?,
        None => Certificate::own(folder)?,
    })
}
