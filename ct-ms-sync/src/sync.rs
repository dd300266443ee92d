//! The sync itself: [`Sync`] and its builder, and the ways it runs.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::{Either, select};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use tokio::sync::{Mutex, Notify};
use tokio::time::Instant;
use tracing::{Instrument, info, info_span, warn};
use uuid::Uuid;

use crate::check::Check;
use crate::config::Config;
use crate::cycle::{Cycle, Journals, milliseconds};
use crate::error::{Error, Result};
use crate::report::{Report, RequestCounts};
use crate::setup::{self, ChosenOrganization, Setup};
use crate::store::{Ledger, Store};

/// How long the account's states, fields and organization are taken as read.
const SETUP_MINUTES: i64 = 60;
/// Longest pause between two tries while a service refuses the credentials.
const LONGEST_REST: Duration = Duration::from_hours(1);
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
    clock: Box<dyn Fn() -> Timestamp + Send + std::marker::Sync>,
    wake: Notify,
    /// Taken while a cycle runs; holds the organization and when it was read.
    running: Mutex<Option<(ChosenOrganization, Timestamp)>>,
}

impl fmt::Debug for Sync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sync")
            .field("site_id", &self.inner.config.calltouch.site_id)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Sync`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct SyncBuilder {
    config: Config,
    calltouch: calltouch_api::Client,
    moysklad: moysklad_api::Client,
    store: Store,
    clock: fn() -> Timestamp,
}

impl SyncBuilder {
    /// Takes the time from somewhere else than the system; for tests.
    pub fn clock(mut self, clock: fn() -> Timestamp) -> Self {
        self.clock = clock;
        self
    }

    /// Checks the configuration and builds the sync; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`] when a setting is wrong, or the Calltouch client is for another site.
    pub fn build(self) -> Result<Sync> {
        self.config.check()?;
        if self.calltouch.site_id() != self.config.calltouch.site_id {
            return Err(Error::config(format!(
                "`calltouch.site_id` is {}, but the Calltouch client is for site {}",
                self.config.calltouch.site_id,
                self.calltouch.site_id()
            )));
        }
        Ok(Sync {
            inner: Arc::new(Inner {
                config: self.config,
                calltouch: self.calltouch,
                moysklad: self.moysklad,
                store: self.store,
                clock: Box::new(self.clock),
                wake: Notify::new(),
                running: Mutex::new(None),
            }),
        })
    }
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
        }
    }

    /// Checks both connections and the set-up, and changes nothing.
    ///
    /// What fails is a verdict of the check, not an error.
    pub async fn check(&self) -> Check {
        crate::check::check(
            &self.inner.config,
            &self.inner.calltouch,
            &self.inner.moysklad,
            (self.inner.clock)(),
        )
        .await
    }

    /// Creates the source fields (дополнительные поля) that orders lack; returns their names.
    ///
    /// Doing it again creates nothing.
    ///
    /// # Errors
    ///
    /// [`Error::is_refused`] when the credentials are refused or the user is no administrator,
    /// [`Error::is_config`] when the account has no organization as configured.
    pub async fn prepare(&self) -> Result<Vec<String>> {
        let mut running = self.inner.running.lock().await;
        let now = (self.inner.clock)();
        let mut orders = self.inner.config.orders.clone();
        orders.create_missing_fields = true;
        let organization = setup::organization(&self.inner.moysklad, &orders).await?;
        *running = Some((organization, now));
        let ledger = self.ledger(organization);
        ledger.start(now, self.since()).await?;
        let (setup, created) = setup::read(&self.inner.moysklad, &orders, organization.id).await?;
        self.keep(&ledger, &setup, now).await?;
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
    pub async fn run_once(&self) -> Result<Report> {
        self.cycle(&AtomicBool::new(false)).await
    }

    /// Runs cycles until `stop` is ready; a stop lets the step in hand finish.
    ///
    /// `after_each` sees the outcome of every cycle. Cycles start `cycle.period_seconds` after the
    /// last one ended, or at once when the sync is [woken](Self::wake). While a service refuses the
    /// credentials, pauses grow to an hour.
    pub async fn run(
        &self,
        stop: impl Future<Output = ()>,
        mut after_each: impl FnMut(&Result<Report>),
    ) {
        let period = Duration::from_secs(u64::from(self.inner.config.cycle.period_seconds));
        let mut pause = period;
        let mut stop = pin!(stop);
        loop {
            let stopping = AtomicBool::new(false);
            let cycle = pin!(self.cycle(&stopping));
            let (outcome, stopped) = match select(cycle, &mut stop).await {
                Either::Left((outcome, _)) => (outcome, false),
                Either::Right(((), cycle)) => {
                    stopping.store(true, Ordering::Relaxed);
                    (cycle.await, true)
                }
            };
            after_each(&outcome);
            if stopped {
                return;
            }
            let refused = outcome.is_err_and(|error| error.is_refused());
            pause = if refused {
                pause
                    .saturating_mul(2)
                    .clamp(period, LONGEST_REST.max(period))
            } else {
                period
            };
            let woken = pin!(async {
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = self.inner.wake.notified(), if !refused => {}
                }
            });
            if let Either::Right(_) = select(woken, &mut stop).await {
                return;
            }
        }
    }

    /// Makes [`run`](Self::run) start its next cycle at once.
    pub fn wake(&self) {
        self.inner.wake.notify_one();
    }

    async fn cycle(&self, stop: &AtomicBool) -> Result<Report> {
        let mut running = self.inner.running.lock().await;
        let inner = &*self.inner;
        let started = Instant::now();
        let (calltouch_before, moysklad_before) = (
            inner.calltouch.requests_sent(),
            inner.moysklad.requests_sent(),
        );
        let span = info_span!("ct_ms_sync.cycle", site_id = inner.config.calltouch.site_id);
        let mut outcome = async {
            let now = (inner.clock)();
            let organization = match *running {
                Some((organization, read)) if read >= oldest_setup(now) => organization,
                _ => {
                    let organization =
                        setup::organization(&inner.moysklad, &inner.config.orders).await?;
                    *running = Some((organization, now));
                    organization
                }
            };
            let ledger = self.ledger(organization);
            let start = ledger.start(now, self.since()).await?;
            let leads = Journals {
                config: &inner.config,
                calltouch: &inner.calltouch,
                ledger: &ledger,
                start,
                now,
            };
            let leads = leads.read().await?;
            let setup = self.setup(&ledger, organization, now).await?;
            let cycle = Cycle {
                config: &inner.config,
                calltouch: &inner.calltouch,
                moysklad: &inner.moysklad,
                ledger,
                setup,
                setup_reread: false,
                now,
                stop,
                report: Report {
                    leads,
                    ..Report::default()
                },
            };
            cycle.run().await
        }
        .instrument(span)
        .await;
        match &mut outcome {
            Ok(report) => {
                report.requests = RequestCounts {
                    calltouch: inner
                        .calltouch
                        .requests_sent()
                        .saturating_sub(calltouch_before),
                    moysklad: inner
                        .moysklad
                        .requests_sent()
                        .saturating_sub(moysklad_before),
                };
                report.elapsed_ms = milliseconds(started.elapsed());
                info!(
                    leads = report.leads.new,
                    orders = report.orders.created,
                    deals = report.deals.created,
                    updated = report.deals.updated,
                    closed = report.deals.closed,
                    dead_letters = report.dead_letters.len(),
                    "cycle done"
                );
            }
            Err(error) => warn!(%error, "cycle failed"),
        }
        outcome
    }

    /// The part of the store that belongs to this site and this account.
    fn ledger(&self, organization: ChosenOrganization) -> Ledger {
        self.inner.store.ledger(format!(
            "ct-{}:ms-{}",
            self.inner.config.calltouch.site_id, organization.account
        ))
    }

    /// The start of the configured day in Moscow.
    fn since(&self) -> Option<Timestamp> {
        let day = self.inner.config.leads.since?;
        Offset::constant(3).to_timestamp(day.at(0, 0, 0, 0)).ok()
    }

    async fn setup(
        &self,
        ledger: &Ledger,
        organization: ChosenOrganization,
        now: Timestamp,
    ) -> Result<Setup> {
        if let Some(kept) = ledger.setup(&self.setup_key()?, oldest_setup(now)).await?
            && let Ok(setup) = serde_json::from_str::<Setup>(&kept)
            && setup.organization == organization.id
        {
            return Ok(setup);
        }
        let (setup, _) = setup::read(
            &self.inner.moysklad,
            &self.inner.config.orders,
            organization.id,
        )
        .await?;
        self.keep(ledger, &setup, now).await?;
        Ok(setup)
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
