//! The account changes between cycles: only what depends on it stops, the remedy is named, and once it
//! is mended everything is carried, once.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use ct_ms_sync::Step;
use moysklad_api::attribute::{self, AttributeKind};
use moysklad_api::organization;
use moysklad_api::state::{self, State, StateType};
use moysklad_api::{Client, Id};
use serde_json::{Value, json};
use tests::seed::{call, call_key};
use tests::{Ending, Pair};

/// A pair that has carried one lead, with a second one waiting and a change of the first one's order.
async fn at_work(pair: Pair) -> Pair {
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.call(call(2, "79150000002"));
    pair.fill_order(&call_key(1), 12_300);
    pair.move_order(&call_key(1), "Доставлен");
    pair
}

fn client(pair: &Pair) -> Client {
    pair.moysklad_client()
}

async fn field(pair: &Pair, name: &str) -> Id<attribute::Attribute> {
    let fields = client(pair).customer_orders().attributes().list();
    let fields = fields.send().await.unwrap();
    fields
        .into_iter()
        .find(|field| field.name == name)
        .unwrap()
        .id
}

async fn state(pair: &Pair, name: &str) -> Id<State> {
    let states = client(pair).customer_orders().states().list();
    let states = states.send().await.unwrap();
    states
        .into_iter()
        .find(|state| state.name == name)
        .unwrap()
        .id
}

/// Says that the change of the first order has reached its deal, and the second lead nothing yet.
fn assert_rest_goes_on(pair: &Pair) {
    let deal = pair.deal(&call_key(1));
    assert_eq!(
        (&deal["status"], &deal["revenue"]),
        (&json!("COMPLETED"), &json!("123"))
    );
    assert_eq!(pair.orders().len(), 1);
}

/// Says that both leads were carried in the end, and nothing twice.
async fn assert_all_carried(pair: &Pair) {
    let ending = Ending::of(pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), 2);
    assert_eq!(ending.counterparties.len(), 2);
    let idle = pair.cycle().await;
    assert!(
        idle.wrote_nothing() && idle.dead_letters.is_empty(),
        "{idle}"
    );
}

/// Whether the order says in this field where its lead came from.
fn tells_source(order: &Value, field: &str) -> bool {
    let fields = order["attributes"].as_array().unwrap();
    let mut fields = fields.iter();
    fields.any(|one| one["name"] == field && one["value"] == "yandex")
}

