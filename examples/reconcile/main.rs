//! Both services compared over a period: what became of every lead, and whether the money agrees.
//!
//! ```text
//! cargo run --example reconcile
//! cargo run --example reconcile -- --config my.toml --days 2026-10-01..2026-10-31
//! ```
//!
//! Without a configuration it carries a day between emulators, loses a deal and a lead, and has
//! them found and made good.

use std::process::ExitCode;

use clap::Parser;
use ct_ms_sync::{Repair, Sync};
use examples::accounts::show;
use examples::arguments::{self, Accounts, Days};
use examples::failure::{self, Failure, other};
use examples::sides::{Emulators, Sides, call_key, yesterday};
use serde_json::json;

/// Compares leads, orders and deals of some days on both sides.
///
/// Credentials of real accounts are read from the environment, as `two_way_sync` does. Exit codes:
/// 0 both sides agree; 1 failed; 2 arguments or configuration wrong; 3 done, but the sides do not
/// agree; 4 credentials or rights refused.
#[derive(Debug, Parser)]
#[command(name = "reconcile")]
struct Args {
    #[command(flatten)]
    accounts: Accounts,
    /// The days, Moscow time; without them, yesterday.
    #[arg(long, value_name = "FROM..TO")]
    days: Option<Days>,
    /// Have what is missing made by a cycle.
    #[arg(long)]
    repair: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments::read::<Args>() {
        Ok(args) => failure::end(run(args).await),
        Err(code) => code,
    }
}

async fn run(args: Args) -> Result<ExitCode, Failure> {
    let json = args.accounts.json;
    let sides = Sides::open(&args.accounts, 1).await?;
    let days = args.days.unwrap_or_else(|| Days {
        from: yesterday(),
        to: yesterday(),
    });
    let repair = if args.repair { Repair::Yes } else { Repair::No };
    let Some(emulators) = &sides.emulators else {
        return reconcile(&sides.sync, days, repair, json).await;
    };
    sides.sync.run_once().await?;
    emulators.work(&call_key(1001), "Доставлен", 12_990_050)?;
    sides.sync.run_once().await?;
    lose(emulators)?;
    for repair in [Repair::No, Repair::Yes] {
        reconcile(&sides.sync, days, repair, json).await?;
    }
    reconcile(&sides.sync, days, Repair::No, json).await
}

/// Takes a deal away, and lets a call come in that no cycle has read.
fn lose(emulators: &Emulators) -> Result<(), Failure> {
    let lost = emulators.calltouch.remove_deal(&call_key(1001));
    lost.ok_or_else(|| other("there is no deal to lose"))?;
    let date = yesterday().strftime("%d/%m/%Y 18:00:00").to_string();
    let call = json!({"callId": 1099, "date": date, "callerNumber": "79150000099", "source": "vk"});
    emulators.calltouch.add_call(call);
    Ok(())
}

async fn reconcile(
    sync: &Sync,
    days: Days,
    repair: Repair,
    json: bool,
) -> Result<ExitCode, Failure> {
    let reconciliation = sync.reconcile(days.from, days.to, repair).await?;
    show(&reconciliation, json);
    if !json {
        println!();
    }
    Ok(failure::done(reconciliation.is_good()))
}
