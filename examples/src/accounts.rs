//! What the example programs need to work on real accounts: configuration, clients, output.

use std::env;
use std::fmt::Display;
use std::path::Path;

use ct_ms_sync::Config;
use jiff::civil::Date;
use moysklad_api::Credentials;
use serde::Serialize;

use crate::failure::Failure;

/// Reads the configuration; `since` takes the place of its `leads.since`.
///
/// # Errors
///
/// When the file cannot be read, or a setting is wrong.
pub fn config(file: &Path, since: Option<Date>) -> Result<Config, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::Setting(format!(
            "the configuration {} cannot be read: {error}",
            file.display()
        ))
    })?;
    let mut config = Config::from_toml(&text)?;
    if since.is_some() {
        config.leads.since = since;
    }
    Ok(config)
}

/// The value of an environment variable; nothing when it is blank.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Makes the Calltouch client that the environment describes.
///
/// # Errors
///
/// [`Failure::Setting`] when a variable is missing or wrong.
pub fn calltouch(config: &Config) -> Result<calltouch_api::Client, Failure> {
    let token = variable("CALLTOUCH_TOKEN").ok_or_else(|| {
        Failure::Setting("CALLTOUCH_TOKEN must be set in the environment to the API token of the Calltouch cabinet".into())
    })?;
    let mut builder = calltouch_api::Client::builder(config.calltouch.site_id, token);
    if let Some(url) = variable("CALLTOUCH_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build().map_err(|error| {
        Failure::Setting(format!("CALLTOUCH_TOKEN or CALLTOUCH_BASE_URL: {error}"))
    })
}

/// Makes the МойСклад client that the environment describes.
///
/// # Errors
///
/// [`Failure::Setting`] when a variable is missing or wrong.
pub fn moysklad() -> Result<moysklad_api::Client, Failure> {
    let login = variable("MOYSKLAD_LOGIN").zip(variable("MOYSKLAD_PASSWORD"));
    let credentials = match (variable("MOYSKLAD_TOKEN"), login) {
        (Some(token), _) => Credentials::token(token),
        (None, Some((login, password))) => Credentials::login(login, password),
        (None, None) => {
            return Err(Failure::Setting(
                "MOYSKLAD_TOKEN, or MOYSKLAD_LOGIN with MOYSKLAD_PASSWORD, must be set in the environment".into(),
            ));
        }
    };
    let mut builder = moysklad_api::Client::builder(credentials);
    if let Some(url) = variable("MOYSKLAD_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build().map_err(|error| {
        Failure::Setting(format!(
            "the МойСклад credentials or MOYSKLAD_BASE_URL: {error}"
        ))
    })
}

/// Prints for people, or as one line of JSON.
pub fn show(what: &(impl Serialize + Display), json: bool) {
    if json {
        match serde_json::to_string(what) {
            Ok(line) => println!("{line}"),
            Err(error) => eprintln!("error: {error}"),
        }
    } else {
        println!("{what}");
    }
}
