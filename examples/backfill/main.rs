//! The history of a site, carried some days at a time under a progress bar.
//!
//! ```text
//! cargo run --example backfill
//! cargo run --example backfill -- --config my.toml --days 2026-01-01..2026-10-31
//! ```
//!
//! Without a configuration it carries a month of invented days between emulators. Stopped with
//! Ctrl-C, it goes on where it was when it is started again for the same days and store.

use std::pin::pin;
use std::process::ExitCode;

use clap::Parser;
use examples::accounts::show;
use examples::arguments::{self, Accounts, Days};
use examples::failure::{self, Failure, other};
use examples::sides::{Sides, yesterday};
use futures_util::StreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::ToSpan;
use tokio::signal;

/// How many days of history the emulators have.
const DAYS: u32 = 30;

/// Carries the leads of days of the past.
///
/// Credentials of real accounts are read from the environment, as `two_way_sync` does. Exit codes:
/// 0 done; 1 failed; 2 arguments or configuration wrong; 3 done, but dead letters are waiting;
/// 4 credentials or rights refused.
#[derive(Debug, Parser)]
#[command(name = "backfill")]
struct Args {
    #[command(flatten)]
    accounts: Accounts,
    /// The days, Moscow time; without them, the last thirty.
    #[arg(long, value_name = "FROM..TO")]
    days: Option<Days>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments::read::<Args>() {
        Ok(args) => failure::end(run(args).await),
        Err(code) => code,
    }
}

async fn run(args: Args) -> Result<ExitCode, Failure> {
    let sides = Sides::open(&args.accounts, DAYS).await?;
    let days = args.days.unwrap_or_else(|| Days {
        from: yesterday().saturating_sub(i64::from(DAYS - 1).days()),
        to: yesterday(),
    });
    // Hidden where there is no terminal.
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} days, {eta} left, {msg}");
    bar.set_style(style.map_err(other)?);
    let mut slices = pin!(sides.sync.backfill(days.from, days.to));
    let (mut leads, mut orders, mut deals, mut waiting) = (0, 0, 0, 0);
    loop {
        let slice = tokio::select! {
            slice = slices.next() => slice,
            _ = signal::ctrl_c() => {
                eprintln!("stopped; the same days go on from here");
                break;
            }
        };
        let Some(slice) = slice.transpose()? else {
            break;
        };
        if args.accounts.json {
            show(&slice, true);
        }
        leads += slice.report.leads.seen;
        orders += slice.report.orders.created;
        deals += slice.report.deals.created;
        waiting = slice.report.dead_letters.len();
        bar.set_length(u64::from(slice.days));
        bar.set_position(u64::from(slice.days_done));
        bar.set_message(format!("{leads} leads up to {}", slice.to));
    }
    bar.finish_and_clear();
    if !args.accounts.json {
        let Days { from, to } = days;
        println!(
            "{from}..{to}: {leads} leads, {orders} orders, {deals} deals, {waiting} dead letters"
        );
    }
    Ok(failure::done(waiting == 0))
}
