//! Building a [`Sync`].

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use jiff::Timestamp;
use tokio::sync::{Mutex, Notify};

use super::{Inner, Sync, webhooks};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::event::{Event, Listener, Teller};
use crate::fingerprint;
use crate::store::Store;

/// Builds a [`Sync`].
#[must_use = "a builder does nothing until it is built"]
pub struct SyncBuilder {
    pub(super) config: Config,
    pub(super) calltouch: calltouch_api::Client,
    pub(super) moysklad: moysklad_api::Client,
    pub(super) store: Store,
    pub(super) clock: fn() -> Timestamp,
    pub(super) webhook_secret: Option<String>,
    pub(super) listener: Option<Arc<Listener>>,
}

impl fmt::Debug for SyncBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncBuilder")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl SyncBuilder {
    /// Takes the time from somewhere else than the system; for tests.
    pub fn clock(mut self, clock: fn() -> Timestamp) -> Self {
        self.clock = clock;
        self
    }

    /// Takes the secret that ends the addresses of webhooks (вебхуки): at least 16 letters, digits,
    /// `-` or `_`.
    ///
    /// Neither service signs what it sends, so whoever knows the secret can wake the sync; they can do
    /// nothing else with it.
    pub fn webhook_secret(mut self, secret: impl Into<String>) -> Self {
        self.webhook_secret = Some(secret.into());
        self
    }

    /// Calls `listener` whenever there is something to tell of a cycle under way.
    ///
    /// It is called in the midst of the work, so it must not block; what takes longer goes through a
    /// channel.
    pub fn on_event(
        mut self,
        listener: impl Fn(&Event) + Send + std::marker::Sync + 'static,
    ) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// Checks the configuration and builds the sync; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] when a setting is wrong, the Calltouch client is for another site, or the
    /// secret of webhooks is missing or too weak.
    pub fn build(self) -> Result<Sync> {
        self.config.check()?;
        if self.calltouch.site_id() != self.config.calltouch.site_id {
            return Err(Error::config(format!(
                "`calltouch.site_id` is {}, but the Calltouch client is for site {}",
                self.config.calltouch.site_id,
                self.calltouch.site_id()
            )));
        }
        let moysklad = match webhooks::own_prefix(&self.config) {
            // What the sync writes itself must not wake it.
            Some(prefix) => self.moysklad.suppressing_webhooks_to(&prefix)?,
            None => self.moysklad,
        };
        let webhook_secret = webhooks::secret(self.webhook_secret, &self.config)?;
        let teller = Teller::new(self.config.calltouch.site_id, self.listener);
        Ok(Sync {
            inner: Arc::new(Inner {
                fingerprint: fingerprint::of(&self.config),
                config: self.config,
                calltouch: self.calltouch,
                moysklad,
                store: self.store,
                clock: self.clock,
                recorder: None,
                teller,
                webhook_secret,
                wake: Notify::new(),
                marks_seen: AtomicI64::new(0),
                running: Mutex::new(None),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_client_of_another_site_is_refused() {
        let calltouch = calltouch_api::Client::new(8, "token").unwrap();
        let credentials = moysklad_api::Credentials::token("token");
        let moysklad = moysklad_api::Client::new(credentials).unwrap();
        let store = Store::open("sqlite::memory:").await.unwrap();

        let error = Sync::builder(Config::new(7), calltouch, moysklad, store)
            .build()
            .unwrap_err();

        assert!(error.is_config());
        assert!(error.to_string().contains("site 8"), "{error}");
    }
}
