//! A stateful server of the Calltouch API on loopback, for tests and demonstrations.
//!
//! [`Emulator::builder`] starts one. It answers over real HTTP, with the service's limits, error
//! bodies and oddities:
//!
//! - the journals of calls, requests and deals, recordings, and the statistics of calls;
//! - the registration of requests, old and new, and of deals, 1.0 and 2.0;
//! - tags, comments and custom fields on leads, imports of calls, custom events and the server
//!   callback;
//! - webhooks, which are really sent: [`Emulator::add_webhook`].
//!
//! It can be told to go wrong: [`Fault`] refuses, delays, tears or cuts answers, [`Quirks`] bend
//! them, [`Emulator::set_daily_points`] runs out, and [`Emulator::stop_at`] holds a request still
//! so that a crash can be staged at that very point.
//!
//! # Testing your own integration
//!
//! Give your program the address, the site and the token, put leads in, let it run, and look at
//! what it left behind:
//!
//! ```
//! use calltouch_api::emulator::{Emulator, Fault, FaultKind};
//! use serde_json::{Value, json};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::builder().site_id(25918).token("secret").start().await?;
//! let call = emulator.add_call(json!({ "callerNumber": "79990000001" }));
//!
//! // The deal is stored, but its sender never learns it.
//! emulator.add_fault(Fault::new("*").kind(FaultKind::DropAfterCommit).times(1));
//!
//! // Here your program would run; this is what it might send.
//! let order = json!({
//!     "orderNumber": "crm-1", "status": "Новая сделка", "revenue": "1500.50",
//!     "orderDate": "20-11-2026 12:00:00", "statusDate": "20-11-2026 12:00:00",
//!     "matching": [{ "type": "call", "callParams": { "callId": call["callId"] } }],
//! });
//! let create = || {
//!     reqwest::Client::new()
//!         .post(format!("{}/lead-service/v1/api/client-order/create", emulator.base_url()))
//!         .header("Access-Token", emulator.token())
//!         .header("SiteId", emulator.site_id())
//!         .json(&json!({ "orders": [&order] }))
//!         .send()
//! };
//! assert!(create().await.is_err());
//! let answer: Value = create().await?.json().await?;
//!
//! assert!(answer["data"]["orders"][0]["error"].is_string(), "sent twice, stored once");
//! assert_eq!(emulator.deals().len(), 1);
//! assert_eq!(emulator.stats().requests, 2);
//! # Ok(()) }
//! ```
//!
//! # From other processes
//!
//! On the same port, neither counted nor limited:
//!
//! | request | answer |
//! |---|---|
//! | `GET /__emulator/stats` | [`Stats`] as JSON |
//! | `POST /__emulator/faults` | adds `{"rules": [{"route", "kind", "status", "delay_ms", "probability", "times"}]}`; kinds are `status`, `drop_before_commit`, `drop_after_commit`, `delay`, `truncate`, `html`, `empty` |
//! | `DELETE /__emulator/faults` | removes all rules |
//! | `GET /__emulator/dump` | everything stored: `calls`, `requests`, `deals` |
//!
//! # What it answers where the service is not documented
//!
//! - An item of a batch with a missing or unreadable field is refused alone; only a body that is
//!   no batch at all is refused as a whole.
//! - A deal whose matching finds no lead is refused; without any matching it has no source.
//! - The status `COMPLETED` closes a deal with success; all other words leave it open.
//! - An empty journal has no pages (`pageTotal` 0).
//! - Chats and MD5 sums of phones never match anything.
//! - A request whose number exists is refused. One that is registered over the API is unique when no
//!   lead before it has its phone or e-mail, and not a target unless it says so. Its tags stand in
//!   the group `WEB-API`. Forms are read from the query and as `x-www-form-urlencoded`.
//! - A result of `tag/lead/add`, `comment/lead/add` and `customfield/lead/add` is `imported`,
//!   `error` and the `callId` or `requestId` that was matched, under the key of the batch;
//!   `customfield/delete` lists the `customFields` it removed.
//! - An import of calls waits for a second; its log is read by [`Emulator::import_log`] alone.
//! - A custom event needs `scenarioId` and `uniqueKey`, and is answered with empty `data`.
//! - Statistics name days `dd/mm/yyyy` and leave out those without calls; a call of the medium
//!   `organic` is one from a search engine.
//! - A deal 1.0 takes its fields under the names of the records (`orderNumber`, `sum`, `realSum`,
//!   `status`, `orderDate`, `completedDate`, …), is `PENDING` unless it says otherwise, and is
//!   answered as it shows on a request. A known number takes the new values.
//! - A site without daily points is answered 400 with `apiErrorData`; each success costs one.
//! - Webhooks are sent once. Tags are joined by commas, `changedFields` holds names of parameters,
//!   a parameter without a value is empty. What a deal changes on its lead is told, the deal is not.
//! - A stored deal carries, beside the fields it was sent with, `orderId`, `siteId`, `createdDate`,
//!   `updatedDate`, `tags`, `comments`, and `matched`: by which strategy and which lead.

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde_json::Value;
use tokio::task::JoinHandle;

