//! Records that a test puts in: completed with the documented defaults, or taken as they are.

use serde_json::{Value, json};

use super::{
    fault::mix,
    field::{self, Object},
    journal::Key,
    lead::{Lead, LeadKind},
    moment,
    state::State,
    webhook,
};

/// The text of a field that has no value.
pub(super) const NOT_GIVEN: &str = "<не указано>";

/// The text of a tag of an advertisement that has no value.
const NOT_FILLED: &str = "<не заполнено>";

/// The tracked number of calls that name none.
const TRACKED: &str = "74950000001";

/// The fields of a call that are null unless given.
const EMPTY_IN_CALL: [&str; 23] = [
    "callTags",
    "manager",
    "sessionId",
    "ctClientId",
    "ctGlobalId",
    "clientId",
    "yaClientId",
    "sipCallId",
    "callClientUniqueId",
    "userAgent",
    "ip",
    "statusDetails",
    "mapVisits",
    "attrs",
    "comments",
    "phrases",
    "phonesInText",
    "order",
    "yandexDirect",
    "googleAdWords",
    "dcm",
    "callbackInfo",
    "customFields",
];

/// The fields of a request that are null unless given.
const EMPTY_IN_REQUEST: [&str; 15] = [
    "requestUrl",
    "requestType",
    "status",
    "manager",
    "ctClientId",
    "ctGlobalId",
    "session",
    "order",
    "mapVisits",
    "RequestTags",
    "yandexDirect",
    "googleAdWords",
    "dcm",
    "widgetInfo",
    "customFields",
];

/// A record that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("record {index} (counted from 0): {reason}")]
pub struct InvalidRecord {
    index: usize,
    reason: &'static str,
}

impl InvalidRecord {
    /// The place of the record in the list, counted from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }
}

/// Stores a call and reports it; what it does not say gets the documented default.
pub(super) fn call(state: &mut State, given: Value) -> Value {
    let (lead, call) = insert_call(state, object(given));
    webhook::report_arrival(state, lead);
    Value::Object(call)
}

/// Stores a call without a word to the webhooks.
pub(super) fn insert_call(state: &mut State, mut call: Object) -> (Lead, Object) {
    let id = field::id(call.get("callId")).unwrap_or_else(|| state.calls.new_id());
    let site = field::id(call.get("siteId")).unwrap_or(state.home_site);
    let at = call_time(&call).unwrap_or_else(|| state.clock.seconds());
    let caller = field::text(call.get("callerNumber"))
        .unwrap_or_else(|| format!("7999{:07}", id % 10_000_000));
    let tracked = field::text(call.get("phoneNumber")).unwrap_or_else(|| TRACKED.to_owned());
    let unique = !call.contains_key("uniqueCall") || field::is_set(&call, "uniqueCall");
    let target = !call.contains_key("targetCall") || field::is_set(&call, "targetCall");
    let callback = field::is_set(&call, "callbackCall");
    // A call without a session came over a number that stands still, in print or on a sign.
    let session = field::id(call.get("sessionId")).is_some();
    let visit = |value: &str| if session { json!(value) } else { Value::Null };
    let ad = |value: &str| {
        if session {
            json!(value)
        } else {
            json!(tracked)
        }
    };
    let defaults = json!({
        "callId": id,
        "siteId": site,
        "timestamp": at,
        "date": moment::journal_text(at),
        "callphase": "calldisconnected",
        "attribution": 1,
        "duration": 60,
        "waitingConnect": 5,
        "callerNumber": caller,
        "phoneNumber": tracked,
        "redirectNumber": "74950000002",
        "successful": true,
        "uniqueCall": unique,
        "targetCall": target,
        "uniqTargetCall": unique && target,
        "callbackCall": callback,
        "city": "moscow",
        "source": ad("yandex"),
        "medium": if session { "organic" } else { "offline" },
        "keyword": NOT_GIVEN,
        "url": visit("https://example.ru/"),
        "callUrl": visit("https://example.ru/"),
        "ref": visit("https://yandex.ru/"),
        "hostname": visit("example.ru"),
        "utmSource": ad(NOT_GIVEN),
        "utmMedium": if session { NOT_GIVEN } else { "offline" },
        "utmCampaign": ad(NOT_GIVEN),
        "utmContent": NOT_FILLED,
        "utmTerm": NOT_FILLED,
        "sessionDate": if session { json!(moment::journal_text(at.saturating_sub(60))) } else { Value::Null },
        "ctCallerId": caller_id(&caller),
        "callReferenceId": format!("{at}.{}", id % 100_000),
        "device": visit("desktop"),
        "os": visit("Windows"),
        "browser": visit("Chrome"),
        "siteName": "example.ru",
        "subPoolName": if callback { Value::Null } else { ad("Остальные") },
        "additionalTags": [],
        "orders": [],
    });
    complete(&mut call, defaults);
    complete(&mut call, nulls(&EMPTY_IN_CALL));
    state.calls.put(Key { site, at, id }, call.clone());
    let kind = LeadKind::Call;
    (Lead { kind, id }, call)
}

