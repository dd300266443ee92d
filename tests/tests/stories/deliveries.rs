//! Answers that come late, twice, in the wrong order or empty lose nothing and undo nothing.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tests::seed::{call, call_key, with};
use tests::{Ending, Pair, Proxy, Verdict, now};

/// A pair whose list of orders can be answered from memory, once each time it is set.
struct Retold {
    pair: Pair,
    answer: Arc<Mutex<Option<Value>>>,
    honest: String,
    _proxy: Proxy,
}

impl Retold {
    async fn start() -> Self {
        let mut pair = Pair::start().await;
        let answer: Arc<Mutex<Option<Value>>> = Arc::default();
        let next = Arc::clone(&answer);
        let honest = pair.moysklad_url.clone();
        let proxy = Proxy::before(&honest, move |asked| {
            let is_list = asked
                .route
                .starts_with("GET /api/remap/1.2/entity/customerorder?");
            let told = if is_list {
                next.lock().unwrap().take()
            } else {
                None
            };
            told.map_or(Verdict::Pass, |told| Verdict::Answer(200, told))
        })
        .await;
        pair.moysklad_url = proxy.base_url();
        Self {
            pair,
            answer,
            honest,
            _proxy: proxy,
        }
    }

    /// The list of orders as it is now.
    async fn list(&self) -> Value {
        reqwest::Client::new()
            .get(format!("{}/entity/customerorder", self.honest))
            .bearer_auth(self.pair.moysklad.token())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Runs a cycle that is told this list.
    async fn cycle_told(&self, list: Value) -> ct_ms_sync::Report {
        *self.answer.lock().unwrap() = Some(list);
        let report = self.pair.cycle().await;
        assert_eq!(
            *self.answer.lock().unwrap(),
            None,
            "nobody asked for the list"
        );
        report
    }
}

#[tokio::test]
async fn an_order_that_appears_behind_the_cursor_is_still_told() {
    let story = Retold::start().await;
    let pair = &story.pair;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.cycle().await;
    pair.move_order(&call_key(1), "Отгружен");
    pair.advance(Duration::from_secs(30));
    pair.move_order(&call_key(2), "Собран");
    let mut late = story.list().await;
    // The change of the first order is committed after that of the second is read.
    let rows = late["rows"].as_array_mut().unwrap();
    rows.retain(|order| order["externalCode"] != call_key(1));
    assert_eq!(rows.len(), 1);

    let first = story.cycle_told(late).await;
    let second = pair.cycle().await;

    assert_eq!((first.deals.updated, second.deals.updated), (1, 1));
    assert_eq!(pair.deal(&call_key(1))["status"], "Отгружен");
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn an_empty_answer_does_not_reset_a_cursor() {
    let story = Retold::start().await;
    let pair = &story.pair;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    let mut empty = story.list().await;
    empty["rows"] = json!([]);
    pair.move_order(&call_key(1), "Отгружен");

    let report = story.cycle_told(empty).await;
    assert!(report.wrote_nothing(), "{report}");

    assert_eq!(pair.cycle().await.deals.updated, 1);
    assert_eq!(pair.deal(&call_key(1))["status"], "Отгружен");
}

#[tokio::test]
async fn every_order_of_delivery_of_a_history_of_states_ends_in_the_same_deal() {
    for delivery in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let story = Retold::start().await;
        let pair = &story.pair;
        pair.call(call(1, "79150000001"));
        pair.cycle().await;
        let mut history = Vec::new();
        for (state, kopecks) in [
            ("Собран", 10_000),
            ("Отгружен", 20_000),
            ("Доставлен", 30_000),
        ] {
            pair.advance(Duration::from_secs(5));
            pair.fill_order(&call_key(1), kopecks);
            pair.move_order(&call_key(1), state);
            history.push(story.list().await);
        }

        for at in delivery {
            story.cycle_told(history[at].clone()).await;
        }

        let deal = pair.deal(&call_key(1));
        assert_eq!(deal["status"], "COMPLETED", "{delivery:?}");
        assert_eq!(deal["revenue"], "300", "{delivery:?}");
        assert!(pair.cycle().await.wrote_nothing(), "{delivery:?}");
    }
}

#[tokio::test]
async fn without_any_webhook_an_hour_of_work_is_carried_within_a_period_each() {
    let pair = Pair::start().await;
    let period = Duration::from_secs(u64::from(pair.config.cycle.period_seconds));
    let mut longest = SignedDuration::ZERO;
    for id in 0..12 {
        let happened = now();
        pair.call(call(id, "79150000001"));
        if id > 0 {
            pair.move_order(&call_key(id - 1), "Отгружен");
        }
        pair.advance(period);

        let report = pair.cycle().await;

        longest = longest.max(now().duration_since(happened));
        assert_eq!(report.orders.created, 1);
        assert_eq!(report.deals.updated, u64::from(id > 0));
    }
    println!("the longest way took {longest:#}");
    // A cycle takes seconds; the rest is the period.
    assert!(longest < SignedDuration::try_from(period + Duration::from_mins(1)).unwrap());
}

#[tokio::test]
async fn cycles_of_several_workers_at_once_have_one_effect() {
    let mut pair = Pair::start().await;
    for id in 0..30 {
        pair.call(call(id, &format!("7915000000{}", id % 7)));
    }
    pair.sync().await.prepare().await.unwrap();
    let mut workers = vec![pair.sync().await, pair.sync().await];
    // Another one has a store of its own.
    pair.lose_store();
    workers.push(pair.sync().await);

    let cycles = workers.iter().map(ct_ms_sync::Sync::run_once);
    for report in futures_util::future::join_all(cycles).await {
        report.unwrap();
    }
    pair.cycle().await;

    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!((ending.orders.len(), ending.counterparties.len()), (30, 7));
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn two_pairs_in_one_store_never_touch_each_other() {
    let pair = Pair::start().await;
    let other = Pair::builder().site(7).start().await;
    let number = "79150000001";
    pair.call(call(1, number));
    other.call(with(call(1, number), json!({"siteId": 7})));
    let store = async || ct_ms_sync::Store::open(&pair.store_url()).await.unwrap();

    for _ in 0..2 {
        pair.cycle().await;
        other.sync_on(store().await).run_once().await.unwrap();
    }
    pair.move_order(&call_key(1), "Доставлен");
    let theirs = other.sync_on(store().await).run_once().await.unwrap();
    let ours = pair.cycle().await;

    assert!(theirs.wrote_nothing(), "{theirs}");
    assert_eq!(ours.deals.closed, 1);
    assert_eq!(other.deal("ct-7-call-1")["status"], "PENDING");
    for pair in [&pair, &other] {
        let ending = Ending::of(pair);
        ending.assert_no_doubles();
        assert_eq!((ending.orders.len(), ending.counterparties.len()), (1, 1));
    }
}

#[tokio::test]
async fn a_cursor_from_the_future_hides_nothing() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    let options = SqliteConnectOptions::from_str(&pair.store_url())
        .unwrap()
        .busy_timeout(Duration::from_secs(10));
    let mut store = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("UPDATE cursors SET at_ms = at_ms + 30 * 86400000")
        .execute(&mut store)
        .await
        .unwrap();
    store.close().await.unwrap();
    pair.move_order(&call_key(1), "Отгружен");
    pair.call(call(2, "79150000002"));

    let report = pair.cycle().await;

    assert_eq!(
        (report.orders.created, report.deals.updated),
        (1, 1),
        "{report}"
    );
}

#[tokio::test]
async fn known_customers_are_met_whatever_the_number_of_pages() {
    for known in [0, 1, 999, 1000, 1001] {
        let pair = Pair::start().await;
        for id in 0..known {
            let customer = json!({"name": "Клиент", "phone": format!("+7916{id:07}")});
            pair.moysklad.add("counterparty", customer).unwrap();
        }
        for (id, number) in [(1, 0), (2, known.max(1) - 1), (3, known)] {
            pair.call(call(id, &format!("7916{number:07}")));
        }

        let report = pair.cycle().await;

        assert_eq!(report.orders.created, 3, "{known}");
        // The last caller is nobody's customer; without customers, all three are one caller.
        assert_eq!(report.counterparties.created, 1, "{known}");
        assert_eq!(pair.moysklad.all("counterparty").len() as u64, known + 1);
    }
}

#[tokio::test]
async fn a_stop_is_heard_while_another_worker_has_the_turn() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    let (one, other) = (pair.sync().await, pair.sync().await);
    let held = pair
        .moysklad
        .stop_at(2, moysklad_api::emulator::StopWhen::BeforeCommit);
    let working = tokio::spawn(async move { one.run_once().await });
    held.reached().await;

    let run = other.run(tokio::time::sleep(Duration::from_millis(50)), |_| {});
    let stopped = tokio::time::timeout(Duration::from_secs(10), run).await;

    assert!(stopped.is_ok(), "it waits for its turn");
    drop(held);
    working.await.unwrap().unwrap_err();
}
