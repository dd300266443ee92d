//! Whatever a service answers: nothing is lost, nothing is doubled, and the text says what happened.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Outcome, Step};
use moysklad_api::context::Right;
use moysklad_api::emulator as moysklad;
use serde_json::json;
use tests::seed::{call, call_key, request};
use tests::{Ending, Pair};

/// Leads of three people, and a change after the first cycle.
async fn pair() -> Pair {
    let mut pair = Pair::start().await;
    pair.timeout = Duration::from_millis(400);
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.request(request(10, "Анна", "79150000001", "anna@mail.example"));
    pair
}

fn work(pair: &Pair) {
    pair.fill_order(&call_key(1), 12_345);
    pair.move_order(&call_key(1), "Доставлен");
    pair.pay(&call_key(2), 700);
}

/// Runs cycles until everything is carried; a cycle may fail while the fault lasts.
async fn settle(pair: &Pair) {
    for _ in 0..8 {
        pair.advance(Duration::from_hours(24));
        let settled = pair
            .try_cycle()
            .await
            .is_ok_and(|report| report.dead_letters.is_empty() && report.wrote_nothing());
        if settled {
            return;
        }
    }
    panic!("not settled after eight cycles");
}

#[tokio::test]
async fn every_bad_answer_of_calltouch_on_every_route_ends_in_the_same_day() {
    use calltouch::FaultKind::{
        Delay, DropAfterCommit, DropBeforeCommit, Empty, Html, Status, Truncate,
    };
    let undisturbed = {
        let pair = pair().await;
        pair.cycle().await;
        work(&pair);
        settle(&pair).await;
        Ending::of(&pair)
    };
    for route in [
        "GET /calls-service/RestAPI/{id}/calls-diary/calls",
        "GET /calls-service/RestAPI/requests",
        "GET /calls-service/RestAPI/{id}/orders-diary/orders",
        "POST /lead-service/v1/api/client-order/create",
        "POST /lead-service/v1/api/client-order/update",
    ] {
        for kind in [
            Status(429),
            Status(500),
            Status(503),
            Status(403),
            DropBeforeCommit,
            DropAfterCommit,
            Truncate,
            Html,
            Empty,
            Delay(Duration::from_millis(900)),
        ] {
            let pair = pair().await;
            pair.calltouch
                .add_fault(calltouch::Fault::new(route).kind(kind).times(1));
            let _ = pair.try_cycle().await;
            settle(&pair).await;
            work(&pair);
            pair.calltouch
                .add_fault(calltouch::Fault::new(route).kind(kind).times(1));
            settle(&pair).await;
            let ending = Ending::of(&pair);
            ending.assert_no_doubles();
            assert_eq!(ending, undisturbed, "{route}, {kind:?}");
        }
    }
}

#[tokio::test]
async fn every_bad_answer_of_moysklad_on_every_route_ends_in_the_same_day() {
    use moysklad::FaultKind::{
        Delay, DropAfterCommit, DropBeforeCommit, Empty, Html, Status, Truncate,
    };
    let undisturbed = {
        let pair = pair().await;
        pair.cycle().await;
        work(&pair);
        settle(&pair).await;
        Ending::of(&pair)
    };
    for route in [
        "GET /entity/organization",
        "GET /entity/customerorder/metadata",
        "POST /entity/customerorder/metadata/attributes",
        "GET /entity/counterparty",
        "POST /entity/counterparty",
        "POST /entity/customerorder",
        "GET /entity/customerorder",
        "GET /entity/paymentin",
    ] {
        for kind in [
            Status(429),
            Status(500),
            Status(503),
            Status(401),
            Status(403),
            DropBeforeCommit,
            DropAfterCommit,
            Truncate,
            Html,
            Empty,
            Delay(Duration::from_millis(900)),
        ] {
            let pair = pair().await;
            pair.moysklad
                .add_fault(moysklad::Fault::new(route).kind(kind).times(1));
            let _ = pair.try_cycle().await;
            settle(&pair).await;
            work(&pair);
            pair.moysklad
                .add_fault(moysklad::Fault::new(route).kind(kind).times(1));
            settle(&pair).await;
            let ending = Ending::of(&pair);
            ending.assert_no_doubles();
            assert_eq!(ending, undisturbed, "{route}, {kind:?}");
        }
    }
}

#[tokio::test]
async fn refused_credentials_stop_the_cycle_and_say_whose() {
    let pair = pair().await;
    pair.calltouch
        .add_fault(calltouch::Fault::new("*").kind(calltouch::FaultKind::Status(403)));
    let error = pair.try_cycle().await.unwrap_err();
    assert!(
        error.is_refused() && error.to_string().contains("Calltouch"),
        "{error}"
    );
    pair.calltouch.clear_faults();

    // The pair rests in between.
    pair.advance(Duration::from_hours(1));
    pair.moysklad
        .add_fault(moysklad::Fault::new("*").kind(moysklad::FaultKind::Status(401)));
    let error = pair.try_cycle().await.unwrap_err();
    assert!(
        error.is_refused() && error.to_string().contains("МойСклад"),
        "{error}"
    );
}