#[tokio::test]
async fn a_source_field_that_a_manager_renames_goes_on_being_filled() {
    let pair = at_work(Pair::start().await).await;
    let id = field(&pair, "Источник").await;
    let renamed = attribute::Update {
        name: Some("Откуда клиент".into()),
        ..attribute::Update::default()
    };
    let fields = client(&pair).customer_orders().attributes();
    fields.update(id, renamed).send().await.unwrap();
    pair.advance(Duration::from_hours(2));

    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert!(tells_source(&pair.order(&call_key(2)), "Откуда клиент"));
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn a_source_field_that_is_removed_holds_up_new_orders_until_it_is_made_anew() {
    let pair = at_work(Pair::start().await).await;
    let id = field(&pair, "Источник").await;
    let fields = client(&pair).customer_orders().attributes();
    fields.delete(id).send().await.unwrap();

    let report = pair.cycle().await;

    assert_eq!(report.dead_letters.len(), 1);
    assert_eq!(report.dead_letters[0].step, Step::Order);
    assert_rest_goes_on(&pair);
    pair.advance(Duration::from_mins(10));
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert!(tells_source(&pair.order(&call_key(2)), "Источник"));
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn a_source_field_that_may_not_be_made_is_named_and_only_new_orders_wait() {
    let mut pair = at_work(Pair::start().await).await;
    pair.config.orders.create_missing_fields = false;
    let id = field(&pair, "Канал").await;
    let fields = client(&pair).customer_orders().attributes();
    fields.delete(id).send().await.unwrap();
    pair.advance(Duration::from_hours(2));

    let error = pair.try_cycle().await.unwrap_err();

    assert!(error.is_config(), "{error}");
    for named in ["«Канал»", "create_missing_fields", "new orders wait"] {
        assert!(error.to_string().contains(named), "{error}");
    }
    let report = error.report().unwrap();
    assert_eq!((report.deals.closed, report.orders.created), (1, 0));
    assert!(report.requests.moysklad > 0);
    assert_rest_goes_on(&pair);
    pair.config.orders.create_missing_fields = true;
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn a_new_mandatory_field_buries_new_orders_under_its_name_until_it_is_optional() {
    let pair = at_work(Pair::start().await).await;
    let fields = client(&pair).customer_orders().attributes();
    let new = attribute::New::new("Договор №", AttributeKind::String).required(true);
    let id = fields.create(new).send().await.unwrap().id;

    let report = pair.cycle().await;

    assert_eq!(report.dead_letters.len(), 1);
    let letter = &report.dead_letters[0];
    assert_eq!(
        (letter.key.to_string(), letter.step),
        (call_key(2), Step::Order)
    );
    assert!(letter.reason.contains("Договор №"), "{}", letter.reason);
    assert!(
        letter.reason.chars().any(|c| c.is_ascii_digit()),
        "{}",
        letter.reason
    );
    assert_rest_goes_on(&pair);

    let optional = attribute::Update {
        required: Some(false),
        ..attribute::Update::default()
    };
    fields.update(id, optional).send().await.unwrap();
    pair.advance(Duration::from_mins(10));
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn an_initial_state_that_is_removed_is_named_and_only_new_orders_wait() {
    let mut pair = Pair::start().await;
    pair.config.orders.initial_state = Some("Подтвержден".into());
    let pair = at_work(pair).await;
    let states = client(&pair).customer_orders().states();
    let id = state(&pair, "Подтвержден").await;
    states.delete(id).send().await.unwrap();

    // The account was read less than an hour ago, so the first order meets the change.
    let report = pair.cycle().await;
    assert_eq!(report.dead_letters.len(), 1);
    assert_rest_goes_on(&pair);
    pair.fill_order(&call_key(1), 45_600);
    pair.advance(Duration::from_hours(1));
    let error = pair.try_cycle().await.unwrap_err();

    for named in ["`orders.initial_state`", "«Подтвержден»", "«Отгружен»"] {
        assert!(error.to_string().contains(named), "{error}");
    }
    assert_eq!(pair.deal(&call_key(1))["revenue"], "456");
    assert_eq!(pair.orders().len(), 1);

    let again = state::New::new("Подтвержден", 255, StateType::Regular);
    states.create(again).send().await.unwrap();
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_eq!(pair.order(&call_key(2))["externalCode"], call_key(2));
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn the_usual_initial_state_that_is_removed_gives_way_to_the_first_one() {
    let pair = at_work(Pair::start().await).await;
    let states = client(&pair).customer_orders().states();
    let id = state(&pair, "Новый").await;
    states.delete(id).send().await.unwrap();

    let report = pair.cycle().await;
    assert_eq!((report.orders.created, report.dead_letters.len()), (0, 1));
    assert_rest_goes_on(&pair);
    pair.advance(Duration::from_mins(10));
    assert_eq!(pair.cycle().await.orders.created, 1);

    let first = state(&pair, "Подтвержден").await.to_string();
    assert_eq!(tests::id_of(&pair.order(&call_key(2))["state"]), first);
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn an_organization_that_is_archived_is_named_and_only_new_orders_wait() {
    let mut pair = Pair::start().await;
    let second = json!({"name": "ООО Вторая"});
    let second = pair.moysklad.add("organization", second).unwrap();
    let id: Id<organization::Organization> = second["id"].as_str().unwrap().parse().unwrap();
    pair.config.orders.organization = Some("ООО Вторая".into());
    let pair = at_work(pair).await;
    let archive = |archived| {
        let update = organization::Update {
            archived: Some(archived),
            ..organization::Update::default()
        };
        client(&pair).organizations().update(id, update).send()
    };
    archive(true).await.unwrap();
    pair.advance(Duration::from_hours(2));

    let error = pair.try_cycle().await.unwrap_err();

    for named in ["`orders.organization`", "«ООО Вторая»", "«Моя организация»"]
    {
        assert!(error.to_string().contains(named), "{error}");
    }
    assert_rest_goes_on(&pair);
    archive(false).await.unwrap();
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_all_carried(&pair).await;
}

#[tokio::test]
async fn an_organization_that_is_renamed_is_missed_within_the_hour_by_a_sync_that_runs_on() {
    let mut pair = Pair::start().await;
    let second = json!({"name": "ООО Вторая"});
    let second = pair.moysklad.add("organization", second).unwrap();
    pair.config.orders.organization = Some("ООО Вторая".into());
    let pair = at_work(pair).await;
    let sync = pair.sync().await;
    assert_eq!(sync.run_once().await.unwrap().orders.created, 1);
    let rename = json!({"name": "ООО Новая"});
    let id = second["id"].as_str().unwrap();
    pair.moysklad.edit("organization", id, rename).unwrap();

    // Its id is known, so an order can still be made.
    pair.call(call(3, "79150000001"));
    assert_eq!(sync.run_once().await.unwrap().orders.created, 1);
    pair.call(call(4, "79150000001"));
    pair.advance(Duration::from_hours(2));
    let error = sync.run_once().await.unwrap_err();

    assert!(error.to_string().contains("«ООО Новая»"), "{error}");
    assert_eq!(pair.orders().len(), 3);
    let back = json!({"name": "ООО Вторая"});
    pair.moysklad.edit("organization", id, back).unwrap();
    assert_eq!(sync.run_once().await.unwrap().orders.created, 1);
}

#[tokio::test]
async fn a_wrong_setting_costs_few_requests_and_makes_no_customer() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.config.orders.organization = Some("ООО Нет".into());

    for _ in 0..5 {
        assert!(pair.try_cycle().await.unwrap_err().is_config());
    }

    assert!(
        pair.moysklad.stats().requests <= 5 * 4,
        "{:?}",
        pair.moysklad.stats()
    );
    assert_eq!(pair.moysklad.all("counterparty"), Vec::<Value>::new());
}
