//! Dead letters are tried again when somebody says so.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use ct_ms_sync::{LeadKey, Replay, Report, Step};
use moysklad_api::emulator::{Fault, FaultKind};
use tests::Pair;
use tests::seed::{call, call_key};

/// A pair of whose two leads МойСклад refused the orders.
async fn refused() -> (Pair, Report) {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    let route = "POST /entity/customerorder";
    pair.moysklad
        .add_fault(Fault::new(route).kind(FaultKind::Status(400)));
    let report = pair.cycle().await;
    pair.moysklad.clear_faults();
    (pair, report)
}

#[tokio::test]
async fn a_replay_carries_at_once_what_would_have_rested() {
    let (pair, report) = refused().await;
    assert_eq!(report.dead_letters.len(), 2);
    let resting = pair.cycle().await;
    assert_eq!(resting.orders.created, 0, "the pause is not over");

    let report = pair.sync().await.replay(&Replay::All).await.unwrap();

    assert_eq!((report.replayed, report.orders.created), (2, 2));
    assert_eq!(report.dead_letters, []);
    assert_eq!(pair.calltouch.deals().len(), 2);
}

#[tokio::test]
async fn a_replay_of_one_lead_leaves_the_others_to_their_pause() {
    let (pair, _) = refused().await;
    let key: LeadKey = call_key(2).parse().unwrap();

    let report = pair.sync().await.replay(&Replay::Lead(key)).await.unwrap();

    assert_eq!((report.replayed, report.orders.created), (1, 1));
    assert_eq!(report.dead_letters.len(), 1);
    assert_eq!(report.dead_letters[0].key.to_string(), call_key(1));
}

#[tokio::test]
async fn a_replay_by_reason_takes_the_letters_that_say_so() {
    let (pair, report) = refused().await;
    assert!(report.dead_letters[0].reason.contains("400"), "{report}");
    let sync = pair.sync().await;

    let none = sync.replay(&Replay::About("no such words".into())).await;
    assert_eq!(none.unwrap().replayed, 0);
    let all = sync.replay(&Replay::About("ORDER".into())).await.unwrap();

    assert_eq!((all.replayed, all.orders.created), (2, 2));
}

#[tokio::test]
async fn what_is_refused_again_rests_again_and_says_what_to_do() {
    let (pair, _) = refused().await;
    let route = "POST /entity/customerorder";
    pair.moysklad
        .add_fault(Fault::new(route).kind(FaultKind::Status(400)));

    let report = pair.sync().await.replay(&Replay::All).await.unwrap();

    assert_eq!((report.replayed, report.orders.created), (2, 0));
    for letter in &report.dead_letters {
        assert_eq!(letter.step, Step::Order);
        let remedy = letter.remedy.as_deref().unwrap();
        assert!(remedy.contains("replay"), "{remedy}");
    }
    pair.moysklad.clear_faults();
    assert_eq!(pair.cycle().await.orders.created, 0, "they rest again");
}
