//! The parameters of webhooks: names of their own for the fields of calls and requests.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::emulator::{
    field::{self, Object},
    lead::{Lead, LeadKind},
    moment, recordings,
    state::State,
};

use super::text;

/// The values by the name of the parameter; one that is not there is sent empty.
pub(super) type Parameters = BTreeMap<&'static str, String>;

/// All parameters, in the order they are sent unless a subscription selects its own.
pub(super) const NAMES: [&str; 73] = [
    "id",
    "leadtype",
    "callphase",
    "changedFields",
    "callerphone",
    "phonenumber",
    "redirectNumber",
    "subPoolName",
    "pool",
    "duration",
    "waiting_time",
    "calltime",
    "timestamp",
    "sendingTimestamp",
    "status",
    "statusDetails",
    "unique",
    "targetcall",
    "uniqtargetcall",
    "callback",
    "worktime",
    "rating",
    "requestId",
    "requestNumber",
    "subject",
    "fio",
    "email",
    "requestDate",
    "uniquerequest",
    "targetrequest",
    "uniqtargetrequest",
    "tags_manual",
    "tags_api",
    "tags_request",
    "tags_auto_pn",
    "tags_auto_ct",
    "tags_auto_pr",
    "tags_auto_af",
    "tags_auto_gr",
    "attribution",
    "source",
    "medium",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_content",
    "utm_term",
    "gcid",
    "yaClientId",
    "ctClientId",
    "ctGlobalId",
    "ctCallerId",
    "sessionId",
    "hostname",
    "url",
    "callUrl",
    "ref",
    "city",
    "browser",
    "os",
    "device",
    "ip",
    "userAgent",
    "attrs",
    "sip_call_id",
    "callReferenceNumber",
    "reclink",
    "callback_request_id",
    "callback_final_attempt",
    "orderId",
    "siteId",
    "siteName",
    "manager",
];

/// The parameters of a visit and the fields they are read from, in a call or in a session.
const VISIT: [(&str, &str); 21] = [
    ("attribution", "attribution"),
    ("source", "source"),
    ("medium", "medium"),
    ("utm_source", "utmSource"),
    ("utm_medium", "utmMedium"),
    ("utm_campaign", "utmCampaign"),
    ("utm_content", "utmContent"),
    ("utm_term", "utmTerm"),
    ("yaClientId", "yaClientId"),
    ("ctClientId", "ctClientId"),
    ("ctGlobalId", "ctGlobalId"),
    ("sessionId", "sessionId"),
    ("url", "url"),
    ("ref", "ref"),
    ("city", "city"),
    ("browser", "browser"),
    ("os", "os"),
    ("device", "device"),
    ("ip", "ip"),
    ("userAgent", "userAgent"),
    ("attrs", "attrs"),
];

/// The parameters of a call alone.
const CALL: [(&str, &str); 17] = [
    ("id", "callId"),
    ("callphase", "callphase"),
    ("callerphone", "callerNumber"),
    ("phonenumber", "phoneNumber"),
    ("redirectNumber", "redirectNumber"),
    ("subPoolName", "subPoolName"),
    ("duration", "duration"),
    ("waiting_time", "waitingConnect"),
    ("timestamp", "timestamp"),
    ("statusDetails", "statusDetails"),
    ("worktime", "worktime"),
    ("rating", "rating"),
    ("gcid", "clientId"),
    ("ctCallerId", "ctCallerId"),
    ("callUrl", "callUrl"),
    ("sip_call_id", "sipCallId"),
    ("callReferenceNumber", "callReferenceId"),
];

/// The parameters of a request alone.
const REQUEST: [(&str, &str); 5] = [
    ("requestId", "requestId"),
    ("requestNumber", "requestNumber"),
    ("subject", "subject"),
    ("status", "status"),
    ("callUrl", "requestUrl"),
];

/// The parameters of any lead.
const LEAD: [(&str, &str); 4] = [
    ("hostname", "hostname"),
    ("siteId", "siteId"),
    ("siteName", "siteName"),
    ("manager", "manager"),
];

/// The parameters that hold the tags of one kind.
const TAGS: [(&str, &str); 7] = [
    ("tags_manual", "MANUAL"),
    ("tags_api", "WEB-API"),
    ("tags_auto_pn", "AUTO-PN"),
    ("tags_auto_ct", "AUTO-CT"),
    ("tags_auto_pr", "AUTO-PR"),
    ("tags_auto_af", "AUTO-AF"),
    ("tags_auto_gr", "AUTO-GR"),
];

