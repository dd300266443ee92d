//! What was asked so far, counted.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counts of requests since the start or the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// All requests to the API, refused ones included.
    pub requests: u64,
    /// Answers with the status 429.
    pub answered_429: u64,
    /// The most requests that were under way at the same time.
    pub max_parallel: u64,
    /// Whether access is switched off because of abuse.
    pub banned: bool,
    /// How near a user came to that in any minute, in hundredths of the nearest of the thresholds.
    pub nearest_ban: u32,
    /// Notifications of webhooks (вебхуки) that their receivers took.
    pub webhooks_delivered: u64,
    /// Notifications that were given up: no answer in time, or only bad ones.
    pub webhooks_lost: u64,
    /// Requests by route: method and path below the base address, ids written `{id}`.
    pub routes: BTreeMap<String, u64>,
}

impl Stats {
    /// How many requests went to one route, such as `POST /entity/customerorder`.
    #[must_use]
    pub fn route(&self, route: &str) -> u64 {
        self.routes.get(route).copied().unwrap_or(0)
    }
}
