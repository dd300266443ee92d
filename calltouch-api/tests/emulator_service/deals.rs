//! The deals API 2.0.

use calltouch_api::emulator::DuplicatePolicy;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{CREATE, DELETE, Service, UPDATE, answer, column, order, order_with, violation};

#[tokio::test]
async fn a_new_deal_keeps_every_given_field() {
    let service = Service::start().await;
    let given = json!({
        "orderNumber": "crm-1", "funnel": "Розница", "status": "Новая сделка",
        "statusDate": "20-11-2026 12:00:00", "orderDate": "20-11-2026 11:00:00",
        "currency": "rub", "revenue": "100000.50", "margin": "100.50", "manager": "Иван",
        "orderLink": "https://crm.example/1", "orderName": "Диван",
        "comment": { "text": "Срочно" }, "addTags": [{ "tag": "опт" }],
        "customFields": [{ "field": "payed_sum", "value": "10" }],
        "products": [{ "name": "Диван", "price": "500.25", "quantity": 10 }],
        "orderContacts": { "mainContacts": { "phoneNumber": "79990000001" } },
        "matching": [{ "type": "withoutSource" }],
    });

    let body = json!({ "crm": "МойСклад", "orders": [given] });
    let (status, body) = service.send(CREATE, &body).await;

    assert_eq!(status, StatusCode::OK);
    let result = &body["data"]["orders"][0];
    assert_eq!(result["orderNumber"], "crm-1");
    assert_eq!(result["error"], Value::Null);
    let deal = service.emulator.deal("crm-1").unwrap();
    for (key, value) in given.as_object().unwrap() {
        assert_eq!(&deal[key], value, "{key}");
    }
    assert_eq!(deal["orderId"], result["calltouchOrderId"]);
    assert_eq!(deal["crm"], "МойСклад");
    assert_eq!(deal["tags"], json!(["опт"]));
    assert_eq!(deal["comments"][0]["text"], "Срочно");
    assert!(
        deal["createdDate"]
            .as_str()
            .unwrap()
            .starts_with("20/11/2026 12:00")
    );
}

#[tokio::test]
async fn a_bad_item_fails_alone() {
    let service = Service::start().await;
    let items = [
        (order("good-1"), None),
        (order_with("bad-1", "status", Value::Null), Some("status")),
        (
            order_with("bad-2", "orderDate", json!("2026-11-20")),
            Some("orderDate"),
        ),
        (
            order_with("bad-3", "statusDate", Value::Null),
            Some("statusDate"),
        ),
        (
            order_with("bad-4", "revenue", json!("сто")),
            Some("revenue"),
        ),
        (json!({ "status": "x" }), Some("orderNumber")),
        (json!("text"), Some("object")),
        (order("good-2"), None),
    ];
    let orders: Vec<_> = items.iter().map(|(item, _)| item.clone()).collect();

    let (status, body) = service.send(CREATE, &json!({ "orders": orders })).await;

    assert_eq!(status, StatusCode::OK);
    let results = body["data"]["orders"].as_array().unwrap();
    assert_eq!(
        results.len(),
        items.len(),
        "one result for each item, in its place"
    );
    for (result, (item, expected)) in results.iter().zip(&items) {
        if let Some(word) = expected {
            assert!(result["error"].as_str().unwrap().contains(word), "{result}");
            assert_eq!(result["calltouchOrderId"], Value::Null);
        } else {
            assert_eq!(result["error"], Value::Null);
            assert_eq!(result["orderNumber"], item["orderNumber"]);
        }
    }
    assert_eq!(
        column(&service.emulator.deals(), "orderNumber"),
        ["good-1", "good-2"]
    );
}

#[tokio::test]
async fn a_number_in_digits_is_the_same_as_in_text() {
    let service = Service::start().await;
    let mut first = order("x");
    first["orderNumber"] = json!(77);
    assert_eq!(service.send_one(CREATE, first).await["orderNumber"], "77");
    assert!(service.send_one(CREATE, order("77")).await["error"].is_string());
}

#[tokio::test]
async fn a_known_number_is_refused_and_changes_nothing() {
    let service = Service::start().await;
    service.send_one(CREATE, order("crm-1")).await;
    let before = service.emulator.deals();

    let again = service
        .send_one(CREATE, order_with("crm-1", "status", json!("Другой")))
        .await;

    assert!(again["error"].as_str().unwrap().contains("crm-1"));
    assert_eq!(again["calltouchOrderId"], Value::Null);
    assert_eq!(service.emulator.deals(), before);
}

