//! The journal of deals.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{CREATE, ORDERS, Service, UPDATE, column, order, order_with, violation};

#[tokio::test]
async fn deals_are_listed_in_an_envelope_by_the_date_of_the_order() {
    let service = Service::start().await;
    for (number, date) in [
        ("late", "20-11-2026 23:59:59"),
        ("early", "20-11-2026 00:00:00"),
        ("next", "21-11-2026 00:00:00"),
    ] {
        service
            .send_one(CREATE, order_with(number, "orderDate", json!(date)))
            .await;
    }

    let period = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];
    let (status, body) = service.read(ORDERS, &period).await;

    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        column(body["records"].as_array().unwrap(), "orderNumber"),
        ["early", "late"]
    );
    assert_eq!(body["page"], 1, "an envelope also without a page");
    assert_eq!(body["pageTotal"], 1);
    assert_eq!(body["recordsTotal"], 2);
    let second = [&period[..], &[("page", "2"), ("limit", "1")]].concat();
    let (_, body) = service.read(ORDERS, &second).await;
    assert_eq!(
        column(body["records"].as_array().unwrap(), "orderNumber"),
        ["late"]
    );
    assert_eq!(body["pageTotal"], 2);
}

#[tokio::test]
async fn bad_parameters_are_refused() {
    let service = Service::start().await;
    let reversed = [("dateFrom", "21/11/2026"), ("dateTo", "20/11/2026")];
    let (status, body) = service.read(ORDERS, &reversed).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["data"]["apiErrorData"].is_object());
    let large = [
        ("dateFrom", "20/11/2026"),
        ("dateTo", "20/11/2026"),
        ("limit", "1001"),
    ];
    assert_eq!(violation(&service.read(ORDERS, &large).await), "limit");
}

#[tokio::test]
async fn a_record_tells_the_deal_and_the_visit_of_its_lead() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "sessionId": 5, "utmSource": "vk", "clientId": "1.2", "duration": 30,
    }));
    let mut given = order("crm-1");
    given["matching"] = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    given["revenue"] = json!("100000.50");
    given["orderName"] = json!("Диван");
    given["manager"] = json!("Иван");
    let created = service.send_one(CREATE, given).await;

    let record = &service.orders_of_the_day(&[]).await[0];

    assert_eq!(record["orderId"], created["calltouchOrderId"]);
    assert_eq!(record["orderNumber"], "crm-1");
    assert_eq!(record["orderName"], "Диван");
    assert_eq!(record["orderStatus"], "Новая сделка");
    assert_eq!(record["orderDate"], "20/11/2026 12:00:00");
    assert_eq!(record["plannedAmount"], 100_000.5);
    assert_eq!(record["completedAmount"], Value::Null);
    assert_eq!(record["manager"], "Иван");
    assert_eq!(record["siteId"], 25918);
    assert_eq!(record["visit"]["utmSource"], "vk");
    assert_eq!(record["visit"]["gaClientId"], "1.2");
    assert_eq!(record["orderSource"]["type"], "CALL");
    assert_eq!(record["orderSource"]["callId"], 1);
}

#[tokio::test]
async fn a_completed_deal_shows_its_sum_as_completed() {
    let service = Service::start().await;
    service
        .send_one(CREATE, order_with("crm-1", "revenue", json!("10")))
        .await;
    service
        .send_one(
            UPDATE,
            json!({ "orderNumber": "crm-1", "status": "COMPLETED" }),
        )
        .await;
    let record = &service.orders_of_the_day(&[]).await[0];
    assert_eq!(record["orderStatus"], "COMPLETED");
    assert_eq!(record["completedAmount"], 10);
}

#[tokio::test]
async fn comments_tags_and_contacts_come_with_their_flags() {
    let service = Service::start().await;
    let mut given = order("crm-1");
    given["comment"] = json!({ "text": "Срочно" });
    given["addTags"] = json!([{ "tag": "опт" }]);
    given["orderContacts"] = json!({ "mainContacts": { "fio": "Лю", "phoneNumber": "79990000001", "email": "a@b.example" } });
    service.send_one(CREATE, given).await;

    let plain = &service.orders_of_the_day(&[]).await[0];
    assert_eq!(
        [&plain["comment"], &plain["tags"], &plain["client"]],
        [&Value::Null; 3]
    );
    let flags = [
        ("withComments", "true"),
        ("withOrdersTags", "true"),
        ("withContacts", "true"),
    ];
    let full = &service.orders_of_the_day(&flags).await[0];
    assert_eq!(full["comment"], "Срочно");
    assert_eq!(full["tags"][0]["names"], json!(["опт"]));
    assert_eq!(
        full["client"],
        json!({ "fio": "Лю", "phones": ["79990000001"], "emails": ["a@b.example"] })
    );
}

#[tokio::test]
async fn contacts_that_a_deal_does_not_name_are_those_of_its_lead() {
    let service = Service::start().await;
    service
        .emulator
        .add_call(json!({ "callId": 1, "callerNumber": "79990000001" }));
    let matching = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    service
        .send_one(CREATE, order_with("crm-1", "matching", matching))
        .await;
    let record = &service.orders_of_the_day(&[("withContacts", "1")]).await[0];
    assert_eq!(record["client"]["phones"], json!(["79990000001"]));
}

#[tokio::test]
async fn deals_can_be_listed_by_the_kind_of_their_lead() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    service
        .emulator
        .add_request(json!({ "requestId": 2, "subject": "Вопрос" }));
    let of_call = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    let of_request = json!([{ "type": "request", "requestParams": { "requestId": 2 } }]);
    service
        .send_one(CREATE, order_with("call", "matching", of_call))
        .await;
    service
        .send_one(CREATE, order_with("request", "matching", of_request))
        .await;
    service.send_one(CREATE, order("none")).await;

    for (word, number) in [("CALL", "call"), ("REQUEST", "request")] {
        let listed = service.orders_of_the_day(&[("orderSource", word)]).await;
        assert_eq!(column(&listed, "orderNumber"), [number]);
    }
    let requests = service
        .orders_of_the_day(&[("orderSource", "REQUEST")])
        .await;
    assert_eq!(requests[0]["orderSource"]["formName"], "Вопрос");
    assert!(
        service
            .orders_of_the_day(&[("orderSource", "CHAT")])
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_custom_source_is_shown_as_the_visit() {
    let service = Service::start().await;
    let matching = json!([{
        "type": "customSources", "customSourceParams": { "source": "vk", "campaign": "brand" },
    }]);
    service
        .send_one(CREATE, order_with("crm-1", "matching", matching))
        .await;
    let record = &service.orders_of_the_day(&[]).await[0];
    assert_eq!(record["visit"]["source"], "vk");
    assert_eq!(record["visit"]["utmCampaign"], "brand");
    assert_eq!(record["orderSource"], Value::Null);
}
