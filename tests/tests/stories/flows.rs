//! Each flow and each setting has the effect it promises.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use ct_ms_sync::config::{Budget, LegalForm, MatchBy, Select};
use ct_ms_sync::{LeftOut, Step};
use serde_json::json;
use tests::Pair;
use tests::seed::{call, call_key, request, request_key, with};

#[tokio::test]
async fn a_paused_flow_leaves_its_leads_until_it_runs_again() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.request(request(10, "Анна", "", "anna@mail.example"));
    pair.config.flows.calls = false;

    let report = pair.cycle().await;
    assert_eq!((report.leads.new, report.orders.created), (1, 1));
    assert_eq!(
        pair.order(&request_key(10))["externalCode"],
        request_key(10)
    );

    pair.config.flows.calls = true;
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_eq!(pair.order(&call_key(1))["externalCode"], call_key(1));
}

#[tokio::test]
async fn a_paused_update_is_told_when_its_flow_runs_again() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.cycle().await;
    pair.config.flows.order_updates = false;
    pair.config.flows.order_closing = false;
    pair.move_order(&call_key(1), "Собран");
    pair.move_order(&call_key(2), "Доставлен");
    assert!(pair.cycle().await.wrote_nothing());

    pair.config.flows.order_closing = true;
    assert_eq!(pair.cycle().await.deals.closed, 1);
    pair.config.flows.order_updates = true;
    assert_eq!(pair.cycle().await.deals.updated, 1);
}

#[tokio::test]
async fn a_call_is_carried_once_it_has_ended() {
    let pair = Pair::start().await;
    pair.call(with(
        call(1, "79150000001"),
        json!({"callphase": "callconnected"}),
    ));
    assert_eq!(pair.cycle().await.leads.seen, 0);

    pair.calltouch
        .update_call(1, json!({"callphase": "calldisconnected"}));
    assert_eq!(pair.cycle().await.orders.created, 1);
}

#[tokio::test]
async fn a_lead_without_any_contact_still_becomes_an_order_of_its_own_customer() {
    let pair = Pair::start().await;
    pair.call(call(1, ""));
    pair.call(call(2, "anonymous"));
    pair.request(request(10, "Некто", "", ""));

    let report = pair.cycle().await;

    assert_eq!(
        (report.orders.created, report.counterparties.created),
        (3, 3)
    );
    assert_eq!(pair.agent(&request_key(10))["name"], "Некто");
    assert_eq!(
        pair.order(&call_key(1))["description"],
        "Заказ по звонку из Calltouch с номера скрыт"
    );
}

#[tokio::test]
async fn the_sources_of_a_lead_stand_on_its_order() {
    let pair = Pair::start().await;
    let tags = json!([
        {"category": "", "type": "AUTO-PN", "names": ["динамика"]},
        {"category": "", "type": "MANUAL", "names": ["Лид"]},
        {"category": "", "type": "AUTO-CT", "names": ["Отдел продаж", "Последний"]},
    ]);
    pair.call(with(
        call(1, "79150000001"),
        json!({"callTags": tags, "utmCampaign": "x".repeat(300), "clientId": "1.2", "medium": "(none)"}),
    ));
    pair.cycle().await;

    let order = pair.order(&call_key(1));
    let fields = order["attributes"].as_array().unwrap();
    let value = |name: &str| {
        fields
            .iter()
            .find(|field| field["name"] == name)
            .map(|field| field["value"].as_str().unwrap())
    };
    assert_eq!(value("Источник"), Some("yandex"));
    assert_eq!(value("Канал"), None, "a placeholder is no value");
    assert_eq!(value("utm_term"), None);
    assert_eq!(value("Google Client ID"), Some("1.2"));
    assert_eq!(value("Теги"), Some("Отдел продаж | Последний | динамика"));
    assert_eq!(value("utm_campaign").unwrap().chars().count(), 255);
}

