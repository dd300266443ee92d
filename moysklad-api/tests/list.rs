//! What lists send over the wire, and what they make of the answers.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use futures_util::TryStreamExt;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::entity::Entity;
use moysklad_api::{Client, Credentials, Id, Pace};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, header, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

fn uuid(number: u64) -> Uuid {
    Uuid::from_u128(number.into())
}

fn order(number: u64) -> Value {
    json!({"id": uuid(number), "name": format!("{number:05}"), "sum": 254_000.0})
}

fn page(rows: &[Value], size: usize, offset: usize) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "context": {"employee": {"meta": {"href": "h", "type": "employee"}}},
        "meta": {"href": "h", "type": "customerorder", "size": size, "limit": 1000, "offset": offset},
        "rows": rows,
    }))
}

fn param(request: &Request, name: &str) -> Option<String> {
    request
        .url
        .query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_list_carries_the_headers_that_every_part_of_the_service_accepts() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/entity/customerorder")))
        .and(header("authorization", "Bearer t"))
        .and(header("accept", "application/json;charset=utf-8"))
        .respond_with(page(&[order(1)], 1, 0))
        .expect(1)
        .mount(&server)
        .await;

    let page = client(&server)
        .customer_orders()
        .list()
        .send()
        .await
        .unwrap();

    assert_eq!(
        (page.size, page.rows.len(), page.next_offset()),
        (1, 1, None)
    );
    assert_eq!(page.rows[0].name, "00001");
    let sent = &server.received_requests().await.unwrap()[0];
    assert!(
        sent.headers["accept-encoding"]
            .to_str()
            .unwrap()
            .contains("gzip")
    );
    assert_eq!(sent.url.query(), None);
}

#[tokio::test]
async fn every_part_of_a_query_arrives_as_it_was_meant() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(page(&[], 0, 0))
        .mount(&server)
        .await;

    client(&server)
        .counterparties()
        .list()
        .filter(counterparty::PHONE.starts_with("+7915"))
        .filter(counterparty::NAME.contains("Вектор; & сыновья"))
        .raw_filter("archived=true")
        .order(counterparty::UPDATED.desc())
        .order(counterparty::NAME.asc())
        .expand("state")
        .limit(50)
        .offset(7)
        .search("Иванов")
        .send()
        .await
        .unwrap();

    let sent = &server.received_requests().await.unwrap()[0];
    let filter = r"phone~=+7915;name~Вектор\; & сыновья;archived=true";
    assert_eq!(param(sent, "filter").as_deref(), Some(filter));
    assert_eq!(
        param(sent, "order").as_deref(),
        Some("updated,desc;name,asc")
    );
    assert_eq!(param(sent, "expand").as_deref(), Some("state"));
    assert_eq!(param(sent, "limit").as_deref(), Some("50"));
    assert_eq!(param(sent, "offset").as_deref(), Some("7"));
    assert_eq!(param(sent, "search").as_deref(), Some("Иванов"));
    let raw = sent.url.query().unwrap();
    assert!(
        raw.contains("%2B7915") && raw.contains("%5C%3B") && !raw.contains(';'),
        "{raw}"
    );
}

#[tokio::test]
async fn a_stream_reads_all_pages_in_a_steady_order() {
    let server = MockServer::start().await;
    for (offset, numbers) in [(0, [1, 2]), (2, [3, 4])] {
        let rows = numbers.map(order);
        let mock = Mock::given(method("GET")).and(query_param("order", "id,asc"));
        let mock = if offset == 0 {
            mock.and(wiremock::matchers::query_param_is_missing("offset"))
        } else {
            mock.and(query_param("offset", offset.to_string()))
        };
        mock.respond_with(page(&rows, 5, offset))
            .expect(1)
            .mount(&server)
            .await;
    }
    Mock::given(query_param("offset", "4"))
        .respond_with(page(&[order(5)], 5, 4))
        .expect(1)
        .mount(&server)
        .await;

    let client = client(&server);
    let stream = client.customer_orders().list().limit(2).stream();
    let orders: Vec<CustomerOrder> = tokio::spawn(stream.try_collect()).await.unwrap().unwrap();

    let ids: Vec<_> = orders.iter().map(|order| order.id.uuid()).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5].map(uuid));
    assert_eq!(client.requests_sent(), 3);
}

