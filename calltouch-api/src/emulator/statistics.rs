//! The four methods that count calls (статистика звонков).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    field::{self, Object},
    journal::Key,
    moment::{self, DayOrder},
    query::{Query, Span},
    refusal::Refusal,
    state::State,
};

/// Answers `calls/total-count`: a bare number.
pub(super) fn total(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let span = span(query)?;
    Ok(json!(state.calls.within(site, span).count()))
}

/// Answers `calls/count-by-date`: the days that have calls.
pub(super) fn by_date(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let calls = state.calls.within(site, span(query)?);
    Ok(count(calls.map(|(key, _)| moment::day_text(key.at))))
}

/// Answers `calls/seo/count-by-date`: the same for calls from search engines.
pub(super) fn search_by_date(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let calls = from_search(state, site, span(query)?);
    Ok(count(calls.map(|(key, _)| moment::day_text(key.at))))
}

/// Answers `calls/seo/count-by-keywords`: calls from search engines by what was searched for.
pub(super) fn search_by_keyword(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let calls = from_search(state, site, span(query)?);
    Ok(count(
        calls.map(|(_, call)| field::raw(call, "keyword").to_owned()),
    ))
}

fn span(query: &Query) -> Result<Span, Refusal> {
    Ok(query.period(DayOrder::DayFirst)?.span)
}

fn from_search(state: &State, site: u64, span: Span) -> impl Iterator<Item = (Key, &Object)> {
    let calls = state.calls.within(site, span);
    calls.filter(|(_, call)| field::raw(call, "medium") == "organic")
}

fn count(names: impl Iterator<Item = String>) -> Value {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    json!(counts)
}