#[tokio::test]
async fn each_rule_leaves_out_what_it_names_and_says_so() {
    let mut pair = Pair::start().await;
    pair.call(with(
        call(1, "79150000001"),
        json!({"targetCall": true, "duration": 60}),
    ));
    pair.call(with(
        call(2, "79150000002"),
        json!({"targetCall": false, "duration": 60}),
    ));
    pair.call(with(
        call(3, "79150000003"),
        json!({"targetCall": true, "duration": 5}),
    ));
    pair.call(with(
        call(4, "79150000004"),
        json!({"targetCall": true, "duration": 60, "source": "avito.ru"}),
    ));
    pair.config.leads.select = Select::Target;
    pair.config.leads.min_duration_seconds = 10;
    pair.config.leads.excluded_sources = vec!["avito.ru".into()];

    let report = pair.cycle().await;

    assert_eq!(
        (
            report.leads.seen,
            report.leads.left_out,
            report.orders.created
        ),
        (4, 3, 1)
    );
    for rule in [
        LeftOut::Select,
        LeftOut::MinDuration,
        LeftOut::ExcludedSource,
    ] {
        assert_eq!(report.leads.left_out_by[&rule], 1, "{rule:?}");
    }
    // A mark that Calltouch sets later brings the lead in.
    pair.calltouch.update_call(2, json!({"targetCall": true}));
    assert_eq!(pair.cycle().await.orders.created, 1);
}

#[tokio::test]
async fn customers_are_met_by_what_the_settings_name() {
    for (rule, counterparties) in [
        (MatchBy::Phone, 3),
        (MatchBy::Email, 2),
        (MatchBy::PhoneOrEmail, 1),
        (MatchBy::Off, 4),
    ] {
        let mut pair = Pair::start().await;
        pair.request(request(1, "Анна", "79150000001", "a@b.example"));
        pair.request(request(2, "Анна", "8 915 000-00-01", ""));
        pair.request(request(3, "Анна", "", "A@b.example"));
        pair.request(request(4, "Анна", "79150000009", "a@b.example"));
        pair.config.counterparties.match_requests_by = rule;

        let report = pair.cycle().await;

        assert_eq!(report.counterparties.created, counterparties, "{rule:?}");
        assert_eq!(report.orders.created, 4);
    }
}

#[tokio::test]
async fn of_several_customers_with_one_phone_the_oldest_in_use_gets_the_order() {
    let mut pair = Pair::start().await;
    let add = |name: &str, archived: bool| {
        let customer = json!({"name": name, "phone": "+7 915 000-00-01", "archived": archived});
        pair.moysklad.add("counterparty", customer).unwrap();
        pair.moysklad.advance(std::time::Duration::from_secs(1));
    };
    add("archived", true);
    add("old", false);
    add("young", false);
    pair.call(call(1, "79150000001"));

    let report = pair.cycle().await;

    assert_eq!(pair.agent(&call_key(1))["name"], "old");
    assert_eq!(report.ambiguous.len(), 1);
    assert_eq!(report.ambiguous[0].counterparties.len(), 2);
    pair.config.counterparties.match_archived = true;
    pair.call(call(2, "79150000001"));
    assert_eq!(pair.cycle().await.ambiguous[0].counterparties.len(), 3);
}

#[tokio::test]
async fn new_orders_are_made_as_the_settings_say() {
    let mut pair = Pair::start().await;
    let second = pair
        .moysklad
        .add("organization", json!({"name": "ООО Вторая"}))
        .unwrap();
    pair.call(call(1, "79150000001"));
    let error = pair.try_cycle().await.unwrap_err();
    assert!(
        error.is_config() && error.to_string().contains("«ООО Вторая»"),
        "{error}"
    );

    pair.config.orders.organization = Some("ООО Вторая".into());
    pair.config.orders.initial_state = Some("Подтвержден".into());
    pair.config.counterparties.legal_form = LegalForm::Legal;
    pair.config.deals.status_on_creation = "НОВАЯ".into();
    assert_eq!(pair.cycle().await.orders.created, 1);

    let order = pair.order(&call_key(1));
    assert_eq!(
        tests::id_of(&order["organization"]),
        second["id"].as_str().unwrap()
    );
    assert_eq!(pair.state_name(&order), "Подтвержден");
    assert_eq!(pair.agent(&call_key(1))["companyType"], "legal");
    assert_eq!(pair.deal(&call_key(1))["status"], "НОВАЯ");

    for (setting, wrong) in [("organization", "ООО Нет"), ("initial_state", "Нет")] {
        let mut config = pair.config.clone();
        match setting {
            "organization" => config.orders.organization = Some(wrong.into()),
            _ => config.orders.initial_state = Some(wrong.into()),
        }
        pair.config = config;
        let error = pair.try_cycle().await.unwrap_err();
        assert!(
            error.is_config()
                && error.to_string().contains(setting)
                && error.to_string().contains(wrong),
            "{error}"
        );
        pair.config.orders.organization = Some("ООО Вторая".into());
    }
}