use self::{field::Object, lead::LeadKind, server::Shared};

pub use self::{
    builder::EmulatorBuilder,
    fault::{Fault, FaultKind},
    quirks::Quirks,
    seed::InvalidRecord,
    state::DuplicatePolicy,
    stats::Stats,
    stop::{StopPoint, StopWhen},
    webhook::{InvalidWebhook, Webhook, WebhookEvent, WebhookMethod},
};

mod access;
mod annotations;
mod attached;
mod batch;
mod builder;
mod calls;
mod clock;
mod control;
mod custom_events;
mod deal;
mod deals;
mod fault;
mod field;
mod gate;
mod identifier;
mod imports;
mod journal;
mod lead;
mod legacy;
mod limit;
mod matching;
mod moment;
mod orders;
mod page;
mod points;
mod query;
mod quirks;
mod recordings;
mod refusal;
mod registration;
mod requests;
mod routes;
mod seed;
mod server;
mod state;
mod statistics;
mod stats;
mod stop;
mod webhook;
mod widgets;

/// A running emulator; dropping it ends the server and all its connections.
pub struct Emulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    task: JoinHandle<()>,
    site_id: u64,
    token: String,
}

#[expect(
    clippy::must_use_candidate,
    reason = "adding and changing records is done for the effect as often as for the answer"
)]
impl Emulator {
    /// Begins the settings of an emulator.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    /// The address to give a client in place of `https://api.calltouch.ru`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The site (ID личного кабинета) of the builder.
    #[must_use]
    pub fn site_id(&self) -> u64 {
        self.site_id
    }

    /// The token that opens [`site_id`](Self::site_id).
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Stores a call (звонок) and returns it in full.
    ///
    /// Fields that are not given get the documented defaults: a successful, unique target call of
    /// now, without a session unless `sessionId` is given. `date` and `timestamp` follow each
    /// other. Anything but a JSON object counts as an empty one.
    pub fn add_call(&self, call: Value) -> Value {
        seed::call(&mut self.shared.state(), call)
    }

    /// Stores a request (заявка) and returns it in full.
    ///
    /// Fields that are not given get the documented defaults, also inside `client` and `session`.
    /// Anything but a JSON object counts as an empty one.
    pub fn add_request(&self, request: Value) -> Value {
        seed::request(&mut self.shared.state(), request)
    }

    /// Stores a deal (сделка) in the shape of `client-order/create` and returns what is stored.
    ///
    /// Number, status and dates are made up where they are not given; the duplicate policy does
    /// not apply. A matching that finds no lead leaves the deal without a source.
    pub fn add_deal(&self, deal: Value) -> Value {
        let deal = match deal {
            Value::Object(deal) => deal,
            _ => Object::new(),
        };
        deals::seed(&mut self.shared.state(), deal)
    }

    /// Stores calls as Calltouch answers them, every field as it is, and counts them.
    ///
    /// A call whose `callId` is known takes the place of the stored one.
    ///
    /// # Errors
    ///
    /// A record is no object, or its `callId` or time cannot be read; then none is stored.
    pub fn load_calls(&self, calls: Vec<Value>) -> Result<usize, InvalidRecord> {
        seed::load(&mut self.shared.state(), LeadKind::Call, calls)
    }

