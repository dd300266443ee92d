//! Any plausible call or request reads, or the error names the field.
#![allow(clippy::unwrap_used)]

use calltouch_api::call::Call;
use calltouch_api::request::Request;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// What may happen to a field on the way.
#[derive(Clone, Debug)]
enum Harm {
    Keep,
    Drop,
    Null,
    Stringify,
    Replace(Value),
}

fn harm() -> impl Strategy<Value = Harm> {
    let values = prop_oneof![
        Just(json!([])),
        Just(json!({})),
        Just(json!("")),
        Just(json!(true)),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!([{"id": 1}])),
    ];
    prop_oneof![
        6 => Just(Harm::Keep),
        2 => Just(Harm::Drop),
        2 => Just(Harm::Null),
        2 => Just(Harm::Stringify),
        1 => values.prop_map(Harm::Replace),
    ]
}

fn apply(whole: &Map<String, Value>, harms: &[Harm], more: &[(String, Value)]) -> Value {
    let mut object = Map::new();
    for ((name, value), harm) in whole.iter().zip(harms) {
        let value = match harm {
            Harm::Keep => value.clone(),
            Harm::Drop => continue,
            Harm::Null => Value::Null,
            Harm::Stringify => match value {
                Value::String(_) => value.clone(),
                other => Value::String(other.to_string()),
            },
            Harm::Replace(other) => other.clone(),
        };
        object.insert(name.clone(), value);
    }
    // Names no version of the service has.
    object.extend(
        more.iter()
            .map(|(name, value)| (format!("x_{name}"), value.clone())),
    );
    Value::Object(object)
}

fn call() -> Map<String, Value> {
    let call = json!({
        "callId": 1, "callphase": "callconnected", "attribution": 0, "callTags": [{"type": "MANUAL", "names": ["a"]}],
        "date": "15/11/2023 01:13:20", "timestamp": 1_700_000_000, "duration": 3, "waitingConnect": 1,
        "callerNumber": "79990000001", "successful": true, "uniqueCall": false, "source": "google",
        "sessionId": 4_794_763_832_u64, "ctClientId": 9_007_199_254_740_993_u64, "clientId": "1.2",
        "siteId": 5, "additionalTags": [{"name": "a", "value": "b"}], "mapVisits": [{"sessionId": 1}],
        "attrs": null, "comments": [{"commentId": 1}], "phrases": [{"channel": 1}], "phonesInText": ["1"],
        "orders": [{"orderId": 1, "plannedAmount": 1}], "yandexDirect": {"campaignId": 1},
        "googleAdWords": {"adGroupId": 1}, "dcm": {"profileIdDCM": 1}, "callbackInfo": {"fields": [{"name": "a"}]},
    });
    call.as_object().cloned().unwrap_or_default()
}

fn request() -> Map<String, Value> {
    let request = json!({
        "requestId": 1, "requestNumber": "1", "siteId": 5, "date": 1_700_000_000_000_i64,
        "dateStr": "15/11/2023 01:13:20", "uniqueRequest": true, "ctClientId": 9_007_199_254_740_993_u64,
        "client": {"clientId": 5, "phones": [{"phoneNumber": "1"}], "contacts": [{"contactType": "EMAIL"}]},
        "session": {"sessionId": 4_505_835_599_u64, "attribution": 1, "additionalTags": []},
        "comments": [{"commentId": 1}], "orders": [{"sum": "1.50", "dateCreated": 1}], "mapVisits": [{"sessionId": 1}],
        "RequestTags": [{"type": "WEB-API", "names": ["a"]}], "yandexDirect": {"adId": 1}, "dcm": [{"profileIdDCM": 1}],
    });
    request.as_object().cloned().unwrap_or_default()
}

/// Reads the object as the transport does, and checks what has to hold either way.
fn check<T>(object: &Value) -> Result<(), TestCaseError>
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
{
    let text = object.to_string();
    let mut reader = serde_json::Deserializer::from_str(&text);
    match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Ok(read) => {
            let stored = serde_json::to_string(&read).unwrap();
            prop_assert_eq!(serde_json::from_str::<T>(&stored).unwrap(), read);
        }
        Err(error) => {
            let named = error.path().iter().next().is_some()
                || error.inner().to_string().contains("missing field");
            prop_assert!(named, "{} for {}", error, text);
        }
    }
    Ok(())
}

fn more() -> impl Strategy<Value = Vec<(String, Value)>> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<u64>().prop_map(Value::from),
        Just(json!({"a": [1]}))
    ];
    proptest::collection::vec(("[a-z]{1,8}", value), 0..4)
}

proptest! {
    #[test]
    fn any_call_reads_and_survives_or_names_its_field(
        harms in proptest::collection::vec(harm(), call().len()), more in more(),
    ) {
        check::<Call>(&apply(&call(), &harms, &more))?;
    }

    #[test]
    fn any_request_reads_and_survives_or_names_its_field(
        harms in proptest::collection::vec(harm(), request().len()), more in more(),
    ) {
        check::<Request>(&apply(&request(), &harms, &more))?;
    }

    #[test]
    fn a_field_dropped_nulled_or_stringified_never_costs_the_call(
        harms in proptest::collection::vec(
            prop_oneof![Just(Harm::Keep), Just(Harm::Drop), Just(Harm::Null), Just(Harm::Stringify)], call().len()),
        more in more(),
    ) {
        let mut object = apply(&call(), &harms, &more);
        object["callId"] = json!("1");
        let read: Call = serde_json::from_value(object).unwrap();
        prop_assert_eq!(read.extra.len(), more.iter().map(|(name, _)| name).collect::<std::collections::BTreeSet<_>>().len());
    }

    #[test]
    fn ids_of_any_size_survive_as_numbers_and_as_text(id in any::<u64>(), other in any::<u64>()) {
        let text = json!({"callId": id.to_string(), "ctClientId": other, "mapVisits": [{"ctClientId": other.to_string()}]}).to_string();
        let read: Call = serde_json::from_str(&text).unwrap();
        let again: Call = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        prop_assert_eq!((again.call_id, again.ct_client_id), (id, Some(other)));
        prop_assert_eq!(again.map_visits.first().and_then(|visit| visit.ct_client_id), Some(other));
    }
}