/// Stores a request and reports it; what it does not say gets the documented default.
pub(super) fn request(state: &mut State, given: Value) -> Value {
    let mut request = object(given);
    let id = field::id(request.get("requestId")).unwrap_or_else(|| state.requests.new_id());
    let site = field::id(request.get("siteId")).unwrap_or(state.home_site);
    let at = request_time(&request).unwrap_or_else(|| state.clock.seconds());
    let unique = !request.contains_key("uniqueRequest") || field::is_set(&request, "uniqueRequest");
    let target = !request.contains_key("targetRequest") || field::is_set(&request, "targetRequest");
    let defaults = json!({
        "requestId": id,
        "requestNumber": id.to_string(),
        "siteId": site,
        "date": at.saturating_mul(1000),
        "dateStr": moment::journal_text(at),
        "subject": "Заявка",
        "uniqueRequest": unique,
        "targetRequest": target,
        "uniqTargetRequest": unique && target,
        "client": {},
        "comments": [],
        "orders": [],
    });
    complete(&mut request, defaults);
    complete(&mut request, nulls(&EMPTY_IN_REQUEST));
    if let Some(client) = request.get_mut("client").and_then(Value::as_object_mut) {
        let id = state.new_nested_id();
        complete(
            client,
            json!({ "clientId": id, "fio": "", "phones": [], "contacts": [] }),
        );
    }
    if let Some(session) = request.get_mut("session").and_then(Value::as_object_mut) {
        complete(session, session_defaults(at));
    }
    state.requests.put(Key { site, at, id }, request.clone());
    let kind = LeadKind::Request;
    webhook::report_arrival(state, Lead { kind, id });
    Value::Object(request)
}

fn session_defaults(at: i64) -> Value {
    json!({
        "sessionId": null,
        "sessionDate": moment::journal_text(at.saturating_sub(60)),
        "keywords": NOT_GIVEN,
        "city": "moscow",
        "ip": null,
        "source": "yandex",
        "medium": "organic",
        "ref": null,
        "url": "https://example.ru/",
        "utmSource": NOT_GIVEN,
        "utmMedium": NOT_GIVEN,
        "utmTerm": NOT_FILLED,
        "utmContent": NOT_FILLED,
        "utmCampaign": NOT_GIVEN,
        "guaClientId": null,
        "yaClientId": null,
        "attribution": 1,
        "additionalTags": [],
        "attrs": null,
        "ctGlobalId": null,
        "browser": "Chrome",
    })
}

/// Stores records as they are, all of them or none.
pub(super) fn load(
    state: &mut State,
    kind: LeadKind,
    records: Vec<Value>,
) -> Result<usize, InvalidRecord> {
    let mut read = Vec::with_capacity(records.len());
    for (index, record) in records.into_iter().enumerate() {
        let invalid = |reason| InvalidRecord { index, reason };
        let Value::Object(record) = record else {
            return Err(invalid("an object is expected"));
        };
        let id = field::id(record.get(kind.id_key()));
        let id = id.ok_or_else(|| invalid("callId or requestId must be a number"))?;
        let at = lead_time(kind, &record);
        let at = at.ok_or_else(|| invalid("the time of the lead cannot be read"))?;
        let site = field::id(record.get("siteId")).unwrap_or(state.home_site);
        read.push((Key { site, at, id }, record));
    }
    let count = read.len();
    for (key, record) in read {
        match kind {
            LeadKind::Call => state.calls.put(key, record),
            LeadKind::Request => state.requests.put(key, record),
        }
    }
    Ok(count)
}

/// Replaces fields of a lead; its two spellings of the time stay the same instant.
pub(super) fn patch(state: &mut State, kind: LeadKind, id: u64, given: Value) -> Option<Value> {
    let (key, lead) = kind.journal(state).get(id)?;
    let before = lead.clone();
    let mut lead = before.clone();
    let mut given = object(given);
    given.remove(kind.id_key());
    let at = lead_time(kind, &given).unwrap_or(key.at);
    if at != key.at {
        let (number, text) = match kind {
            LeadKind::Call => (("timestamp", at), "date"),
            LeadKind::Request => (("date", at.saturating_mul(1000)), "dateStr"),
        };
        given.entry(number.0).or_insert(json!(number.1));
        given.entry(text).or_insert(json!(moment::journal_text(at)));
    }
    lead.append(&mut given);
    let site = field::id(lead.get("siteId")).unwrap_or(key.site);
    let key = Key { site, at, id };
    match kind {
        LeadKind::Call => state.calls.put(key, lead.clone()),
        LeadKind::Request => state.requests.put(key, lead.clone()),
    }
    webhook::report_change(state, Lead { kind, id }, &before);
    Some(Value::Object(lead))
}

fn lead_time(kind: LeadKind, lead: &Object) -> Option<i64> {
    match kind {
        LeadKind::Call => call_time(lead),
        LeadKind::Request => request_time(lead),
    }
}

fn call_time(call: &Object) -> Option<i64> {
    let seconds = call.get("timestamp").and_then(Value::as_i64);
    seconds.or_else(|| moment::from_journal(field::raw(call, "date")))
}

fn request_time(request: &Object) -> Option<i64> {
    let milliseconds = request.get("date").and_then(Value::as_i64);
    milliseconds
        .map(|milliseconds| milliseconds.div_euclid(1000))
        .or_else(|| moment::from_journal(field::raw(request, "dateStr")))
}

/// Adds the defaults of the fields that are not there.
fn complete(record: &mut Object, defaults: Value) {
    for (key, value) in object(defaults) {
        record.entry(key).or_insert(value);
    }
}

/// An object with these fields, all null.
fn nulls(keys: &[&str]) -> Value {
    Value::Object(
        keys.iter()
            .map(|key| ((*key).to_owned(), Value::Null))
            .collect(),
    )
}

/// The object itself; anything else says nothing.
fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}

/// A pseudonym of the caller: 32 hexadecimal digits that depend on the number alone.
fn caller_id(phone: &str) -> String {
    let number = phone
        .bytes()
        .fold(0_u64, |sum, byte| mix(sum ^ u64::from(byte)));
    format!("{number:016x}{:016x}", mix(number.wrapping_add(1)))
}
