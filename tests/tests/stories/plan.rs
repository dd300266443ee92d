//! A plan says what the next cycle would write, and writes nothing.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use ct_ms_sync::{Action, Plan};
use serde_json::json;
use tests::Pair;
use tests::seed::{call, call_key, request, request_key};

/// Two callers, one of them known, and a request.
async fn pair() -> Pair {
    let pair = Pair::start().await;
    pair.moysklad
        .add(
            "counterparty",
            json!({"name": "Ольга", "phone": "8 (915) 000-00-02"}),
        )
        .unwrap();
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.request(request(
        10,
        "Анна Смирнова",
        "+7 915 000-00-11",
        "anna@mail.example",
    ));
    pair
}

fn work(pair: &Pair) {
    pair.fill_order(&call_key(1), 1_234_550);
    pair.move_order(&call_key(1), "Отгружен");
    pair.pay(&call_key(1), 20_000);
    pair.move_order(&call_key(2), "Доставлен");
}

fn counts(plan: &Plan) -> [usize; 5] {
    [
        Action::CreateField,
        Action::CreateCounterparty,
        Action::CreateOrder,
        Action::CreateDeal,
        Action::UpdateDeal,
    ]
    .map(|action| plan.count(action))
}

/// Requests that were no reads, at both services.
fn writes(pair: &Pair) -> Vec<String> {
    let (calltouch, moysklad) = (pair.calltouch.stats(), pair.moysklad.stats());
    let routes = calltouch.routes.keys().chain(moysklad.routes.keys());
    routes
        .filter(|route| !route.starts_with("GET "))
        .cloned()
        .collect()
}

#[tokio::test]
async fn a_cycle_does_exactly_what_the_plan_before_it_said() {
    let pair = pair().await;

    let plan = pair.sync().await.plan().await.unwrap();
    let report = pair.cycle().await;

    assert_eq!(counts(&plan), [9, 2, 3, 3, 0], "{plan}");
    assert_eq!(plan.leads, report.leads);
    assert_eq!(
        (
            report.counterparties.created,
            report.orders.created,
            report.deals.created
        ),
        (2, 3, 3)
    );

    work(&pair);
    let plan = pair.sync().await.plan().await.unwrap();
    let report = pair.cycle().await;

    assert_eq!(counts(&plan), [0, 0, 0, 0, 2], "{plan}");
    assert_eq!(report.deals.updated + report.deals.closed, 2);
    let operation = &plan.operations[0];
    assert_eq!(operation.lead.unwrap().to_string(), call_key(1));
    let changes: Vec<_> = operation
        .changes
        .iter()
        .map(|change| {
            (
                change.field.as_str(),
                change.before.as_deref().unwrap_or_default(),
                change.after.as_str(),
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("payed_sum", "0", "200"),
            ("revenue", "0", "12345.5"),
            ("status", "PENDING", "Отгружен"),
        ]
    );

    let plan = pair.sync().await.plan().await.unwrap();
    assert!(plan.is_empty(), "{plan}");
}

#[tokio::test]
async fn a_plan_writes_nothing_anywhere_and_the_next_one_is_the_same() {
    let pair = pair().await;
    let sync = pair.sync().await;

    let first = sync.plan().await.unwrap();
    let second = sync.plan().await.unwrap();

    assert_eq!(first, second);
    assert_eq!(writes(&pair), Vec::<String>::new());
    assert!(pair.orders().is_empty() && pair.calltouch.deals().is_empty());
    let key = call_key(1).parse::<ct_ms_sync::LeadKey>().unwrap();
    let remembered = sync.explain(key).await.unwrap();
    assert_eq!(remembered, None, "the store remembers nothing of a plan");
}

#[tokio::test]
async fn a_plan_names_leads_and_shows_no_contact() {
    let pair = pair().await;

    let plan = pair.sync().await.plan().await.unwrap();

    let json = serde_json::to_string(&plan).unwrap();
    for shown in [plan.to_string(), json] {
        for contact in [
            "9150000001",
            "9150000002",
            "9150000011",
            "915 000",
            "anna@",
            "Смирнова",
        ] {
            assert!(!shown.contains(contact), "{contact}: {shown}");
        }
        for part in [&call_key(1), &request_key(10), "Новый", "yandex", "PENDING"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_plan_over_a_lost_store_finds_what_is_there_already() {
    let mut pair = pair().await;
    pair.cycle().await;
    pair.move_order(&call_key(1), "Отгружен");
    pair.cycle().await;
    pair.lose_store();

    let plan = pair.sync().await.plan().await.unwrap();

    // What the deal was told before is lost, so it is told again.
    assert_eq!(counts(&plan), [0, 0, 0, 0, 1], "{plan}");
}
