//! The command line.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use examples::accounts::variable;
use examples::failure::Failure;

/// Carries thousands of pairs by many workers over one PostgreSQL database.
///
/// The database is named by --database or by `DATABASE_URL`. It holds what the sync remembers, the
/// jobs and the pairs, and no secret.
#[derive(Debug, Parser)]
#[command(name = "fleet")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write pairs into the database and plan their jobs; doing it again changes what has changed.
    Enqueue {
        /// The pairs: TOML, or one JSON object a line (*.jsonl).
        #[arg(long, value_name = "FILE")]
        pairs: PathBuf,
        /// Have every pair of the file run at once, and not when its turn comes.
        #[arg(long)]
        now: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Work on pairs until a signal, which lets the steps in hand finish.
    Work(Work),
    /// Take the webhooks of all pairs, at /PAIR/calltouch/SECRET and /PAIR/moysklad/SECRET.
    Receive {
        /// Where to listen; port 0 takes a free one. The address is printed.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        #[command(flatten)]
        secrets: Secrets,
        #[command(flatten)]
        database: Database,
    },
    /// Tell how the pairs are, and what is late.
    Status {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Copy what a store remembers into another one, such as from SQLite to PostgreSQL.
    Move {
        /// The store to copy: sqlite:FILE. It stays as it is.
        #[arg(long, value_name = "URL")]
        from: String,
        /// The store to fill, which must not know these pairs yet.
        #[arg(long, value_name = "URL")]
        to: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Work {
    /// Cycles at the same time in this process; a quarter as many reconciliations and backfills
    /// come on top.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) workers: u16,
    /// Requests a second to Calltouch. It allows 5 for an address: processes behind one address
    /// have to share them out.
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) calltouch_per_second: NonZeroU32,
    /// Carry nothing and wait so long instead: shows what the engine itself can do.
    #[arg(long, value_name = "MS")]
    pub(crate) stub: Option<u64>,
    #[command(flatten)]
    pub(crate) secrets: Secrets,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Secrets {
    /// TOML with a table of secrets for each name; without it they are read from the environment.
    #[arg(long, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Database {
    /// The database: postgres://USER@HOST/DATABASE.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Database {
    /// The URL, from the command line or the environment.
    pub(crate) fn url(&self) -> Result<String, Failure> {
        self.database
            .clone()
            .or_else(|| variable("DATABASE_URL"))
            .ok_or_else(|| Failure::Setting("--database or DATABASE_URL must be given".into()))
    }
}
