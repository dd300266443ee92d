//! One service to try a client on: the account that the environment names, else an emulator.

use calltouch_api::emulator as calltouch;
use ct_ms_sync::Config;
use moysklad_api::{Credentials, emulator as moysklad};

use crate::accounts::{self, variable};
use crate::emulated::SITE;
use crate::failure::{Failure, other};

/// Calltouch, by a client.
#[derive(Debug)]
pub struct Calltouch {
    /// The client of one site.
    pub client: calltouch_api::Client,
    /// What it talks to, unless that is the service itself.
    pub emulator: Option<calltouch::Emulator>,
}

impl Calltouch {
    /// Opens the site that `CALLTOUCH_SITE_ID` and `CALLTOUCH_TOKEN` name, else an empty emulator.
    ///
    /// # Errors
    ///
    /// When a variable is missing or wrong, or no port can be listened on.
    pub async fn open() -> Result<Self, Failure> {
        if variable("CALLTOUCH_TOKEN").is_some() {
            let site = variable("CALLTOUCH_SITE_ID").and_then(|site| site.parse().ok());
            let site = site.ok_or_else(|| {
                let text = "CALLTOUCH_SITE_ID must be set to the number of the site, beside CALLTOUCH_TOKEN";
                Failure::Setting(text.into())
            })?;
            return Ok(Self {
                client: accounts::calltouch(&Config::new(site))?,
                emulator: None,
            });
        }
        let emulator = calltouch::Emulator::builder().site_id(SITE);
        let emulator = emulator.start().await.map_err(other)?;
        let client = calltouch_api::Client::builder(SITE, emulator.token());
        Ok(Self {
            client: client
                .base_url(emulator.base_url())
                .build()
                .map_err(other)?,
            emulator: Some(emulator),
        })
    }
}

/// МойСклад, by a client.
#[derive(Debug)]
pub struct Moysklad {
    /// The client of one user.
    pub client: moysklad_api::Client,
    /// What it talks to, unless that is the service itself.
    pub emulator: Option<moysklad::Emulator>,
}

impl Moysklad {
    /// Opens the account that `MOYSKLAD_TOKEN`, or `MOYSKLAD_LOGIN` with `MOYSKLAD_PASSWORD`, names,
    /// else an emulator of a new account.
    ///
    /// # Errors
    ///
    /// When a variable is wrong, or no port can be listened on.
    pub async fn open() -> Result<Self, Failure> {
        if variable("MOYSKLAD_TOKEN").is_some() || variable("MOYSKLAD_LOGIN").is_some() {
            return Ok(Self {
                client: accounts::moysklad()?,
                emulator: None,
            });
        }
        let emulator = moysklad::Emulator::start().await.map_err(other)?;
        let client = moysklad_api::Client::builder(Credentials::token(emulator.token()));
        Ok(Self {
            client: client
                .base_url(emulator.base_url())
                .build()
                .map_err(other)?,
            emulator: Some(emulator),
        })
    }
}
