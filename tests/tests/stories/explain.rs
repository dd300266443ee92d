//! What happened to a lead can be told afterwards.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use ct_ms_sync::{Explanation, LeadKey, LeftOut, Standing, Subject, What};
use moysklad_api::emulator::{Fault, FaultKind};
use tests::Pair;
use tests::seed::{call, call_key, with};

async fn explained(pair: &Pair, key: &str) -> Explanation {
    let key: LeadKey = key.parse().unwrap();
    pair.sync().await.explain(key).await.unwrap().unwrap()
}

fn events(explanation: &Explanation) -> Vec<What> {
    explanation.events.iter().map(|event| event.what).collect()
}

#[tokio::test]
async fn a_lead_tells_its_way_from_the_journal_to_the_deal() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.fill_order(&call_key(1), 100_000);
    pair.move_order(&call_key(1), "Отгружен");
    pair.cycle().await;

    let explanation = explained(&pair, &call_key(1)).await;

    assert_eq!(
        events(&explanation),
        [
            What::Noted,
            What::Counterparty,
            What::Order,
            What::Deal,
            What::DealUpdate
        ]
    );
    assert_eq!(explanation.standing, Standing::Carried);
    let order = pair.order_id(&call_key(1));
    assert_eq!(explanation.order.as_deref(), Some(order.as_str()));
    let told = &explanation.events[4].detail;
    assert!(
        told.contains("«Отгружен»") && told.contains("1000 ₽"),
        "{told}"
    );
    assert!(!explanation.configuration.is_empty());
    assert!(
        explanation
            .events
            .iter()
            .all(|event| event.configuration == explanation.configuration)
    );

    let subject: Subject = order.parse().unwrap();
    let by_order = pair.sync().await.explain(subject).await.unwrap();
    assert_eq!(by_order, Some(explanation));
}

#[tokio::test]
async fn neither_text_nor_json_of_an_explanation_shows_a_contact() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;

    let explanation = explained(&pair, &call_key(1)).await;

    let json = serde_json::to_string(&explanation).unwrap();
    for shown in [explanation.to_string(), json] {
        assert!(shown.contains(&call_key(1)), "{shown}");
        assert!(!shown.contains("9150000001"), "{shown}");
    }
}

#[tokio::test]
async fn a_lead_left_out_names_its_rule_and_one_that_is_refused_its_reason() {
    let mut pair = Pair::start().await;
    pair.config.leads.min_duration_seconds = 30;
    let duration = |seconds: u32| serde_json::json!({"duration": seconds});
    pair.call(with(call(1, "79150000001"), duration(5)));
    pair.call(with(call(2, "79150000002"), duration(60)));
    pair.moysklad
        .add_fault(Fault::new("POST /entity/customerorder").kind(FaultKind::Status(400)));
    pair.cycle().await;

    let left_out = explained(&pair, &call_key(1)).await;
    let refused = explained(&pair, &call_key(2)).await;

    assert_eq!(left_out.standing, Standing::LeftOut(LeftOut::MinDuration));
    assert_eq!(events(&left_out), [What::LeftOut]);
    assert_eq!(refused.standing, Standing::Waiting);
    assert_eq!(
        events(&refused),
        [What::Noted, What::Counterparty, What::DeadLetter]
    );
    assert_eq!(refused.dead_letters.len(), 1);

    // The same refusal again is no new event; its end is one.
    pair.advance(std::time::Duration::from_hours(1));
    pair.cycle().await;
    pair.moysklad.clear_faults();
    pair.advance(std::time::Duration::from_hours(1));
    pair.cycle().await;
    assert_eq!(
        events(&explained(&pair, &call_key(2)).await),
        [
            What::Noted,
            What::Counterparty,
            What::DeadLetter,
            What::Order,
            What::Revived,
            What::Deal
        ]
    );
}

#[tokio::test]
async fn a_lead_is_handled_under_one_configuration_though_it_changes_meanwhile() {
    let mut pair = Pair::start().await;
    pair.call(with(
        call(1, "79150000001"),
        serde_json::json!({"duration": 5}),
    ));
    pair.call(call(2, "79150000002"));
    pair.moysklad
        .add_fault(Fault::new("POST /entity/counterparty").kind(FaultKind::Status(500)));
    pair.cycle().await;
    let before = explained(&pair, &call_key(1)).await;
    assert_eq!(before.standing, Standing::Waiting);

    // The next version of the configuration would not have chosen the first lead.
    pair.moysklad.clear_faults();
    pair.config.leads.min_duration_seconds = 30;
    let report = pair.cycle().await;

    assert_eq!(report.orders.created, 1);
    let first = explained(&pair, &call_key(1)).await;
    let second = explained(&pair, &call_key(2)).await;
    assert_eq!(first.standing, Standing::LeftOut(LeftOut::MinDuration));
    assert_eq!(second.standing, Standing::Carried);
    assert_ne!(second.configuration, before.configuration);
    assert_eq!(first.configuration, second.configuration);
    let since = second
        .events
        .iter()
        .rposition(|event| event.what == What::Noted);
    assert!(
        second.events[since.unwrap()..]
            .iter()
            .all(|event| event.configuration == second.configuration)
    );
}

#[tokio::test]
async fn a_lead_that_nobody_knows_is_not_explained() {
    let pair = Pair::start().await;
    pair.cycle().await;
    let sync = pair.sync().await;
    let key: LeadKey = call_key(7).parse().unwrap();
    assert_eq!(sync.explain(key).await.unwrap(), None);
}
