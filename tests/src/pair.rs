//! Both emulators, a store and a configuration: everything a story needs.

use std::time::Duration;

use calltouch_api::Limiter;
use calltouch_api::emulator::{self as calltouch, DuplicatePolicy};
use ct_ms_sync::{Config, Report, Result, Store, Sync};
use jiff::Timestamp;
use jiff::tz::Offset;
use moysklad_api::emulator as moysklad;
use moysklad_api::{Credentials, Pace};
use serde_json::Value;
use tempfile::TempDir;

use crate::clock;
use crate::seed::SITE;

/// Token of Calltouch in every story; long and odd enough to be searched for.
const CALLTOUCH_TOKEN: &str = "ct+tok/7f3a=9bd1c0ffee";
/// Token of МойСклад in every story.
const MOYSKLAD_TOKEN: &str = "ms-tok-5d41402abc4b2a76b9719d911017c592";

/// How a [`Pair`] is set up before it starts.
#[derive(Debug)]
#[must_use = "a pair runs only after `start`"]
pub struct PairBuilder {
    limits: bool,
    at: Timestamp,
    site: u64,
    policy: DuplicatePolicy,
    seed: u64,
}

impl PairBuilder {
    /// Switches the limits of both services on; the clients then keep their usual pace.
    pub fn limits(mut self) -> Self {
        self.limits = true;
        self
    }

    /// Starts the clocks of both services and of the sync at this moment.
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    /// Sets the number of the site.
    pub fn site(mut self, site: u64) -> Self {
        self.site = site;
        self
    }

    /// Sets what Calltouch does with a deal number that it has already.
    pub fn policy(mut self, policy: DuplicatePolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets what the chance of faults is drawn from at both services.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Starts both emulators and takes a new store.
    pub async fn start(self) -> Pair {
        clock::start_at(self.at);
        let calltouch = calltouch::Emulator::builder()
            .site_id(self.site)
            .token(CALLTOUCH_TOKEN)
            .limits(self.limits)
            .duplicate_policy(self.policy)
            .now(self.at)
            .seed(self.seed)
            .start()
            .await
            .unwrap();
        let moysklad = moysklad::Emulator::builder()
            .token(MOYSKLAD_TOKEN)
            .limits(self.limits)
            .now(self.at)
            .seed(self.seed)
            .start()
            .await
            .unwrap();
        let mut config = Config::new(self.site);
        config.leads.since = Some(Offset::constant(3).to_datetime(self.at).date());
        Pair {
            calltouch_url: calltouch.base_url(),
            moysklad_url: moysklad.base_url(),
            calltouch,
            moysklad,
            config,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            folder: folder(),
            stores: 0,
            limits: self.limits,
            attempts: 1,
            timeout: Duration::from_secs(20),
        }
    }
}

/// A Calltouch site and a МойСклад account, and what the sync remembers of them.
#[derive(Debug)]
pub struct Pair {
    /// Calltouch.
    pub calltouch: calltouch::Emulator,
    /// МойСклад.
    pub moysklad: moysklad::Emulator,
    /// What every sync is configured with; leads count from the day of the story on.
    pub config: Config,
    /// Where the sync finds Calltouch: the emulator, unless a story puts something before it.
    pub calltouch_url: String,
    /// Where the sync finds МойСклад.
    pub moysklad_url: String,
    /// How often clients try a request in all. One attempt leaves every fault to the next cycle.
    pub attempts: u32,
    /// How long clients wait for an answer.
    pub timeout: Duration,
    /// Shared by all clients: to read the certificates of the machine takes longer than a cycle.
    http: reqwest::Client,
    folder: TempDir,
    stores: usize,
    limits: bool,
}

impl Pair {
    /// Begins a pair: no limits, the start of stories, duplicates refused.
    pub fn builder() -> PairBuilder {
        PairBuilder {
            limits: false,
            at: clock::START,
            site: SITE,
            policy: DuplicatePolicy::Refuse,
            seed: 1,
        }
    }

    /// Starts a pair with the defaults.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// URL of the store.
    #[must_use]
    pub fn store_url(&self) -> String {
        let file = self.folder.path().join(format!("store-{}.db", self.stores));
        format!("sqlite:{}", file.display())
    }

    /// Takes a new, empty store, as if the old one had been lost.
    pub fn lose_store(&mut self) {
        self.stores += 1;
    }

    /// A client of Calltouch.
    #[must_use]
    pub fn calltouch_client(&self) -> calltouch_api::Client {
        let builder = calltouch_api::Client::builder(
            self.config.calltouch.site_id,
            self.calltouch.token().to_owned(),
        )
        .base_url(&self.calltouch_url)
        .http_client(self.http.clone())
        .retry_delay(Duration::from_millis(5))
        .timeout(self.timeout)
        .attempts(self.attempts);
        let builder = if self.limits {
            builder
        } else {
            builder.limiter(Limiter::unlimited())
        };
        builder.build().unwrap()
    }

    /// A client of МойСклад.
    #[must_use]
    pub fn moysklad_client(&self) -> moysklad_api::Client {
        self.moysklad_client_as(Credentials::token(self.moysklad.token()))
    }

    /// A client of МойСклад with credentials of its own.
    #[must_use]
    pub fn moysklad_client_as(&self, credentials: Credentials) -> moysklad_api::Client {
        let builder = moysklad_api::Client::builder(credentials)
            .base_url(&self.moysklad_url)
            .http_client(self.http.clone())
            .timeout(self.timeout)
            .retry_delay(Duration::from_millis(5))
            .attempts(self.attempts);
        let builder = if self.limits {
            builder
        } else {
            builder.pace(Pace::solution())
        };
        builder.build().unwrap()
    }

