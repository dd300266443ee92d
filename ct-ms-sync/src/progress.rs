//! How far a backfill is.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::report::Report;

/// Some days of a backfill that have been carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// The first of the days, Moscow time.
    pub from: Date,
    /// The last of the days.
    pub to: Date,
    /// How many days of the whole are done.
    pub days_done: u32,
    /// How many days the whole has.
    pub days: u32,
    /// What carrying them did.
    pub report: Report,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            from,
            to,
            days_done,
            days,
            report,
        } = self;
        write!(
            f,
            "{from}..{to} ({days_done} of {days} days): {} leads, {} orders, {} deals, {} dead letters",
            report.leads.seen,
            report.orders.created,
            report.deals.created,
            report.dead_letters.len()
        )
    }
}
