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
    /// The link of a named filter.
    pub(crate) named_filter: Option<String>,
}

/// The filters to ask with one after the other.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    /// Empty if nothing can match, `None` in it if there is no filter.
    pub(crate) texts: Vec<Option<String>>,
    /// The field whose condition was too long for one request.
    pub(crate) split_by: Option<String>,
}

impl Filters {
    /// The filters for a request that can ask with one alone.
    pub(crate) fn unsplit(self) -> Result<Vec<Option<String>>, String> {
        match self.split_by {
            Some(name) => Err(format!(
                "{}; `stream`, `pages` and `send_all` split it",
                too_long(&name)
            )),
            None => Ok(self.texts),
        }
    }
}

impl<T> Query<T> {
    pub(crate) fn add_raw(&mut self, text: String) {
        self.conditions.push(Condition::raw(text));
    }

    /// Sorts by id last, so that equal rows keep their order from page to page.
    pub(crate) fn settle_order(&mut self) {
        // A search has an order of its own, by relevance, and a named filter takes none.
        let ordered = self.search.is_some() && self.orders.is_empty();
        if !ordered
            && self.named_filter.is_none()
            && self.orders.iter().all(|order| order.field != "id")
        {
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
        let alone = self.conditions.is_empty() && self.orders.is_empty() && self.search.is_none();
        if self.named_filter.is_some() && !alone {
            return Err("a named filter goes with no other filter, search or order".to_owned());
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
    pub(crate) fn filters(&self, limit: usize) -> Result<Filters, String> {
        if self
            .conditions
            .iter()
            .any(|condition| condition.terms.is_empty())
        {
            return Ok(Filters::default());
        }
        if self.conditions.is_empty() {
            return Ok(Filters {
                texts: vec![None],
                split_by: None,
            });
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
            return Ok(Filters {
                texts: vec![Some(whole)],
                split_by: None,
            });
        }
        self.split(room)
    }

    /// The filters that ask for the alternatives of the longest condition in turn.
    fn split(&self, room: usize) -> Result<Filters, String> {
        let length = |condition: &&Condition<T>| len(&condition.terms);
        let splits = |condition: &&Condition<T>| condition.splits && condition.terms.len() > 1;
        let Some(split) = self.conditions.iter().filter(splits).max_by_key(length) else {
            let longest = self.conditions.iter().max_by_key(length);
            return Err(too_long(longest.map_or("", |condition| &condition.name)));
        };
        let others = || {
            self.conditions
                .iter()
                .filter(|other| !std::ptr::eq(*other, split))
        };
        // Further alternatives on the same field would be found once in every request.
        if others().any(|other| other.name == split.name) {
            return Err(too_long(&split.name));
        }
        let rest: Vec<&str> = others().flat_map(terms).collect();
        let chunks = chunks(&split.terms, room.saturating_sub(len(&rest)));
        let text = |chunk: &Vec<String>| {
            let chunk = chunk.iter().map(String::as_str);
            join(&rest.iter().copied().chain(chunk).collect::<Vec<_>>()).map(Some)
        };
        let texts: Result<_, _> = chunks
            .ok_or_else(|| too_long(&split.name))?
            .iter()
            .map(text)
            .collect();
        Ok(Filters {
            texts: texts?,
            split_by: Some(split.name.clone()),
        })
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
        if let Some(link) = &self.named_filter {
            params.push(("namedfilter", link.clone()));
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
            named_filter: None,
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
            named_filter: self.named_filter.clone(),
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::counterparty::{self, Counterparty};
    use crate::customer_order::{self, CustomerOrder};
    use crate::id::Id;
    use crate::meta::Ref;
    use crate::moment::Moment;
    use crate::money::Money;
    use crate::query::Condition;
    use crate::state::State;

    use super::*;

    const ID: &str = "3c9e2a10-7b11-11f1-0a80-0a1b00000011";
    const BASE: &str = "https://api.moysklad.ru/api/remap/1.2/entity";

    fn query<T>(conditions: impl IntoIterator<Item = Condition<T>>) -> Query<T> {
        Query {
            conditions: conditions.into_iter().collect(),
            ..Query::default()
        }
    }

    fn filter<T>(conditions: impl IntoIterator<Item = Condition<T>>) -> String {
        query(conditions)
            .filters(7000)
            .unwrap()
            .unsplit()
            .unwrap()
            .remove(0)
            .unwrap()
    }

    #[test]
    fn conditions_read_as_the_services_grammar() {
        let moment: Moment = "2026-08-01 00:00:00".parse().unwrap();

        assert_eq!(
            filter([counterparty::PHONE.starts_with("+7915")]),
            "phone~=+7915"
        );
        assert_eq!(filter([counterparty::NAME.contains("а;б")]), r"name~а\;б");
        assert_eq!(
            filter([counterparty::EMAIL.ends_with("@a.example")]),
            "email=~@a.example"
        );
        assert_eq!(filter([counterparty::CODE.is_empty()]), "code=");
        assert_eq!(filter([counterparty::OWNER.is_not_empty()]), "owner!=");
        assert_eq!(
            filter([counterparty::ARCHIVED.any_of([true, false])]),
            "archived=true;archived=false"
        );
        assert_eq!(
            filter([counterparty::UPDATED.ge(moment), counterparty::NAME.ne("x")]),
            "updated>=2026-08-01 00:00:00.000;name!=x"
        );
        assert_eq!(
            filter([customer_order::SUM.lt(Money::from_rubles(10.into()))]),
            "sum<1000"
        );
        assert_eq!(
            filter([customer_order::STATE_NAME.eq("Новый")]),
            "state.name=Новый"
        );
        assert_eq!(
            filter([counterparty::COMPANY_TYPE.eq(counterparty::CompanyType::Individual)]),
            "companyType=individual"
        );
    }

    #[test]
    fn references_are_filtered_by_their_full_links() {
        let id: Id<Counterparty> = ID.parse().unwrap();
        let state: Ref<State> = State::reference::<CustomerOrder>(ID.parse().unwrap());

        let expected = format!("agent={BASE}/counterparty/{ID}");
        assert_eq!(filter([customer_order::AGENT.eq(id)]), expected);
        assert_eq!(filter([customer_order::AGENT.eq(Ref::new(id))]), expected);
        assert_eq!(
            filter([customer_order::STATE.eq(&state)]),
            format!("state={BASE}/customerorder/metadata/states/{ID}")
        );
    }

    #[test]
    fn a_backslash_at_the_end_escapes_no_separator() {
        let name = || counterparty::NAME.eq(r"a\");

        assert_eq!(
            filter([name(), counterparty::CODE.eq("b")]),
            r"code=b;name=a\"
        );
        assert!(
            query([name(), counterparty::CODE.eq(r"b\")])
                .filters(7000)
                .is_err()
        );
    }

    #[test]
    fn a_value_that_would_change_its_operator_is_refused() {
        for (condition, good) in [
            (counterparty::NAME.eq("~x"), false),
            (counterparty::NAME.any_of(["a", "~x"]), false),
            (counterparty::NAME.contains("=x"), false),
            (counterparty::NAME.eq("=x"), true),
            (counterparty::NAME.ne("~x"), true),
            (counterparty::NAME.starts_with("=x"), true),
        ] {
            assert_eq!(
                query([condition.clone()]).check().is_ok(),
                good,
                "{condition:?}"
            );
        }
    }

    #[test]
    fn no_values_match_nothing() {
        let none: [Id<CustomerOrder>; 0] = [];

        let filters = query([customer_order::ID.any_of(none)])
            .filters(7000)
            .unwrap();

        assert!(filters.texts.is_empty());
        assert_eq!(
            query::<CustomerOrder>([]).filters(7000).unwrap().texts,
            [None]
        );
    }

    #[test]
    fn a_long_filter_of_ids_is_split_and_loses_none() {
        let ids: Vec<Id<CustomerOrder>> = (0..1000)
            .map(|number| Id::new(Uuid::from_u128(number)))
            .collect();
        let sum = || customer_order::SUM.gt(Money::ZERO);

        let filters = query([sum(), customer_order::ID.any_of(ids.iter().copied())])
            .filters(7000)
            .unwrap();

        assert_eq!(filters.split_by.as_deref(), Some("id"));
        assert!(filters.texts.len() > 1);
        let mut found: Vec<Id<CustomerOrder>> = Vec::new();
        for filter in filters.texts {
            let filter = filter.unwrap();
            assert!(encoded_len(&filter) <= 7000);
            let (first, rest) = filter.split_once(';').unwrap();
            assert_eq!(first, "sum>0");
            let id = |term: &str| term.strip_prefix("id=").unwrap().parse::<Id<_>>().unwrap();
            found.extend(rest.split(';').map(id));
        }
        assert_eq!(found, ids);
    }

    #[test]
    fn a_long_filter_that_cannot_be_split_is_an_error_naming_its_field() {
        let long = "я".repeat(2000);
        let tags = (0..2000).map(|number| format!("группа {number}"));

        for (condition, name) in [
            (counterparty::NAME.eq(long.clone()), "name"),
            (counterparty::NAME.any_of(["a".to_owned(), long]), "name"),
            // One counterparty may have several groups, and would come several times.
            (counterparty::TAGS.any_of(tags), "tags"),
        ] {
            let error = query([condition]).filters(7000).unwrap_err();
            assert!(error.contains(name) && !error.contains('я'), "{error}");
        }
    }

    #[test]
    fn further_alternatives_on_the_split_field_are_not_found_twice() {
        let id = |number| Id::new(Uuid::from_u128(number));
        let long = customer_order::ID.any_of((0..1000).map(id));

        assert!(
            query([long, customer_order::ID.eq(id(2000))])
                .filters(7000)
                .is_err()
        );
    }

    #[test]
    fn a_query_that_would_be_overlooked_is_an_error() {
        let with = |limit, expand: &[&str]| Query::<CustomerOrder> {
            limit,
            expand: expand.iter().map(|&path| path.to_owned()).collect(),
            ..Query::default()
        };

        assert!(with(Some(0), &[]).check().is_err());
        assert!(with(Some(1001), &[]).check().is_err());
        assert!(with(Some(1000), &[]).check().is_ok());
        assert!(with(Some(101), &["agent"]).check().is_err());
        assert!(with(Some(100), &["agent"]).check().is_ok());
        assert!(with(None, &["a.b.c", "x,a.b.c.d"]).check().is_err());
        let params = with(None, &["agent", "state"]).params(None, 0);
        assert_eq!(
            params,
            [
                ("limit", "100".to_owned()),
                ("expand", "agent,state".to_owned())
            ]
        );
    }

    #[test]
    fn streams_break_ties_by_id_except_in_a_search() {
        let orders = |mut query: Query<Counterparty>| {
            query.settle_order();
            query
                .params(None, 0)
                .into_iter()
                .find(|(name, _)| *name == "order")
        };
        let plain = Query::default();
        let sorted = Query {
            orders: vec![counterparty::UPDATED.desc()],
            ..Query::default()
        };
        let by_id = Query {
            orders: vec![counterparty::ID.desc()],
            ..Query::default()
        };
        let search = Query {
            search: Some("x".to_owned()),
            ..Query::default()
        };

        assert_eq!(orders(plain), Some(("order", "id,asc".to_owned())));
        assert_eq!(
            orders(sorted),
            Some(("order", "updated,desc;id,asc".to_owned()))
        );
        assert_eq!(orders(by_id), Some(("order", "id,desc".to_owned())));
        assert_eq!(orders(search), None);
    }
}
