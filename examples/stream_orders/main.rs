//! Every customer order of an account as a typed value, read as a stream: memory stays the same however
//! many there are.
//!
//! ```text
//! cargo run --release --example stream_orders -- --rows 100000 --no-limits
//! MOYSKLAD_TOKEN=… cargo run --release --example stream_orders -- --entity counterparty
//! ```
//!
//! With a token in the environment it asks the service (or `MOYSKLAD_BASE_URL`), else an emulator that it
//! starts in a process of its own, so that the memory it tells is that of reading alone. Ends with one
//! JSON line: rows, seconds, rows a second, and the most memory this process held, in megabytes.

mod account;
mod failure;

use std::pin::pin;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use examples::{arguments, memory};
use futures_util::TryStreamExt;
use moysklad_api::Client;
use moysklad_api::entity::{Entity, Resource};
use serde_json::json;

use crate::account::Account;
use crate::failure::Failure;

/// Streams every row of a МойСклад account and tells how fast that was, as one JSON line.
///
/// Credentials are read from the environment: `MOYSKLAD_TOKEN`, or `MOYSKLAD_LOGIN` with
/// `MOYSKLAD_PASSWORD`; `MOYSKLAD_BASE_URL` names another host. Without credentials it reads an emulator of
/// its own, which runs in another process.
///
/// Exit codes: 0 done; 1 failed; 2 arguments or environment wrong; 4 credentials or rights refused.
#[derive(Debug, Parser)]
#[command(name = "stream_orders")]
struct Args {
    /// What to read.
    #[arg(long, value_enum, default_value_t = What::Customerorder)]
    entity: What,
    /// Send requests as fast as answers come; only for an emulator, since the service bans for it.
    #[arg(long)]
    no_limits: bool,
    /// How many rows the emulator has, when the environment names no account.
    #[arg(long, default_value_t = 10_000)]
    rows: u32,
    /// Be the emulator that another run of this program reads.
    #[arg(long, hide = true)]
    serve: bool,
}

/// A type of objects, by the service's keyword.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Customer orders (заказы покупателей).
    Customerorder,
    /// Counterparties (контрагенты).
    Counterparty,
}

impl What {
    /// The word that the option `--entity` takes.
    fn keyword(self) -> &'static str {
        match self {
            Self::Customerorder => "customerorder",
            Self::Counterparty => "counterparty",
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args: Args = match arguments::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit_code()
        }
    }
}

async fn run(args: &Args) -> Result<(), Failure> {
    if args.serve {
        return account::serve(args).await;
    }
    let account = Account::open(args).await?;
    let begun = Instant::now();
    let rows = match args.entity {
        What::Customerorder => count(&account.client, Client::customer_orders).await?,
        What::Counterparty => count(&account.client, Client::counterparties).await?,
    };
    let seconds = begun.elapsed().as_secs_f64();
    let report = json!({
        "rows": rows,
        "seconds": (seconds * 1000.0).round() / 1000.0,
        "rows_per_s": (f64::from(rows) / seconds.max(0.001)).round(),
        "maxrss_mb": memory::most(),
    });
    println!("{report}");
    Ok(())
}

/// Reads every object of a type, one after the other.
async fn count<T: Entity>(
    client: &Client,
    resource: impl FnOnce(&Client) -> Resource<T>,
) -> Result<u32, Failure> {
    let mut objects = pin!(resource(client).list().stream());
    let mut rows = 0;
    while let Some(_object) = objects.try_next().await? {
        rows += 1;
    }
    Ok(rows)
}