    /// Opens the store and makes a sync on it, as a process does that starts.
    pub async fn sync(&self) -> Sync {
        let store = Store::open(&self.store_url()).await.unwrap();
        self.sync_on(store)
    }

    /// Makes a sync on a store that is open.
    #[must_use]
    pub fn sync_on(&self, store: Store) -> Sync {
        let (calltouch, moysklad) = (self.calltouch_client(), self.moysklad_client());
        Sync::builder(self.config.clone(), calltouch, moysklad, store)
            .clock(clock::now)
            .build()
            .unwrap()
    }

    /// Runs one cycle in a sync of its own, as a process that starts, works once and ends.
    ///
    /// # Errors
    ///
    /// What stops the cycle.
    pub async fn try_cycle(&self) -> Result<Report> {
        self.sync().await.run_once().await
    }

    /// Runs one cycle, which must not be stopped by anything.
    pub async fn cycle(&self) -> Report {
        self.try_cycle().await.unwrap()
    }

    /// Puts the clocks of both services and of the sync forward.
    pub fn advance(&self, by: Duration) {
        clock::advance(by);
        self.calltouch.advance(by);
        self.moysklad.advance(by);
    }

    /// Stores a call.
    pub fn call(&self, call: Value) {
        self.calltouch.add_call(call);
    }

    /// Stores a request.
    pub fn request(&self, request: Value) {
        self.calltouch.add_request(request);
    }

    /// All orders.
    #[must_use]
    pub fn orders(&self) -> Vec<Value> {
        self.moysklad.all("customerorder")
    }

    /// The only order of a lead.
    #[must_use]
    pub fn order(&self, key: &str) -> Value {
        let mut orders = self.orders();
        orders.retain(|order| order["externalCode"] == key);
        assert_eq!(orders.len(), 1, "orders of {key}");
        orders.remove(0)
    }

    /// Id of the only order of a lead.
    #[must_use]
    pub fn order_id(&self, key: &str) -> String {
        self.order(key)["id"].as_str().unwrap().to_owned()
    }

    /// The only deal of a lead.
    #[must_use]
    pub fn deal(&self, key: &str) -> Value {
        let mut deals = self.calltouch.deals();
        deals.retain(|deal| deal["orderNumber"] == key);
        assert_eq!(deals.len(), 1, "deals of {key}");
        deals.remove(0)
    }

    /// The counterparty of the only order of a lead.
    #[must_use]
    pub fn agent(&self, key: &str) -> Value {
        let id = id_of(&self.order(key)["agent"]);
        self.moysklad.get("counterparty", &id).unwrap()
    }

    /// Name of the state of an order.
    #[must_use]
    pub fn state_name(&self, order: &Value) -> String {
        const STATES: [&str; 7] = [
            "Новый",
            "Подтвержден",
            "Собран",
            "Отгружен",
            "Доставлен",
            "Возврат",
            "Отменен",
        ];
        let id = id_of(&order["state"]);
        STATES
            .into_iter()
            .find(|name| self.moysklad.state_id("customerorder", name).as_ref() == Some(&id))
            .map_or(id, str::to_owned)
    }

    /// Moves the order of a lead into a state.
    pub fn move_order(&self, key: &str, state: &str) {
        self.moysklad
            .set_order_state(&self.order_id(key), state)
            .unwrap();
    }

    /// Gives the order of a lead one position of this price, in kopecks.
    pub fn fill_order(&self, key: &str, kopecks: i64) {
        self.moysklad
            .set_positions(&self.order_id(key), &[(kopecks, 1.0)])
            .unwrap();
    }

    /// Takes a payment by bank for the order of a lead, in kopecks; returns the payment.
    pub fn pay(&self, key: &str, kopecks: i64) -> Value {
        self.moysklad.pay(&self.order_id(key), kopecks).unwrap()
    }

    /// What a deal says was paid, in roubles.
    #[must_use]
    pub fn paid(&self, key: &str) -> Option<String> {
        let deal = self.deal(key);
        let fields = deal["customFields"].as_array()?.clone();
        let field = fields.iter().find(|field| field["field"] == "payed_sum")?;
        field["value"].as_str().map(str::to_owned)
    }

    /// How many requests each service had since the last reset of the counts: Calltouch, МойСклад.
    #[must_use]
    pub fn requests(&self) -> (u64, u64) {
        (
            self.calltouch.stats().requests,
            self.moysklad.stats().requests,
        )
    }

    /// Sets the counts of both services to nought.
    pub fn reset_stats(&self) {
        self.calltouch.reset_stats();
        self.moysklad.reset_stats();
    }
}

/// A folder for the stores of a story, which outlive processes and not the machine: where there is a
/// folder in memory, nobody waits for a disk.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// Id that a reference (`meta.href`) ends with.
#[must_use]
pub fn id_of(reference: &Value) -> String {
    let href = reference["meta"]["href"].as_str().unwrap_or_default();
    let last = href.rsplit('/').next().unwrap_or_default();
    last.split('?').next().unwrap_or_default().to_owned()
}

/// Whole kopecks of a sum field.
#[must_use]
pub fn kopecks(sum: &Value) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sums of stories are small whole numbers"
    )]
    sum.as_f64().map_or(0, |sum| sum.round() as i64)
}
