//! Each setting of orders, counterparties and deals has the effect it promises.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use ct_ms_sync::config::{FieldValue, OnKnownCounterparty, OnMatch, StateKind, WithoutPhone};
use ct_ms_sync::{LeftOut, Outcome};
use moysklad_api::attribute::{self, AttributeKind};
use serde_json::{Value, json};
use tests::seed::{SITE, call, call_key, request, request_key, with};
use tests::{Pair, id_of};

/// Adds an object to МойСклад; returns its id.
fn add(pair: &Pair, entity_type: &str, object: Value) -> String {
    let added = pair.moysklad.add(entity_type, object).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

/// The value of a custom field of an order.
fn field(order: &Value, name: &str) -> Value {
    let fields = order["attributes"].as_array().cloned().unwrap_or_default();
    fields
        .into_iter()
        .find(|field| field["name"] == name)
        .map_or(Value::Null, |field| field["value"].clone())
}

fn template(text: &str) -> FieldValue {
    FieldValue::Template(text.into())
}

#[tokio::test]
async fn new_orders_refer_to_what_the_settings_name() {
    let mut pair = Pair::start().await;
    let store = add(&pair, "store", json!({"name": "Склад рекламы"}));
    let channel = add(
        &pair,
        "saleschannel",
        json!({"name": "Сайт", "type": "ECOMMERCE"}),
    );
    let project = add(&pair, "project", json!({"name": "Реклама"}));
    let owner = add(
        &pair,
        "employee",
        json!({"lastName": "Орлова", "firstName": "Анна"}),
    );
    let owner_name = pair.moysklad.get("employee", &owner).unwrap()["name"].clone();
    let group = add(&pair, "group", json!({"name": "Продажи"}));
    let orders = &mut pair.config.orders;
    orders.store = Some("Склад рекламы".into());
    orders.sales_channel = Some(channel.clone());
    orders.project = Some("Реклама".into());
    orders.owner = Some(owner_name.as_str().unwrap().to_owned());
    orders.group = Some("Продажи".into());
    pair.call(call(1, "79150000001"));

    assert_eq!(pair.cycle().await.orders.created, 1);

    let order = pair.order(&call_key(1));
    for (reference, id) in [
        ("store", store),
        ("salesChannel", channel),
        ("project", project),
        ("owner", owner),
        ("group", group),
    ] {
        assert_eq!(id_of(&order[reference]), id, "{reference}");
    }
    assert!(pair.sync().await.check().await.is_good());
}

#[tokio::test]
async fn a_reference_that_is_gone_stops_new_orders_alone_and_is_named() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    add(&pair, "store", json!({"name": "Склад рекламы"}));
    pair.config.orders.store = Some("Старый склад".into());
    pair.call(call(2, "79150000002"));
    pair.move_order(&call_key(1), "Собран");

    let error = pair.try_cycle().await.unwrap_err();

    let text = error.to_string();
    assert!(error.is_config());
    for part in ["`orders.store`", "«Старый склад»", "«Склад рекламы»"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(pair.deal(&call_key(1))["status"], "Собран");
    assert_eq!(pair.orders().len(), 1);
    let check = pair.sync().await.check().await;
    assert!(check.has(Outcome::Wrong), "{check}");

    // The remedy works at once.
    add(&pair, "store", json!({"name": "Старый склад"}));
    assert_eq!(pair.cycle().await.orders.created, 1);
}

#[tokio::test]
async fn names_and_comments_come_from_the_templates() {
    let mut pair = Pair::start().await;
    pair.config.counterparties.name = Some("{{ name or phone_e164 }} ({{ source }})".into());
    pair.config.orders.name = Some("CT-{{ kind }}-{{ id }}".into());
    pair.config.orders.call_comment = "Звонок {{ date }}, кампания {{ utm_campaign }}".into();
    pair.config.orders.request_comment = String::new();
    pair.call(call(1, "79150000001"));
    pair.request(request(2, "Анна", "79150000002", ""));

    assert_eq!(pair.cycle().await.orders.created, 2);

    let order = pair.order(&call_key(1));
    assert_eq!(order["name"], "CT-call-1");
    assert_eq!(order["description"], "Звонок 20.11.2026, кампания autumn");
    assert_eq!(pair.agent(&call_key(1))["name"], "+79150000001 (yandex)");
    let order = pair.order(&request_key(2));
    assert_eq!(order["name"], "CT-request-2");
    assert_eq!(order["description"], Value::Null);
    assert_eq!(pair.agent(&request_key(2))["name"], "Анна (google)");
}

#[tokio::test]
async fn the_field_map_adds_fields_and_switches_usual_ones_off() {
    let mut pair = Pair::start().await;
    let fields = pair.moysklad_client().customer_orders().attributes();
    for (name, kind) in [
        ("Секунды", AttributeKind::Long),
        ("Когда", AttributeKind::Time),
        ("Вес", AttributeKind::Double),
    ] {
        let new = attribute::New::new(name, kind);
        fields.create(new).send().await.unwrap();
    }
    let map = &mut pair.config.orders.fields;
    map.insert("Рекламная кампания".into(), template("utm_campaign"));
    map.insert("Секунды".into(), template("duration"));
    map.insert("Когда".into(), template("moment"));
    map.insert("Вес".into(), template("{{ source }}"));
    map.insert("medium".into(), template("{{ medium | upper }}"));
    map.insert("utm_source".into(), FieldValue::Off);
    pair.call(with(call(1, "79150000001"), json!({"duration": 95})));
    pair.call(with(call(2, "79150000002"), json!({"utmCampaign": ""})));

    let check = pair.sync().await.check().await.to_string();
    assert!(check.contains("«Рекламная кампания»"), "{check}");
    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert_eq!(report.orders.created, 2);
    let order = pair.order(&call_key(1));
    assert_eq!(field(&order, "Рекламная кампания"), "autumn");
    assert_eq!(field(&order, "Секунды"), 95);
    assert_eq!(field(&order, "Когда"), "2026-11-20 09:01:00.000");
    assert_eq!(field(&order, "Вес"), Value::Null);
    assert_eq!(field(&order, "Канал"), "CPC");
    assert_eq!(field(&order, "Источник"), "yandex");
    assert_eq!(
        report.warnings,
        [format!(
            "the custom field «Вес» takes numbers; other values are left out (2 leads, the first is {})",
            call_key(1)
        )]
    );
    let order = pair.order(&call_key(2));
    assert_eq!(field(&order, "Рекламная кампания"), Value::Null);
    let there = fields.list().send().await.unwrap();
    assert!(there.iter().all(|one| one.name != "utm_source"));
    let check = pair.sync().await.check().await;
    assert!(
        check.is_good() && check.to_string().contains("«Секунды» takes whole numbers"),
        "{check}"
    );
}

#[tokio::test]
async fn a_misspelt_state_is_named_and_everything_else_goes_on() {
    let mut pair = Pair::start().await;
    pair.config.deals.success_states = vec!["Атгружен".into()];
    pair.config
        .deals
        .status_by_state
        .insert("Сабран".into(), "PACKED".into());
    pair.call(call(1, "79150000001"));

    let report = pair.cycle().await;

    assert_eq!((report.orders.created, report.deals.created), (1, 1));
    assert_eq!(report.warnings.len(), 2, "{:?}", report.warnings);
    assert!(report.warnings[0].contains("«Атгружен»"));
    assert!(report.warnings[1].contains("«Сабран»"));
    let check = pair.sync().await.check().await;
    let text = check.to_string();
    assert!(check.has(Outcome::Wrong));
    assert!(text.contains("«Атгружен»") && text.contains("«Сабран»"));
}

#[tokio::test]
async fn a_renamed_initial_state_stops_new_orders_and_nothing_else() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.config.orders.initial_state = Some("Входящий".into());
    pair.call(call(2, "79150000002"));
    pair.move_order(&call_key(1), "Доставлен");

    let error = pair.try_cycle().await.unwrap_err();

    assert!(error.is_config() && error.to_string().contains("«Входящий»"));
    assert_eq!(pair.deal(&call_key(1))["status"], "COMPLETED");
    assert_eq!(pair.orders().len(), 1);
    assert_eq!(pair.moysklad.all("counterparty").len(), 1);
    pair.config.orders.initial_state = None;
    assert_eq!(pair.cycle().await.orders.created, 1);
}

