//! The syncs of a process, made when they are needed and kept while they are used.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use calltouch_api::Limiter;
use ct_ms_sync::{Store, Sync};
use examples::failure::{Failure, other};
use moysklad_api::Pace;
use reqwest::redirect::Policy;
use tokio::time::Instant;

use crate::credentials::Provider;
use crate::pairs::Pair;
use crate::schedule::Kind;

/// Most syncs that are kept; the one that was used longest ago goes first.
const MOST: usize = 4096;

/// Makes syncs that share the limits of this process.
pub(crate) struct Syncs {
    store: Store,
    provider: Box<dyn Provider>,
    http: reqwest::Client,
    /// Calltouch counts by address, and a process has one.
    limiter: Limiter,
    /// МойСклад counts by user.
    paces: Mutex<HashMap<String, Pace>>,
    kept: Mutex<HashMap<(String, Kind), Kept>>,
}

struct Kept {
    pair: Pair,
    sync: Sync,
    used: Instant,
}

impl fmt::Debug for Syncs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Syncs").finish_non_exhaustive()
    }
}

impl Syncs {
    pub(crate) fn new(
        store: Store,
        provider: Box<dyn Provider>,
        limiter: Limiter,
    ) -> Result<Self, Failure> {
        // The settings that both SDKs ask of a client of one's own.
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .redirect(Policy::none())
            .pool_idle_timeout(Duration::from_secs(15))
            .build()
            .map_err(|_| Failure::Other("the HTTP client cannot be built".into()))?;
        Ok(Self {
            store,
            provider,
            http,
            limiter,
            paces: Mutex::default(),
            kept: Mutex::default(),
        })
    }

    /// The sync of a pair for jobs of a kind.
    pub(crate) async fn of(&self, pair: &Pair, kind: Kind) -> Result<Sync, Failure> {
        // Only cycles of a split pair differ in their settings.
        let kind = if pair.is_split() { kind } else { Kind::Live };
        let key = (pair.name.clone(), kind);
        if let Some(kept) = lock(&self.kept).get_mut(&key)
            && kept.pair == *pair
        {
            kept.used = Instant::now();
            return Ok(kept.sync.clone());
        }
        let sync = self.make(pair, kind).await?;
        let mut kept = lock(&self.kept);
        if kept.len() >= MOST {
            let oldest = kept.iter().min_by_key(|(_, kept)| kept.used);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                kept.remove(&oldest);
            }
        }
        let used = Instant::now();
        let (pair, made) = (pair.clone(), sync.clone());
        kept.insert(
            key,
            Kept {
                pair,
                sync: made,
                used,
            },
        );
        Ok(sync)
    }

    /// Has the secrets of a pair asked for anew.
    pub(crate) fn forget(&self, pair: &Pair) {
        lock(&self.kept).retain(|(name, _), _| *name != pair.name);
    }

    async fn make(&self, pair: &Pair, kind: Kind) -> Result<Sync, Failure> {
        let config = pair.config(kind).map_err(Failure::Setting)?;
        let secrets = self.provider.secrets(&pair.credentials).await?;
        let mut calltouch = calltouch_api::Client::builder(pair.site_id, secrets.calltouch)
            .http_client(self.http.clone())
            .limiter(self.limiter.clone());
        if let Some(url) = &pair.calltouch_url {
            calltouch = calltouch.base_url(url);
        }
        let mut moysklad = moysklad_api::Client::builder(secrets.moysklad)
            .http_client(self.http.clone())
            .pace(self.pace(&pair.moysklad_user));
        if let Some(url) = &pair.moysklad_url {
            moysklad = moysklad.base_url(url);
        }
        let (calltouch, moysklad) = (
            calltouch.build().map_err(other)?,
            moysklad.build().map_err(other)?,
        );
        let mut builder = Sync::builder(config, calltouch, moysklad, self.store.clone());
        if let Some(secret) = secrets.webhook {
            builder = builder.webhook_secret(secret);
        }
        Ok(builder.build()?)
    }

    fn pace(&self, user: &str) -> Pace {
        let mut paces = lock(&self.paces);
        paces
            .entry(user.to_owned())
            .or_insert_with(Pace::user)
            .clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The maps are whole between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
