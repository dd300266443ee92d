//! The journal of deals (журнал сделок).

use serde_json::{Value, json};

use super::{
    attached,
    field::{self, Object},
    journal::Key,
    lead::{Lead, LeadKind},
    moment::DayOrder,
    page,
    query::Query,
    refusal::Refusal,
    state::State,
};

/// Answers `orders-diary/orders`: always an envelope, by `orderDate`.
pub(super) fn list(state: &State, site: u64, query: &Query) -> Result<Value, Refusal> {
    let span = query.period(DayOrder::DayFirst)?.span;
    let page = page::Asked::read_or_first(query)?;
    let view = View::read(query)?;
    let wanted = query.text("orderSource").map(str::to_uppercase);
    let rows: Vec<_> = state
        .deals
        .within(site, span)
        .filter(|(_, deal)| wanted.is_none() || wanted.as_deref() == source_word(deal))
        .collect();
    let show = |(_, deal): &(Key, &Object)| state.quirks.record(view.show(state, deal));
    Ok(page::answer(Some(page), &rows, show))
}

/// The word for the kind of lead the deal came from.
fn source_word(deal: &Object) -> Option<&'static str> {
    Lead::of_deal(deal).map(|lead| match lead.kind {
        LeadKind::Call => "CALL",
        LeadKind::Request => "REQUEST",
    })
}

/// Which optional parts are shown.
struct View {
    tags: bool,
    comments: bool,
    contacts: bool,
}

impl View {
    fn read(query: &Query) -> Result<Self, Refusal> {
        Ok(Self {
            tags: query.flag("withOrdersTags")?,
            comments: query.flag("withComments")?,
            contacts: query.flag("withContacts")?,
        })
    }

    fn show(&self, state: &State, deal: &Object) -> Object {
        let lead = Lead::of_deal(deal);
        let found = lead.and_then(|lead| Some((lead.kind, lead.get(state)?)));
        let visit = match found {
            Some((kind, lead)) => visit(kind, lead),
            None => custom_visit(deal),
        };
        let mut record = Object::new();
        let mut put = |key: &str, value: Value| {
            record.insert(key.to_owned(), value);
        };
        for (key, from) in [
            ("orderId", "orderId"),
            ("orderNumber", "orderNumber"),
            ("orderName", "orderName"),
            ("orderStatus", "status"),
            ("funnel", "funnel"),
            ("createdDate", "createdDate"),
            ("updatedDate", "updatedDate"),
            ("manager", "manager"),
            ("siteId", "siteId"),
        ] {
            put(key, deal.get(from).cloned().unwrap_or_default());
        }
        put("orderDate", attached::date(deal, "orderDate"));
        put("plannedAmount", field::amount(deal.get("revenue")));
        put("completedAmount", attached::completed_amount(deal));
        put(
            "comment",
            or_null(self.comments, || attached::comments(deal).into()),
        );
        put("tags", or_null(self.tags, || tags(deal)));
        put("client", or_null(self.contacts, || client(deal, found)));
        put(
            "orderSource",
            found.map_or(Value::Null, |(kind, lead)| source(kind, lead)),
        );
        put("visit", visit);
        put("service", Value::Null);
        record
    }
}

fn or_null(wanted: bool, value: impl FnOnce() -> Value) -> Value {
    if wanted { value() } else { Value::Null }
}

fn tags(deal: &Object) -> Value {
    match field::items(deal.get("tags")) {
        [] => json!([]),
        names => json!([{ "category": "", "type": "WEB-API", "names": names }]),
    }
}

/// The people of the deal: those it names, and of its lead where it names none.
fn client(deal: &Object, lead: Option<(LeadKind, &Object)>) -> Value {
    let main = deal
        .get("orderContacts")
        .and_then(|contacts| contacts.get("mainContacts"));
    let other = deal
        .get("orderContacts")
        .and_then(|contacts| contacts.get("otherContacts"));
    let person = lead.and_then(|(_, lead)| lead.get("client"));
    let collect = |key: &str, list: &str, item_key: &str| -> Vec<Value> {
        let mut found: Vec<Value> = main
            .and_then(|main| main.get(key))
            .cloned()
            .into_iter()
            .collect();
        found.extend_from_slice(field::items(other.and_then(|other| other.get(key))));
        if found.is_empty() {
            let items = field::items(person.and_then(|person| person.get(list)));
            found.extend(items.iter().filter_map(|item| item.get(item_key)).cloned());
        }
        found
    };
    let mut phones = collect("phoneNumber", "phones", "phoneNumber");
    if let (true, Some((LeadKind::Call, call))) = (phones.is_empty(), lead) {
        phones.extend(call.get("callerNumber").cloned());
    }
    let fio = main
        .and_then(|main| main.get("fio"))
        .or_else(|| person?.get("fio"));
    json!({ "fio": fio, "phones": phones, "emails": collect("email", "contacts", "contactValue") })
}

/// The visit a lead came from.
fn visit(kind: LeadKind, lead: &Object) -> Value {
    let none = Object::new();
    let (from, keyword, google) = match kind {
        LeadKind::Call => (lead, "keyword", "clientId"),
        LeadKind::Request => {
            let session = lead.get("session").and_then(Value::as_object);
            (session.unwrap_or(&none), "keywords", "guaClientId")
        }
    };
    json!({
        "source": from.get("source"),
        "medium": from.get("medium"),
        "utmSource": from.get("utmSource"),
        "utmMedium": from.get("utmMedium"),
        "utmCampaign": from.get("utmCampaign"),
        "utmContent": from.get("utmContent"),
        "utmTerm": from.get("utmTerm"),
        "keyword": from.get(keyword),
        "city": from.get("city"),
        "ip": from.get("ip"),
        "ref": from.get("ref"),
        "url": from.get("url"),
        "sessionId": from.get("sessionId"),
        "attribution": from.get("attribution"),
        "yaClientId": from.get("yaClientId"),
        "gaClientId": from.get(google),
        "yandexDirect": lead.get("yandexDirect"),
        "googleAdWords": lead.get("googleAdWords"),
    })
}

/// The source that a deal without a lead brought along; null when it has none.
fn custom_visit(deal: &Object) -> Value {
    let matched = deal.get("matched").and_then(Value::as_object);
    let Some(custom) = matched.filter(|matched| field::raw(matched, "by") == "customSources")
    else {
        return Value::Null;
    };
    json!({
        "source": custom.get("source"),
        "medium": custom.get("medium"),
        "utmSource": custom.get("source"),
        "utmMedium": custom.get("medium"),
        "utmCampaign": custom.get("campaign"),
        "utmContent": custom.get("content"),
        "utmTerm": custom.get("term"),
    })
}

fn source(kind: LeadKind, lead: &Object) -> Value {
    match kind {
        LeadKind::Call => json!({
            "type": "CALL",
            "callId": lead.get("callId"),
            "duration": lead.get("duration"),
            "callUrl": lead.get("callUrl"),
        }),
        LeadKind::Request => json!({
            "type": "REQUEST",
            "requestId": lead.get("requestId"),
            "formName": lead.get("subject"),
        }),
    }
}
