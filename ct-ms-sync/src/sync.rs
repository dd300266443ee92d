//! The sync itself: [`Sync`], and the ways it runs.

mod account;
mod backfill;
mod builder;
mod explain;
mod plan;
mod reconcile;
mod replay;
mod rest;
mod run;
mod watch;
mod webhooks;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use calltouch_api::Period;
use jiff::Timestamp;
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span};

use account::FoundOrganization;
pub use builder::SyncBuilder;
pub use webhooks::RegisteredWebhook;

use crate::check::{Check, Outcome};
use crate::config::Config;
use crate::cycle::{Cycle, Journals, Pen, Recorder, StateDates};
use crate::error::{Error, Result};
use crate::event::{CycleStep, Event, Teller};
use crate::report::{LeadCounts, Report};
use crate::setup::{self, ChosenOrganization};
use crate::store::{Ledger, Store, Turn};
use crate::webhook_secret::WebhookSecret;

/// The organization, and when it was read.
type Known = Option<(ChosenOrganization, Timestamp)>;

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
}
