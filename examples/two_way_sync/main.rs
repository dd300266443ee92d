//! The main job: Calltouch leads become МойСклад orders, and the fate of the orders comes back.
//!
//! Without arguments it shows a whole day on emulators of both services, with nothing to set up:
//!
//! ```text
//! cargo run --example two_way_sync
//! ```
//!
//! With `--config FILE` it works on real accounts; `--help` tells the rest.

// Indexing a JSON value by a name gives null where there is nothing; it never panics.
#![allow(clippy::indexing_slicing)]

mod accounts;
mod args;
mod demo;
mod table;

use std::io::IsTerminal;
use std::process::ExitCode;

use examples::{arguments, failure};
use tracing_subscriber::EnvFilter;

use crate::args::Args;

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
    let outcome = match &args.config {
        Some(file) => accounts::run(&args, file).await,
        None => demo::run(args.json).await,
    };
    failure::end(outcome)
}
