//! The query of a list, from typed parts to parameters.

use std::fmt;

use url::form_urlencoded::byte_serialize;

use super::condition::Condition;
use super::field::Order;

/// The most rows of a page.
const PAGE_LIMIT: u32 = 1000;
/// The most rows of a page with expanded references; above it the service expands nothing.
const EXPANDED_LIMIT: u32 = 100;
const EXPAND_DEPTH: usize = 3;
/// The names of all parameters and the figures of limit and offset.
const NAMES: usize = 80;

/// Everything a list asks for.
pub(crate) struct Query<T> {
    pub(crate) conditions: Vec<Condition<T>>,
    pub(crate) orders: Vec<Order<T>>,
    pub(crate) expand: Vec<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) offset: u32,
    pub(crate) search: Option<String>,
}

impl<T> Query<T> {
    pub(crate) fn add_raw(&mut self, text: String) {
        self.conditions.push(Condition::raw(text));
    }

    /// Sorts by id last, so that equal rows keep their order from page to page.
    pub(crate) fn settle_order(&mut self) {
        // A search has an order of its own, by relevance.
        let by_relevance = self.search.is_some() && self.orders.is_empty();
        if !by_relevance && self.orders.iter().all(|order| order.field != "id") {
            self.orders.push(Order::by_id());
        }
    }

    /// Says what the service would refuse or, worse, overlook.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Some(limit) = self.limit.filter(|limit| !(1..=PAGE_LIMIT).contains(limit)) {
            return Err(format!(
                "the limit {limit} is not between 1 and {PAGE_LIMIT}"
            ));
        }
        check_expand(&self.expand)?;
        match self.limit {
            Some(limit) if limit > EXPANDED_LIMIT && !self.expand.is_empty() => Err(format!(
                "the limit {limit} is above {EXPANDED_LIMIT}, where the service expands nothing"
            )),
            _ => Ok(()),
        }?;
        match self
            .conditions
            .iter()
            .find_map(|condition| Some((condition, condition.flaw?)))
        {
            Some((condition, flaw)) => Err(format!("filter by `{}`: {flaw}", condition.name)),
            None => Ok(()),
        }
    }

    /// How many rows to ask for, where the service's own default would not do.
    fn page_limit(&self) -> Option<u32> {
        self.limit
            .or((!self.expand.is_empty()).then_some(EXPANDED_LIMIT))
    }

    /// The filters to ask with one after the other, so that no query passes `limit` bytes.
    ///
    /// Empty if nothing can match, `None` in it if there is no filter.
    pub(crate) fn filters(&self, limit: usize) -> Result<Vec<Option<String>>, String> {
        if self
            .conditions
            .iter()
            .any(|condition| condition.terms.is_empty())
        {
            return Ok(Vec::new());
        }
        if self.conditions.is_empty() {
            return Ok(vec![None]);
        }
        let all: Vec<&str> = self.conditions.iter().flat_map(terms).collect();
        let others: usize = self
            .params(None, self.offset)
            .iter()
            .map(|(_, value)| encoded_len(value))
            .sum();
        let room = limit.saturating_sub(others + NAMES);
        let whole = join(&all)?;
        if encoded_len(&whole) <= room {
            return Ok(vec![Some(whole)]);
        }
        let splitting = |condition: &&Condition<T>| condition.splits && condition.terms.len() > 1;
        let Some(longest) = self
            .conditions
            .iter()
            .filter(splitting)
            .max_by_key(|condition| len(&condition.terms))
        else {
            let longest = self
                .conditions
                .iter()
                .max_by_key(|condition| len(&condition.terms));
            return Err(too_long(longest.map_or("", |condition| &condition.name)));
        };
        let rest: Vec<&str> = self
            .conditions
            .iter()
            .filter(|condition| !std::ptr::eq(*condition, longest))
            .flat_map(terms)
            .collect();
        let room = room.saturating_sub(len(&rest));
        chunks(&longest.terms, room)
            .ok_or_else(|| too_long(&longest.name))?
            .into_iter()
            .map(|chunk| {
                let terms: Vec<&str> = rest
                    .iter()
                    .copied()
                    .chain(chunk.iter().map(String::as_str))
                    .collect();
                join(&terms).map(Some)
            })
            .collect()
    }

    /// The parameters of one page.
    pub(crate) fn params(&self, filter: Option<&str>, offset: u32) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        if let Some(limit) = self.page_limit() {
            params.push(("limit", limit.to_string()));
        }
        if offset > 0 {
            params.push(("offset", offset.to_string()));
        }
        if let Some(filter) = filter {
            params.push(("filter", filter.to_owned()));
        }
        if let Some(search) = &self.search {
            params.push(("search", search.clone()));
        }
        if !self.orders.is_empty() {
            let steps: Vec<_> = self
                .orders
                .iter()
                .map(|order| format!("{},{}", order.field, order.direction))
                .collect();
            params.push(("order", steps.join(";")));
        }
        if !self.expand.is_empty() {
            params.push(("expand", self.expand.join(",")));
        }
        params
    }
}