#[tokio::test]
async fn a_number_twice_in_one_batch_is_refused_the_second_time() {
    let service = Service::start().await;
    let (_, body) = service
        .send(CREATE, &json!({ "orders": [order("a"), order("a")] }))
        .await;
    assert_eq!(body["data"]["orders"][0]["error"], Value::Null);
    assert!(body["data"]["orders"][1]["error"].is_string());
    assert_eq!(service.emulator.deals().len(), 1);
}

#[tokio::test]
async fn a_known_number_can_make_a_second_deal() {
    let service =
        Service::start_with(|builder| builder.duplicate_policy(DuplicatePolicy::Second)).await;
    let first = service.send_one(CREATE, order("crm-1")).await;
    let second = service
        .send_one(CREATE, order_with("crm-1", "status", json!("Второй")))
        .await;

    assert_ne!(first["calltouchOrderId"], second["calltouchOrderId"]);
    assert_eq!(service.emulator.deals().len(), 2);
    assert_eq!(
        service.emulator.deal("crm-1").unwrap()["status"],
        "Второй",
        "the newest"
    );
}

#[tokio::test]
async fn a_known_number_can_update_its_deal() {
    let service =
        Service::start_with(|builder| builder.duplicate_policy(DuplicatePolicy::Update)).await;
    let first = service
        .send_one(CREATE, order_with("crm-1", "funnel", json!("Опт")))
        .await;
    let second = service
        .send_one(CREATE, order_with("crm-1", "status", json!("Второй")))
        .await;

    assert_eq!(first["calltouchOrderId"], second["calltouchOrderId"]);
    let deals = service.emulator.deals();
    assert_eq!(column(&deals, "status"), ["Второй"]);
    assert_eq!(column(&deals, "funnel"), ["Опт"]);
}

#[tokio::test]
async fn the_same_number_on_two_sites_makes_two_deals() {
    let service = Service::start_with(|builder| builder.site(7, super::TOKEN)).await;
    service.send_one(CREATE, order("crm-1")).await;
    let on_other = service
        .http
        .post(format!("{}{CREATE}", service.emulator.base_url()))
        .header("Access-Token", super::TOKEN)
        .header("SiteId", 7)
        .json(&json!({ "orders": [order("crm-1")] }));
    let (_, body) = answer(on_other).await;
    assert_eq!(body["data"]["orders"][0]["error"], Value::Null);
    assert_eq!(column(&service.emulator.deals(), "siteId"), [7, 25918]);
}

#[tokio::test]
async fn a_body_that_is_no_batch_is_refused_as_a_whole() {
    let service = Service::start().await;
    for path in [CREATE, UPDATE, DELETE] {
        let key = if path == DELETE {
            "orderNumbers"
        } else {
            "orders"
        };
        let too_many: Vec<_> = (0..101).map(|number| order(&number.to_string())).collect();
        for body in [
            json!([]),
            json!({}),
            json!({ key: {} }),
            json!({ key: [] }),
            json!({ key: too_many }),
        ] {
            assert_eq!(violation(&service.send(path, &body).await), key, "{path}");
        }
        let torn = service.sending(path, &json!({})).body("{\"orders\": [");
        assert_eq!(violation(&answer(torn).await), "body", "{path}");
    }
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test]
async fn a_hundred_items_are_taken() {
    let service = Service::start().await;
    let orders: Vec<_> = (0..100).map(|number| order(&number.to_string())).collect();
    assert_eq!(
        service.send(CREATE, &json!({ "orders": orders })).await.0,
        StatusCode::OK
    );
    assert_eq!(service.emulator.deals().len(), 100);
}