/// The parameters of a lead whose record reads so.
pub(super) fn of(state: &State, lead: Lead, record: &Object) -> Parameters {
    let mut parameters = Parameters::new();
    put_all(&mut parameters, &LEAD, record);
    match lead.kind {
        LeadKind::Call => of_call(&mut parameters, state, record),
        LeadKind::Request => of_request(&mut parameters, record),
    }
    for (name, kind) in TAGS {
        parameters.insert(
            name,
            lead.kind
                .tags_of(record, kind)
                .collect::<Vec<_>>()
                .join(","),
        );
    }
    parameters.insert("sendingTimestamp", state.clock.seconds().to_string());
    if let Some(site) = lead.site(state) {
        let mut deals = state.deals.of_site(site).rev().map(|(_, deal)| deal);
        let last = deals.find(|deal| Lead::of_deal(deal) == Some(lead));
        parameters.insert("orderId", text(last.and_then(|deal| deal.get("orderId"))));
    }
    parameters
}

/// The names of the parameters that differ.
pub(super) fn changed(before: &Parameters, after: &Parameters) -> Vec<&'static str> {
    let differs = |name: &&str| before.get(name) != after.get(name);
    NAMES.into_iter().filter(differs).collect()
}

fn put_all(parameters: &mut Parameters, names: &[(&'static str, &str)], record: &Object) {
    for (name, key) in names {
        parameters.insert(name, text(record.get(*key)));
    }
}

fn of_call(parameters: &mut Parameters, state: &State, call: &Object) {
    put_all(parameters, &VISIT, call);
    put_all(parameters, &CALL, call);
    let either =
        |key: &str, yes: &str, no: &str| if field::is_set(call, key) { yes } else { no }.to_owned();
    let at = call.get("timestamp").and_then(Value::as_i64);
    let at = at.or_else(|| moment::from_journal(field::raw(call, "date")));
    let info = |key: &str| text(call.get("callbackInfo").and_then(|info| info.get(key)));
    let id = field::id(call.get("callId")).unwrap_or_default();
    let recording = state.recordings.contains_key(&id).then(|| {
        let site = field::id(call.get("siteId")).unwrap_or(state.home_site);
        format!(
            "{}{}",
            state.webhooks.base_url(),
            recordings::path(site, id)
        )
    });
    for (name, value) in [
        ("leadtype", "call".to_owned()),
        ("pool", pool(call)),
        (
            "calltime",
            at.map(moment::year_first_text).unwrap_or_default(),
        ),
        ("status", either("successful", "successful", "unsuccessful")),
        ("unique", either("uniqueCall", "true", "false")),
        ("targetcall", either("targetCall", "target", "non-target")),
        (
            "uniqtargetcall",
            either("uniqTargetCall", "uniqtarget", "non-uniqtarget"),
        ),
        (
            "callback",
            either("callbackCall", "callback", "non-callback"),
        ),
        ("callback_request_id", info("callbackRequestId")),
        ("callback_final_attempt", info("callbackFinalAttempt")),
        ("reclink", recording.unwrap_or_default()),
    ] {
        parameters.insert(name, value);
    }
}

/// The kind of the pool; the word for a dynamic one is not documented, so it is empty.
fn pool(call: &Object) -> String {
    if let Some(kind) = field::text(call.get("poolType")) {
        return kind;
    }
    if field::is_set(call, "callbackCall") {
        return "null".to_owned();
    }
    let offline = field::raw(call, "medium") == "offline";
    if offline { "staticOffline" } else { "" }.to_owned()
}

fn of_request(parameters: &mut Parameters, request: &Object) {
    let none = Object::new();
    let session = request.get("session").and_then(Value::as_object);
    let session = session.unwrap_or(&none);
    put_all(parameters, &VISIT, session);
    put_all(parameters, &REQUEST, request);
    // These stand beside the session.
    for key in ["ctClientId", "ctGlobalId"] {
        if !field::is_empty(request.get(key)) {
            parameters.insert(key, text(request.get(key)));
        }
    }
    let either = |key: &str, yes: &str, no: &str| {
        if field::is_set(request, key) { yes } else { no }.to_owned()
    };
    let client = request.get("client");
    let first = |list: &str, key: &str| {
        let items = field::items(client.and_then(|client| client.get(list)));
        text(items.first().and_then(|item| item.get(key)))
    };
    let at = request.get("date").and_then(Value::as_i64);
    let at = at.map(|milliseconds| milliseconds.div_euclid(1000));
    let at = at.or_else(|| moment::from_journal(field::raw(request, "dateStr")));
    let tags: Vec<_> = LeadKind::Request.tags(request).collect();
    for (name, value) in [
        ("leadtype", "request".to_owned()),
        ("callerphone", first("phones", "phoneNumber")),
        ("email", first("contacts", "contactValue")),
        ("fio", text(client.and_then(|client| client.get("fio")))),
        (
            "requestDate",
            at.map(moment::year_first_text).unwrap_or_default(),
        ),
        ("uniquerequest", either("uniqueRequest", "true", "false")),
        (
            "targetrequest",
            either("targetRequest", "target", "non-target"),
        ),
        (
            "uniqtargetrequest",
            either("uniqTargetRequest", "uniqtarget", "non-uniqtarget"),
        ),
        ("tags_request", tags.join(",")),
        ("gcid", text(session.get("guaClientId"))),
    ] {
        parameters.insert(name, value);
    }
}
