//! Many pairs, many workers, one PostgreSQL database.
//!
//! ```text
//! export DATABASE_URL=postgres://fleet@127.0.0.1/fleet
//! cargo run -p examples --features fleet --example fleet -- enqueue --pairs examples/fleet/pairs.toml
//! cargo run -p examples --features fleet --example fleet -- work --workers 8
//! cargo run -p examples --features fleet --example fleet -- status
//! ```
//!
//! The sync keeps its memory in PostgreSQL, with a lease for each pair; `graphile_worker` keeps the
//! jobs beside it. `docs/scaling.md` tells how far that goes.

mod args;
mod credentials;
mod cycle;
mod database;
mod jobs;
mod outcome;
mod pairs;
mod receive;
mod schedule;
mod status;
mod stop;
mod syncs;
mod work;

use std::io::IsTerminal;
use std::process::ExitCode;

use ct_ms_sync::Store;
use examples::failure::Failure;
use examples::{arguments, failure};
use tracing_subscriber::EnvFilter;

use crate::args::{Args, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let args: Args = match arguments::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("error")),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    failure::end(run(args.command).await.map(|()| ExitCode::SUCCESS))
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Enqueue {
            pairs,
            now,
            database,
        } => {
            let pairs = pairs::read(&pairs)?;
            let database = database::open(&database.url()?, 2).await?;
            let count = database.enqueue(&pairs, now).await?;
            println!("{count} pairs");
            Ok(())
        }
        Command::Work(work) => work::run(work).await,
        Command::Receive {
            listen,
            secrets,
            database,
        } => receive::run(listen, &secrets, &database.url()?).await,
        Command::Status { json, database } => status::show(&database.url()?, json).await,
        Command::Move { from, to } => {
            let (from, to) = (Store::open(&from).await?, Store::open(&to).await?);
            let rows = from.copy_to(&to).await?;
            println!("{rows} rows copied; run the pairs on the new store alone from now on");
            Ok(())
        }
    }
}
