//! The sync itself: [`Sync`] and its builder, and the ways it runs.

mod backfill;
mod explain;
mod plan;
mod reconcile;
mod replay;
mod rest;
mod run;
mod watch;
mod webhooks;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use calltouch_api::Period;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span, warn};
use uuid::Uuid;

pub use webhooks::RegisteredWebhook;

use crate::check::{Check, Outcome};
use crate::config::Config;
use crate::cycle::{Cycle, Journals, Pen, Recorder, StateDates};
use crate::error::{Error, Result};
use crate::event::{CycleStep, Event, Listener, Teller};
use crate::fingerprint;
use crate::report::{LeadCounts, Report};
use crate::setup::{self, ChosenOrganization, Setup};
use crate::store::{Ledger, Store, Turn};
use crate::webhook_secret::WebhookSecret;

/// The organization, and when it was read.
type Known = Option<(ChosenOrganization, Timestamp)>;

/// How long the account's states, fields and organization are taken as read.
const SETUP_MINUTES: i64 = 60;
/// Namespace of the key under which a set-up is kept.
const SETUP_NAMESPACE: Uuid = Uuid::from_u128(0x3f62_90ae_d415_5b7c_8c03_7e1d_a2b9_5f48);

/// Carries leads from Calltouch to МойСклад and the fate of their orders back, for one pair.
///
/// Cheap to clone; clones are the same sync, and only one cycle of it runs at a time.
#[derive(Clone)]
pub struct Sync {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    calltouch: calltouch_api::Client,
    moysklad: moysklad_api::Client,
    store: Store,
    clock: fn() -> Timestamp,
    /// Fingerprint of the configuration.
    fingerprint: String,
    /// In a plan, takes down what would be written.
    recorder: Option<Recorder>,
    teller: Teller,
    /// The part of the address of webhooks that nobody else knows.
    webhook_secret: Option<WebhookSecret>,
    wake: Notify,
    /// Webhooks that had come when the last cycle began.
    marks_seen: AtomicI64,
    /// Taken while a cycle runs; holds the organization and when it was read.
    running: Mutex<Known>,
}

