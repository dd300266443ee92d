//! Leads as Calltouch tells them, and keys of what becomes of them.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::{Value, json};

use crate::clock::START;

/// Number of the site of a story.
pub const SITE: u64 = 25918;

/// Key of the lead of a call: external code of its order, number of its deal.
#[must_use]
pub fn call_key(id: u64) -> String {
    format!("ct-{SITE}-call-{id}")
}

/// Key of the lead of a request.
#[must_use]
pub fn request_key(id: u64) -> String {
    format!("ct-{SITE}-request-{id}")
}

/// A moment of Moscow as Calltouch's journals write it.
#[must_use]
pub fn journal_text(at: DateTime) -> String {
    at.strftime("%d/%m/%Y %H:%M:%S").to_string()
}

/// A moment of the day of a story, so many minutes after nine in the morning.
fn minute(id: u64) -> String {
    let day = Offset::constant(3).to_datetime(START).date();
    let minutes = i64::try_from(id % 480).expect("fewer minutes than a day has");
    journal_text(day.at(9, 0, 0, 0) + jiff::Span::new().minutes(minutes))
}

/// A call from a number, at a minute of the day that follows its id.
#[must_use]
pub fn call(id: u64, number: &str) -> Value {
    json!({
        "callId": id,
        "siteId": SITE,
        "date": minute(id),
        "callerNumber": number,
        "source": "yandex",
        "medium": "cpc",
        "utmSource": "yandex",
        "utmMedium": "cpc",
        "utmCampaign": "autumn",
        "utmContent": "<не заполнено>",
        "utmTerm": "<не указано>",
    })
}

/// A request of somebody, at a minute of the day that follows its id; empty texts are left out.
#[must_use]
pub fn request(id: u64, name: &str, phone: &str, email: &str) -> Value {
    let listed = |text: &str, item: Value| {
        if text.is_empty() {
            json!([])
        } else {
            json!([item])
        }
    };
    json!({
        "requestId": id,
        "siteId": SITE,
        "dateStr": minute(id),
        "client": {
            "fio": name,
            "phones": listed(phone, json!({"phoneNumber": phone, "phoneType": "MOBILE"})),
            "contacts": listed(email, json!({"contactType": "EMAIL", "contactValue": email})),
        },
        "session": {"source": "google", "medium": "organic", "utmSource": "google"},
    })
}

/// A record with further fields, which take the place of its own.
#[must_use]
pub fn with(mut record: Value, more: Value) -> Value {
    if let (Value::Object(record), Value::Object(more)) = (&mut record, more) {
        record.extend(more);
    }
    record
}