#[tokio::test]
async fn one_deal_that_is_refused_does_not_hold_up_the_others() {
    let pair = Pair::start().await;
    for id in 1..=120 {
        pair.call(call(id, "79150000001"));
    }
    // The emulator refuses a matching that finds nothing: this call is gone when its deal is made.
    let report = {
        let sync = pair.sync().await;
        let stop = pair.calltouch.stop_at(3, calltouch::StopWhen::BeforeCommit);
        tokio::select! {
            _ = sync.run_once() => panic!("the cycle ends before its third request"),
            () = stop.reached() => {}
        }
        pair.calltouch.remove_call(60);
        drop(stop);
        drop(sync);
        pair.cycle().await
    };

    assert_eq!(report.deals.created, 119);
    assert_eq!(report.dead_letters.len(), 1);
    assert_eq!(
        (
            report.dead_letters[0].key.to_string(),
            report.dead_letters[0].step
        ),
        (call_key(60), Step::Deal)
    );
    // It is tried again after a pause, not in every cycle.
    pair.calltouch.reset_stats();
    pair.cycle().await;
    assert_eq!(
        pair.calltouch
            .stats()
            .routes
            .get("POST /lead-service/v1/api/client-order/create"),
        None
    );
    pair.call(call(60, "79150000001"));
    pair.advance(Duration::from_hours(1));
    assert_eq!(pair.cycle().await.dead_letters, []);
}

#[tokio::test]
async fn one_customer_that_is_refused_does_not_hold_up_the_others() {
    let pair = Pair::start().await;
    for id in 1..=50 {
        pair.call(call(id, &format!("791500000{id:02}")));
    }
    // An address that looks like one to us and not to the service.
    pair.request(request(99, "Анна", "", "anna@мейл.example"));

    let report = pair.cycle().await;

    assert_eq!(report.orders.created + report.dead_letters.len() as u64, 51);
    assert!(report.orders.created >= 50);
    for letter in &report.dead_letters {
        assert_eq!(letter.step, Step::Counterparty);
        assert!(
            letter.reason.contains("3015") || letter.reason.contains("email"),
            "{}",
            letter.reason
        );
        assert!(!letter.reason.contains("anna"), "{}", letter.reason);
    }
}

#[tokio::test]
async fn an_odd_record_of_the_journal_is_shown_and_the_others_are_carried() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.calltouch.update_call(
        1,
        json!({"callTags": [{"names": {"a": {"b": 1}}, "type": 5}], "timestamp": {"odd": true}}),
    );

    let report = pair.cycle().await;

    assert!(report.orders.created >= 1, "{report}");
    assert_eq!(
        report.orders.created + report.dead_letters.len() as u64,
        2,
        "{report}"
    );
}

#[tokio::test]
async fn a_user_who_may_not_see_payments_still_gets_every_lead_carried() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    let login = pair.moysklad.login();
    for of in ["admin", "paymentin", "cashin"] {
        pair.moysklad
            .withdraw_right(&login, of, Right::View)
            .unwrap();
    }
    let check = pair.sync().await.check().await;
    let mut refused = check.verdicts.iter();
    let refused = refused.find(|verdict| verdict.outcome == Outcome::Refused);
    let text = &refused.unwrap().text;
    assert!(text.contains("view paymentin, view cashin"), "{text}");
    pair.call(call(2, "79150000002"));
    pair.move_order(&call_key(1), "Доставлен");

    let report = pair.cycle().await;

    assert_eq!((report.orders.created, report.deals.closed), (1, 1));
    assert_eq!(report.warnings.len(), 2, "{report}");
    assert!(report.warnings[0].contains("входящие платежи"), "{report}");
}

#[tokio::test]
async fn a_deal_whose_end_is_unclear_is_sent_again_by_a_later_cycle_only() {
    for status in [408, 500, 504] {
        let pair = Pair::start().await;
        pair.call(call(1, "79150000001"));
        let route = "POST /lead-service/v1/api/client-order/create";
        let unclear = calltouch::FaultKind::Status(status);
        pair.calltouch
            .add_fault(calltouch::Fault::new(route).kind(unclear).times(1));

        let first = pair.cycle().await;

        assert_eq!(pair.calltouch.stats().routes[route], 1, "{status}");
        assert_eq!(first.deals.created, 0, "{status}");
        assert_eq!(pair.cycle().await.deals.created, 1, "{status}");
        assert_eq!(pair.calltouch.deals().len(), 1, "{status}");
    }
}