#[tokio::test]
async fn an_update_changes_the_given_fields_alone() {
    let service = Service::start().await;
    let mut created = order_with("crm-1", "funnel", json!("Опт"));
    created["customFields"] =
        json!([{ "field": "a", "value": "1" }, { "field": "b", "value": "1" }]);
    created["addTags"] = json!([{ "tag": "старый" }]);
    let created = service.send_one(CREATE, created).await;

    let updated = service
        .send_one(
            UPDATE,
            json!({
                "orderNumber": "crm-1", "status": "COMPLETED", "statusDate": "21-11-2026 10:00:00",
                "updateDate": "21-11-2026 10:30:00", "revenue": 1500.5,
                "customFields": [{ "field": "b", "value": "2" }, { "field": "c", "value": "2" }],
                "addTags": { "overwrite": false, "tags": [{ "tag": "новый" }] },
                "addNewComment": { "text": "Оплачен" },
                "orderDate": "01-01-2026 00:00:00",
            }),
        )
        .await;

    assert_eq!(updated["calltouchOrderId"], created["calltouchOrderId"]);
    assert_eq!(updated["error"], Value::Null);
    let deal = service.emulator.deal("crm-1").unwrap();
    assert_eq!(deal["status"], "COMPLETED");
    assert_eq!(deal["statusDate"], "21-11-2026 10:00:00");
    assert_eq!(deal["revenue"], 1500.5);
    assert_eq!(deal["funnel"], "Опт", "not given, so kept");
    assert_eq!(
        deal["orderDate"], "20-11-2026 12:00:00",
        "an update does not move the deal"
    );
    assert_eq!(deal["updatedDate"], "21/11/2026 10:30:00");
    assert_eq!(deal["tags"], json!(["старый", "новый"]));
    assert_eq!(deal["comments"][0]["text"], "Оплачен");
    assert_eq!(
        deal["customFields"],
        json!([{ "field": "a", "value": "1" }, { "field": "b", "value": "2" },
               { "field": "c", "value": "2" }])
    );
}

#[tokio::test]
async fn an_update_can_replace_the_tags() {
    let service = Service::start().await;
    service
        .send_one(
            CREATE,
            order_with("crm-1", "addTags", json!([{ "tag": "старый" }])),
        )
        .await;
    let tags = json!({ "overwrite": true, "tags": [{ "tag": "новый" }] });
    service
        .send_one(UPDATE, json!({ "orderNumber": "crm-1", "addTags": tags }))
        .await;
    assert_eq!(
        service.emulator.deal("crm-1").unwrap()["tags"],
        json!(["новый"])
    );
}

#[tokio::test]
async fn an_update_of_an_unknown_number_fails_alone() {
    let service = Service::start().await;
    service.send_one(CREATE, order("crm-1")).await;
    let orders = json!([
        { "orderNumber": "crm-9", "status": "x" }, { "orderNumber": "crm-1", "status": "x" },
    ]);

    let (status, body) = service.send(UPDATE, &json!({ "orders": orders })).await;

    assert_eq!(status, StatusCode::OK);
    assert!(
        body["data"]["orders"][0]["error"]
            .as_str()
            .unwrap()
            .contains("crm-9")
    );
    assert_eq!(body["data"]["orders"][1]["error"], Value::Null);
    assert_eq!(service.emulator.deal("crm-1").unwrap()["status"], "x");
}

#[tokio::test]
async fn a_bad_update_changes_nothing() {
    let service = Service::start().await;
    service.send_one(CREATE, order("crm-1")).await;
    let before = service.emulator.deals();
    for (key, value) in [
        ("statusDate", json!("завтра")),
        ("revenue", json!({})),
        ("addTags", json!([{ "tag": "список" }])),
        (
            "reMatching",
            json!([{ "type": "call", "callParams": { "callId": 404 } }]),
        ),
    ] {
        let result = service
            .send_one(
                UPDATE,
                json!({ "orderNumber": "crm-1", "status": "x", key: value }),
            )
            .await;
        assert!(result["error"].is_string(), "{key}");
        assert_eq!(service.emulator.deals(), before, "{key}");
    }
}

#[tokio::test]
async fn rematching_moves_the_deal_to_another_lead() {
    let service = Service::start().await;
    for id in [1, 2] {
        service.emulator.add_call(json!({ "callId": id }));
    }
    let by_call = |id: u64| json!([{ "type": "call", "callParams": { "callId": id } }]);
    service
        .send_one(CREATE, order_with("crm-1", "matching", by_call(1)))
        .await;
    service
        .send_one(
            UPDATE,
            json!({ "orderNumber": "crm-1", "reMatching": by_call(2) }),
        )
        .await;

    assert_eq!(
        service.emulator.deal("crm-1").unwrap()["matched"]["callId"],
        2
    );
    let shown = service.calls_of_the_day(&[("withOrders", "1")]).await;
    assert_eq!(shown[0]["orders"], json!([]));
    assert_eq!(shown[1]["orders"][0]["orderNumber"], "crm-1");
}

