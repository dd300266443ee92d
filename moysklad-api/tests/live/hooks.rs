//! Webhooks: ensured, delivered by the emulator, read by the client.

use std::time::Duration;

use moysklad_api::Ensured;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::webhook::{Action, Delivery, New};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::shop::Shop;

async fn receiver() -> MockServer {
    let server = MockServer::start().await;
    let mock = Mock::given(method("POST")).respond_with(ResponseTemplate::new(204));
    mock.mount(&server).await;
    server
}

/// Waits until so many notifications were taken.
async fn delivered(shop: &Shop, count: u64) {
    for _ in 0..500 {
        if shop.emulator.stats().webhooks_delivered >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not delivered: {:?}", shop.emulator.stats());
}

#[tokio::test]
async fn ensured_webhooks_are_created_once_and_a_foreign_one_is_left_alone() {
    let shop = Shop::open().await;
    let foreign = New::of::<CustomerOrder>("https://other.example.org/", Action::Update);
    let foreign = shop.client.webhooks().create(foreign).send().await.unwrap();
    let own = "https://bridge.example.org/hook";
    let wanted = [
        New::of::<CustomerOrder>(own, Action::Create),
        New::of::<CustomerOrder>(own, Action::Update).with_fields(),
    ];

    let first = shop.client.ensure_webhooks(&wanted).await.unwrap();
    let second = shop.client.ensure_webhooks(&wanted).await.unwrap();

    for (first, second) in first.iter().zip(&second) {
        let Ok(Ensured::Created(created)) = first else {
            panic!("not created: {first:?}");
        };
        let Ok(Ensured::Present(present)) = second else {
            panic!("not present: {second:?}");
        };
        assert_eq!(created, present);
    }
    let all = shop.client.webhooks().list().send_all().await.unwrap();
    assert_eq!(all.len(), 3);
    assert!(all.contains(&foreign));
}

#[tokio::test]
async fn a_delivery_names_the_order_and_what_a_manager_changed_of_it() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let server = receiver().await;
    let url = format!("{}/hook?key=1", server.uri());
    let wanted = [New::of::<CustomerOrder>(url, Action::Update).with_fields()];
    let ensured = shop.client.ensure_webhooks(&wanted).await.unwrap();
    assert!(ensured[0].is_ok());

    let id = order.id.to_string();
    shop.emulator.set_order_state(&id, "Собран").unwrap();
    delivered(&shop, 1).await;

    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    let read = Delivery::read(requests[0].url.as_str(), &requests[0].body).unwrap();
    assert!(read.request_id.is_some());
    assert_eq!(read.events.len(), 1);
    assert_eq!(read.events[0].id::<CustomerOrder>(), Some(order.id));
    assert_eq!(read.events[0].id::<Counterparty>(), None);
    assert_eq!(read.events[0].action, Action::Update);
    assert_eq!(read.events[0].updated_fields, ["state"]);
    let context = read.audit_context.unwrap();
    assert_eq!(context.uid.as_deref(), Some(&*shop.emulator.login()));
    let audit = shop.client.customer_orders().audit(order.id);
    let packed = shop.state("Собран").await;
    let entered = audit.entered_state(packed).await.unwrap().unwrap();
    let told = context.moment.unwrap().timestamp();
    assert_eq!(told.as_second(), entered.timestamp().as_second());
}

#[tokio::test]
async fn a_client_that_suppresses_its_own_webhooks_is_not_told_what_it_did() {
    let shop = Shop::open().await;
    let [own, other] = [receiver().await, receiver().await];
    let hook = |server: &MockServer| New::of::<Counterparty>(server.uri(), Action::Create);
    let wanted = [hook(&own), hook(&other)];
    let ensured = shop.client.ensure_webhooks(&wanted).await.unwrap();
    assert!(ensured.iter().all(Result::is_ok));
    let silent = shop.client.suppressing_webhooks_to(&own.uri()).unwrap();

    let create = |name| counterparty::New::new(name);
    let customers = silent.counterparties();
    customers.create(create("Тихо")).send().await.unwrap();
    let customers = shop.client.counterparties();
    let loud = customers.create(create("Громко")).send().await.unwrap();
    delivered(&shop, 3).await;

    let told = own.received_requests().await.unwrap();
    assert_eq!(told.len(), 1);
    let read = Delivery::read(told[0].url.as_str(), &told[0].body).unwrap();
    assert_eq!(read.events[0].id::<Counterparty>(), Some(loud.id));
    assert_eq!(other.received_requests().await.unwrap().len(), 2);
}
