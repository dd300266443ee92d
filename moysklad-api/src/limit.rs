//! Pace: how many requests the service is sent, so that it never has to refuse one.
//!
//! The service gives a user 45 units in 3 seconds and 5 requests in flight. What a request costs
//! depends on the credentials and, during 2026, on the date.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use crate::guard::{Fingerprint, Guard, Held, Outcome};
use crate::moment::Moment;

/// The time in which the units may be spent; after a 429 without a wait, the wait.
pub(crate) const WINDOW: Duration = Duration::from_secs(3);
const UNITS: u32 = 45;
const IN_FLIGHT: usize = 5;
const STOCK_REPORT_UNITS: u32 = 5;

/// Keeps requests within what the service allows; clones share one budget.
///
/// A slot stays taken until 3 seconds after its answer came, so the service never sees more than
/// it allows, however long requests travel. The service's own headers correct the budget
/// downwards, for example when another program spends from it, and up again to the schedule.
///
/// It also guards the access itself, which the service switches off for good when 200 requests in
/// a minute end with 429, when 200 equal requests fail, or when one object is updated 100 times: at
/// a quarter of each, requests end with [`Error::is_held_back`](crate::Error::is_held_back) and are
/// not sent.
///
/// Programs of one process that use the same user should share one `Pace`.
#[derive(Clone, Debug)]
pub struct Pace(Option<Arc<Shared>>);

#[derive(Debug)]
struct Shared {
    tariff: Tariff,
    /// The wall clock when this began, and the monotonic clock at the same time.
    began: (Timestamp, Instant),
    in_flight: Arc<Semaphore>,
    /// Held by the request whose turn it is, so that requests go in the order they came.
    turn: tokio::sync::Mutex<()>,
    /// Told whenever an answer frees or changes something.
    changed: Notify,
    guard: Guard,
    state: Mutex<State>,
}

/// What an ordinary request costs.
#[derive(Clone, Copy, Debug)]
enum Tariff {
    /// A user's token or login: dearer step by step during 2026.
    User,
    /// The same all the time.
    Fixed(u32),
}

impl Tariff {
    fn units(self, day: Date) -> u32 {
        match self {
            Self::Fixed(units) => units,
            Self::User if day >= date(2026, 12, 1) => 4,
            Self::User if day >= date(2026, 9, 1) => 3,
            Self::User if day >= date(2026, 5, 12) => 2,
            Self::User => 1,
        }
    }
}

/// What kind of work a request asks of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Ordinary,
    /// The two stock reports (отчёт об остатках), which cost the same for everybody.
    StockReport,
}

impl Weight {
    /// The weight of a request for this path under the base address.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "report/stock/all" | "report/stock/bystore" => Self::StockReport,
            _ => Self::Ordinary,
        }
    }
}

#[derive(Debug, Default)]
struct State {
    /// Units of requests that are not answered yet.
    unanswered: u32,
    /// Units of answered requests, and when they are free again; earliest first.
    answered: VecDeque<(Instant, u32)>,
    /// Units that others spent from the same budget, as the service's headers tell.
    foreign: Option<(Instant, u32)>,
    /// Requests in a window that the service allows, when it told.
    allowed: Option<u32>,
    /// Nobody sends before this.
    closed_until: Option<Instant>,
}

impl State {
    /// Units that can be spent in a window.
    fn capacity(&self, units: u32) -> u32 {
        let told = self
            .allowed
            .map_or(UNITS, |requests| requests.saturating_mul(units));
        // At least one request must fit, or nothing would ever be sent again.
        told.clamp(units.min(UNITS), UNITS)
    }

    fn spent(&self) -> u32 {
        let answered: u32 = self.answered.iter().map(|(_, units)| units).sum();
        self.unanswered + answered + self.foreign.map_or(0, |(_, units)| units)
    }

    fn forget_old(&mut self, now: Instant) {
        while self.answered.front().is_some_and(|(free, _)| *free <= now) {
            self.answered.pop_front();
        }
        self.foreign = self.foreign.filter(|(free, _)| *free > now);
        self.closed_until = self.closed_until.filter(|open| *open > now);
    }

