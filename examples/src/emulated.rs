//! Both services as emulators, and a sync between them.

use std::error::Error;

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Config, Store, Sync, SyncBuilder};
use moysklad_api::{Credentials, emulator as moysklad};

/// Number of the invented site.
pub const SITE: u64 = 25918;
/// The secret of webhooks; a real one is random, and kept where your other secrets are.
const WEBHOOK_SECRET: &str = "an-invented-secret-4f1d";

/// Emulators of both services, which end when this is dropped.
#[derive(Debug)]
pub struct Emulated {
    /// Calltouch.
    pub calltouch: calltouch::Emulator,
    /// МойСклад.
    pub moysklad: moysklad::Emulator,
}

impl Emulated {
    /// Starts both on free ports.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    pub async fn start() -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            calltouch: calltouch::Emulator::builder().site_id(SITE).start().await?,
            moysklad: moysklad::Emulator::builder().start().await?,
        })
    }

    /// Begins a sync between them that remembers nothing in the end.
    ///
    /// # Errors
    ///
    /// When a client cannot be built or the store cannot be opened.
    pub async fn sync(&self, config: Config) -> Result<SyncBuilder, Box<dyn Error>> {
        let calltouch = calltouch_api::Client::builder(SITE, self.calltouch.token())
            .base_url(self.calltouch.base_url())
            .build()?;
        let moysklad = moysklad_api::Client::builder(Credentials::token(self.moysklad.token()))
            .base_url(self.moysklad.base_url())
            .build()?;
        let store = Store::open("sqlite::memory:").await?;
        Ok(Sync::builder(config, calltouch, moysklad, store).webhook_secret(WEBHOOK_SECRET))
    }

    /// Lets Calltouch tell of its leads, as one sets it up in the cabinet (вебхуки).
    ///
    /// # Errors
    ///
    /// When the address is none.
    pub fn subscribe(&self, hooks: &str) -> Result<(), Box<dyn Error>> {
        let address = format!("{hooks}/calltouch/{WEBHOOK_SECRET}");
        let webhook = calltouch::Webhook::new(address);
        Ok(self.calltouch.add_webhook(webhook)?)
    }
}