#[tokio::test]
async fn deleted_deals_are_gone_and_unknown_ones_are_errors() {
    let service = Service::start().await;
    let created = service.send_one(CREATE, order("crm-1")).await;

    let (status, body) = service
        .send(DELETE, &json!({ "orderNumbers": ["crm-1", "crm-9"] }))
        .await;

    assert_eq!(status, StatusCode::OK);
    let results = &body["data"]["orders"];
    assert_eq!(results[0]["calltouchOrderId"], created["calltouchOrderId"]);
    assert_eq!(results[0]["error"], Value::Null);
    assert!(results[1]["error"].is_string());
    assert!(service.emulator.deals().is_empty());
    assert_eq!(
        service.send_one(CREATE, order("crm-1")).await["error"],
        Value::Null
    );
}

#[tokio::test]
async fn tags_for_the_lead_appear_there_as_set_by_the_api() {
    let service = Service::start().await;
    let manual = json!({ "category": "", "type": "MANUAL", "names": ["Лид"] });
    service
        .emulator
        .add_call(json!({ "callId": 1, "callTags": [manual] }));
    service.emulator.add_request(json!({ "requestId": 2 }));
    let mut of_call = order("crm-1");
    of_call["matching"] = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    of_call["addTagsToLead"] = json!([{ "tag": "сделка" }]);
    let mut of_request = order("crm-2");
    of_request["matching"] = json!([{ "type": "request", "requestParams": { "requestId": 2 } }]);
    of_request["addTagsToLeads"] = json!({ "overwrite": false, "tags": [{ "tag": "сделка" }] });

    service
        .send(CREATE, &json!({ "orders": [of_call, of_request] }))
        .await;

    let by_api = json!({ "category": "", "type": "WEB-API", "names": ["сделка"] });
    let calls = service.calls_of_the_day(&[("withCallTags", "true")]).await;
    assert_eq!(calls[0]["callTags"], json!([manual, by_api]));
    let requests = service
        .requests_of_the_day(&[("withRequestTags", "true")])
        .await;
    assert_eq!(requests[0]["RequestTags"], json!([by_api]));
}

#[tokio::test]
async fn an_update_can_replace_the_leads_api_tags_only() {
    let service = Service::start().await;
    let manual = json!({ "category": "", "type": "MANUAL", "names": ["Лид"] });
    let by_api = |name: &str| json!({ "category": "", "type": "WEB-API", "names": [name] });
    service
        .emulator
        .add_call(json!({ "callId": 1, "callTags": [by_api("старый"), manual] }));
    let matching = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    service
        .send_one(CREATE, order_with("crm-1", "matching", matching))
        .await;

    let tags = json!({ "overwrite": true, "tags": [{ "tag": "новый" }] });
    service
        .send_one(
            UPDATE,
            json!({ "orderNumber": "crm-1", "addTagsToLead": tags }),
        )
        .await;

    assert_eq!(
        service.emulator.calls()[0]["callTags"],
        json!([manual, by_api("новый")])
    );
}

#[tokio::test]
async fn manager_and_custom_fields_of_the_lead_follow_the_deal() {
    let service = Service::start().await;
    service
        .emulator
        .add_call(json!({ "callId": 1, "manager": "Анна" }));
    let mut created = order("crm-1");
    created["matching"] = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    created["leadManager"] = json!({ "manager": "Иван", "overwrite": false });
    created["addCustomFieldsToLead"] =
        json!({ "customFields": [{ "field": "a", "value": "1" }], "overwrite": false });
    service.send_one(CREATE, created).await;
    let call = &service.emulator.calls()[0];
    assert_eq!(call["manager"], "Анна", "not overwritten");
    assert_eq!(
        call["customFields"],
        json!([{ "field": "a", "value": "1" }])
    );

    let update = json!({
        "orderNumber": "crm-1", "leadManager": { "manager": "Иван", "overwrite": true },
    });
    service.send_one(UPDATE, update).await;
    assert_eq!(service.emulator.calls()[0]["manager"], "Иван");
}
