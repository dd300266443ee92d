//! The sync is killed at every single request, before and after the server's commit, and at every
//! single write to its store, and started again: what is left is what an undisturbed run leaves.
//!
//! A kill at a write is one before the commit of its transaction. A kill after a commit is one at
//! what comes next, which is another write or a request.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::thread;

use calltouch_api::emulator::{DuplicatePolicy, StopWhen as CalltouchWhen};
use ct_ms_sync::Report;
use moysklad_api::emulator::StopWhen as MoyskladWhen;
use serde_json::json;
use tests::seed::{call, call_key, request, request_key};
use tests::{Ending, Fuse, Pair};
use tokio::runtime;

/// How many days are run at the same time.
const THREADS: usize = 2;
/// More writes to the store than a day has.
const MOST_WRITES: u64 = 1000;

/// Where the sync is killed: at the n-th request to a service, or write to its store, since the
/// beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    Calltouch(u64, CalltouchWhen),
    Moysklad(u64, MoyskladWhen),
    Store(u64),
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

/// A day that ended.
struct Walked {
    ending: Ending,
    /// Writes to the store that were committed while a fuse was set.
    committed: u64,
    /// Whether the sync was killed on the way.
    reached: bool,
}

/// Runs the day with a crash at the point; it is not reached if the day ends before it.
async fn walk(policy: DuplicatePolicy, point: Option<Point>, store: Store) -> Walked {
    let mut pair = day(policy).await;
    let mut reached = point.is_none();
    let mut stops = (None, None);
    let mut fuse = None;
    let mut committed = 0;
    match point {
        Some(Point::Calltouch(n, when)) => stops.0 = Some(pair.calltouch.stop_at(n, when)),
        Some(Point::Moysklad(n, when)) => stops.1 = Some(pair.moysklad.stop_at(n, when)),
        Some(Point::Store(n)) => {
            // The tables must be there before the fuse is.
            drop(pair.sync().await);
            fuse = Some(Fuse::set(&pair.store_url(), n).await);
        }
        None => {}
    }
    // The last cycle finds nothing to do, and is killed like the others.
    for work in [|_: &Pair| {}, first_work, second_work, |_: &Pair| {}] {
        work(&pair);
        let killed = {
            let sync = pair.sync().await;
            tokio::select! {
                report = sync.run_once() => match report {
                    Ok(report) => {
                        assert_eq!(report.dead_letters, [], "{point:?}");
                        false
                    }
                    Err(error) => {
                        assert!(fuse.is_some() && error.is_store(), "{point:?}: {error}");
                        true
                    }
                },
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
            if let Some(fuse) = fuse.take() {
                committed = fuse.remove().await;
            }
            if store == Store::Lost {
                pair.lose_store();
            }
            let report = pair.cycle().await;
            assert_eq!(report.dead_letters, [], "{point:?}");
        }
    }
    drop(stops);
    if let Some(fuse) = fuse {
        committed = fuse.remove().await;
    }
    let last = pair.cycle().await;
    assert!(last.wrote_nothing(), "{point:?}: {last}");
    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    Walked {
        ending,
        committed,
        reached,
    }
}

/// What the day leaves when nobody is killed.
async fn undisturbed(policy: DuplicatePolicy) -> Ending {
    let undisturbed = walk(policy, None, Store::Kept).await.ending;
    assert_eq!(undisturbed.orders.len(), 9);
    assert_eq!(undisturbed.counterparties.len(), 5);
    undisturbed
}

/// Kills the day at every n-th write to the store, for the n given; returns how many writes were
/// committed before each kill.
///
/// Threads share the points, since every day has its own emulators and its own clock.
fn walk_writes(policy: DuplicatePolicy, points: &[u64]) -> BTreeMap<u64, u64> {
    let walk_some = |points: Vec<u64>| {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            let undisturbed = undisturbed(policy).await;
            let mut committed = BTreeMap::new();
            for n in points {
                let point = Point::Store(n);
                let walked = walk(policy, Some(point), Store::Kept).await;
                // The count stays below the fuse, whether a write has met it or none was left to.
                assert!(walked.committed < n, "{point:?}");
                if !walked.reached {
                    break;
                }
                assert_eq!(walked.ending, undisturbed, "{policy:?}, {point:?}");
                committed.insert(n, walked.committed);
            }
            committed
        })
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|first| {
                let points = points.iter().copied().skip(first).step_by(THREADS);
                let points = points.collect();
                scope.spawn(move || walk_some(points))
            })
            .collect();
        let join = |thread: thread::ScopedJoinHandle<'_, BTreeMap<u64, u64>>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    })
}

/// Kills the day at every request; returns how many points there were.
async fn walk_all(policy: DuplicatePolicy, store: Store) -> usize {
    let undisturbed = undisturbed(policy).await;
    let mut points = 0;
    for make in [
        |n| Point::Calltouch(n, CalltouchWhen::BeforeCommit),
        |n| Point::Calltouch(n, CalltouchWhen::AfterCommit),
        |n| Point::Moysklad(n, MoyskladWhen::BeforeCommit),
        |n| Point::Moysklad(n, MoyskladWhen::AfterCommit),
    ] {
        for n in 1.. {
            let point = make(n);
            let walked = walk(policy, Some(point), store).await;
            if !walked.reached {
                break;
            }
            assert_eq!(
                walked.ending, undisturbed,
                "{policy:?}, {store:?}, {point:?}"
            );
            points += 1;
        }
    }
    println!("{points} points walked ({policy:?}, store {store:?})");
    points
}

#[test]
fn a_crash_at_any_write_to_the_store_changes_nothing() {
    let every: Vec<u64> = (1..MOST_WRITES).collect();
    let committed = walk_writes(DuplicatePolicy::Second, &every);

    let walked = committed.len() as u64;
    assert!(walked > 60 && walked + 1 < MOST_WRITES, "{walked} writes");
    // What is committed before a kill tells where its transaction begins.
    let transactions: BTreeSet<u64> = committed.into_values().map(|before| before + 1).collect();
    let transactions: Vec<u64> = transactions.into_iter().collect();
    println!(
        "{walked} writes in {} transactions walked",
        transactions.len()
    );
    for policy in [DuplicatePolicy::Refuse, DuplicatePolicy::Update] {
        let walked = walk_writes(policy, &transactions);
        println!("{} transactions walked ({policy:?})", walked.len());
        assert_eq!(walked.len(), transactions.len(), "{policy:?}");
    }
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
