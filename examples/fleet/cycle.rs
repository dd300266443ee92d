//! One job of one pair.

use std::pin::pin;
use std::time::Duration;

use ct_ms_sync::{Repair, Sync};
use examples::arguments::Days;
use examples::failure::Failure;
use examples::sides::yesterday;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::outcome::{Outcome, State, soon};
use crate::pairs::Pair;
use crate::schedule::{self, Kind};
use crate::stop::Stop;
use crate::syncs::Syncs;

/// How long a job of a backfill begins new slices; then others of the same user have their turn.
const BACKFILL_TURN: Duration = Duration::from_secs(15);

/// Does the job. Whatever goes wrong is an outcome of this pair and of no other.
pub(crate) async fn run(syncs: &Syncs, stop: &Stop, pair: &Pair, kind: Kind) -> Outcome {
    let next = |now| schedule::next(pair, kind, now);
    let sync = match syncs.of(pair, kind).await {
        Ok(sync) => sync,
        Err(failure) => {
            let next = next(Timestamp::now());
            return match &failure {
                Failure::Sync(error) => Outcome::of_error(error, next),
                Failure::Setting(what) => Outcome::new(State::Wrong, what, next),
                Failure::Other(what) => Outcome::new(State::Failed, what, next),
            };
        }
    };
    let outcome = match kind {
        Kind::Live | Kind::Status => cycle(&sync, stop, next).await,
        Kind::Reconcile => reconcile(&sync, next).await,
        Kind::Backfill => backfill(&sync, stop, pair).await,
    };
    if outcome.state == State::Resting {
        // Somebody may have changed them meanwhile.
        syncs.forget(pair);
    }
    outcome
}

/// One cycle, which a stop ends after the step in hand.
async fn cycle(sync: &Sync, stop: &Stop, next: impl Fn(Timestamp) -> Option<Timestamp>) -> Outcome {
    let (done, is_done) = oneshot::channel();
    let (mut done, mut outcome) = (Some(done), None);
    let end = async {
        tokio::select! {
            () = stop.clone().asked_for() => {}
            _ = is_done => {}
        }
    };
    sync.run(end, |result| {
        let next = next(Timestamp::now());
        outcome = Some(match result {
            Ok(report) => Outcome::of_report(report, next),
            Err(error) => Outcome::of_error(error, next),
        });
        // Nobody listens any more when the program ends anyway.
        let _ = done.take().map(|done| done.send(()));
    })
    .await;
    match outcome {
        // It may have been cut short.
        Some(outcome) if outcome.state == State::Ok && stop.is_asked_for() => {
            Outcome::new(State::Stopped, outcome.note, soon())
        }
        Some(outcome) => outcome,
        None => Outcome::new(State::Stopped, "stopped before it began", soon()),
    }
}

async fn reconcile(sync: &Sync, next: impl Fn(Timestamp) -> Option<Timestamp>) -> Outcome {
    let day = yesterday();
    let result = sync.reconcile(day, day, Repair::No).await;
    let next = next(Timestamp::now());
    match result {
        Ok(both) if both.is_good() => Outcome::new(State::Ok, format!("{day} agrees"), next),
        Ok(both) => {
            let note = format!("{day}: {} exceptions", both.exceptions.len());
            Outcome::new(State::Exceptions, note, next)
        }
        Err(error) => Outcome::of_error(&error, next),
    }
}

/// Some slices; the store knows where to go on.
async fn backfill(sync: &Sync, stop: &Stop, pair: &Pair) -> Outcome {
    let days = pair.backfill.as_deref().map(str::parse::<Days>);
    let Some(Ok(days)) = days else {
        return Outcome::new(State::Ok, "no days", None);
    };
    let begun = Instant::now();
    let mut slices = pin!(sync.backfill(days.from, days.to));
    loop {
        match slices.try_next().await {
            Ok(None) => {
                return Outcome::new(State::Ok, format!("{}..{} done", days.from, days.to), None);
            }
            Ok(Some(slice)) if stop.is_asked_for() || begun.elapsed() > BACKFILL_TURN => {
                let note = format!("{} of {} days done", slice.days_done, slice.days);
                return Outcome::new(State::More, note, soon());
            }
            Ok(Some(_)) => {}
            Err(error) => {
                let pause = i64::from(pair.period_seconds);
                let later = Timestamp::now().checked_add(jiff::SignedDuration::from_secs(pause));
                return Outcome::of_error(&error, later.ok());
            }
        }
    }
}