    /// Takes a place, or tells when to look again (`None`: when something changes).
    fn take(&mut self, cost: u32, units: u32, now: Instant) -> Result<(), Option<Instant>> {
        self.forget_old(now);
        if let Some(open) = self.closed_until {
            return Err(Some(open));
        }
        // A request dearer than the whole budget goes when nothing else is spent.
        let spent = self.spent();
        if spent > 0 && spent + cost > self.capacity(units) {
            let next = self.answered.front().map(|(free, _)| *free);
            let foreign = self.foreign.map(|(free, _)| free);
            return Err([next, foreign].into_iter().flatten().min());
        }
        self.unanswered += cost;
        Ok(())
    }
}

impl Pace {
    /// Paces a user's token or login by the published schedule: 45 requests in 3 seconds at
    /// first, 22 from 12 May 2026, 15 from 1 September, 11 from 1 December (Moscow dates).
    #[must_use]
    pub fn user() -> Self {
        Self::starting(Tariff::User, Timestamp::now())
    }

    /// Paces the token of a published solution (решение): 45 requests in 3 seconds.
    #[must_use]
    pub fn solution() -> Self {
        Self::starting(Tariff::Fixed(1), Timestamp::now())
    }

    /// Paces the token of a solution in draft or moderation: 11 requests in 3 seconds.
    #[must_use]
    pub fn draft_solution() -> Self {
        Self::starting(Tariff::Fixed(4), Timestamp::now())
    }

    /// Sends at once and guards nothing; only for servers of one's own, since the service bans
    /// those who overdo it.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self(None)
    }

    fn starting(tariff: Tariff, now: Timestamp) -> Self {
        Self(Some(Arc::new(Shared {
            tariff,
            began: (now, Instant::now()),
            in_flight: Arc::new(Semaphore::new(IN_FLIGHT)),
            turn: tokio::sync::Mutex::new(()),
            changed: Notify::new(),
            guard: Guard::default(),
            state: Mutex::default(),
        })))
    }

    /// Waits until a request of this weight may be sent.
    ///
    /// Dropping the future gives up the place in the queue, dropping the permit that in flight.
    pub(crate) async fn permit(&self, weight: Weight) -> Permit {
        let Some(shared) = &self.0 else {
            return Permit(None);
        };
        let turn = shared.turn.lock().await;
        // The semaphore is never closed; were it, a permit without a place would do no harm.
        let place = Arc::clone(&shared.in_flight).acquire_owned().await.ok();
        let cost = loop {
            let changed = shared.changed.notified();
            let units = shared.units();
            let cost = match weight {
                Weight::Ordinary => units,
                Weight::StockReport => STOCK_REPORT_UNITS,
            };
            let taken = shared.state().take(cost, units, Instant::now());
            match taken {
                Ok(()) => break cost,
                Err(Some(free)) => tokio::select! {
                    () = sleep_until(free) => {}
                    () = changed => {}
                },
                Err(None) => changed.await,
            }
        };
        drop(turn);
        Permit(Some(Taken {
            shared: Arc::clone(shared),
            cost,
            _place: place,
        }))
    }

    /// Lets a request pass that does not endanger the access, or tells why not.
    pub(crate) fn admit(&self, request: Fingerprint) -> Result<(), Held> {
        match &self.0 {
            Some(shared) => shared.guard.admit(request),
            None => Ok(()),
        }
    }

    /// Takes down how an admitted request ended.
    pub(crate) fn note(&self, request: Fingerprint, outcome: Outcome) {
        if let Some(shared) = &self.0 {
            shared.guard.note(request, outcome);
        }
    }

    /// Lets nobody send for a while: the service refused a request for its rate.
    pub(crate) fn close_for(&self, wait: Duration) {
        let Some(shared) = &self.0 else { return };
        let open = Instant::now() + wait;
        let mut state = shared.state();
        state.closed_until = Some(state.closed_until.map_or(open, |before| before.max(open)));
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing between lock and unlock can leave the state half-changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an ordinary request costs today.
    fn units(&self) -> u32 {
        let (wall, since) = self.began;
        let now = wall.checked_add(since.elapsed()).unwrap_or(Timestamp::MAX);
        self.tariff.units(Moment::from(now).civil().date())
    }
}

/// The right to send one request; its place is free again 3 seconds after it is dropped.
#[derive(Debug)]
pub(crate) struct Permit(Option<Taken>);

#[derive(Debug)]
struct Taken {
    shared: Arc<Shared>,
    cost: u32,
    _place: Option<OwnedSemaphorePermit>,
}