#[tokio::test]
async fn deals_say_what_the_settings_map() {
    let mut pair = Pair::start().await;
    for id in 1..=4 {
        pair.call(call(id, "79150000001"));
    }
    pair.cycle().await;
    pair.config.deals.success_states = vec!["Отгружен".into()];
    pair.config.deals.status_on_failure = Some("CANCELED".into());
    pair.config
        .deals
        .status_by_state
        .insert("Собран".into(), "PACKED".into());
    pair.config.deals.budget = Budget::PaidSum;
    pair.config.deals.paid_sum_field = "oplata".into();
    pair.fill_order(&call_key(1), 100_000);
    pair.pay(&call_key(1), 40_000);
    for (id, state) in [
        (1, "Отгружен"),
        (2, "Отменен"),
        (3, "Собран"),
        (4, "Подтвержден"),
    ] {
        pair.move_order(&call_key(id), state);
    }

    let report = pair.cycle().await;

    assert_eq!((report.deals.closed, report.deals.updated), (1, 3));
    let status = |id| pair.deal(&call_key(id))["status"].clone();
    assert_eq!(
        [status(1), status(2), status(3), status(4)],
        ["COMPLETED", "CANCELED", "PACKED", "Подтвержден"]
    );
    assert_eq!(pair.deal(&call_key(1))["revenue"], "400");
    assert_eq!(
        pair.deal(&call_key(1))["customFields"],
        json!([{"field": "oplata", "value": "400"}])
    );
}

#[tokio::test]
async fn an_earlier_start_brings_the_days_before_in() {
    let mut pair = Pair::start().await;
    let old = with(
        call(1, "79150000001"),
        json!({"date": "01/11/2026 10:00:00"}),
    );
    pair.call(old);
    pair.call(call(2, "79150000002"));
    assert_eq!(pair.cycle().await.leads.new, 1);

    pair.config.leads.since = Some("2026-11-01".parse().unwrap());
    assert_eq!(pair.cycle().await.orders.created, 1);
}

#[tokio::test]
async fn a_removed_field_is_made_anew_and_makes_no_second_customer() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    let fields = pair.moysklad_client().customer_orders().attributes();
    let source = fields
        .list()
        .send()
        .await
        .unwrap()
        .into_iter()
        .find(|field| field.name == "Источник")
        .unwrap();
    fields.delete(source.id).send().await.unwrap();
    pair.call(call(2, "79150000001"));

    let report = pair.cycle().await;
    assert_eq!(report.dead_letters.len(), 1);
    assert_eq!(report.dead_letters[0].step, Step::Order);
    pair.advance(std::time::Duration::from_mins(10));
    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert_eq!(
        (report.orders.created, report.counterparties.created),
        (1, 0)
    );
    assert_eq!(pair.moysklad.all("counterparty").len(), 1);
}

#[tokio::test]
async fn a_lead_keeps_its_day_in_moscow_at_every_edge() {
    let new_year = "2027-01-01T12:00:00+03:00".parse().unwrap();
    let mut pair = Pair::builder().at(new_year).start().await;
    pair.config.leads.since = Some("2026-11-30".parse().unwrap());
    let edges = [
        "30/11/2026 00:00:00",
        "30/11/2026 23:59:59",
        "01/12/2026 00:00:00",
        "03/12/2026 02:59:59",
        "12/12/2026 03:00:00",
        "31/12/2026 23:59:59",
        "01/01/2027 00:00:00",
    ];
    let early = with(
        call(99, "79150000001"),
        json!({"date": "29/11/2026 23:59:59"}),
    );
    pair.call(early);
    for (id, edge) in (0..).zip(edges) {
        pair.call(with(call(id, "79150000001"), json!({"date": edge})));
    }

    let report = pair.cycle().await;

    assert_eq!(report.orders.created, edges.len() as u64);
    for (id, edge) in (0..).zip(edges) {
        let date = pair.deal(&call_key(id))["orderDate"].clone();
        assert_eq!(date, edge.replace('/', "-"), "{id}");
    }
}
