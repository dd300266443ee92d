//! Deals over the wire: bodies, batches, mixed answers, the journal.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code
)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::deal::{Contacts, Deal, Matching, New, Product, Update};
use calltouch_api::{Period, RowError};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use server::{SITE, TOKEN, asked, client};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const CREATE: &str = "/lead-service/v1/api/client-order/create";
const UPDATE: &str = "/lead-service/v1/api/client-order/update";
const DELETE: &str = "/lead-service/v1/api/client-order/delete";

fn noon() -> Timestamp {
    "2020-10-01T09:00:00Z".parse().unwrap()
}

fn deals(count: u64) -> Vec<New> {
    (1..=count)
        .map(|n| New::new(n.to_string(), "PENDING", noon()))
        .collect()
}

/// Answers every row with an id made of its number.
struct Saves;

impl Respond for Saves {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let rows = body["orders"].as_array().unwrap().iter().map(|row| {
            let number = row["orderNumber"].as_str().unwrap();
            json!({"orderNumber": number, "calltouchOrderId": 1000 + number.parse::<u64>().unwrap()})
        });
        server::json(&json!({"data": {"orders": rows.collect::<Vec<_>>()}}))
    }
}

async fn answer(body: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(body).mount(&server).await;
    server
}

async fn bodies(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    requests
        .iter()
        .map(|request| request.body_json().unwrap())
        .collect()
}

fn fate(outcome: &Result<calltouch_api::deal::Saved, RowError>) -> &'static str {
    match outcome {
        Ok(_) => "saved",
        Err(error) => {
            let fates = [error.is_refused(), error.is_unclear(), error.is_unsent()];
            match fates {
                [true, false, false] => "refused",
                [false, true, false] => "unclear",
                [false, false, true] => "unsent",
                _ => "not exactly one fate",
            }
        }
    }
}

#[tokio::test]
async fn a_new_deal_goes_out_with_every_field_in_its_shape() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;
    let deal = New::new("1", "Новая сделка", noon())
        .matching(Matching::call(2))
        .matching(Matching::without_source())
        .status_date("2020-10-01T21:00:00Z".parse().unwrap())
        .revenue("100000.50".parse().unwrap())
        .margin("100.50".parse().unwrap())
        .funnel("Продажи")
        .currency("rub")
        .manager("Анна")
        .name("Стол")
        .link("https://crm.example/1")
        .comment("срочно")
        .tag("a")
        .tag("b")
        .lead_tag("c")
        .custom_field("payed_sum", "0")
        .product(
            Product::new("Стол", "500.25".parse().unwrap())
                .brand("B")
                .category("C")
                .variant("V")
                .quantity(10),
        )
        .contacts(Contacts::new().name("Анна").phone("79990000001"));

    let outcomes = client(&server)
        .deals()
        .create(vec![deal])
        .crm("МойСклад")
        .send()
        .await;

    assert_eq!(outcomes[0].as_ref().unwrap().calltouch_order_id, Some(1001));
    assert_eq!(
        bodies(&server).await,
        [json!({"crm": "МойСклад", "orders": [{
            "matching": [{"type": "call", "callParams": {"callId": 2}}, {"type": "withoutSource"}],
            "orderNumber": "1", "funnel": "Продажи", "status": "Новая сделка",
            "statusDate": "02-10-2020 00:00:00", "orderDate": "01-10-2020 12:00:00",
            "currency": "rub", "revenue": "100000.50", "margin": "100.50", "manager": "Анна",
            "orderLink": "https://crm.example/1", "orderName": "Стол", "comment": {"text": "срочно"},
            "addTags": [{"tag": "a"}, {"tag": "b"}], "addTagsToLead": [{"tag": "c"}],
            "customFields": [{"field": "payed_sum", "value": "0"}],
            "products": [{"name": "Стол", "price": "500.25", "brand": "B", "category": "C",
                          "variant": "V", "quantity": 10}],
            "orderContacts": {"mainContacts": {"fio": "Анна", "phoneNumber": "79990000001"}},
        }]})]
    );
}

#[tokio::test]
async fn what_is_not_set_does_not_go_out() {
    let server = answer(server::json(&json!({"data": {"orders": []}}))).await;
    let client = client(&server);

    client.deals().create(deals(1)).send().await;
    client
        .deals()
        .update(vec![Update::new("1").updated(noon())])
        .send()
        .await;
    client.deals().delete(vec!["1".into()]).send().await;

    let date = "01-10-2020 12:00:00";
    assert_eq!(
        bodies(&server).await,
        [
            json!({"orders": [{"orderNumber": "1", "status": "PENDING", "statusDate": date, "orderDate": date}]}),
            json!({"orders": [{"orderNumber": "1", "updateDate": date}]}),
            json!({"orderNumbers": ["1"]}),
        ]
    );
    let paths: Vec<String> = asked(&server).await;
    assert_eq!(
        paths,
        [CREATE, UPDATE, DELETE].map(|path| format!("POST {path}?"))
    );
}

