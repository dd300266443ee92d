//! The sync on accounts that the environment names.

use std::path::Path;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use ct_ms_sync::{Check, Outcome, Repair, Replay, Report, Store, Subject, Sync};
use examples::accounts::{self, show};
use examples::arguments::Days;
use examples::failure::{self, Failure};
use futures_util::TryStreamExt;
use serde::Serialize;
use tokio::signal;

use crate::args::Args;

/// Ended in the middle of a step, as shells report a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;
/// The time over which Calltouch counts requests.
const CALLTOUCH_WINDOW: Duration = Duration::from_secs(1);

pub(crate) async fn run(args: &Args, file: &Path) -> Result<ExitCode, Failure> {
    let config = accounts::config(file, args.since)?;
    let calltouch = accounts::calltouch(&config)?;
    let moysklad = accounts::moysklad()?;
    let store = Store::open(&args.store).await?;
    let mut builder = Sync::builder(config, calltouch.clone(), moysklad, store);
    if let Some(secret) = accounts::variable("WEBHOOK_SECRET") {
        builder = builder.webhook_secret(secret);
    }
    let sync = builder.build()?;
    if !args.ends_by_itself() {
        return Ok(for_ever(args, &sync).await);
    }
    let outcome = one(args, &sync).await;
    if calltouch.requests_sent() > 0 {
        // Calltouch counts the requests of an address, whichever program sends them: one that is
        // started right after this one has to find the second free.
        tokio::time::sleep(CALLTOUCH_WINDOW).await;
    }
    outcome
}

/// One check, preparation, cycle, or whatever else ends by itself.
async fn one(args: &Args, sync: &Sync) -> Result<ExitCode, Failure> {
    if args.check {
        let check = sync.check().await;
        show(&check, args.json);
        return Ok(check_code(&check));
    }
    if args.prepare {
        let created_fields = sync.prepare().await?;
        show(&Prepared { created_fields }, args.json);
        return Ok(ExitCode::SUCCESS);
    }
    if args.plan {
        let plan = sync.plan().await?;
        show(&plan, args.json);
        return Ok(failure::done(plan.dead_letters.is_empty()));
    }
    if let Some(days) = args.backfill {
        return backfill(sync, days, args.json).await;
    }
    if let Some(days) = args.reconcile {
        let repair = if args.repair { Repair::Yes } else { Repair::No };
        let reconciliation = sync.reconcile(days.from, days.to, repair).await?;
        show(&reconciliation, args.json);
        return Ok(failure::done(reconciliation.is_good()));
    }
    if let Some(subject) = &args.explain {
        return explain(sync, subject, args.json).await;
    }
    let report = match &args.replay {
        Some(which) => sync.replay(&replay(which)).await?,
        None => sync.run_once().await?,
    };
    if args.replay.is_some() && report.replayed == 0 {
        eprintln!("no dead letter was there to replay");
    }
    show(&report, args.json);
    Ok(report_code(&report))
}

/// The history of some days, slice by slice; each slice is a line of its own.
async fn backfill(sync: &Sync, days: Days, json: bool) -> Result<ExitCode, Failure> {
    let mut slices = pin!(sync.backfill(days.from, days.to));
    let mut code = ExitCode::SUCCESS;
    while let Some(slice) = slices.try_next().await? {
        show(&slice, json);
        code = report_code(&slice.report);
    }
    Ok(code)
}

async fn explain(sync: &Sync, subject: &str, json: bool) -> Result<ExitCode, Failure> {
    let subject: Subject = subject.parse()?;
    let explanation = sync.explain(subject).await?;
    let explanation = explanation.ok_or_else(|| {
        Failure::Other(
            "the store does not know that lead or order; is `--store` the right one?".into(),
        )
    })?;
    show(&explanation, json);
    Ok(ExitCode::SUCCESS)
}

/// Which dead letters the words of the command line mean.
fn replay(which: &str) -> Replay {
    match which.parse() {
        _ if which.is_empty() => Replay::All,
        Ok(lead) => Replay::Lead(lead),
        Err(_) => Replay::About(which.to_owned()),
    }
}

/// Cycles until a signal; ends with the code of the last report.
async fn for_ever(args: &Args, sync: &Sync) -> ExitCode {
    let mut last = ExitCode::SUCCESS;
    sync.run(stop_signal(), |outcome| match outcome {
        Ok(report) => {
            show(report, args.json);
            last = report_code(report);
        }
        Err(error) => {
            eprintln!("error: {}", failure::one_line(error));
            last = failure::exit_code(error);
        }
    })
    .await;
    last
}

/// Waits for the first signal to end; a second one, which somebody sends who will not wait for the
/// step in hand, ends the program at once.
async fn stop_signal() {
    end_signal().await;
    eprintln!("stopping after the step in hand; a second signal ends at once");
    tokio::spawn(async {
        end_signal().await;
        std::process::exit(INTERRUPTED);
    });
}

/// Waits for Ctrl-C or the word of a service manager to end.
async fn end_signal() {
    let interrupt = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}

/// What the preparation did.
#[derive(Serialize)]
struct Prepared {
    created_fields: Vec<String>,
}

impl std::fmt::Display for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.created_fields.is_empty() {
            return f.write_str("nothing to prepare: all custom fields are there");
        }
        write!(
            f,
            "custom fields created: {}",
            self.created_fields.join(", ")
        )
    }
}

fn report_code(report: &Report) -> ExitCode {
    failure::done(report.dead_letters.is_empty())
}

fn check_code(check: &Check) -> ExitCode {
    let of = |outcome: Outcome, code: u8| check.has(outcome).then_some(ExitCode::from(code));
    of(Outcome::Refused, 4)
        .or_else(|| of(Outcome::Wrong, 2))
        .or_else(|| of(Outcome::Unknown, 1))
        .unwrap_or(ExitCode::SUCCESS)
}
