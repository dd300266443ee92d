//! The tasks of the job engine: one for each kind of job, all of them a pair's name.

use std::sync::Arc;
use std::time::Duration;

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::cycle;
use crate::database::Database;
use crate::outcome::{Outcome, State};
use crate::schedule::{self, Kind};
use crate::stop::Stop;
use crate::syncs::Syncs;

/// What every job of this process needs.
#[derive(Debug)]
pub(crate) struct Crew {
    pub(crate) database: Database,
    pub(crate) syncs: Syncs,
    pub(crate) stop: Stop,
    /// In place of carrying anything.
    pub(crate) stub: Option<Duration>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Live {
    pair: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Status {
    pair: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reconcile {
    pair: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Backfill {
    pair: String,
}

impl TaskHandler for Live {
    const IDENTIFIER: &'static str = "fleet_live";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        run(Kind::Live, &self.pair, context).await
    }
}

impl TaskHandler for Status {
    const IDENTIFIER: &'static str = "fleet_status";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        run(Kind::Status, &self.pair, context).await
    }
}

impl TaskHandler for Reconcile {
    const IDENTIFIER: &'static str = "fleet_reconcile";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        run(Kind::Reconcile, &self.pair, context).await
    }
}

impl TaskHandler for Backfill {
    const IDENTIFIER: &'static str = "fleet_backfill";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        run(Kind::Backfill, &self.pair, context).await
    }
}

/// Does a job and plans the next one.
///
/// Only the engine's own database can fail it; it is then tried again with growing pauses.
async fn run(kind: Kind, name: &str, context: WorkerContext) -> Result<(), String> {
    let Some(crew) = context.get_ext::<Arc<Crew>>() else {
        return Err("the worker has no crew".into());
    };
    let planned = context.job().run_at().timestamp_millis();
    let late_ms = Timestamp::now().as_millisecond() - planned;
    let begun = Instant::now();
    let pair = crew.database.pair(name).await;
    let Some(pair) = pair.map_err(|failure| failure.to_string())? else {
        // Nobody wants it any more.
        return Ok(());
    };
    let outcome = match crew.stub {
        None => cycle::run(&crew.syncs, &crew.stop, &pair, kind).await,
        Some(pause) => {
            tokio::time::sleep(pause).await;
            let next = schedule::next(&pair, kind, Timestamp::now());
            Outcome::new(State::Ok, "", next)
        }
    };
    if matches!(outcome.state, State::Failed | State::Wrong) {
        eprintln!("{name}, {}: {}", kind.name(), outcome.note);
    }
    let outcome = outcome.timed(late_ms, begun.elapsed());
    let finished = crew.database.finish(name, kind, &outcome).await;
    finished.map_err(|error| error.to_string())
}
