//! The journal of calls (журнал звонков).

use serde_json::{Value, json};

use super::{
    attached,
    field::{self, Object},
    journal::Key,
    lead::LeadKind,
    moment::{self, DayOrder},
    page,
    query::{Query, Span},
    refusal::Refusal,
    state::State,
};

/// More than one day was asked for without pages.
const UNPAGED_PERIOD: u32 = 1001;

/// The field each flag fills; without the flag it is null.
const OPTIONAL: [(&str, &str); 10] = [
    ("withCallTags", "callTags"),
    ("withMapVisits", "mapVisits"),
    ("withComments", "comments"),
    ("withYandexDirect", "yandexDirect"),
    ("withGoogleAdwords", "googleAdWords"),
    ("withText", "phrases"),
    ("withDcm", "dcm"),
    ("withAttrs", "attrs"),
    ("withCallbackInfo", "callbackInfo"),
    ("withCustomFields", "customFields"),
];

/// The flags that keep only the calls with a mark.
const MARKS: [(&str, &str); 4] = [
    ("uniqueOnly", "uniqueCall"),
    ("targetOnly", "targetCall"),
    ("uniqTargetOnly", "uniqTargetCall"),
    ("callbackOnly", "callbackCall"),
];

/// The filters `<name>.value` with the field each looks at.
const FILTERS: [(&str, &str); 10] = [
    ("source", "source"),
    ("medium", "medium"),
    ("utmSource", "utmSource"),
    ("utmMedium", "utmMedium"),
    ("utmTerm", "utmTerm"),
    ("utmContent", "utmContent"),
    ("utmCampaign", "utmCampaign"),
    ("keyword", "keyword"),
    ("ani", "callerNumber"),
    ("phoneNumber", "phoneNumber"),
];

/// Answers `calls-diary/calls`: an envelope with `page`, else a bare array of one day.
pub(super) fn list(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let period = query.period(DayOrder::DayFirst)?;
    let page = page::Asked::read(query)?;
    if page.is_none() && !period.one_day {
        return Err(Refusal::Business {
            code: UNPAGED_PERIOD,
            message: "without page the period must be exactly one day".to_owned(),
        });
    }
    let selection = Selection::read(query)?;
    let view = View::read(query, state, site)?;
    let rows: Vec<_> = if query.text("bindTo") == Some("session") {
        let in_span = |call: &Object| session_within(call, &period.span);
        state
            .calls
            .of_site(site)
            .filter(|(_, call)| in_span(call) && selection.fits(call))
            .collect()
    } else {
        let rows = state.calls.within(site, period.span.clone());
        rows.filter(|(_, call)| selection.fits(call)).collect()
    };
    let show = |(key, call): &(Key, &Object)| state.quirks.record(view.show(*key, call));
    Ok(page::answer(page, &rows, show))
}

fn session_within(call: &Object, span: &Span) -> bool {
    moment::from_journal(field::raw(call, "sessionDate")).is_some_and(|at| span.contains(&at))
}

/// Which calls are wanted.
struct Selection {
    marks: Vec<&'static str>,
    call_id: Option<u64>,
    client_id: Option<String>,
    filters: Vec<(&'static str, Filter)>,
}

impl Selection {
    fn read(query: &Query) -> Result<Self, Refusal> {
        let mut marks = Vec::new();
        for (flag, mark) in MARKS {
            if query.flag(flag)? {
                marks.push(mark);
            }
        }
        let mut filters: Vec<_> = FILTERS
            .iter()
            .filter_map(|(name, key)| Some((*key, Filter::read(query, name)?)))
            .collect();
        if let Some(medium) = query.text("utmMedium") {
            filters.push(("utmMedium", Filter::Equal(medium.to_owned())));
        }
        Ok(Self {
            marks,
            call_id: query.number("callId")?,
            client_id: query.text("clientId").map(str::to_owned),
            filters,
        })
    }

    fn fits(&self, call: &Object) -> bool {
        let text = |key: &str| field::text(call.get(key)).unwrap_or_default();
        self.marks.iter().all(|mark| field::is_set(call, mark))
            && self
                .call_id
                .is_none_or(|id| field::id(call.get("callId")) == Some(id))
            && self
                .client_id
                .as_ref()
                .is_none_or(|id| text("clientId") == *id)
            && self
                .filters
                .iter()
                .all(|(key, filter)| filter.fits(&text(key)))
    }
}

/// The words of `filterMode` are not documented; those that are not understood mean equality.
enum Filter {
    Equal(String),
    Start(String),
    Contain(String),
}

impl Filter {
    fn read(query: &Query, name: &str) -> Option<Self> {
        let value = query.text(&format!("{name}.value"))?.to_owned();
        let mode = query
            .text(&format!("{name}.filterMode"))
            .unwrap_or_default();
        Some(match mode {
            mode if mode.starts_with("start") => Self::Start(value),
            mode if mode.starts_with("contain") => Self::Contain(value),
            _ => Self::Equal(value),
        })
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Equal(value) => text == value,
            Self::Start(value) => text.starts_with(value),
            Self::Contain(value) => text.contains(value),
        }
    }
}

/// How the calls are shown.
struct View<'a> {
    hidden: Vec<&'static str>,
    attribution: Option<u64>,
    deals: Option<attached::Deals<'a>>,
}

impl<'a> View<'a> {
    fn read(query: &Query, state: &'a State, site: u64) -> Result<Self, Refusal> {
        let mut hidden = Vec::new();
        for (flag, key) in OPTIONAL {
            if !query.flag(flag)? {
                hidden.push(key);
            }
        }
        let with_orders = query.flag("withOrders")?;
        Ok(Self {
            hidden,
            attribution: attribution(query)?,
            deals: with_orders.then(|| attached::Deals::of_site(state, site, LeadKind::Call)),
        })
    }

    fn show(&self, key: Key, call: &Object) -> Object {
        let mut call = call.clone();
        for key in &self.hidden {
            call.insert((*key).to_owned(), Value::Null);
        }
        if let Some(attribution) = self.attribution {
            call.insert("attribution".to_owned(), json!(attribution));
        }
        let orders = match &self.deals {
            Some(deals) => {
                let mut orders = field::items(call.get("orders")).to_vec();
                orders.extend(deals.of_lead(key.id).map(attached::on_call));
                orders
            }
            None => Vec::new(),
        };
        call.insert("orders".to_owned(), json!(orders));
        call
    }
}

/// Reads `attribution`: 0 last interaction, 1 last that was not direct.
pub(super) fn attribution(query: &Query) -> Result<Option<u64>, Refusal> {
    match query.number("attribution")? {
        Some(2..) => Err(Refusal::invalid(
            "attribution",
            "attribution: 0 or 1 expected",
        )),
        read => Ok(read),
    }
}
