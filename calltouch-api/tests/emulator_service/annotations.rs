//! Tags, comments and custom fields that the API writes on leads.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{CREATE, Service, UPDATE, business_error, order_with, violation};

const ADD_TAGS: &str = "/lead-service/v1/api/tag/lead/add";
const ADD_COMMENTS: &str = "/lead-service/v1/api/comment/lead/add";
const ADD_FIELDS: &str = "/lead-service/v1/api/customfield/lead/add";
const DELETE_FIELDS: &str = "/lead-service/v1/api/customfield/delete";

fn call(id: u64) -> Value {
    json!([{ "type": "call", "callParams": { "callId": id } }])
}

fn request(id: u64) -> Value {
    json!([{ "type": "request", "requestParams": { "requestId": id } }])
}

async fn with_leads() -> Service {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "callerNumber": "79990000001",
        "callTags": [{ "category": "", "type": "MANUAL", "names": ["Лид"] }],
    }));
    service.emulator.add_request(json!({ "requestId": 2 }));
    service
}

async fn send(service: &Service, path: &str, key: &str, items: Value) -> Vec<Value> {
    let (status, body) = service.send(path, &json!({ (key): items })).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["data"][key].as_array().unwrap().clone()
}

fn tags(overwrite: bool, names: &[&str]) -> Value {
    let tags: Vec<_> = names.iter().map(|name| json!({ "tag": name })).collect();
    json!({ "overwrite": overwrite, "tags": tags })
}

#[tokio::test]
async fn tags_appear_as_set_by_the_api() {
    let service = with_leads().await;

    let results = send(
        &service,
        ADD_TAGS,
        "leads",
        json!([
            { "matching": call(1), "addTags": tags(false, &["a"]) },
            { "matching": request(2), "addTags": tags(false, &["b"]) },
            { "matching": call(1), "addTags": tags(false, &["c", "a"]) },
        ]),
    )
    .await;

    assert_eq!(
        results[0],
        json!({ "imported": true, "callId": 1, "error": null })
    );
    assert_eq!(results[1]["requestId"], 2);
    let shown = &service.calls_of_the_day(&[("withCallTags", "1")]).await[0];
    assert_eq!(
        shown["callTags"],
        json!([
            { "category": "", "type": "MANUAL", "names": ["Лид"] },
            { "category": "", "type": "WEB-API", "names": ["a", "c"] },
        ])
    );
    let flag = [("withRequestTags", "true")];
    let shown = &service.requests_of_the_day(&flag).await[0];
    assert_eq!(
        shown["RequestTags"],
        json!([{ "category": "", "type": "WEB-API", "names": ["b"] }])
    );
}

#[tokio::test]
async fn tags_replace_those_of_the_api_alone() {
    let service = with_leads().await;
    for add in [tags(false, &["old"]), tags(true, &["new"])] {
        let items = json!([{ "matching": call(1), "addTags": add }]);
        send(&service, ADD_TAGS, "leads", items).await;
    }
    let groups = service.emulator.calls()[0]["callTags"].clone();
    assert_eq!(groups[0]["names"], json!(["Лид"]));
    assert_eq!(groups[1]["names"], json!(["new"]));
}

#[tokio::test]
async fn comments_show_where_the_journals_show_comments() {
    let service = with_leads().await;

    let results = send(
        &service,
        ADD_COMMENTS,
        "comments",
        json!([
            { "matching": call(1), "addComment": "первый" },
            { "matching": call(1), "addComment": "второй" },
            { "matching": request(2), "addComment": "о заявке" },
        ]),
    )
    .await;

    assert_eq!(results.len(), 3);
    assert!(results.iter().all(|result| result["imported"] == true));
    let hidden = &service.calls_of_the_day(&[]).await[0];
    assert_eq!(hidden["comments"], Value::Null);
    let shown = &service.calls_of_the_day(&[("withComments", "true")]).await[0];
    assert_eq!(shown["comments"][0]["comment"], "первый");
    assert_eq!(shown["comments"][0]["callId"], 1);
    assert_eq!(shown["comments"][1]["comment"], "второй");
    assert_ne!(
        shown["comments"][0]["commentId"],
        shown["comments"][1]["commentId"]
    );
    let request = &service.requests_of_the_day(&[]).await[0];
    assert_eq!(request["comments"][0]["comment"], "о заявке");
}

#[tokio::test]
async fn custom_fields_keep_their_value_unless_it_is_overwritten() {
    let service = with_leads().await;
    let add = async |overwrite: bool, value: &str| {
        let fields = json!([{ "field": "size", "value": value }, { "field": value, "value": 1 }]);
        let add = json!({ "overwrite": overwrite, "customFields": fields });
        let items = json!([{ "matching": call(1), "addCustomFields": add }]);
        send(&service, ADD_FIELDS, "leads", items).await;
        let flag = [("withCustomFields", "true")];
        service.calls_of_the_day(&flag).await[0]["customFields"].clone()
    };

    assert_eq!(add(false, "S").await[0]["value"], "S");
    let kept = add(false, "M").await;
    assert_eq!(kept[0]["value"], "S");
    assert_eq!(kept[2], json!({ "field": "M", "value": 1 }));
    assert_eq!(add(true, "L").await[0]["value"], "L");
    let hidden = &service.calls_of_the_day(&[]).await[0];
    assert_eq!(hidden["customFields"], Value::Null);
}

