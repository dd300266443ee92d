//! A stateful server of the МойСклад JSON API 1.2 on loopback, for tests and demonstrations.
//!
//! It keeps an account in memory and answers over real HTTP as the service does: the same fields,
//! filters, error codes, limits and headers. Tests seed it, look into it, and break it on purpose.
//!
//! ```
//! use moysklad_api::emulator::Emulator;
//! use serde_json::json;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::start().await?;
//! let customer = emulator.add("counterparty", json!({"name": "ООО Вектор"}))?;
//!
//! let answer = reqwest::Client::new()
//!     .get(format!("{}/entity/counterparty", emulator.base_url()))
//!     .bearer_auth(emulator.token())
//!     .send()
//!     .await?;
//!
//! let list: serde_json::Value = answer.json().await?;
//! assert_eq!(list["rows"][0]["id"], customer["id"]);
//! assert_eq!(emulator.stats().requests, 1);
//! # Ok(()) }
//! ```
//!
//! A fresh account has one employee, one group, one organization, one store, the rouble, the seven
//! usual order states and one price type; it has no counterparties.
//!
//! Webhooks of stock (вебхуки остатков) are told a minute after it has changed, by the emulator's
//! clock, at the next request or [`Emulator::advance`].
//!
//! A user may do everything until [`Emulator::withdraw_right`] takes a right from him.
//!
//! Every write is kept for the audit (аудит) and told to the webhooks (вебхуки) that ask for it, over
//! real HTTP: what the handle does counts as done in the web interface, what a client sends as done
//! by the API. Files are downloaded from a storage on a port of its own, as from another host.
//!
//! # Breaking it
//!
//! [`Emulator::add_fault`] makes requests of a route fail: by a status, a delay, a connection cut
//! before or after the work is done, a broken answer. [`Emulator::stop_at`] holds the n-th request
//! until the test lets go, for tests of what a crash leaves behind. [`Emulator::advance`] moves the
//! clock, also that of the limits.
//!
//! # From other processes
//!
//! On the same port, not counted in the statistics: `GET /__emulator/stats`,
//! `POST` and `DELETE /__emulator/faults`, `GET /__emulator/dump`.

mod account;
mod assortment;
mod attributes;
mod audit;
mod auth;
mod builder;
mod call;
mod clock;
mod collections;
mod contents;
mod context;
mod control;
mod datum;
mod delivery;
mod dictionaries;
mod diff;
mod dispatch;
mod entity_types;
mod error;
mod expand;
mod fault;
mod files;
mod filter;
mod href;
mod images;
mod journal;
mod json;
mod limit;
mod list;
mod manager;
mod metadata;
mod mint;
mod moment;
mod named_filter;
mod order;
mod payments;
mod positions;
mod query;
mod reference;
mod register;
mod removal;
mod render;
mod rights;
mod route;
mod rules;
mod search;
mod server;
mod settings;
mod shared;
mod states;
mod stats;
mod stock;
mod stock_webhook;
mod stop;
mod storage;
mod store;
mod tasks;
mod template;
mod validate;
mod variant;
mod webhook;
mod world;
mod write;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;

pub use self::builder::Builder;
pub use self::error::ServiceErrors;
pub use self::fault::{Fault, FaultKind};
pub use self::stats::Stats;
pub use self::stop::{StopPoint, StopWhen};

use self::auth::User;
use self::href::ROOT;
use self::limit::Limiter;
use self::shared::Shared;
use self::world::World;

/// A running emulator; dropping it stops the server and cuts its connections.
#[derive(Debug)]
pub struct Emulator {
    shared: Arc<Shared>,
    host: String,
    /// The server and the messenger of its webhooks; both end when this is dropped.
    _tasks: JoinSet<()>,
}

/// Start and credentials.
impl Emulator {
    /// Sets up an emulator.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Starts an emulator with the defaults.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// The base address of the API: `http://127.0.0.1:PORT/api/remap/1.2`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}{ROOT}", self.host)
    }

    /// The login of the account's user.
    #[must_use]
    pub fn login(&self) -> String {
        self.shared.credentials.owner().login.clone()
    }

    /// The password of the account's user.
    #[must_use]
    pub fn password(&self) -> String {
        use secrecy::ExposeSecret as _;
        let owner = self.shared.credentials.owner();
        owner.password.expose_secret().to_owned()
    }

    /// The token that is valid now; a client that asks for a new one revokes it.
    #[must_use]
    pub fn token(&self) -> String {
        self.shared.credentials.owner().token()
    }

    /// The token of another user of the account, by his login.
    #[must_use]
    pub fn token_of(&self, login: &str) -> Option<String> {
        let mut users = self.shared.credentials.users();
        users.find(|user| user.login == login).map(User::token)
    }
}

/// Counts, clock and faults.
impl Emulator {
    /// What was asked since the start or the last reset.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.stats()
    }

    /// Starts counting anew.
    pub fn reset_stats(&self) {
        *self.shared.stats.lock() = Stats::default();
    }

    /// Gives all users access again after it was switched off because of abuse.
    pub fn unban(&self) {
        self.shared
            .limiters
            .lock()
            .iter_mut()
            .for_each(Limiter::unban);
    }

    /// The time on the emulator's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.shared.clock.now().millisecond();
        Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves the emulator's clock forward, also that of its limits.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
        self.act(World::tell_of_stock);
    }

    /// Adds a rule by which requests go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.faults.lock().add(fault);
    }

    /// Removes all rules by which requests go wrong.
    pub fn clear_faults(&self) {
        self.shared.faults.lock().clear();
    }

    /// Holds the n-th request from now, the next one being the first, until the returned point
    /// is dropped; then its connection is cut without an answer.
    pub fn stop_at(&self, n: u64, when: StopWhen) -> StopPoint {
        self.shared.stops.lock().set(n, when)
    }
}

const _: () = {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Emulator>();
    shared::<Builder>();
    shared::<StopPoint>();
};