    /// Stores requests as Calltouch answers them, every field as it is, and counts them.
    ///
    /// A request whose `requestId` is known takes the place of the stored one.
    ///
    /// # Errors
    ///
    /// A record is no object, or its `requestId` or time cannot be read; then none is stored.
    pub fn load_requests(&self, requests: Vec<Value>) -> Result<usize, InvalidRecord> {
        seed::load(&mut self.shared.state(), LeadKind::Request, requests)
    }

    /// All calls with all their fields, by site and time.
    #[must_use]
    pub fn calls(&self) -> Vec<Value> {
        self.shared
            .state()
            .calls
            .all()
            .cloned()
            .map(Value::Object)
            .collect()
    }

    /// All requests with all their fields, by site and time.
    #[must_use]
    pub fn requests(&self) -> Vec<Value> {
        self.shared
            .state()
            .requests
            .all()
            .cloned()
            .map(Value::Object)
            .collect()
    }

    /// All deals with all their fields, by site and time.
    #[must_use]
    pub fn deals(&self) -> Vec<Value> {
        self.shared
            .state()
            .deals
            .all()
            .cloned()
            .map(Value::Object)
            .collect()
    }

    /// The deal with this number; of several the one stored last.
    #[must_use]
    pub fn deal(&self, order_number: &str) -> Option<Value> {
        self.shared
            .state()
            .deal(order_number)
            .cloned()
            .map(Value::Object)
    }

    /// Replaces fields of a call and returns it; `None` if there is no such call.
    pub fn update_call(&self, call_id: u64, patch: Value) -> Option<Value> {
        seed::patch(&mut self.shared.state(), LeadKind::Call, call_id, patch)
    }

    /// Removes a call and returns it; `None` if there is no such call.
    pub fn remove_call(&self, call_id: u64) -> Option<Value> {
        let mut state = self.shared.state();
        state.calls.remove(call_id).map(Value::Object)
    }

    /// Replaces fields of a request and returns it; `None` if there is no such request.
    pub fn update_request(&self, request_id: u64, patch: Value) -> Option<Value> {
        seed::patch(
            &mut self.shared.state(),
            LeadKind::Request,
            request_id,
            patch,
        )
    }

    /// Removes the deal with this number from [`site_id`](Self::site_id) and returns it.
    pub fn remove_deal(&self, order_number: &str) -> Option<Value> {
        self.shared
            .state()
            .remove_deal(self.site_id, order_number)
            .map(Value::Object)
    }

    /// What was counted so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.gate.stats()
    }

    /// Sets all counts to zero.
    pub fn reset_stats(&self) {
        self.shared.gate.reset_stats();
    }

    /// Adds a fault after those that are there; the first that hits a request counts.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.gate.add_fault(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.gate.clear_faults();
    }

    /// Holds the `nth` request from now, counted from 1, before or after it is carried out.
    ///
    /// ```no_run
    /// # use calltouch_api::emulator::{Emulator, StopWhen};
    /// # async fn cycle() {}
    /// # async fn crash_at(emulator: &Emulator, nth: u64) {
    /// let stop = emulator.stop_at(nth, StopWhen::AfterCommit);
    /// tokio::select! {
    ///     () = cycle() => {}          // ended before the nth request
    ///     () = stop.reached() => {}   // dropped here: as if the process were killed
    /// }
    /// # }
    /// ```
    pub fn stop_at(&self, nth: u64, when: StopWhen) -> StopPoint {
        self.shared.gate.stop_at(nth, when)
    }

    /// Switches oddities of the answers; replaces those switched before.
    pub fn quirks(&self, quirks: Quirks) {
        self.shared.state().quirks = quirks;
    }

    /// The emulator's time: its start, what passed since, and what was added.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.shared.state().clock.now()
    }

    /// Puts the emulator's clock forward; the limit keeps to real time.
    pub fn advance(&self, by: Duration) {
        self.shared.state().clock.advance(by);
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("address", &self.address)
            .field("site_id", &self.site_id)
            .finish_non_exhaustive()
    }
}