#[tokio::test]
async fn a_lead_is_found_by_the_first_strategy_that_finds_one() {
    let service = with_leads().await;
    let contact = json!({ "phones": ["+7 999 000-00-01"], "date": "20-11-2026 12:30:00" });
    let matching = json!([
        { "type": "call", "callParams": { "callId": 404 } },
        { "type": "callContact", "callContactParams": contact },
    ]);
    let items = json!([{ "matching": matching, "addTags": tags(false, &["a"]) }]);
    assert_eq!(
        send(&service, ADD_TAGS, "leads", items).await[0]["callId"],
        1
    );
}

#[tokio::test]
async fn an_item_that_is_wrong_or_finds_nobody_fails_alone() {
    let service = with_leads().await;
    let good = tags(false, &["a"]);
    let results = send(
        &service,
        ADD_TAGS,
        "leads",
        json!([
            { "matching": call(404), "addTags": good },
            { "matching": [{ "type": "withoutSource" }], "addTags": good },
            { "addTags": good },
            { "matching": call(1) },
            { "matching": call(1), "addTags": [{ "tag": "a" }] },
            "call 1",
            { "matching": call(1), "addTags": good },
        ]),
    )
    .await;
    let errors = results.iter().map(|result| result["error"].is_string());
    assert_eq!(
        errors.collect::<Vec<_>>(),
        [true, true, true, true, true, true, false]
    );

    let results = send(
        &service,
        ADD_COMMENTS,
        "comments",
        json!([
            { "matching": call(1), "addComment": { "text": "x" } },
            { "matching": call(1), "addComment": " " },
        ]),
    )
    .await;
    assert!(results.iter().all(|result| result["imported"] == false));
    let results = send(
        &service,
        ADD_FIELDS,
        "leads",
        json!([
            { "matching": call(1), "addCustomFields": { "customFields": [] } },
            { "matching": call(1), "customFields": [{ "field": "a", "value": 1 }] },
        ]),
    )
    .await;
    assert!(results.iter().all(|result| result["imported"] == false));
    let call = &service.emulator.calls()[0];
    assert_eq!(call["comments"], Value::Null);
    assert_eq!(call["customFields"], Value::Null);
}

#[tokio::test]
async fn more_than_a_hundred_items_are_refused_as_a_whole() {
    let service = with_leads().await;
    for (path, key) in [
        (ADD_TAGS, "leads"),
        (ADD_COMMENTS, "comments"),
        (ADD_FIELDS, "leads"),
    ] {
        let items = vec![json!({}); 101];
        let refused = service.send(path, &json!({ (key): items })).await;
        assert_eq!(violation(&refused), key, "{path}");
    }
}

/// A call and a request under all their names, and a deal, each with two custom fields.
async fn with_fields() -> Service {
    let service = Service::start().await;
    let fields = json!([{ "field": "a", "value": 1 }, { "field": "b", "value": 2 }]);
    service.emulator.add_call(json!({
        "callId": 1, "callReferenceId": "pbx.1", "sipCallId": "sip-1", "customFields": fields,
    }));
    service
        .emulator
        .add_request(json!({ "requestId": 2, "requestNumber": "r-2", "customFields": fields }));
    service
        .send_one(CREATE, order_with("crm-1", "customFields", fields))
        .await;
    service
}

#[tokio::test]
async fn a_custom_field_is_removed_by_any_one_id() {
    let id = with_fields().await.emulator.deal("crm-1").unwrap()["orderId"].clone();
    for (name, value) in [
        ("callId", json!(1)),
        ("callId", json!("1")),
        ("callReferenceId", json!("pbx.1")),
        ("sipCallId", json!("sip-1")),
        ("requestId", json!(2)),
        ("requestNumber", json!("r-2")),
        ("orderId", id),
        ("orderNumber", json!("crm-1")),
    ] {
        let service = with_fields().await;
        let body = json!({ (name): value, "customFields": ["a", "unheard"] });
        let (status, body) = service.send(DELETE_FIELDS, &body).await;
        assert_eq!(status, StatusCode::OK, "{name}: {body}");
        assert_eq!(body["data"]["customFields"], json!(["a"]), "{name}");
        let record = match &name[..4] {
            "call" | "sipC" => service.emulator.calls()[0].clone(),
            "requ" => service.emulator.requests()[0].clone(),
            _ => service.emulator.deals()[0].clone(),
        };
        assert_eq!(
            record["customFields"],
            json!([{ "field": "b", "value": 2 }]),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_custom_field_is_removed_only_by_exactly_one_known_id() {
    let service = with_fields().await;
    let delete = async |body: Value| service.send(DELETE_FIELDS, &body).await;

    let several = json!({ "callId": 1, "requestId": 2, "customFields": ["a"] });
    assert_eq!(violation(&delete(several).await), "requestId");
    let none = json!({ "customFields": ["a"] });
    assert_eq!(violation(&delete(none).await), "callId");
    let no_fields = json!({ "callId": 1, "customFields": [] });
    assert_eq!(violation(&delete(no_fields).await), "customFields");
    for unknown in [json!({ "callId": 404 }), json!({ "orderNumber": "404" })] {
        let mut body = unknown;
        body["customFields"] = json!(["a"]);
        business_error(&delete(body).await);
    }
    assert_eq!(
        service.emulator.calls()[0]["customFields"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn a_removed_field_of_a_deal_can_be_set_again() {
    let service = with_fields().await;
    let body = json!({ "orderNumber": "crm-1", "customFields": ["a", "b"] });
    service.send(DELETE_FIELDS, &body).await;
    let again = json!([{ "field": "a", "value": 3 }]);
    service
        .send_one(
            UPDATE,
            json!({ "orderNumber": "crm-1", "customFields": again }),
        )
        .await;
    assert_eq!(
        service.emulator.deal("crm-1").unwrap()["customFields"],
        again
    );
}
