//! The journal of requests (журнал заявок).

use serde_json::{Value, json};

use super::{
    attached,
    calls::attribution,
    field::{self, Object},
    journal::Key,
    lead::LeadKind,
    moment::{self, DayOrder},
    query::Query,
    refusal::Refusal,
    state::State,
};

/// The field each flag fills; without the flag it is null.
const OPTIONAL: [(&str, &str); 6] = [
    ("withMapVisits", "mapVisits"),
    ("withRequestTags", "RequestTags"),
    ("withYandexDirect", "yandexDirect"),
    ("withGoogleAdwords", "googleAdWords"),
    ("withDcm", "dcm"),
    ("withCustomFields", "customFields"),
];

/// Answers `requests`: a bare array of the whole period; pages are ignored.
pub(super) fn list(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let span = query.period(DayOrder::MonthFirst)?.span;
    let mut hidden = Vec::new();
    for (flag, key) in OPTIONAL {
        if !query.flag(flag)? {
            hidden.push(key);
        }
    }
    let attribution = attribution(query)?;
    let deals = attached::Deals::of_site(state, site, LeadKind::Request);
    let show = |(key, request): (Key, &Object)| {
        let mut request = request.clone();
        for key in &hidden {
            request.insert((*key).to_owned(), Value::Null);
        }
        if let (Some(attribution), Some(session)) = (attribution, session_mut(&mut request)) {
            session.insert("attribution".to_owned(), json!(attribution));
        }
        let mut orders = field::items(request.get("orders")).to_vec();
        orders.extend(deals.of_lead(key.id).map(attached::on_request));
        request.insert("orders".to_owned(), json!(orders));
        state.quirks.record(request)
    };
    Ok(if query.text("bindTo") == Some("session") {
        let in_span = |request: &Object| {
            let session = request.get("session").and_then(Value::as_object);
            session
                .and_then(|session| moment::from_journal(field::raw(session, "sessionDate")))
                .is_some_and(|at| span.contains(&at))
        };
        let rows = state.requests.of_site(site);
        rows.filter(|(_, request)| in_span(request))
            .map(show)
            .collect()
    } else {
        state.requests.within(site, span).map(show).collect()
    })
}

fn session_mut(request: &mut Object) -> Option<&mut Object> {
    request.get_mut("session")?.as_object_mut()
}
