//! What advertising brought: leads, orders, won orders and revenue by source, as a table and as one HTML page.
//!
//! ```text
//! cargo run --example funnel_report -- --html report.html --cost yandex=350000 --cost vk=90000
//! cargo run --example funnel_report -- --config my.toml --days 2026-10-01..2026-10-31 --html report.html
//! ```
//!
//! The figures are those of a reconciliation, so they count every lead and every order once. Without a
//! configuration it tells of some invented days between emulators.

mod chart;
mod figures;
mod invented;
mod page;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use ct_ms_sync::{Config, Repair};
use examples::arguments::{self, Accounts, Days};
use examples::emulated::SITE;
use examples::failure::{self, Failure, other};
use examples::sides::{Sides, yesterday};
use jiff::ToSpan;

use crate::figures::{Cost, Figures};

/// Tells what the advertising of some days brought, by source.
///
/// Credentials of real accounts are read from the environment, as `two_way_sync` does. Exit codes:
/// 0 done; 1 failed; 2 arguments or configuration wrong; 4 credentials or rights refused.
#[derive(Debug, Parser)]
#[command(name = "funnel_report")]
struct Args {
    #[command(flatten)]
    accounts: Accounts,
    /// The days, Moscow time; without them, the last seven.
    #[arg(long, value_name = "FROM..TO")]
    days: Option<Days>,
    /// Write the report as one page that needs nothing else.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// What a source has cost over these days, in roubles; may be given for several.
    #[arg(long, value_name = "SOURCE=ROUBLES")]
    cost: Vec<Cost>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments::read::<Args>() {
        Ok(args) => failure::end(run(args).await),
        Err(code) => code,
    }
}

async fn run(args: Args) -> Result<ExitCode, Failure> {
    let days = args.days.unwrap_or_else(|| Days {
        from: yesterday().saturating_sub(i64::from(invented::DAYS - 1).days()),
        to: yesterday(),
    });
    let sides = if args.accounts.config.is_some() {
        Sides::open(&args.accounts, 0).await?
    } else {
        let mut config = Config::new(SITE);
        // The dates of states play no part here, and each would be a request.
        config.orders.audit_state_dates = false;
        let sides = Sides::emulated(invented::DAYS, config).await?;
        invented::trade(&sides).await?;
        sides
    };
    let reconciliation = sides.sync.reconcile(days.from, days.to, Repair::No).await?;
    if !reconciliation.is_good() {
        eprintln!(
            "the two sides do not agree on these days; --reconcile of two_way_sync tells why"
        );
    }
    let figures = Figures::new(&reconciliation, &args.cost);
    if let Some(file) = &args.html {
        let page = page::html(&figures).map_err(other)?;
        std::fs::write(file, page)
            .map_err(|error| other(format!("{} cannot be written: {error}", file.display())))?;
    }
    if args.accounts.json {
        println!("{}", serde_json::to_string(&reconciliation).map_err(other)?);
    } else {
        println!("{}", table::of(&figures));
    }
    Ok(ExitCode::SUCCESS)
}