#[tokio::test]
async fn deals_follow_types_and_silent_states() {
    let mut pair = Pair::start().await;
    for id in 1..=4 {
        pair.call(call(id, "79150000001"));
    }
    pair.cycle().await;
    let deals = &mut pair.config.deals;
    deals.silent_states = vec!["Собран".into()];
    deals.success_by_type = false;
    deals.success_states = vec!["Отгружен".into()];
    deals
        .status_by_state_type
        .insert(StateKind::Unsuccessful, "LOST".into());
    for (id, state) in [
        (1, "Собран"),
        (2, "Отменен"),
        (3, "Доставлен"),
        (4, "Отгружен"),
    ] {
        pair.move_order(&call_key(id), state);
    }

    let report = pair.cycle().await;

    assert_eq!((report.deals.closed, report.deals.updated), (1, 2));
    let status = |id| pair.deal(&call_key(id))["status"].clone();
    assert_eq!(
        [status(1), status(2), status(3), status(4)],
        ["PENDING", "LOST", "Доставлен", "COMPLETED"]
    );
    pair.move_order(&call_key(1), "Подтвержден");
    pair.cycle().await;
    assert_eq!(pair.deal(&call_key(1))["status"], "Подтвержден");
}

#[tokio::test]
async fn a_deleted_order_is_told_even_while_its_state_is_silent() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.config.deals.silent_states = vec!["Новый".into()];
    pair.config.deals.status_on_delete = "УДАЛЁН".into();
    let order = pair.order_id(&call_key(1));
    pair.moysklad.trash("customerorder", &order).unwrap();

    pair.cycle().await;

    assert_eq!(pair.deal(&call_key(1))["status"], "УДАЛЁН");
}