impl Permit {
    /// Gives the right back unused, so that it costs nothing.
    pub(crate) fn forgo(mut self) {
        if let Some(Taken { shared, cost, .. }) = &mut self.0 {
            let mut state = shared.state();
            state.unanswered = state.unanswered.saturating_sub(*cost);
            *cost = 0;
        }
    }

    /// Corrects the budget by what the service's answer tells about it.
    pub(crate) fn learn(&self, headers: &HeaderMap) {
        let Some(Taken { shared, .. }) = &self.0 else {
            return;
        };
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
        let units = shared.units();
        let now = Instant::now();
        let mut state = shared.state();
        state.forget_old(now);
        if let Some(limit) = number("x-ratelimit-limit") {
            state.allowed = Some(limit);
        }
        if let Some(remaining) = number("x-ratelimit-remaining") {
            state.foreign = None;
            let free = state.capacity(units).saturating_sub(state.spent());
            let missing = free.saturating_sub(remaining.saturating_mul(units));
            // Less than one request is a matter of rounding, not of somebody else.
            if missing >= units {
                let reset = number("x-lognex-reset").filter(|millis| *millis > 0);
                let wait = reset.map_or(WINDOW, |millis| Duration::from_millis(millis.into()));
                state.foreign = Some((now + wait.min(WINDOW), missing));
            }
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.unanswered = state.unanswered.saturating_sub(self.cost);
        state
            .answered
            .push_back((Instant::now() + WINDOW, self.cost));
        drop(state);
        self.shared.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(day: &str) -> Pace {
        Pace::starting(Tariff::User, day.parse().unwrap())
    }

    fn headers(pairs: &[(&'static str, u64)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), (*value).into()))
            .collect()
    }

    /// How many requests, answered at once, go before the first has to wait.
    async fn burst(pace: &Pace, weight: Weight) -> usize {
        let start = Instant::now();
        let mut sent = 0;
        loop {
            drop(pace.permit(weight).await);
            if Instant::now() > start {
                return sent;
            }
            sent += 1;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_published_schedule_is_kept_to_the_day() {
        for (now, requests) in [
            ("2026-05-11T20:59:00Z", 45),
            ("2026-05-11T21:01:00Z", 22),
            ("2026-08-31T20:59:00Z", 22),
            ("2026-08-31T21:01:00Z", 15),
            ("2026-11-30T20:59:00Z", 15),
            ("2026-11-30T21:01:00Z", 11),
            ("2027-06-01T00:00:00Z", 11),
        ] {
            assert_eq!(burst(&pace(now), Weight::Ordinary).await, requests, "{now}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_schedule_changes_under_a_running_client() {
        let pace = pace("2026-11-30T20:59:00Z");
        assert_eq!(burst(&pace, Weight::Ordinary).await, 15);

        tokio::time::advance(Duration::from_mins(2)).await;

        assert_eq!(burst(&pace, Weight::Ordinary).await, 11);
    }

    #[tokio::test(start_paused = true)]
    async fn solutions_and_stock_reports_cost_what_is_published() {
        assert_eq!(burst(&Pace::solution(), Weight::Ordinary).await, 45);
        assert_eq!(burst(&Pace::draft_solution(), Weight::Ordinary).await, 11);
        assert_eq!(
            burst(&Pace::solution(), Weight::of("report/stock/all")).await,
            9
        );
        assert_eq!(
            burst(&pace("2027-01-01T00:00:00Z"), Weight::StockReport).await,
            9
        );
        assert_eq!(Weight::of("entity/customerorder"), Weight::Ordinary);
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_given_back_unused_costs_nothing() {
        let pace = pace("2026-12-01T00:00:00Z");
        for _ in 0..50 {
            pace.permit(Weight::Ordinary).await.forgo();
        }

        assert_eq!(burst(&pace, Weight::Ordinary).await, 11);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slot_is_free_three_seconds_after_its_answer() {
        let pace = pace("2026-12-01T00:00:00Z");
        let start = Instant::now();
        for _ in 0..11 {
            let permit = pace.permit(Weight::Ordinary).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
            drop(permit);
        }

        drop(pace.permit(Weight::Ordinary).await);

        assert_eq!(start.elapsed(), Duration::from_millis(3100));
    }

    #[tokio::test(start_paused = true)]
    async fn no_window_of_three_seconds_sees_more_than_allowed() {
        let pace = pace("2026-12-01T00:00:00Z");
        let mut sent = Vec::new();
        let mut tasks = tokio::task::JoinSet::new();
        for place in 0..60_u64 {
            let pace = pace.clone();
            tasks.spawn(async move {
                let permit = pace.permit(Weight::Ordinary).await;
                let seen = Instant::now() + Duration::from_millis(place * 37 % 900);
                tokio::time::sleep_until(seen + Duration::from_millis(50)).await;
                drop(permit);
                seen
            });
        }
        while let Some(seen) = tasks.join_next().await {
            sent.push(seen.unwrap());
        }
        sent.sort();

        for window in sent.windows(12) {
            assert!(window[11] - window[0] >= WINDOW, "12 requests within 3 s");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn five_requests_are_in_flight_at_most() {
        let pace = pace("2026-01-01T00:00:00Z");
        let mut held = Vec::new();
        for _ in 0..5 {
            held.push(pace.permit(Weight::Ordinary).await);
        }

        let sixth = tokio::time::timeout(Duration::from_mins(1), pace.permit(Weight::Ordinary));
        assert!(sixth.await.is_err());

        held.pop();
        drop(pace.permit(Weight::Ordinary).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_call_frees_its_place() {
        let pace = pace("2026-12-01T00:00:00Z");
        for _ in 0..11 {
            drop(pace.permit(Weight::Ordinary).await);
        }
        let waiting = {
            let pace = pace.clone();
            tokio::spawn(async move { drop(pace.permit(Weight::StockReport).await) })
        };
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());

        let start = Instant::now();
        drop(pace.permit(Weight::Ordinary).await);

        assert_eq!(start.elapsed(), WINDOW);
    }

    #[tokio::test(start_paused = true)]
    async fn the_services_limit_lowers_the_budget_and_raises_it_again() {
        let pace = pace("2026-12-01T00:00:00Z");
        let learn = async |limit| {
            pace.permit(Weight::Ordinary)
                .await
                .learn(&headers(&[("x-ratelimit-limit", limit)]));
            tokio::time::advance(WINDOW).await;
        };

        learn(4).await;
        assert_eq!(burst(&pace, Weight::Ordinary).await, 4);
        tokio::time::advance(WINDOW).await;
        learn(0).await;
        assert_eq!(burst(&pace, Weight::Ordinary).await, 1);
        tokio::time::advance(WINDOW).await;
        learn(1000).await;
        assert_eq!(burst(&pace, Weight::Ordinary).await, 11);
    }

    #[tokio::test(start_paused = true)]
    async fn what_others_spend_is_left_to_them_until_the_reset() {
        let pace = pace("2026-12-01T00:00:00Z");
        let told = headers(&[("x-ratelimit-remaining", 2), ("x-lognex-reset", 1000)]);
        pace.permit(Weight::Ordinary).await.learn(&told);

        assert_eq!(burst(&pace, Weight::Ordinary).await, 2);
        tokio::time::advance(WINDOW).await;
        assert_eq!(burst(&pace, Weight::Ordinary).await, 11);
    }

    #[tokio::test(start_paused = true)]
    async fn our_own_requests_do_not_count_as_those_of_others() {
        let pace = pace("2026-12-01T00:00:00Z");

        for sent in 1..=11 {
            let remaining = headers(&[("x-ratelimit-remaining", 11 - sent)]);
            pace.permit(Weight::Ordinary).await.learn(&remaining);
        }

        assert_eq!(pace.0.unwrap().state().foreign, None);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_refusal_everybody_waits() {
        let pace = pace("2026-01-01T00:00:00Z");
        let start = Instant::now();
        pace.close_for(Duration::from_millis(1840));
        pace.close_for(Duration::from_millis(10));

        let (one, other) = (pace.clone(), pace.clone());
        tokio::join!(one.permit(Weight::Ordinary), other.permit(Weight::Ordinary));

        assert_eq!(start.elapsed(), Duration::from_millis(1840));
    }

    #[tokio::test(start_paused = true)]
    async fn an_unlimited_pace_never_waits() {
        let start = Instant::now();
        let mut held = Vec::new();
        for _ in 0..200 {
            held.push(Pace::unlimited().permit(Weight::StockReport).await);
        }

        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