/// Says which path to expand is deeper than the service goes.
pub(crate) fn check_expand(paths: &[String]) -> Result<(), String> {
    let too_deep = |path: &&str| path.split('.').count() > EXPAND_DEPTH;
    match paths.iter().flat_map(|path| path.split(',')).find(too_deep) {
        Some(path) => Err(format!("`{path}` expands more than {EXPAND_DEPTH} levels")),
        None => Ok(()),
    }
}

fn terms<T>(condition: &Condition<T>) -> impl Iterator<Item = &str> {
    condition.terms.iter().map(String::as_str)
}

fn too_long(name: &str) -> String {
    format!("the filter by `{name}` is too long for one request")
}

/// Joins conditions, one that ends with a backslash last, where it escapes nothing.
fn join(terms: &[&str]) -> Result<String, String> {
    let escaping = |term: &str| term.len() - term.trim_end_matches('\\').len() > 0;
    let (last, mut first): (Vec<&str>, Vec<&str>) = terms.iter().partition(|term| escaping(term));
    if last.len() > 1 {
        return Err("only one value of a filter may end with a backslash".to_owned());
    }
    first.extend(last);
    Ok(first.join(";"))
}

/// Groups of terms whose encoded length stays within `room`; none if one alone passes it.
fn chunks(terms: &[String], room: usize) -> Option<Vec<Vec<String>>> {
    let mut chunks = Vec::new();
    let mut chunk = Vec::new();
    let mut used = 0;
    for term in terms {
        let cost = cost(term);
        if cost > room {
            return None;
        }
        if used + cost > room {
            chunks.push(std::mem::take(&mut chunk));
            used = 0;
        }
        chunk.push(term.clone());
        used += cost;
    }
    chunks.push(chunk);
    Some(chunks)
}

/// The encoded length of terms with the separators behind them.
fn len<S: AsRef<str>>(terms: &[S]) -> usize {
    terms.iter().map(|term| cost(term.as_ref())).sum()
}

fn cost(term: &str) -> usize {
    encoded_len(term) + "%3B".len()
}

fn encoded_len(text: &str) -> usize {
    byte_serialize(text.as_bytes()).map(str::len).sum()
}

impl<T> Default for Query<T> {
    fn default() -> Self {
        Self {
            conditions: Vec::new(),
            orders: Vec::new(),
            expand: Vec::new(),
            limit: None,
            offset: 0,
            search: None,
        }
    }
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        Self {
            conditions: self.conditions.clone(),
            orders: self.orders.clone(),
            expand: self.expand.clone(),
            limit: self.limit,
            offset: self.offset,
            search: self.search.clone(),
        }
    }
}

/// Shows no values, which may be contacts.
impl<T> fmt::Debug for Query<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query")
            .field("conditions", &self.conditions)
            .field("orders", &self.orders)
            .field("expand", &self.expand)
            .field("limit", &self.limit)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