impl fmt::Debug for Sync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sync")
            .field("site_id", &self.inner.config.calltouch.site_id)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Sync`].
#[must_use = "a builder does nothing until it is built"]
pub struct SyncBuilder {
    config: Config,
    calltouch: calltouch_api::Client,
    moysklad: moysklad_api::Client,
    store: Store,
    clock: fn() -> Timestamp,
    webhook_secret: Option<String>,
    listener: Option<Arc<Listener>>,
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

/// A pair with nobody else at work on it.
struct Alone {
    ledger: Ledger,
    organization: FoundOrganization,
    now: Timestamp,
    /// Leads before this moment are not carried.
    start: Timestamp,
    /// Keeps others away.
    turn: Turn,
}

impl Sync {
    /// Starts with what every sync needs; the store decides what is remembered.
    pub fn builder(
        config: Config,
        calltouch: calltouch_api::Client,
        moysklad: moysklad_api::Client,
        store: Store,
    ) -> SyncBuilder {
        SyncBuilder {
            config,
            calltouch,
            moysklad,
            store,
            clock: Timestamp::now,
            webhook_secret: None,
            listener: None,
        }
    }

    /// Checks both connections and the set-up, and changes nothing.
    ///
    /// What fails is a verdict of the check, not an error. A pair that rests because its credentials
    /// were refused is tried at once; when nothing is refused, its rest is over.
    pub async fn check(&self) -> Check {
        let mut check = crate::check::check(
            &self.inner.config,
            &self.inner.calltouch,
            &self.inner.moysklad,
            (self.inner.clock)(),
        )
        .await;
        check.verdicts.extend(self.webhooks_verdict(&check).await);
        if !check.has(Outcome::Refused) && !check.has(Outcome::Unknown) {
            self.wake_up().await;
        }
        check
    }

    /// Creates the source fields (дополнительные поля) that orders lack; returns their names.
    ///
    /// With `webhooks.url` in the configuration it [registers](Self::register_webhooks) the webhooks
    /// too. Doing it again creates nothing. A pair that rests because its credentials were refused is
    /// tried at once, and its rest is over when they are accepted.
    ///
    /// # Errors
    ///
    /// [`Error::is_refused`] when the credentials are refused or the user is no administrator,
    /// [`Error::is_config`] when the account has no organization as configured,
    /// or no room for the webhooks.
    pub async fn prepare(&self) -> Result<Vec<String>> {
        let mut running = self.inner.running.lock().await;
        let now = (self.inner.clock)();
        let mut orders = self.inner.config.orders.clone();
        orders.create_missing_fields = true;
        let organization = setup::organization(&self.inner.moysklad, &orders).await?;
        *running = Some((organization, now));
        let ledger = self.ledger(organization);
        let _alone = ledger.alone().await?;
        ledger.start(now, self.since()).await?;
        let (setup, created) = setup::read(&self.pen(), &orders, organization.id).await?;
        self.keep(&ledger, &setup, now).await?;
        self.register_webhooks().await?;
        self.wake_up().await;
        Ok(created)
    }

    /// Runs one cycle: carries what is new on either side, and what could not be carried before.
    ///
    /// Safe to repeat, to drop half-way and to run again after a crash: what was written is found
    /// again and not written twice.
    ///
    /// # Errors
    ///
    /// What stops the whole cycle: refused credentials, an unreachable service, a wrong setting, a
    /// failing store. A lead that cannot be written is a dead letter of the report instead.
    ///
    /// After refused credentials the pair rests, over restarts too: until
    /// [`Error::resting_until`] a cycle ends at once without a request, then it tries once more, and
    /// the pauses grow to an hour. When only new orders cannot be made, changes of orders are carried
    /// all the same and [`Error::report`] tells of them.
    pub async fn run_once(&self) -> Result<Report> {
        self.cycle(&CancellationToken::new()).await
    }

    async fn cycle(&self, stop: &CancellationToken) -> Result<Report> {
        let mut running = self.inner.running.lock().await;
        let work = async {
            let begun = async {
                let pair = self.enter(&mut running).await?;
                let leads = self.read_journals(&pair, None).await?;
                Ok::<_, Error>((pair, leads))
            };
            // Waiting for a turn and reading may take long, and can be given up at any point.
            let Some(begun) = stop.run_until_cancelled(begun).await else {
                return Ok(Report::default());
            };
            let (pair, leads) = begun?;
            self.carry(pair, leads, stop).await?.run().await
        };
        self.watched(Box::pin(work)).await
    }

    /// Lets the pair do its work unless it rests, and tells what became of it and what it cost.
    async fn watched(&self, work: impl Future<Output = Result<Report>>) -> Result<Report> {
        let span = info_span!(
            "ct_ms_sync.cycle",
            site_id = self.inner.config.calltouch.site_id
        );
        let watched = async {
            self.ensure_awake().await?;
            let watch = self.begin().await;
            let outcome = work.await;
            self.end(watch, outcome).await
        };
        watched.instrument(span).await
    }

    /// Waits until nobody else is at work on the pair, and finds out which pair it is.
    async fn enter(&self, running: &mut Known) -> Result<Alone> {
        let now = (self.inner.clock)();
        let organization = self.organization(running, now).await?;
        let ledger = self.ledger(organization.chosen);
        // Another process may be at work on the pair.
        let turn = ledger.alone().await?;
        let start = ledger.start(now, self.since()).await?;
        Ok(Alone {
            ledger,
            organization,
            now,
            start,
            turn,
        })
    }

    /// [Enters](Self::enter) before a cycle begins, unless the pair rests.
    async fn enter_awake(&self, running: &mut Known) -> Result<Alone> {
        self.ensure_awake().await?;
        match self.enter(running).await {
            Err(error) if error.is_refused() => self.rest_after(Err(error)).await,
            entered => entered,
        }
    }

    /// Writes down the leads of the journals: what is new in them, or some days of the past.
    async fn read_journals(&self, pair: &Alone, days: Option<Period>) -> Result<LeadCounts> {
        let journals = Journals {
            config: &self.inner.config,
            calltouch: &self.inner.calltouch,
            ledger: &pair.ledger,
            start: pair.start,
            now: pair.now,
            days,
        };
        let teller = &self.inner.teller;
        let span = teller.step(CycleStep::Journals);
        let leads = journals.read().instrument(span).await?;
        teller.tell(&Event::LeadsRead {
            leads: leads.clone(),
        });
        Ok(leads)
    }

    /// A cycle over the pair that has yet to run.
    async fn carry<'a>(
        &'a self,
        pair: Alone,
        leads: LeadCounts,
        stop: &'a CancellationToken,
    ) -> Result<Cycle<'a>> {
        let inner = &*self.inner;
        let FoundOrganization {
            chosen,
            obstacle,
            was_known,
        } = pair.organization;
        let found = self.setup(&pair.ledger, chosen, obstacle, pair.now).await?;
        if let Some(recorder) = &inner.recorder {
            recorder.know(&found.setup);
        }
        Ok(Cycle {
            config: &inner.config,
            calltouch: &inner.calltouch,
            moysklad: &inner.moysklad,
            pen: self.pen(),
            ledger: pair.ledger,
            setup: found.setup,
            states_changed: found.states_changed,
            setup_reread: false,
            is_first: !was_known,
            state_dates: StateDates::default(),
            new_counterparties: BTreeSet::new(),
            contacts_read: false,
            obstacle: found.obstacle,
            teller: &inner.teller,
            now: pair.now,
            stop,
            report: Report {
                leads,
                ..Report::default()
            },
            _turn: pair.turn,
        })
    }

    fn pen(&self) -> Pen<'_> {
        Pen {
            calltouch: &self.inner.calltouch,
            moysklad: &self.inner.moysklad,
            crm: &self.inner.config.deals.crm,
            recorder: self.inner.recorder.as_ref(),
        }
    }

    /// The organization of new orders, known or looked up; or why there is none, with the account.
    async fn organization(&self, running: &mut Known, now: Timestamp) -> Result<FoundOrganization> {
        let found = |chosen, obstacle, was_known| FoundOrganization {
            chosen,
            obstacle,
            was_known,
        };
        // What no longer holds of the set-up may be its organization.
        if let Some((organization, read)) = *running
            && read >= oldest_setup(now)
            && self.has_setup(&self.ledger(organization), now).await?
        {
            return Ok(found(organization, None, true));
        }
        let moysklad = &self.inner.moysklad;
        match setup::organization(moysklad, &self.inner.config.orders).await {
            Ok(organization) => {
                *running = Some((organization, now));
                Ok(found(organization, None, false))
            }
            Err(error) if error.stops_only_new_orders() => {
                *running = None;
                let nobody = ChosenOrganization {
                    id: moysklad_api::Id::new(Uuid::nil()),
                    account: setup::account(moysklad).await?,
                };
                Ok(found(nobody, Some(error), false))
            }
            Err(error) => Err(error),
        }
    }

    /// The part of the store that belongs to this site and this account.
    fn ledger(&self, organization: ChosenOrganization) -> Ledger {
        let inner = &*self.inner;
        let site = inner.config.calltouch.site_id;
        let pair = format!("ct-{site}:ms-{}", organization.account);
        inner
            .store
            .ledger(pair)
            .stamped(inner.clock, &inner.fingerprint)
    }

    /// The start of the configured day in Moscow.
    fn since(&self) -> Option<Timestamp> {
        let day = self.inner.config.leads.since?;
        Offset::constant(3).to_timestamp(day.at(0, 0, 0, 0)).ok()
    }

    /// Whether a set-up is kept that is not too old.
    async fn has_setup(&self, ledger: &Ledger, now: Timestamp) -> Result<bool> {
        let kept = ledger.setup(&self.setup_key()?).await?;
        Ok(kept.is_some_and(|(_, read)| read >= oldest_setup(now)))
    }

    /// The set-up, kept or read anew.
    ///
    /// While something of it is not as it has to be, which is the `obstacle`, it holds as much as
    /// changes of orders need.
    async fn setup(
        &self,
        ledger: &Ledger,
        organization: ChosenOrganization,
        obstacle: Option<Error>,
        now: Timestamp,
    ) -> Result<FoundSetup> {
        let kept = self.kept_setup(ledger).await?;
        if let Some((setup, read)) = &kept
            && is_fresh(setup, *read, organization, now)
        {
            return Ok(FoundSetup {
                setup: setup.clone(),
                states_changed: false,
                obstacle,
            });
        }
        let moysklad = &self.inner.moysklad;
        let kept = kept.map(|(kept, _)| kept);
        let read = match obstacle {
            Some(obstacle) => Err(obstacle),
            None => setup::read(&self.pen(), &self.inner.config.orders, organization.id).await,
        };
        match read {
            Ok((setup, _)) => {
                self.keep(ledger, &setup, now).await?;
                Ok(FoundSetup {
                    states_changed: kept.is_some_and(|kept| kept.states != setup.states),
                    setup,
                    obstacle: None,
                })
            }
            Err(error) if error.stops_only_new_orders() => {
                warn!(%error, "new orders wait");
                let initial_state = kept.and_then(|kept| kept.initial_state);
                Ok(FoundSetup {
                    setup: Setup::of_states(moysklad, initial_state).await?,
                    states_changed: false,
                    obstacle: Some(error),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// The set-up as last read, and when that was.
    async fn kept_setup(&self, ledger: &Ledger) -> Result<Option<(Setup, Timestamp)>> {
        let kept = ledger.setup(&self.setup_key()?).await?;
        Ok(kept.and_then(|(text, read)| Some((serde_json::from_str(&text).ok()?, read))))
    }

    async fn keep(&self, ledger: &Ledger, setup: &Setup, now: Timestamp) -> Result<()> {
        let text = serde_json::to_string(setup)
            .map_err(|_| Error::store_text("the set-up cannot be written"))?;
        ledger.keep_setup(&self.setup_key()?, &text, now).await
    }

    /// Changes with every setting that the set-up depends on.
    fn setup_key(&self) -> Result<String> {
        let settings = serde_json::to_vec(&self.inner.config.orders)
            .map_err(|_| Error::config("`orders` cannot be written"))?;
        Ok(Uuid::new_v5(&SETUP_NAMESPACE, &settings).to_string())
    }
}

/// The organization of new orders, as far as it is known.
struct FoundOrganization {
    chosen: ChosenOrganization,
    /// Why no order can be made.
    obstacle: Option<Error>,
    /// Whether it was known without asking.
    was_known: bool,
}

/// The set-up of a cycle, and what is wrong with it.
struct FoundSetup {
    setup: Setup,
    /// Whether the states are others than those kept before.
    states_changed: bool,
    /// Why no order can be made.
    obstacle: Option<Error>,
}

/// Whether a set-up that was read then is still good.
fn is_fresh(
    setup: &Setup,
    read: Timestamp,
    organization: ChosenOrganization,
    now: Timestamp,
) -> bool {
    read >= oldest_setup(now) && setup.organization == organization.id
}

/// The earliest moment at which a set-up that is still good was read.
fn oldest_setup(now: Timestamp) -> Timestamp {
    now.checked_sub(SETUP_MINUTES.minutes())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles only while every way to run can be spawned on a runtime of several threads.
    #[allow(dead_code)]
    fn every_way_to_run_can_be_spawned(sync: &Sync) {
        fn spawnable<T: Send>(_: T) {}
        spawnable(sync.check());
        spawnable(sync.prepare());
        spawnable(sync.run_once());
        spawnable(sync.run(std::future::pending(), |_| {}));
        spawnable(Store::open("sqlite::memory:"));
        spawnable(sync.plan());
        spawnable(sync.replay(&crate::Replay::All));
        let day = jiff::civil::date(2026, 11, 20);
        spawnable(sync.backfill(day, day));
        spawnable(sync.reconcile(day, day, crate::Repair::No));
        spawnable(sync.explain(crate::LeadKey::call(1, 2)));
    }

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