#[tokio::test]
async fn a_change_goes_out_in_the_shapes_of_update() {
    let server = answer(server::json(
        &json!({"data": {"orders": [{"orderNumber": "1"}]}}),
    ))
    .await;
    let change = Update::new("1")
        .status("COMPLETED")
        .status_date(noon())
        .updated(noon())
        .revenue("1".parse().unwrap())
        .margin("0.5".parse().unwrap())
        .funnel("F")
        .currency("rub")
        .manager("M")
        .lead_manager("L", true)
        .name("N")
        .link("https://crm.example/1")
        .add_comment("закрыто")
        .tags(true, ["a"])
        .lead_tags(false, ["b"])
        .re_matching(Matching::request(3))
        .custom_field("payed_sum", "1")
        .lead_custom_fields(true, [("f", "v")]);

    let outcomes = client(&server)
        .deals()
        .update(vec![change])
        .crm("C")
        .send()
        .await;

    assert_eq!(fate(&outcomes[0]), "saved");
    let date = "01-10-2020 12:00:00";
    assert_eq!(
        bodies(&server).await,
        [json!({"crm": "C", "orders": [{
            "reMatching": [{"type": "request", "requestParams": {"requestId": 3}}],
            "orderNumber": "1", "funnel": "F", "status": "COMPLETED", "statusDate": date, "updateDate": date,
            "currency": "rub", "revenue": "1", "margin": "0.5", "manager": "M",
            "leadManager": {"manager": "L", "overwrite": true},
            "orderLink": "https://crm.example/1", "orderName": "N", "addNewComment": {"text": "закрыто"},
            "addTags": {"overwrite": true, "tags": [{"tag": "a"}]},
            "addTagsToLead": {"overwrite": false, "tags": [{"tag": "b"}]},
            "customFields": [{"field": "payed_sum", "value": "1"}],
            "addCustomFieldsToLead": {"customFields": [{"field": "f", "value": "v"}], "overwrite": true},
        }]})]
    );
}

#[tokio::test]
async fn the_token_and_the_site_go_in_headers() {
    let server = answer(server::json(&json!({"data": {"orders": []}}))).await;

    client(&server).deals().create(deals(1)).send().await;

    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.headers["Access-Token"], TOKEN);
    assert_eq!(request.headers["SiteId"], SITE.to_string());
    assert_eq!(request.headers["Content-Type"], "application/json");
    assert_eq!(request.url.query(), None);
}

#[tokio::test]
async fn more_than_a_hundred_rows_go_in_several_requests_and_come_back_in_order() {
    let server = MockServer::start().await;
    Mock::given(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;

    let outcomes = client(&server).deals().create(deals(201)).send().await;

    let ids: Vec<u64> = outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap().calltouch_order_id.unwrap())
        .collect();
    assert_eq!(ids, (1001..=1201).collect::<Vec<_>>());
    let sizes = bodies(&server)
        .await
        .iter()
        .map(|body| body["orders"].as_array().unwrap().len())
        .collect::<Vec<_>>();
    assert_eq!(sizes, [100, 100, 1]);
}

#[tokio::test]
async fn no_rows_make_no_request() {
    let server = MockServer::start().await;
    let client = client(&server);

    let outcomes = client.deals().create(Vec::new()).send().await;

    assert!(outcomes.is_empty());
    assert_eq!(client.requests_sent(), 0);
}

#[tokio::test]
async fn a_mixed_answer_is_read_row_by_row() {
    let server = answer(server::json(&json!({"data": {"orders": [
        {"orderNumber": "3", "calltouchOrderId": null, "error": "Lead of 79990000001 not found"},
        {"orderNumber": 1, "calltouchOrderId": "9007199254740993", "error": null, "note": "x"},
        {"orderNumber": "4", "imported": false},
        {"orderNumber": "5"},
    ]}})))
    .await;

    let outcomes = client(&server).deals().create(deals(5)).send().await;

    let fates: Vec<&str> = outcomes.iter().map(fate).collect();
    assert_eq!(fates, ["saved", "unclear", "refused", "refused", "unclear"]);
    let saved = outcomes[0].as_ref().unwrap();
    assert_eq!(saved.order_number.as_deref(), Some("1"));
    assert_eq!(saved.calltouch_order_id, Some(9_007_199_254_740_993));
    assert_eq!(saved.extra["note"], "x");
    let refused = outcomes[2].as_ref().unwrap_err();
    assert_eq!(refused.message(), Some("Lead of … not found"));
    assert!(!refused.is_whole_batch() && !refused.is_retryable());
    assert_eq!(
        refused.to_string(),
        "deals.create: Calltouch refused the row: Lead of … not found"
    );
}

