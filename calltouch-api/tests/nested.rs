//! Every object that hangs on a record reads full, minimal, and with every value of a plausible other type.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use calltouch_api::call::{Call, CallbackInfo, Order, Phrase};
use calltouch_api::deal::{Client as DealClient, Deal, Origin, Saved, Visit};
use calltouch_api::request::{self, Client, Contact, Phone, Request, Session};
use calltouch_api::{
    Comment, Dcm, GoogleAds, MapVisit, NamedValue, TagGroup, TagKind, YandexDirect,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;

/// The same object with every scalar as its neighbour: numbers as text, flags as words, text as numbers.
fn neighbour(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(flag) => json!(if *flag { "True" } else { "0" }),
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => match text.parse::<u64>() {
            Ok(number) => json!(number),
            Err(_) => json!(text),
        },
        // One object stands for a list of it.
        Value::Array(list) => match list.as_slice() {
            [one @ Value::Object(_)] => neighbour(one),
            list => list.iter().map(neighbour).collect(),
        },
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| (name.clone(), neighbour(value)))
                .collect(),
        ),
    }
}

/// The same object with every value null.
fn nulled(value: &Value) -> Value {
    let fields = value.as_object().unwrap().keys();
    Value::Object(fields.map(|name| (name.clone(), Value::Null)).collect())
}

/// Checks an object whose every field is known, and of which nothing has to be there.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug + Default>(full: Value) {
    let read = |value: &Value| serde_json::from_value::<T>(value.clone());
    let whole = read(&full).unwrap();
    let stored = serde_json::to_value(&whole).unwrap();
    assert_eq!(read(&stored).unwrap(), whole, "survives being stored");
    for name in full.as_object().unwrap().keys() {
        assert!(stored.get(name).is_some(), "{name} is lost");
    }
    assert_eq!(read(&neighbour(&full)).unwrap(), whole, "{full}");
    assert_eq!(read(&json!({})).unwrap(), T::default());
    assert_eq!(read(&nulled(&full)).unwrap(), T::default());
    let mut more = full;
    more["brandNew"] = json!([1]);
    assert_eq!(
        serde_json::to_value(read(&more).unwrap()).unwrap()["brandNew"],
        json!([1])
    );
}

fn visit() -> Value {
    json!({
        "sessionId": 4_794_763_832_u64, "sessionDate": "15/11/2023 01:10:00", "source": "yandex", "medium": "cpc",
        "keyword": "стол", "url": "https://a.example/", "ref": "https://b.example/", "city": "moscow",
        "ip": "192.0.2.1", "userAgent": "UA", "utmSource": "a", "utmMedium": "b", "utmCampaign": "c",
        "utmContent": "d", "utmTerm": "e", "guaClientId": "1.x", "ctClientId": 9_007_199_254_740_993_u64,
        "ctGlobalId": "g", "additionalTags": [{"name": "n", "value": "v"}],
    })
}

fn session() -> Value {
    json!({
        "sessionId": 1, "sessionDate": "15/11/2023 01:10:00", "keywords": "стол", "city": "moscow", "ip": "192.0.2.1",
        "source": "a", "medium": "b", "ref": "r", "url": "u", "utmSource": "1a", "utmMedium": "1b", "utmTerm": "1c",
        "utmContent": "1d", "utmCampaign": "1e", "guaClientId": "1.x", "yaClientId": "1700000000123456789",
        "attribution": 1, "additionalTags": [{"name": "n", "value": "v"}], "attrs": "x", "ctGlobalId": "g",
        "device": "d", "os": "o", "browser": "b", "browserName": "bn",
    })
}

#[test]
fn what_hangs_on_a_call_reads_in_every_shape() {
    check::<MapVisit>(visit());
    check::<NamedValue>(json!({"name": "n", "value": "5"}));
    check::<Comment>(
        json!({"commentId": 5, "requestId": 6, "callId": 7, "comment": "c", "partyId": 8, "partyName": "p"}),
    );
    check::<Phrase>(json!({"channel": 1, "time": "00:01", "message": "Алло"}));
    check::<YandexDirect>(json!({"campaignId": 1, "adGroupId": 2, "adId": 3, "criteriaId": -4}));
    check::<GoogleAds>(json!({"campaignId": 1, "adGroupId": 2, "creativeId": 3, "criteriaId": -4}));
    check::<Dcm>(
        json!({"profileIdDCM": 6, "floodlightConfigurationId": "12", "floodlightActivityId": "13",
                        "requestStatus": "OK", "requestErrors": "none"}),
    );
    check::<CallbackInfo>(json!({
        "callbackRequestId": 8, "callbackFinalAttempt": true, "facebookLeadgenId": 9, "leadId": 10, "adId": 11,
        "leadsCampaignName": "n", "email": "a@b.example", "fields": [{"name": "city", "value": "Тверь"}],
    }));
    check::<Order>(json!({
        "orderId": 9, "orderNumber": "77", "orderDate": "15/11/2023 02:00:00", "createdDate": "15/11/2023 02:00:01",
        "completedDate": "15/11/2023 02:00:02", "plannedAmount": 1000.5, "completedAmount": 7,
    }));
}