#[tokio::test]
async fn leads_without_a_phone_go_where_the_settings_say() {
    for policy in [
        WithoutPhone::OwnCounterparty,
        WithoutPhone::SharedCounterparty,
        WithoutPhone::LeaveOut,
    ] {
        let mut pair = Pair::start().await;
        pair.config.leads.hidden_number = policy;
        pair.config.leads.name_only = policy;
        pair.config.leads.email_only = policy;
        pair.call(call(1, ""));
        pair.request(request(2, "Анна", "", ""));
        pair.request(request(3, "Борис", "", "boris@mail.example"));
        pair.call(call(4, "79150000001"));

        let first = pair.cycle().await;
        pair.call(call(5, "anonymous"));
        let second = pair.cycle().await;

        let customers = pair.moysklad.all("counterparty");
        match policy {
            WithoutPhone::OwnCounterparty => {
                assert_eq!((first.orders.created, second.orders.created), (4, 1));
                assert_eq!(customers.len(), 5);
                assert_eq!(pair.agent(&request_key(3))["email"], "boris@mail.example");
            }
            WithoutPhone::SharedCounterparty => {
                assert_eq!((first.orders.created, second.orders.created), (4, 1));
                assert_eq!(customers.len(), 2);
                assert_eq!(second.counterparties.created, 0);
                for key in [call_key(1), request_key(2), request_key(3), call_key(5)] {
                    assert_eq!(pair.agent(&key)["name"], "Скрытый номер");
                    let code = format!("ct-{SITE}-hidden");
                    assert_eq!(pair.agent(&key)["externalCode"], code);
                }
            }
            WithoutPhone::LeaveOut => {
                assert_eq!((first.orders.created, second.orders.created), (1, 0));
                for (rule, leads) in [
                    (LeftOut::HiddenNumber, 1),
                    (LeftOut::NameOnly, 1),
                    (LeftOut::EmailOnly, 1),
                ] {
                    assert_eq!(first.leads.left_out_by[&rule], leads, "{rule:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn only_empty_contacts_of_a_known_customer_are_filled() {
    let mut pair = Pair::start().await;
    pair.config.counterparties.on_match = OnMatch::FillEmpty;
    let by_phone = add(
        &pair,
        "counterparty",
        json!({"name": "Анна", "phone": "8 915 000-00-01"}),
    );
    let by_email = add(
        &pair,
        "counterparty",
        json!({"name": "Борис", "email": "boris@mail.example"}),
    );
    let full = add(
        &pair,
        "counterparty",
        json!({"name": "Вера", "phone": "+7 915 000 00 03", "email": "vera@mail.example"}),
    );
    pair.request(request(1, "Аня", "79150000001", "anna@mail.example"));
    pair.request(request(2, "Боря", "79150000002", "boris@mail.example"));
    pair.request(request(3, "Вера", "79150000003", "other@mail.example"));
    // What is filled in counts from then on, in the same cycle too.
    pair.request(request(4, "Аня", "", "anna@mail.example"));

    let report = pair.cycle().await;

    assert_eq!(
        (
            report.counterparties.matched,
            report.counterparties.filled,
            report.counterparties.created
        ),
        (4, 2, 0)
    );
    let customer = |id: &str| pair.moysklad.get("counterparty", id).unwrap();
    assert_eq!(customer(&by_phone)["name"], "Анна");
    assert_eq!(customer(&by_phone)["phone"], "8 915 000-00-01");
    assert_eq!(customer(&by_phone)["email"], "anna@mail.example");
    assert_eq!(customer(&by_email)["phone"], "+79150000002");
    assert_eq!(customer(&full)["email"], "vera@mail.example");
    assert_eq!(id_of(&pair.order(&request_key(4))["agent"]), by_phone);
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn a_contact_person_leads_to_its_customer() {
    let pair = Pair::start().await;
    let company = add(
        &pair,
        "counterparty",
        json!({"name": "ООО Вектор", "phone": "8 495 000-00-00", "contactpersons": [
            {"name": "Мария", "phone": "8 (915) 000-00-01"},
            {"name": "Олег", "email": "Oleg@Vector.example"},
        ]}),
    );
    pair.call(call(1, "79150000001"));
    pair.request(request(2, "Олег", "", "oleg@vector.example"));
    pair.request(request(3, "Олег", "79150000009", ""));

    let report = pair.cycle().await;

    assert_eq!(report.counterparties.created, 1);
    for key in [call_key(1), request_key(2)] {
        assert_eq!(id_of(&pair.order(&key)["agent"]), company);
    }
}

#[tokio::test]
async fn an_archived_or_rewritten_customer_gets_no_new_orders_whatever_the_store_knows() {
    for change in [json!({"archived": true}), json!({"phone": "+79269999999"})] {
        let mut pair = Pair::start().await;
        pair.call(call(1, "79150000001"));
        pair.cycle().await;
        let first = pair.agent(&call_key(1))["id"].as_str().unwrap().to_owned();
        pair.moysklad
            .edit("counterparty", &first, change.clone())
            .unwrap();
        pair.call(call(2, "79150000001"));

        let report = pair.cycle().await;
        assert_eq!(report.counterparties.created, 1, "{change}");
        let second = pair.agent(&call_key(2))["id"].as_str().unwrap().to_owned();
        assert_ne!(second, first);
        pair.call(call(3, "79150000001"));
        pair.cycle().await;
        assert_eq!(pair.agent(&call_key(3))["id"], second.as_str());

        // A store begun anew over the same leads ends with the same customers.
        pair.lose_store();
        let report = pair.cycle().await;
        assert_eq!(report.dead_letters, [], "{change}");
        assert_eq!(pair.moysklad.all("counterparty").len(), 2, "{change}");
        assert_eq!(pair.orders().len(), 3, "{change}");
    }
}

#[tokio::test]
async fn a_lost_store_makes_no_customer_more_for_a_lead_whose_customer_was_archived() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    let customer = pair.agent(&call_key(1))["id"].as_str().unwrap().to_owned();
    pair.moysklad
        .edit("counterparty", &customer, json!({"archived": true}))
        .unwrap();

    pair.lose_store();
    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert_eq!(pair.moysklad.all("counterparty").len(), 1);
    assert_eq!(pair.orders().len(), 1);
}

#[tokio::test]
async fn a_lead_of_a_customer_that_was_merged_away_goes_to_the_one_that_is_left() {
    let pair = Pair::start().await;
    let old = add(
        &pair,
        "counterparty",
        json!({"name": "Анна", "phone": "79150000001"}),
    );
    pair.call(call(1, "79150000002"));
    pair.cycle().await;
    // Merging moves the contacts to one customer and removes the other.
    pair.moysklad.remove("counterparty", &old).unwrap();
    let left = add(
        &pair,
        "counterparty",
        json!({"name": "Анна Орлова", "phone": "79150000001"}),
    );
    pair.call(call(2, "79150000001"));

    pair.cycle().await;
    pair.advance(Duration::from_mins(10));
    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert_eq!(id_of(&pair.order(&call_key(2))["agent"]), left);
    assert_eq!(pair.orders().len(), 2);
}

/// Two customers, one with an open order of a manager.
async fn joining() -> (Pair, String) {
    let mut pair = Pair::start().await;
    pair.config.orders.on_known_counterparty = OnKnownCounterparty::JoinOpen;
    let customer = add(
        &pair,
        "counterparty",
        json!({"name": "Анна", "phone": "79150000001"}),
    );
    let organization = pair.moysklad.all("organization")[0]["meta"].clone();
    let meta = pair.moysklad.get("counterparty", &customer).unwrap()["meta"].clone();
    let order = add(
        &pair,
        "customerorder",
        json!({"organization": {"meta": organization}, "agent": {"meta": meta}}),
    );
    (pair, order)
}

#[tokio::test]
async fn a_lead_of_a_known_customer_joins_its_open_order_and_the_deal_follows_it() {
    let (pair, order) = joining().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.call(call(3, "79150000002"));

    let report = pair.cycle().await;

    assert_eq!((report.orders.created, report.orders.joined), (1, 2));
    assert_eq!(report.deals.created, 3);
    assert_eq!(pair.orders().len(), 2);
    pair.moysklad.set_order_state(&order, "Собран").unwrap();
    pair.move_order(&call_key(2), "Доставлен");
    pair.cycle().await;
    let status = |id| pair.deal(&call_key(id))["status"].clone();
    assert_eq!(
        [status(1), status(2), status(3)],
        ["Собран", "COMPLETED", "COMPLETED"]
    );

    // A done order is joined by nobody, an open one still is.
    pair.call(call(4, "79150000002"));
    pair.call(call(5, "79150000001"));
    let report = pair.cycle().await;
    assert_eq!((report.orders.created, report.orders.joined), (1, 1));
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn nobody_joins_the_order_of_a_stranger_with_a_hidden_number() {
    let mut pair = Pair::start().await;
    pair.config.orders.on_known_counterparty = OnKnownCounterparty::JoinOpen;
    pair.config.leads.hidden_number = WithoutPhone::SharedCounterparty;
    for id in 1..=3 {
        pair.call(call(id, ""));
    }
    assert_eq!(pair.cycle().await.orders.created, 3);
    pair.call(call(4, ""));
    let report = pair.cycle().await;
    assert_eq!((report.orders.created, report.orders.joined), (1, 0));
}

#[tokio::test]
async fn joining_costs_few_requests_however_many_leads_there_are() {
    let mut pair = Pair::start().await;
    pair.config.orders.on_known_counterparty = OnKnownCounterparty::JoinOpen;
    for id in 0..1000 {
        pair.call(call(id, &format!("7915{:07}", id % 900)));
    }

    let report = pair.cycle().await;

    assert_eq!((report.orders.created, report.orders.joined), (900, 100));
    assert!(
        report.requests.calltouch + report.requests.moysklad <= 20,
        "{:?}",
        report.requests
    );
}

#[tokio::test]
async fn a_lost_answer_while_joining_makes_no_second_order_and_loses_no_lead() {
    use moysklad_api::emulator::{Fault, FaultKind};

    for kind in [FaultKind::DropBeforeCommit, FaultKind::DropAfterCommit] {
        let (pair, order) = joining().await;
        for id in 1..=4 {
            let number = if id == 1 {
                "79150000001"
            } else {
                "79150000002"
            };
            pair.call(call(id, number));
        }
        let fault = Fault::new("POST /entity/customerorder").kind(kind);
        pair.moysklad.add_fault(fault.times(1));

        // One attempt: each fault is left to the next cycle, as a crash would be.
        pair.cycle().await;
        // Meanwhile somebody begins a younger order for the customer.
        let agents = pair.moysklad.all("counterparty");
        let agent = agents
            .iter()
            .find(|agent| agent["phone"] == "+79150000002")
            .unwrap();
        let organization = pair.moysklad.all("organization")[0]["meta"].clone();
        add(
            &pair,
            "customerorder",
            json!({"organization": {"meta": organization}, "agent": {"meta": agent["meta"]}}),
        );
        pair.cycle().await;
        let report = pair.cycle().await;

        assert!(report.wrote_nothing(), "{report}");
        assert_eq!(report.dead_letters, []);
        let of_leads = pair.orders();
        let codes: Vec<&str> = of_leads
            .iter()
            .filter_map(|order| order["externalCode"].as_str())
            .filter(|code| code.starts_with("ct-"))
            .collect();
        assert_eq!(codes, [call_key(2)], "one order for three leads");
        pair.moysklad.set_order_state(&order, "Собран").unwrap();
        pair.move_order(&call_key(2), "Доставлен");
        pair.cycle().await;
        let status = |id| pair.deal(&call_key(id))["status"].clone();
        assert_eq!(
            [status(1), status(2), status(3), status(4)],
            ["Собран", "COMPLETED", "COMPLETED", "COMPLETED"]
        );
    }
}
