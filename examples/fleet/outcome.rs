//! How a job went, and what follows from it.

use std::time::Duration;

use ct_ms_sync::{Error, Report};
use examples::failure::one_line;
use jiff::{Timestamp, ToSpan};

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Carried through.
    Ok,
    /// Carried through, but something is waiting or does not agree.
    Exceptions,
    /// There is more to do.
    More,
    /// Stopped half-way, since the worker ends; another one goes on.
    Stopped,
    /// A service refuses the credentials.
    Resting,
    /// A setting is wrong, or secrets are missing.
    Wrong,
    /// Anything else.
    Failed,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Exceptions => "exceptions",
            Self::More => "more",
            Self::Stopped => "stopped",
            Self::Resting => "resting",
            Self::Wrong => "wrong",
            Self::Failed => "failed",
        }
    }
}

/// How a job went.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    /// For people; holds no secret and no contact.
    pub(crate) note: String,
    /// When the next job of this kind is to run; nothing when there is none.
    pub(crate) next: Option<Timestamp>,
    pub(crate) took_ms: i64,
    /// How long after its time the job began.
    pub(crate) late_ms: i64,
}

impl Outcome {
    pub(crate) fn new(state: State, note: impl Into<String>, next: Option<Timestamp>) -> Self {
        Self {
            state,
            note: note.into(),
            next,
            took_ms: 0,
            late_ms: 0,
        }
    }

    /// Of a cycle that was carried through.
    pub(crate) fn of_report(report: &Report, next: Option<Timestamp>) -> Self {
        let waiting = report.dead_letters.len();
        let note = format!(
            "{} new leads, {} orders, {} deals made, {} updated, {waiting} dead letters, {} + {} requests",
            report.leads.new,
            report.orders.created,
            report.deals.created,
            report.deals.updated + report.deals.closed,
            report.requests.calltouch,
            report.requests.moysklad,
        );
        let state = if waiting == 0 {
            State::Ok
        } else {
            State::Exceptions
        };
        Self::new(state, note, next)
    }

    /// Of what stopped a whole cycle. The period is pause enough; a pair that rests waits longer.
    pub(crate) fn of_error(error: &Error, next: Option<Timestamp>) -> Self {
        let (state, next) = match error.resting_until() {
            Some(until) => (State::Resting, next.map(|next| next.max(until))),
            None if error.is_config() => (State::Wrong, next),
            None => (State::Failed, next),
        };
        Self::new(state, one_line(error), next)
    }

    /// Adds how long the job waited for its time, and how long it took.
    pub(crate) fn timed(mut self, late_ms: i64, took: Duration) -> Self {
        self.late_ms = late_ms.max(0);
        self.took_ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
        self
    }
}

/// Shortly after now.
pub(crate) fn soon() -> Option<Timestamp> {
    Timestamp::now().checked_add(1.second()).ok()
}