#[tokio::test]
async fn an_unfit_row_is_not_sent_and_holds_nobody_up() {
    let server = MockServer::start().await;
    Mock::given(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;
    let rows = vec![
        New::new(" ", "PENDING", noon()),
        New::new("1", "", noon()),
        deals(2).remove(1),
    ];

    let outcomes = client(&server).deals().create(rows).send().await;

    assert_eq!(
        outcomes.iter().map(fate).collect::<Vec<_>>(),
        ["unsent", "unsent", "saved"]
    );
    let shown = outcomes[0].as_ref().unwrap_err().to_string();
    assert!(shown.ends_with("orderNumber is empty"), "{shown}");
    assert!(!outcomes[0].as_ref().unwrap_err().is_retryable());
    assert_eq!(
        bodies(&server).await[0]["orders"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn a_refused_batch_is_refused_whole() {
    let body = json!({"data": {"validationErrorData": {"violations": [
        {"message": "must not be blank", "field": "orders[0].status"}]}}});
    let server = answer(ResponseTemplate::new(400).set_body_json(body)).await;

    let outcomes = client(&server).deals().create(deals(2)).send().await;

    for outcome in &outcomes {
        let error = outcome.as_ref().unwrap_err();
        assert_eq!(fate(outcome), "refused");
        assert!(error.is_whole_batch());
        assert_eq!(
            error.cause().unwrap().violations()[0].field.as_deref(),
            Some("orders[0].status")
        );
        assert_eq!(error.message(), Some("must not be blank"));
    }
    assert_eq!(asked(&server).await.len(), 1);
}

#[tokio::test]
async fn after_a_refused_token_nothing_more_is_sent() {
    let server =
        answer(ResponseTemplate::new(403).set_body_json(json!({"message": "Invalid credentials"})))
            .await;

    let outcomes = client(&server).deals().create(deals(250)).send().await;

    assert_eq!(asked(&server).await.len(), 1);
    assert_eq!(outcomes.len(), 250);
    for outcome in &outcomes {
        assert_eq!(fate(outcome), "unsent");
        let error = outcome.as_ref().unwrap_err();
        assert!(error.cause().unwrap().is_unauthorized() && !error.is_retryable());
    }
}

#[tokio::test]
async fn one_failed_chunk_leaves_the_others_alone() {
    let server = MockServer::start().await;
    Mock::given(path(CREATE))
        .respond_with(ResponseTemplate::new(500))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;

    let outcomes = client(&server).deals().create(deals(101)).send().await;

    assert!(
        outcomes[..100]
            .iter()
            .all(|outcome| fate(outcome) == "unclear")
    );
    assert_eq!(fate(&outcomes[100]), "saved");
    assert_eq!(asked(&server).await.len(), 2);
}

#[tokio::test]
async fn every_bad_answer_to_a_write_is_sorted_and_none_is_repeated_unless_turned_away() {
    let html = "<html>help</html>";
    // (answer, what is known of the row, requests sent)
    let table = [
        (ResponseTemplate::new(200), "unclear", 1),
        (
            ResponseTemplate::new(200).set_body_string(html),
            "unclear",
            1,
        ),
        (
            ResponseTemplate::new(200).set_body_string("{\"data\":"),
            "unclear",
            1,
        ),
        (
            ResponseTemplate::new(200).set_body_string("{}"),
            "unclear",
            1,
        ),
        (
            ResponseTemplate::new(200).set_body_json(json!({"message": "no such method"})),
            "refused",
            1,
        ),
        (
            ResponseTemplate::new(302).insert_header("Location", "/support/"),
            "unsent",
            1,
        ),
        (ResponseTemplate::new(404), "unsent", 1),
        (
            ResponseTemplate::new(429).insert_header("Retry-After", "0"),
            "unsent",
            4,
        ),
        (ResponseTemplate::new(500), "unclear", 1),
        (
            ResponseTemplate::new(502).set_body_string(html),
            "unclear",
            1,
        ),
        (ResponseTemplate::new(503), "unclear", 1),
        (
            ResponseTemplate::new(503).insert_header("Retry-After", "0"),
            "unsent",
            1,
        ),
    ];
    for (template, wanted, sent) in table {
        let shown = format!("{template:?}");
        let server = answer(template).await;

        let outcomes = client(&server).deals().create(deals(1)).send().await;

        assert_eq!(fate(&outcomes[0]), wanted, "{shown}");
        assert_eq!(asked(&server).await.len(), sent, "{shown}");
    }
}

#[tokio::test]
async fn a_write_that_was_turned_away_goes_through_later() {
    let server = MockServer::start().await;
    let later = ResponseTemplate::new(429).insert_header("Retry-After", "0");
    Mock::given(path(CREATE))
        .respond_with(later)
        .up_to_n_times(2)
        .mount(&server)
        .await;
    Mock::given(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;

    let outcomes = client(&server).deals().create(deals(1)).send().await;

    assert_eq!(fate(&outcomes[0]), "saved");
    assert_eq!(asked(&server).await.len(), 3);
}

#[tokio::test]
async fn the_journal_of_deals_is_read_whatever_its_records_hold() {
    let server = MockServer::start().await;
    let records = json!([
        {"orderId": 1, "orderNumber": 77, "orderStatus": "PENDING", "orderDate": "15/11/2023 01:13:20",
         "plannedAmount": "100.50", "completedAmount": null, "manager": {"name": "Анна"}, "comment": ["a"],
         "tags": [{"names": ["t"]}], "client": {"fio": "Анна", "phones": "79990000001", "emails": null},
         "visit": {"source": "google", "gaClientId": "1.2"}, "orderSource": {"type": "CALL", "callId": 5},
         "service": null, "more": true},
        {},
    ]);
    let body =
        json!({"page": 1, "totalPage": 1, "pageSize": 10, "recordsTotal": 2, "records": records});
    Mock::given(any())
        .respond_with(server::json(&body))
        .mount(&server)
        .await;

    let deals: Vec<Deal> = client(&server)
        .deals()
        .list(Period::day(date(2023, 11, 15)))
        .page_size(10)
        .with_orders_tags()
        .with_all_order_origins()
        .with_comments()
        .with_contacts()
        .order_source("CALL")
        .stream()
        .try_collect()
        .await
        .unwrap();

    let deal = &deals[0];
    assert_eq!(deal.order_number.as_deref(), Some("77"));
    assert_eq!(
        deal.order_date.as_ref().unwrap().timestamp(),
        Timestamp::from_second(1_700_000_000).ok()
    );
    assert_eq!(deal.planned_amount, "100.50".parse().ok());
    assert_eq!(deal.client.as_ref().unwrap().phones, ["79990000001"]);
    assert_eq!(deal.order_source.as_ref().unwrap().call_id, Some(5));
    assert_eq!(deal.extra["more"], true);
    assert_eq!(deals[1], Deal::default());
    assert_eq!(
        asked(&server).await,
        [
            "GET /calls-service/RestAPI/12345/orders-diary/orders?dateFrom=15/11/2023&dateTo=15/11/2023\
          &limit=10&orderSource=CALL&page=1&withAllOrderOrigins=true&withComments=true&withContacts=true\
          &withOrdersTags=true"
        ]
    );
}

#[tokio::test]
async fn a_deal_is_found_by_its_whole_number() {
    let server = MockServer::start().await;
    let records =
        json!([{"orderId": 1, "orderNumber": "77-1"}, {"orderId": 2, "orderNumber": "77"}]);
    Mock::given(any())
        .respond_with(server::json(&json!({"pageTotal": 1, "records": records})))
        .mount(&server)
        .await;
    let client = client(&server);
    let day = Period::day(date(2023, 11, 15));

    let found = client.deals().find("77", day).await.unwrap();
    let missing = client.deals().find("7", day).await.unwrap();

    assert_eq!(found.unwrap().order_id, Some(2));
    assert_eq!(missing, None);
}

#[tokio::test]
async fn writes_can_be_spawned() {
    let server = MockServer::start().await;
    Mock::given(path(CREATE))
        .respond_with(Saves)
        .mount(&server)
        .await;
    let client = client(&server);

    let writing = tokio::spawn(async move { client.deals().create(deals(1)).send().await });

    assert_eq!(fate(&writing.await.unwrap()[0]), "saved");
}

#[tokio::test]
async fn a_read_only_client_reads_the_journal_and_sends_no_deal() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(server::json(
            &json!({"page": 1, "pageTotal": 1, "records": []}),
        ))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .respond_with(Saves)
        .expect(0)
        .mount(&server)
        .await;
    let writer = client(&server);
    let reader = writer.read_only();

    let period = Period::new(date(2026, 11, 20), date(2026, 11, 21)).unwrap();
    let journal: Vec<Deal> = reader
        .deals()
        .list(period)
        .stream()
        .try_collect()
        .await
        .unwrap();
    let rows = reader.deals().create(deals(2)).send().await;

    assert_eq!(journal, []);
    for row in &rows {
        let refused = row.as_ref().unwrap_err();
        assert!(refused.is_unsent(), "{refused}");
        assert!(refused.to_string().contains("read-only"), "{refused}");
    }
    assert_eq!((rows.len(), writer.requests_sent()), (2, 1));
}
