//! What a cycle would write, before it does.
//!
//! ```text
//! cargo run --example plan
//! cargo run --example plan -- --config my.toml
//! ```
//!
//! Without a configuration it plans, carries, changes an order and plans again, on emulators.

use std::process::ExitCode;

use clap::Parser;
use ct_ms_sync::Sync;
use examples::accounts::show;
use examples::arguments::{self, Accounts};
use examples::failure::{self, Failure};
use examples::sides::{Sides, call_key};

/// Shows what the next cycle of the sync would write, and writes nothing.
///
/// Credentials of real accounts are read from the environment, as `two_way_sync` does. Exit codes:
/// 0 done; 1 failed; 2 arguments or configuration wrong; 3 done, but dead letters are waiting;
/// 4 credentials or rights refused.
#[derive(Debug, Parser)]
#[command(name = "plan")]
struct Args {
    #[command(flatten)]
    accounts: Accounts,
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
    let say = |text: &str| {
        if !json {
            println!("{text}");
        }
    };
    let sides = Sides::open(&args.accounts, 1).await?;
    let Some(emulators) = &sides.emulators else {
        return plan(&sides.sync, json).await;
    };
    say("The plan of a new pair with a day of leads:");
    plan(&sides.sync, json).await?;
    let report = sides.sync.run_once().await?;
    say(&format!("\nThe cycle after it:\n{report}"));
    emulators.work(&call_key(1001), "Отгружен", 12_990_050)?;
    say("\nThe plan after a manager has filled and shipped an order:");
    plan(&sides.sync, json).await
}

async fn plan(sync: &Sync, json: bool) -> Result<ExitCode, Failure> {
    let plan = sync.plan().await?;
    show(&plan, json);
    Ok(failure::done(plan.dead_letters.is_empty()))
}
