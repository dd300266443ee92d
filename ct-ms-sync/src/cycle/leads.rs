//! Step 1: new leads are read from Calltouch's journals and written down.

use std::pin::pin;

use calltouch_api::Period;
use futures_util::{Stream, StreamExt, TryStreamExt};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::Cycle;
use crate::config::Config;
use crate::error::Result;
use crate::flow::{call, request};
use crate::lead::Lead;
use crate::store::Cursor;

/// Leads written down in one go.
const BATCH: usize = 1000;

pub(super) async fn read(cycle: &mut Cycle<'_>) -> Result<()> {
    if cycle.config.flows.calls {
        let period = period(cycle, Cursor::Calls).await?;
        let calls = cycle
            .calltouch
            .calls()
            .list(period)
            .with_call_tags()
            .stream();
        note(cycle, Cursor::Calls, calls, call::lead).await?;
    }
    if cycle.config.flows.requests {
        let period = period(cycle, Cursor::Requests).await?;
        let requests = cycle.calltouch.requests().list(period).with_tags().stream();
        note(cycle, Cursor::Requests, requests, request::lead).await?;
    }
    Ok(())
}

/// The days to read: from a little before the last known lead to tomorrow, whatever the clocks say.
async fn period(cycle: &Cycle<'_>, cursor: Cursor) -> Result<Period> {
    let start = day(cycle.pair.start);
    let from = match cycle.ledger.cursor(cursor).await? {
        Some(last) => day(last)
            .saturating_sub(i64::from(cycle.config.leads.lookback_days).days())
            .max(start),
        None => start,
    };
    let to = day(cycle.now).max(start).saturating_add(1.day());
    Ok(Period::new(from, to)?)
}

/// Writes the leads of a journal down as they come, and how far it has been read when it has ended.
async fn note<T>(
    cycle: &mut Cycle<'_>,
    cursor: Cursor,
    journal: impl Stream<Item = calltouch_api::Result<T>>,
    lead: fn(&T, &Config, Timestamp) -> Option<Lead>,
) -> Result<()> {
    let mut last: Option<Timestamp> = None;
    let mut batches = pin!(journal.try_chunks(BATCH));
    while let Some(batch) = batches.next().await {
        let batch = batch.map_err(|error| error.1)?;
        let judged: Vec<_> = batch
            .iter()
            .filter_map(|item| lead(item, cycle.config, cycle.now))
            .filter(|lead| lead.at >= cycle.pair.start)
            .map(|lead| {
                let rule = lead.left_out_by(&cycle.config.leads);
                (lead, rule)
            })
            .collect();
        last = last.max(judged.iter().map(|(lead, _)| lead.at).max());
        let noted = cycle.ledger.note_leads(&judged).await?;
        let counts = &mut cycle.report.leads;
        counts.seen += judged.len() as u64;
        counts.new += noted.new;
        counts.left_out += noted.left_out.values().sum::<u64>();
        for (rule, n) in noted.left_out {
            *counts.left_out_by.entry(rule).or_default() += n;
        }
    }
    // A lead dated in the future must not hide later ones.
    match last {
        Some(last) => cycle.ledger.advance(cursor, last.min(cycle.now)).await,
        None => Ok(()),
    }
}

/// The day in Moscow.
pub(crate) fn day(at: Timestamp) -> Date {
    Offset::constant(3).to_datetime(at).date()
}
