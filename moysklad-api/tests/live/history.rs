//! The audit, states and the trash.

use moysklad_api::audit::{EventType, Source};

use super::shop::Shop;

#[tokio::test]
async fn what_the_client_does_is_found_in_the_audit() {
    let shop = Shop::open().await;
    let order = shop.order().await;

    let audit = shop.client.audit();
    let contexts = audit.contexts().entity_type("customerorder");
    let contexts = contexts.event_type(&EventType::Create);
    let contexts = contexts.send_all().await.unwrap();
    assert_eq!(contexts.len(), 1);
    assert_eq!(contexts[0].source, Some(Source::REMAP_1_2));
    assert_eq!(contexts[0].object_count, Some(1));

    let same = audit.get(contexts[0].id).send().await.unwrap();
    assert_eq!(same.moment, contexts[0].moment);
    let events = audit.events(contexts[0].id).send_all().await.unwrap();
    assert_eq!(events.len(), 1);
    let entity = events[0].entity.as_ref().unwrap();
    assert_eq!(entity.id().unwrap().uuid(), order.id.uuid());
}

#[tokio::test]
async fn a_state_that_a_manager_set_tells_since_when_and_by_whom() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let id = order.id.to_string();
    let packed = shop.state("Собран").await;
    let history = shop.client.customer_orders().audit(order.id);

    shop.emulator.advance(std::time::Duration::from_mins(1));
    shop.emulator.set_order_state(&id, "Собран").unwrap();

    let events = history.events().send_all().await.unwrap();
    let change = |event: &&moysklad_api::audit::Event| {
        event.event_type == Some(EventType::Update) && event.source == Some(Source::APP)
    };
    let change = events.iter().find(change).unwrap();
    assert_eq!(change.uid.as_deref(), Some(&*shop.emulator.login()));
    let state = change.diff.as_ref().unwrap().get("state").unwrap();
    assert_eq!(state.after().unwrap().text(), Some("Собран"));
    let entered = history.entered_state(packed).await.unwrap();
    assert_eq!(entered, Some(change.moment));
    let never = shop.state("Отменен").await;
    assert_eq!(history.entered_state(never).await.unwrap(), None);
}

#[tokio::test]
async fn an_order_was_in_its_first_state_since_it_was_created() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let first = order.state.as_ref().unwrap().id().unwrap();
    let history = shop.client.customer_orders().audit(order.id);

    let events = history.events().send_all().await.unwrap();

    assert_eq!(
        history.entered_state(first).await.unwrap(),
        Some(events[0].moment)
    );
    assert_eq!(events[0].event_type, Some(EventType::Create));
}

#[tokio::test]
async fn a_state_is_set_and_cleared_and_nothing_else_changes() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let orders = shop.client.customer_orders();
    let packed = shop.state("Собран").await;

    orders.set_state(order.id, packed).send().await.unwrap();
    let set = orders.get(order.id).send().await.unwrap();
    assert_eq!(set.state.as_ref().unwrap().id(), Some(packed));
    assert_eq!(set.name, order.name);
    assert_eq!(set.agent, order.agent);

    let customers = shop.client.counterparties();
    let customer = set.agent.as_ref().unwrap().id().unwrap();
    let states = customers.states();
    let vip = moysklad_api::state::New::new("Важный", 255, moysklad_api::state::StateType::Regular);
    let vip = states.create(vip).send().await.unwrap();
    customers.set_state(customer, vip.id).send().await.unwrap();
    let set = customers.get(customer).send().await.unwrap();
    assert_eq!(set.state.unwrap().id(), Some(vip.id));
    customers.clear_state(customer).send().await.unwrap();
    let cleared = customers.get(customer).send().await.unwrap();
    assert_eq!(cleared.state, None);
}

#[tokio::test]
async fn an_order_in_the_trash_is_in_no_list_but_can_still_be_read() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let orders = shop.client.customer_orders();

    orders.trash(order.id).send().await.unwrap();

    assert_eq!(orders.list().send_all().await.unwrap(), []);
    let read = orders.get(order.id).send().await.unwrap();
    assert!(read.deleted.is_some());
    shop.emulator
        .restore("customerorder", &order.id.to_string())
        .unwrap();
    let listed = orders.list().send_all().await.unwrap();
    assert_eq!(listed[0].id, order.id);
}
