//! The command line.

use std::path::PathBuf;

use clap::Parser;
use examples::arguments::Days;
use jiff::civil::Date;

/// Carries Calltouch leads to МойСклад and the fate of their orders back.
///
/// Without --config: a whole day on emulators of both services. Credentials of real accounts are
/// read from the environment: `CALLTOUCH_TOKEN`, and `MOYSKLAD_TOKEN` or `MOYSKLAD_LOGIN` with
/// `MOYSKLAD_PASSWORD`. `CALLTOUCH_BASE_URL` and `MOYSKLAD_BASE_URL` name other hosts. `RUST_LOG`
/// sets what is logged.
///
/// Exit codes: 0 done; 1 failed; 2 arguments or configuration wrong; 3 done, but dead letters are
/// waiting, or the two sides do not agree; 4 credentials or rights refused.
// Switches of a command line are flags.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Parser)]
#[command(name = "two_way_sync")]
pub(crate) struct Args {
    /// Configuration of the sync; see examples/sync.toml.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Check both connections and the set-up, and change nothing.
    #[arg(long, requires = "config", group = "mode")]
    pub(crate) check: bool,
    /// Create the custom fields that orders lack.
    #[arg(long, requires = "config", group = "mode")]
    pub(crate) prepare: bool,
    /// Run one cycle, instead of cycles until Ctrl-C, which lets the step in hand finish.
    #[arg(long, requires = "config", group = "mode")]
    pub(crate) once: bool,
    /// Show what a cycle would write, and write nothing.
    #[arg(long, requires = "config", group = "mode")]
    pub(crate) plan: bool,
    /// Carry the leads of days of the past (Moscow time); asked again, it goes on where it was.
    #[arg(long, requires = "config", group = "mode", value_name = "FROM..TO")]
    pub(crate) backfill: Option<Days>,
    /// Try dead letters again at once: all, those of a lead, or those that say some words.
    #[arg(
        long,
        requires = "config",
        group = "mode",
        value_name = "LEAD|WORDS",
        num_args = 0..=1,
        default_missing_value = ""
    )]
    pub(crate) replay: Option<String>,
    /// Compare leads, orders and deals of some days (Moscow time) on both sides.
    #[arg(long, requires = "config", group = "mode", value_name = "FROM..TO")]
    pub(crate) reconcile: Option<Days>,
    /// With --reconcile: have what is missing made by a cycle.
    #[arg(long, requires = "reconcile")]
    pub(crate) repair: bool,
    /// Tell what happened to a lead, by its key or by the id of its order.
    #[arg(long, requires = "config", group = "mode", value_name = "LEAD|ORDER")]
    pub(crate) explain: Option<String>,
    /// Where the sync remembers what it has done: sqlite:FILE.
    #[arg(
        long,
        requires = "config",
        value_name = "URL",
        default_value = "sqlite:ct-ms-sync.sqlite"
    )]
    pub(crate) store: String,
    /// Carry leads from this day on (Moscow time); without it, from the first start on.
    #[arg(long, requires = "config", value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Date>,
    /// Print reports as JSON, one a line.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Args {
    /// Whether the program does one thing, and not cycles until it is stopped.
    pub(crate) fn ends_by_itself(&self) -> bool {
        self.check
            || self.prepare
            || self.once
            || self.plan
            || self.backfill.is_some()
            || self.replay.is_some()
            || self.reconcile.is_some()
            || self.explain.is_some()
    }
}
