//! The command line.

use std::path::PathBuf;

use clap::Parser;
use jiff::civil::Date;

/// Carries Calltouch leads to МойСклад and the fate of their orders back.
///
/// Without --config: a whole day on emulators of both services. Credentials of real accounts are
/// read from the environment: `CALLTOUCH_TOKEN`, and `MOYSKLAD_TOKEN` or `MOYSKLAD_LOGIN` with
/// `MOYSKLAD_PASSWORD`. `CALLTOUCH_BASE_URL` and `MOYSKLAD_BASE_URL` name other hosts. `RUST_LOG`
/// sets what is logged.
///
/// Exit codes: 0 done; 1 failed; 2 arguments or configuration wrong; 3 done, but dead letters are
/// waiting; 4 credentials or rights refused.
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