#[tokio::test]
async fn an_empty_page_ends_a_stream_whatever_the_size_says() {
    let server = MockServer::start().await;
    Mock::given(query_param("offset", "1"))
        .respond_with(page(&[], 9, 1))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(page(&[order(1)], 9, 0))
        .mount(&server)
        .await;

    let orders = client(&server)
        .customer_orders()
        .list()
        .send_all()
        .await
        .unwrap();

    assert_eq!(orders.len(), 1);
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_stream_stops_after_an_error_and_can_be_resumed_from_its_page() {
    let server = MockServer::start().await;
    Mock::given(query_param("offset", "1"))
        .respond_with(ResponseTemplate::new(403).set_body_json(json!({
            "errors": [{"error": "нет прав", "code": 1016}],
        })))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(query_param("offset", "1"))
        .respond_with(page(&[order(2)], 2, 1))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(page(&[order(1)], 2, 0))
        .mount(&server)
        .await;
    let orders = client(&server).customer_orders();

    let mut resume = 0;
    let pages = orders.list().pages().try_for_each(|page| {
        resume = page.next_offset().unwrap_or(resume);
        async { Ok(()) }
    });
    assert!(pages.await.unwrap_err().is_forbidden());
    let rest = orders
        .list()
        .offset(u32::try_from(resume).unwrap())
        .send_all()
        .await
        .unwrap();

    assert_eq!(rest[0].id.uuid(), uuid(2));
}

#[tokio::test]
async fn a_filter_of_a_thousand_ids_is_split_and_finds_each_of_them_once() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(|request: &Request| {
            let filter = param(request, "filter").unwrap();
            let id = |term: &str| term.strip_prefix("id=").unwrap().to_owned();
            let rows: Vec<_> = filter
                .split(';')
                .map(|term| json!({"id": id(term), "name": "n"}))
                .collect();
            page(&rows, rows.len(), 0)
        })
        .mount(&server)
        .await;
    let client = client(&server);
    let ids: Vec<Id<CustomerOrder>> = (1..=1000).map(|number| Id::new(uuid(number))).collect();
    let list = || {
        client
            .customer_orders()
            .list()
            .filter(customer_order::ID.any_of(ids.clone()))
    };

    let found = list().send_all().await.unwrap();

    assert_eq!(found.iter().map(|order| order.id).collect::<Vec<_>>(), ids);
    let requests = server.received_requests().await.unwrap();
    assert!(
        (2..=9).contains(&requests.len()),
        "{} requests",
        requests.len()
    );
    assert!(
        requests
            .iter()
            .all(|request| request.url.as_str().len() < 7600)
    );
    let error = list().send().await.unwrap_err();
    assert!(
        error.to_string().contains("too long for one request"),
        "{error}"
    );
    let resumed = list().offset(1).send_all().await;
    assert!(resumed.is_err());
    assert_eq!(
        server.received_requests().await.unwrap().len(),
        requests.len()
    );
}

#[tokio::test]
async fn a_filter_without_values_finds_nothing_and_asks_nobody() {
    let server = MockServer::start().await;
    let none: [Id<CustomerOrder>; 0] = [];
    let orders = client(&server).customer_orders();

    let list = || orders.list().filter(customer_order::ID.any_of(none));

    assert_eq!(list().send().await.unwrap().size, 0);
    assert!(list().send_all().await.unwrap().is_empty());
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn expanding_on_pages_above_a_hundred_is_an_error_and_not_a_silent_nothing() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(page(&[], 0, 0))
        .mount(&server)
        .await;
    let orders = client(&server).customer_orders();

    let error = orders
        .list()
        .expand("agent")
        .limit(101)
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("100"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());

    orders.list().expand("agent").send().await.unwrap();
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(param(sent, "limit").as_deref(), Some("100"));
}