#[test]
fn what_hangs_on_a_request_reads_in_every_shape() {
    check::<Phone>(json!({"phoneNumber": "79990000001", "phoneType": "MOBILE"}));
    check::<Contact>(json!({"contactType": "EMAIL", "contactValue": "a@b.example"}));
    check::<Client>(
        json!({"clientId": 5, "fio": "Анна", "phones": [{"phoneNumber": "79990000001"}],
                           "contacts": [{"contactType": "EMAIL", "contactValue": "a@b.example"}]}),
    );
    check::<Session>(session());
    check::<request::Order>(json!({
        "orderId": 3, "orderNumber": "n", "dateCreated": 1_700_000_000_000_i64, "status": "PENDING", "sum": "100000.50",
        "realSum": "7", "orderSum": "8", "orderStatus": "COMPLETED", "orderComments": "c", "currentAmount": 5,
        "commentsCount": 2, "callId": 4, "session": {"source": "x"},
    }));
}

#[test]
fn what_hangs_on_a_deal_reads_in_every_shape() {
    check::<Saved>(json!({"orderNumber": "77", "calltouchOrderId": 9}));
    check::<DealClient>(
        json!({"fio": "Анна", "phones": ["79990000001", "x"], "emails": ["a@b.example", "y"]}),
    );
    check::<Origin>(
        json!({"type": "CALL", "formName": "f", "callId": 1, "requestId": 2, "duration": -3, "callUrl": "u"}),
    );
    check::<Visit>(json!({
        "sessionId": 1, "source": "s", "utmSource": "a", "utmMedium": "b", "utmCampaign": "c", "utmContent": "d",
        "utmTerm": "e", "keyword": "k", "city": "c", "ip": "192.0.2.1", "ref": "r", "url": "u", "attribution": "1",
        "yaClientId": "17", "gaClientId": "1.x", "yandexDirect": {"campaignId": 1}, "googleAdWords": {"adGroupId": 2},
    }));
    check::<Deal>(json!({
        "orderId": 1, "orderNumber": "77", "orderName": "n", "orderStatus": "s", "funnel": "f", "orderDate": "d",
        "createdDate": "c", "updatedDate": "u", "plannedAmount": 10.5, "completedAmount": 7,
        "tags": [{"type": "MANUAL", "names": ["a", "b"]}], "siteId": 5, "client": {"fio": "Анна"},
        "visit": {"source": "s"}, "orderSource": {"type": "CALL"},
    }));
}

#[test]
fn a_group_of_tags_reads_in_every_shape() {
    let group = |value: Value| serde_json::from_value::<TagGroup>(value).unwrap();
    let full = group(json!({"category": "c", "type": "AUTO-PN", "names": ["статика", "7"]}));

    assert_eq!((&full.kind, full.names.len()), (&TagKind::AutoPn, 2));
    assert_eq!(
        group(json!({"category": "c", "type": "auto_pn", "names": ["статика", 7]})).names,
        full.names
    );
    assert_eq!(group(json!({})), TagGroup::default());
    assert_eq!(
        group(json!({"category": null, "type": null, "names": null})),
        TagGroup::default()
    );
    assert_eq!(group(serde_json::to_value(&full).unwrap()), full);
}

#[test]
fn a_field_and_its_second_name_both_read_and_nothing_is_lost() {
    let both: Call =
        serde_json::from_str(r#"{"callId":1,"gaClientId":"2.2","clientId":"1.1"}"#).unwrap();
    assert_eq!(both.client_id.as_ref().unwrap().as_str(), "1.1");
    assert_eq!(both.extra["gaClientId"], json!("2.2"));
    let again: Call = serde_json::from_value(serde_json::to_value(&both).unwrap()).unwrap();
    assert_eq!(again, both);

    let second: Call =
        serde_json::from_str(r#"{"callId":1,"clientId":null,"gaClientId":"2.2"}"#).unwrap();
    assert_eq!(second.client_id.unwrap().as_str(), "2.2");
    assert!(second.extra.is_empty());

    let request: Request = serde_json::from_value(json!({
        "requestId": 1, "RequestTags": [], "requestTags": [{"type": "MANUAL", "names": ["a"]}],
        "session": {"guaClientId": "1.1", "gaClientId": "2.2"},
        "client": {"contacts": [{"contactType": "EMAIL", "type": "x", "value": "a@b.example"}]},
    }))
    .unwrap();
    assert_eq!(request.request_tags.len(), 1);
    assert_eq!(
        request.session.unwrap().gua_client_id.unwrap().as_str(),
        "1.1"
    );
    let contact = &request.client.unwrap().contacts[0];
    assert_eq!(contact.contact_type.as_ref().unwrap().as_str(), "EMAIL");
    assert_eq!(
        contact.contact_value.as_ref().unwrap().as_str(),
        "a@b.example"
    );
    assert_eq!(contact.extra["type"], json!("x"));
}

#[test]
fn a_second_name_that_cannot_be_read_stays_as_it_came() {
    let tags = json!([{"type": "MANUAL", "names": ["a"]}, 5]);
    let request: Request =
        serde_json::from_value(json!({"requestId": 1, "requestTags": tags})).unwrap();

    assert!(request.request_tags.is_empty());
    assert_eq!(request.extra["requestTags"], tags);
}
