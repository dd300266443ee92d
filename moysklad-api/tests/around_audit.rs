//! The audit over the wire: pages, filters, and when an object entered its state.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::audit::{EventType, Source};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::{Client, Credentials, Id, Pace, Ref};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const ID: &str = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

fn page(rows: &Value, size: u64) -> ResponseTemplate {
    let body = json!({"context": {}, "meta": {"size": size, "limit": 100}, "rows": rows});
    ResponseTemplate::new(200).set_body_json(body)
}

fn state(number: u128) -> Value {
    let id = Uuid::from_u128(number);
    let href = format!("https://api.moysklad.ru{BASE}/entity/customerorder/metadata/states/{id}");
    json!({"meta": {"href": href, "type": "state"}, "name": "n"})
}

#[tokio::test]
async fn the_moment_of_a_state_is_found_over_several_pages() {
    let server = MockServer::start().await;
    let audit = || path(format!("{BASE}/entity/customerorder/{ID}/audit"));
    let change = json!({
        "moment": "2026-08-16 10:15:31.118", "eventType": "update", "source": "app",
        "diff": {"state": {"oldValue": state(1), "newValue": state(2)}},
    });
    let create = json!({"moment": "2026-08-15 09:21:37.402", "eventType": "create"});
    Mock::given(audit())
        .and(query_param("limit", "100"))
        .and(query_param_is_missing("offset"))
        .respond_with(page(&json!([change]), 2))
        .mount(&server)
        .await;
    Mock::given(audit())
        .and(query_param("offset", "1"))
        .respond_with(page(&json!([create]), 2))
        .mount(&server)
        .await;
    let audit = client(&server).customer_orders().audit(ID.parse().unwrap());
    let entered = async |number| {
        audit
            .entered_state(Id::new(Uuid::from_u128(number)))
            .await
            .unwrap()
    };

    assert_eq!(entered(2).await, "2026-08-16 10:15:31.118".parse().ok());
    assert_eq!(entered(1).await, "2026-08-15 09:21:37.402".parse().ok());
    assert_eq!(entered(3).await, None);
}

#[tokio::test]
async fn contexts_are_filtered_in_the_services_grammar() {
    let server = MockServer::start().await;
    let employee = Uuid::from_u128(5);
    let filter = format!(
        "moment>=2026-08-16 10:00:00.000;moment<=2026-08-17 10:00:00.000;\
         employee=https://api.moysklad.ru{BASE}/entity/employee/{employee};\
         uid=a\\;b@shop;eventType=update;source=jsonapi;entityType=customerorder"
    );
    let context = json!({
        "id": ID, "uid": "admin@shop", "source": "remap-9", "moment": "2026-08-16 10:15:31.118",
        "objectCount": 1, "eventType": "teleport", "entityType": "customerorder",
        "events": {"meta": {"size": 1}}, "info": "login", "extra": 1,
    });
    Mock::given(path(format!("{BASE}/audit")))
        .and(query_param("filter", filter))
        .respond_with(page(&json!([context]), 1))
        .mount(&server)
        .await;

    let found = client(&server)
        .audit()
        .contexts()
        .since("2026-08-16 10:00:00".parse().unwrap())
        .until("2026-08-17 10:00:00".parse().unwrap())
        .employee(&Ref::of_type("employee", employee))
        .uid("a;b@shop")
        .event_type(&EventType::Update)
        .source(&Source::JSON_API)
        .entity_type("customerorder")
        .send()
        .await
        .unwrap();

    let context = &found.rows[0];
    assert_eq!(context.event_type.as_ref().unwrap().as_str(), "teleport");
    assert_eq!(context.source, Some(Source::new("remap-9")));
    assert_eq!(context.events.as_ref().unwrap().size(), Some(1));
}

#[tokio::test]
async fn a_context_leads_to_its_events_and_they_to_their_objects() {
    let server = MockServer::start().await;
    let href = format!("https://api.moysklad.ru{BASE}/entity/customerorder/{ID}");
    let event = json!({
        "moment": "2026-08-16 10:15:31", "entityType": "customerorder", "name": "0815",
        "additionalInfo": "от 2026-08-15", "audit": {"meta": {"href": format!("h/audit/{ID}")}},
        "entity": {"meta": {"href": href, "type": "customerorder"}},
        "diff": {"sum": {"oldValue": 254_000.0, "newValue": 337_500.0}},
    });
    Mock::given(path(format!("{BASE}/audit/{ID}/events")))
        .respond_with(page(&json!([event]), 1))
        .mount(&server)
        .await;

    let events = client(&server)
        .audit()
        .events(ID.parse().unwrap())
        .send_all()
        .await
        .unwrap();

    let entity = events[0].entity.as_ref().unwrap();
    assert_eq!(entity.id().map(|id| id.to_string()).as_deref(), Some(ID));
    let sum = events[0].diff.as_ref().unwrap().get("sum").unwrap();
    let roubles = sum.after().unwrap().money().unwrap().rubles();
    assert_eq!(roubles, 3375.into());
}

#[tokio::test]
async fn the_words_of_filters_are_read_in_both_spellings() {
    for (source, kind) in [("entitytype", "eventtype"), ("entityType", "eventType")] {
        let server = MockServer::start().await;
        let words = json!({"source": ["app"], source: ["demand"], kind: ["create", "x"]});
        Mock::given(path(format!("{BASE}/audit/metadata/filters")))
            .respond_with(ResponseTemplate::new(200).set_body_json(words))
            .mount(&server)
            .await;

        let words = client(&server).audit().filter_words().send().await.unwrap();

        assert_eq!(words.source, [Source::APP]);
        assert_eq!(words.entity_types, ["demand"]);
        assert_eq!(words.event_types[0], EventType::Create);
    }
}

#[tokio::test]
async fn a_page_longer_than_the_service_gives_is_refused_before_sending() {
    let server = MockServer::start().await;
    let orders = client(&server).customer_orders();
    let id: Id<CustomerOrder> = ID.parse().unwrap();

    for limit in [0, 101] {
        let error = orders
            .audit(id)
            .events()
            .limit(limit)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.status(), None, "{limit}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_page_that_ends_early_ends_the_list() {
    let server = MockServer::start().await;
    Mock::given(query_param_is_missing("offset"))
        .respond_with(page(&json!([{"moment": "2026-08-16 10:15:31"}]), 9))
        .mount(&server)
        .await;
    Mock::given(query_param("offset", "1"))
        .respond_with(page(&json!([]), 9))
        .mount(&server)
        .await;

    let all = client(&server)
        .customer_orders()
        .audit(ID.parse().unwrap())
        .events()
        .send_all()
        .await
        .unwrap();

    assert_eq!(all.len(), 1);
}
