//! The sync is killed at every single request, before and after the server's commit, and started
//! again: what is left is what an undisturbed run leaves.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use calltouch_api::emulator::{DuplicatePolicy, StopWhen as CalltouchWhen};
use ct_ms_sync::Report;
use moysklad_api::emulator::StopWhen as MoyskladWhen;
use serde_json::json;
use tests::seed::{call, call_key, request, request_key};
use tests::{Ending, Pair};

/// Where the sync is killed: at the n-th request to a service since the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    Calltouch(u64, CalltouchWhen),
    Moysklad(u64, MoyskladWhen),
}

/// What the killed process leaves to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Store {
    Kept,
    Lost,
}

async fn day(policy: DuplicatePolicy) -> Pair {
    let pair = Pair::builder().policy(policy).start().await;
    pair.moysklad
        .add(
            "counterparty",
            json!({"name": "Ольга", "phone": "8 (915) 000-00-02"}),
        )
        .unwrap();
    // A new caller, who calls twice; somebody known; a hidden number.
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.call(call(3, ""));
    pair.call(call(4, "79150000001"));
    // Phone and e-mail; the same person by e-mail alone; a caller of today; a name alone.
    pair.request(request(10, "Анна", "+7 915 000-00-11", "anna@mail.example"));
    pair.request(request(11, "Анна С.", "", "anna@mail.example"));
    pair.request(request(12, "Пётр", "9150000001", ""));
    pair.request(request(13, "Некто", "", ""));
    pair
}

fn first_work(pair: &Pair) {
    pair.fill_order(&call_key(1), 1_234_550);
    pair.move_order(&call_key(1), "Подтвержден");
    pair.fill_order(&request_key(10), 50_000);
    pair.pay(&request_key(10), 20_000);
    pair.pay(&call_key(2), 700);
}

fn second_work(pair: &Pair) {
    pair.move_order(&call_key(1), "Доставлен");
    pair.pay(&call_key(1), 1_234_550);
    pair.move_order(&request_key(10), "Отгружен");
    pair.move_order(&call_key(3), "Отменен");
    pair.moysklad
        .pay_cash(&pair.order_id(&request_key(12)), 30_000)
        .unwrap();
    // A lead that comes while the manager works.
    pair.call(call(5, "8 915 000 00 11"));
}

/// Runs the day with a crash at the point; nothing if the day has fewer requests.
async fn walk(policy: DuplicatePolicy, point: Option<Point>, store: Store) -> Option<Ending> {
    let mut pair = day(policy).await;
    let mut reached = point.is_none();
    let mut stops = (None, None);
    match point {
        Some(Point::Calltouch(n, when)) => stops.0 = Some(pair.calltouch.stop_at(n, when)),
        Some(Point::Moysklad(n, when)) => stops.1 = Some(pair.moysklad.stop_at(n, when)),
        None => {}
    }
    // The last cycle finds nothing to do, and is killed like the others.
    for work in [|_: &Pair| {}, first_work, second_work, |_: &Pair| {}] {
        work(&pair);
        let killed = {
            let sync = pair.sync().await;
            tokio::select! {
                report = sync.run_once() => {
                    assert_eq!(report.unwrap().dead_letters, [], "{point:?}");
                    false
                }
                () = async {
                    match &stops {
                        (Some(stop), _) => stop.reached().await,
                        (_, Some(stop)) => stop.reached().await,
                        _ => std::future::pending().await,
                    }
                } => true,
            }
        };
        if killed {
            reached = true;
            stops = (None, None);
            if store == Store::Lost {
                pair.lose_store();
            }
            let report = pair.cycle().await;
            assert_eq!(report.dead_letters, [], "{point:?}");
        }
    }
    drop(stops);
    let last = pair.cycle().await;
    assert!(last.wrote_nothing(), "{point:?}: {last}");
    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    reached.then_some(ending)
}

/// Kills the day at every request; returns how many points there were.
async fn walk_all(policy: DuplicatePolicy, store: Store) -> usize {
    let undisturbed = walk(policy, None, store).await.unwrap();
    assert_eq!(undisturbed.orders.len(), 9);
    assert_eq!(undisturbed.counterparties.len(), 5);
    let mut points = 0;
    for make in [
        |n| Point::Calltouch(n, CalltouchWhen::BeforeCommit),
        |n| Point::Calltouch(n, CalltouchWhen::AfterCommit),
        |n| Point::Moysklad(n, MoyskladWhen::BeforeCommit),
        |n| Point::Moysklad(n, MoyskladWhen::AfterCommit),
    ] {
        for n in 1.. {
            let point = make(n);
            let Some(ending) = walk(policy, Some(point), store).await else {
                break;
            };
            assert_eq!(ending, undisturbed, "{policy:?}, {store:?}, {point:?}");
            points += 1;
        }
    }
    println!("{points} points walked ({policy:?}, store {store:?})");
    points
}

#[tokio::test]
async fn a_crash_at_any_request_changes_nothing_when_taken_numbers_are_refused() {
    assert!(walk_all(DuplicatePolicy::Refuse, Store::Kept).await > 40);
}

#[tokio::test]
async fn a_crash_at_any_request_changes_nothing_when_a_taken_number_makes_a_second_deal() {
    assert!(walk_all(DuplicatePolicy::Second, Store::Kept).await > 40);
}

#[tokio::test]
async fn a_crash_at_any_request_changes_nothing_when_a_taken_number_updates_the_deal() {
    assert!(walk_all(DuplicatePolicy::Update, Store::Kept).await > 40);
}

#[tokio::test]
async fn a_crash_that_takes_the_store_along_makes_nothing_twice() {
    assert!(walk_all(DuplicatePolicy::Second, Store::Lost).await > 40);
}

#[tokio::test]
async fn a_new_store_over_a_worked_day_makes_nothing_twice_and_goes_on() {
    for policy in [
        DuplicatePolicy::Refuse,
        DuplicatePolicy::Second,
        DuplicatePolicy::Update,
    ] {
        let mut pair = day(policy).await;
        pair.cycle().await;
        first_work(&pair);
        second_work(&pair);
        pair.cycle().await;
        let before = Ending::of(&pair);

        pair.lose_store();
        let report: Report = pair.cycle().await;

        assert_eq!(report.dead_letters, []);
        assert_eq!(report.deals.created, 0, "{policy:?}");
        assert_eq!(Ending::of(&pair), before, "{policy:?}");
        assert!(pair.cycle().await.wrote_nothing(), "{policy:?}");

        pair.move_order(&request_key(10), "Доставлен");
        pair.pay(&call_key(2), 300);
        let report = pair.cycle().await;

        assert_eq!((report.deals.updated, report.deals.closed), (1, 1));
        assert_eq!(pair.deal(&request_key(10))["status"], "COMPLETED");
        assert_eq!(pair.paid(&call_key(2)).unwrap(), "10");
        Ending::of(&pair).assert_no_doubles();
    }
}
