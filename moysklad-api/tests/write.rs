//! What creating, changing and deleting one object sends, and when it is sent again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use moysklad_api::counterparty::{self, CompanyType, Counterparty};
use moysklad_api::customer_order::{self, CustomerOrder, position};
use moysklad_api::organization::Organization;
use moysklad_api::state::State;
use moysklad_api::{Client, Credentials, Id, Money, Pace, Patch, Ref, Untyped, payment_in};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const HOST: &str = "https://api.moysklad.ru/api/remap/1.2";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .timeout(Duration::from_millis(300))
        .attempts(2)
        .build()
        .unwrap()
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn link(kind: &str, number: u128) -> Value {
    json!({"meta": {
        "href": format!("{HOST}/entity/{kind}/{}", uuid(number)),
        "type": kind,
        "mediaType": "application/json",
    }})
}

fn saved() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"id": uuid(1), "name": "ООО Вектор"}))
}

async fn sent(server: &MockServer) -> Value {
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["content-type"], "application/json");
    requests[0].body_json().unwrap()
}

#[tokio::test]
async fn a_new_counterparty_is_sent_as_the_service_documents_it() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/entity/counterparty")))
        .respond_with(saved())
        .mount(&server)
        .await;
    let state = State::reference::<Counterparty>(Id::new(uuid(7)));
    let mut new = counterparty::New::new("ООО Вектор")
        .sync_id(uuid(5))
        .external_code("crm-1")
        .phone("+79990000001")
        .email("info@vector.example")
        .company_type(CompanyType::Individual)
        .tags(vec!["лиды".to_owned()])
        .state(state)
        .owner(&Ref::of_type("employee", uuid(8)));
    new.contact_persons
        .push(counterparty::NewContactPerson::new("Мария"));

    let counterparty = client(&server)
        .counterparties()
        .create(new)
        .send()
        .await
        .unwrap();

    assert_eq!(counterparty.id.uuid(), uuid(1));
    assert_eq!(
        sent(&server).await,
        json!({
            "name": "ООО Вектор",
            "syncId": uuid(5),
            "externalCode": "crm-1",
            "phone": "+79990000001",
            "email": "info@vector.example",
            "companyType": "individual",
            "tags": ["лиды"],
            "state": {"meta": {
                "href": format!("{HOST}/entity/counterparty/metadata/states/{}", uuid(7)),
                "type": "state",
                "mediaType": "application/json",
            }},
            "owner": link("employee", 8),
            "contactpersons": [{"name": "Мария"}],
        })
    );
}

#[tokio::test]
async fn a_new_order_is_sent_with_its_positions() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(saved())
        .mount(&server)
        .await;
    let organization: Id<Organization> = Id::new(uuid(2));
    let agent: Id<Counterparty> = Id::new(uuid(3));
    let product: Ref<Untyped> = Ref::of_type("product", uuid(4));
    let new = customer_order::New::new(organization, agent)
        .moment("2026-08-15 09:20:00".parse().unwrap())
        .description("Доставка до двери")
        .store(&Ref::of_type("store", uuid(6)))
        .positions(vec![
            position::New::new(&product)
                .quantity("2.5".parse().unwrap())
                .price(Money::from_rubles(1250.into()))
                .vat(20)
                .vat_enabled(true),
        ]);

    client(&server)
        .customer_orders()
        .create(new)
        .send()
        .await
        .unwrap();

    assert_eq!(
        sent(&server).await,
        json!({
            "organization": link("organization", 2),
            "agent": link("counterparty", 3),
            "moment": "2026-08-15 09:20:00.000",
            "description": "Доставка до двери",
            "store": link("store", 6),
            "positions": [{
                "assortment": link("product", 4),
                "quantity": 2.5, "price": 125_000, "vat": 20, "vatEnabled": true,
            }],
        })
    );
}

#[tokio::test]
async fn a_payment_says_which_order_it_pays() {
    let server = MockServer::start().await;
    let order: Id<CustomerOrder> = Id::new(uuid(4));
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "id": uuid(1), "name": "1", "sum": 254_000.0,
            "operations": [
                {"meta": link("customerorder", 4)["meta"], "linkedSum": 254_000.0},
                {"meta": link("demand", 5)["meta"]},
            ],
        })))
        .mount(&server)
        .await;
    let sum = Money::from_rubles(2540.into());
    let organization: Id<Organization> = Id::new(uuid(2));
    let agent: Id<Counterparty> = Id::new(uuid(3));
    let new = payment_in::New::new(organization, agent)
        .sum(sum)
        .operation(order, sum);

    let payment = client(&server)
        .payments_in()
        .create(new)
        .send()
        .await
        .unwrap();

    assert_eq!(payment.operations[0].customer_order(), Some(order));
    assert_eq!(payment.operations[0].linked_sum, Some(sum));
    assert_eq!(payment.operations[1].customer_order(), None);
    let sent = sent(&server).await;
    assert_eq!(sent["sum"], 254_000);
    assert_eq!(sent["operations"][0]["linkedSum"], 254_000);
    assert_eq!(
        sent["operations"][0]["meta"],
        link("customerorder", 4)["meta"]
    );
}