#[tokio::test]
async fn an_expanded_order_holds_its_counterparty_and_positions() {
    let server = MockServer::start().await;
    let row = json!({
        "id": uuid(1), "name": "1",
        "agent": {"meta": {"href": "h", "type": "counterparty"}, "id": uuid(2), "name": "ООО Вектор"},
        "positions": {
            "meta": {"href": "h", "size": 1},
            "rows": [{"id": uuid(3), "quantity": 2.5, "price": 125_000.0, "vat": 20}],
        },
    });
    Mock::given(query_param("expand", "agent,positions"))
        .respond_with(page(&[row], 1, 0))
        .mount(&server)
        .await;

    let orders = client(&server).customer_orders();
    let orders = orders
        .list()
        .expand("agent")
        .expand("positions")
        .send()
        .await
        .unwrap();

    let order = &orders.rows[0];
    assert_eq!(
        order.agent.as_ref().unwrap().get().unwrap().name,
        "ООО Вектор"
    );
    let position = &order.positions.as_ref().unwrap().rows().unwrap()[0];
    assert_eq!(position.quantity.unwrap().to_string(), "2.5");
    assert_eq!(position.price.unwrap().rubles().to_string(), "1250");
}

#[tokio::test]
async fn rows_are_read_as_any_type_and_entities_of_ones_own_join_in() {
    #[derive(Deserialize)]
    struct Store {
        name: String,
    }
    impl Entity for Store {
        const TYPE: &'static str = "store";
    }
    let server = MockServer::start().await;
    let row = json!({"id": uuid(1), "name": "Основной", "zones": 3});
    Mock::given(path(format!("{BASE}/entity/store")))
        .respond_with(page(&[row], 1, 0))
        .mount(&server)
        .await;
    let stores = client(&server).entity::<Store>();

    let typed = stores.list().send_all().await.unwrap();
    let raw: Vec<Value> = stores.list().stream_as().try_collect().await.unwrap();

    assert_eq!(typed[0].name, "Основной");
    assert_eq!(raw[0]["zones"], 3);
}

#[tokio::test]
async fn one_object_is_read_by_its_id() {
    let server = MockServer::start().await;
    let id: Id<Counterparty> = Id::new(uuid(9));
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/entity/counterparty/{id}")))
        .and(query_param("expand", "state"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "id": id, "name": "ООО Вектор", "tags": null, "companyType": "legalXX",
            "state": {"meta": {"type": "state"}, "id": uuid(4), "name": "Новый", "stateType": "Regular"},
        })))
        .mount(&server)
        .await;

    let counterparty = client(&server)
        .counterparties()
        .get(id)
        .expand("state")
        .send()
        .await
        .unwrap();

    assert_eq!(counterparty.id, id);
    assert!(counterparty.tags.is_empty());
    assert_eq!(counterparty.company_type.unwrap().as_str(), "legalXX");
    assert_eq!(counterparty.state.unwrap().get().unwrap().name, "Новый");
}

#[tokio::test]
async fn the_employee_behind_the_credentials_is_known() {
    let server = MockServer::start().await;
    Mock::given(path(format!("{BASE}/context/employee")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "id": uuid(1), "accountId": uuid(2), "uid": "admin@shop", "cashiers": [],
            "permissions": {"admin": {"view": "ALL"}},
        })))
        .mount(&server)
        .await;

    let me = client(&server).current_employee().send().await.unwrap();

    assert_eq!(me.employee.uid.as_deref(), Some("admin@shop"));
    assert_eq!(me.employee.account_id, Some(uuid(2)));
    assert!(me.permissions.is_admin());
}