#[tokio::test]
async fn an_update_names_only_what_changes() {
    let server = MockServer::start().await;
    let id: Id<Counterparty> = Id::new(uuid(1));
    Mock::given(method("PUT"))
        .and(path(format!("{BASE}/entity/counterparty/{id}")))
        .respond_with(saved())
        .mount(&server)
        .await;
    let update = counterparty::Update {
        phone: "+79990000002".to_owned().into(),
        email: Patch::Clear,
        actual_address: Patch::Clear,
        state: Patch::Clear,
        ..Default::default()
    };

    client(&server)
        .counterparties()
        .update(id, update)
        .send()
        .await
        .unwrap();

    assert_eq!(
        sent(&server).await,
        json!({"phone": "+79990000002", "email": null, "actualAddress": "", "state": null})
    );
}

#[tokio::test]
async fn creating_with_a_sync_id_is_repeated_after_an_unclear_end() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(saved().set_delay(Duration::from_secs(5)))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(saved())
        .mount(&server)
        .await;
    let client = client(&server);

    let new = counterparty::New::new("n").sync_id(uuid(5));
    client.counterparties().create(new).send().await.unwrap();

    assert_eq!(client.requests_sent(), 2);
}

#[tokio::test]
async fn creating_without_a_sync_id_is_not_repeated_after_an_unclear_end() {
    for bad in [
        saved().set_delay(Duration::from_secs(5)),
        ResponseTemplate::new(502),
    ] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(bad).mount(&server).await;
        let client = client(&server);

        let create = client.counterparties().create(counterparty::New::new("n"));
        let error = create.send().await.unwrap_err();

        assert!(error.is_unclear() && !error.is_retryable(), "{error}");
        assert_eq!(client.requests_sent(), 1);
    }
}

#[tokio::test]
async fn what_was_turned_away_is_sent_again_without_a_sync_id_too() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "20");
    Mock::given(any())
        .respond_with(busy)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(saved())
        .mount(&server)
        .await;
    let client = client(&server);

    client
        .counterparties()
        .create(counterparty::New::new("n"))
        .send()
        .await
        .unwrap();

    assert_eq!(client.requests_sent(), 2);
}

#[tokio::test]
async fn an_empty_or_cut_answer_to_a_repeatable_write_is_asked_for_again() {
    for body in ["", r#"{"id": "00000000-0000"#] {
        let server = MockServer::start().await;
        let cut = ResponseTemplate::new(200).set_body_string(body);
        Mock::given(any())
            .respond_with(cut)
            .up_to_n_times(1)
            .mount(&server)
            .await;
        Mock::given(any())
            .respond_with(saved())
            .mount(&server)
            .await;
        let client = client(&server);

        let new = counterparty::New::new("n").sync_id(uuid(5));
        client.counterparties().create(new).send().await.unwrap();

        assert_eq!(client.requests_sent(), 2, "{body}");
    }
}

#[tokio::test]
async fn an_object_answered_as_an_array_of_one_is_read() {
    let server = MockServer::start().await;
    let body = json!([{"id": uuid(1), "name": "n"}]);
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(&server)
        .await;

    let new = counterparty::New::new("n");
    let saved = client(&server)
        .counterparties()
        .create(new)
        .send()
        .await
        .unwrap();

    assert_eq!(saved.id.uuid(), uuid(1));
}

#[tokio::test]
async fn deleting_what_is_gone_says_so() {
    let server = MockServer::start().await;
    // The service answers this with and without a body.
    Mock::given(method("DELETE"))
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;

    let delete = client(&server).customer_orders().delete(Id::new(uuid(1)));

    assert!(delete.send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn deleting_again_after_a_lost_answer_is_a_success() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_delay(Duration::from_secs(5)))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;

    client(&server)
        .customer_orders()
        .delete(Id::new(uuid(1)))
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_read_only_client_reads_and_sends_no_write() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(saved())
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(saved())
        .with_priority(10)
        .expect(0)
        .mount(&server)
        .await;
    let writer = client(&server);
    let reader = writer.read_only();
    let id: Id<Counterparty> = Id::new(uuid(1));
    let new = || counterparty::New::new("ООО Вектор").sync_id(uuid(2));

    let read = reader.counterparties().get(id).send().await;
    let created = reader.counterparties().create(new()).send().await;
    let many = reader
        .counterparties()
        .create_many(vec![new()])
        .send()
        .await;
    let changed = reader
        .counterparties()
        .update(id, counterparty::Update::default())
        .send()
        .await;
    let deleted = reader.counterparties().delete(id).send().await;

    assert_eq!(read.unwrap().name, "ООО Вектор");
    assert!(many[0].as_ref().unwrap_err().is_unsent());
    for refused in [
        created.map(drop).unwrap_err(),
        changed.map(drop).unwrap_err(),
        deleted.map(drop).unwrap_err(),
    ] {
        assert!(refused.to_string().contains("read-only"), "{refused}");
        assert!(
            !refused.is_retryable() && !refused.is_unclear(),
            "{refused}"
        );
    }
    assert_eq!(writer.requests_sent(), 1, "what is read is counted once");
}
