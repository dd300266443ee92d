//! Webhooks make the sync quick; without them, or with too many, it does the same.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use calltouch_api::emulator::Webhook;
use ct_ms_sync::{Event, Outcome, Store, Sync};
use jiff::tz::Offset;
use moysklad_api::webhook::{self, Action};
use serde_json::{Value, json};
use tests::seed::{call, call_key, journal_text, request, request_key, with};
use tests::{Ending, Pair, now};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

const SECRET: &str = "s3cret-of-a-story-0123";
/// How long something may take to happen; far above what any takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// A place for the receiver, and a pair that knows it and looks by itself once a day only.
async fn pair() -> (TcpListener, Pair) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut pair = Pair::start().await;
    let address = listener.local_addr().unwrap();
    pair.config.webhooks.url = Some(format!("http://{address}/hooks"));
    pair.config.cycle.period_seconds = 86_400;
    (listener, pair)
}

fn hooks(pair: &Pair) -> &str {
    pair.config.webhooks.url.as_deref().unwrap()
}

async fn sync(pair: &Pair) -> Sync {
    listened(pair, |_| {}).await
}

async fn listened(
    pair: &Pair,
    listener: impl Fn(&Event) + Send + std::marker::Sync + 'static,
) -> Sync {
    let store = Store::open(&pair.store_url()).await.unwrap();
    let (calltouch, moysklad) = (pair.calltouch_client(), pair.moysklad_client());
    Sync::builder(pair.config.clone(), calltouch, moysklad, store)
        .clock(now)
        .webhook_secret(SECRET)
        .on_event(listener)
        .build()
        .unwrap()
}

/// Serves the receiver of a sync until the test ends.
fn serve(listener: TcpListener, sync: &Sync) {
    let app = Router::new().nest("/hooks", sync.webhook_router().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, wait)
        .await
        .unwrap_or_else(|_| panic!("{what}"));
}

fn status(pair: &Pair, key: &str) -> Option<String> {
    let deals = pair.calltouch.deals();
    let deal = deals.iter().find(|deal| deal["orderNumber"] == key)?;
    deal["status"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_webhook_of_either_service_is_answered_by_a_cycle_at_once() {
    let (listener, pair) = pair().await;
    let sync = sync(&pair).await;
    sync.prepare().await.unwrap();
    serve(listener, &sync);
    let address = format!("{}/calltouch/{SECRET}", hooks(&pair));
    pair.calltouch.add_webhook(Webhook::new(address)).unwrap();

    let story = async {
        pair.call(call(1, "79150000001"));
        until("a call is carried", || {
            status(&pair, &call_key(1)).is_some()
        })
        .await;
        pair.request(request(10, "Анна", "", "anna@mail.example"));
        let key = request_key(10);
        until("a request is carried", || status(&pair, &key).is_some()).await;
        pair.move_order(&call_key(1), "Доставлен");
        let closed = || status(&pair, &call_key(1)).as_deref() == Some("COMPLETED");
        until("a change is carried", closed).await;
        pair.pay(&key, 700);
        let is_told = || {
            pair.deal(&key)["customFields"]
                .to_string()
                .contains("\"7\"")
        };
        until("a payment is carried", is_told).await;
    };
    tokio::select! {
        () = sync.run(std::future::pending(), |outcome| assert!(outcome.is_ok(), "{outcome:?}")) => {}
        () = story => {}
    }

    Ending::of(&pair).assert_no_doubles();
}

#[tokio::test]
async fn a_webhook_that_another_process_took_wakes_the_one_that_runs() {
    let (listener, pair) = pair().await;
    let (receiver, worker) = (sync(&pair).await, sync(&pair).await);
    serve(listener, &receiver);
    let address = format!("{}/calltouch/{SECRET}", hooks(&pair));
    pair.calltouch.add_webhook(Webhook::new(address)).unwrap();

    let story = async {
        until("the first cycle ends", || {
            pair.moysklad.stats().requests > 2
        })
        .await;
        pair.call(call(1, "79150000001"));
        until("the call is carried", || {
            status(&pair, &call_key(1)).is_some()
        })
        .await;
    };
    tokio::select! {
        () = worker.run(std::future::pending(), |outcome| assert!(outcome.is_ok(), "{outcome:?}")) => {}
        () = story => {}
    }
}

#[tokio::test]
async fn an_hour_without_any_webhook_ends_as_if_all_had_come() {
    // Nobody listens at the address.
    let (listener, pair) = pair().await;
    drop(listener);
    let lags = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&lags);
    let sync = listened(&pair, move |event| {
        if let Event::OrdersMade {
            oldest: Some(oldest),
            ..
        } = event
        {
            noted.lock().unwrap().push(now().duration_since(*oldest));
        }
    })
    .await;
    sync.prepare().await.unwrap();
    let address = format!("{}/calltouch/{SECRET}", hooks(&pair));
    pair.calltouch.add_webhook(Webhook::new(address)).unwrap();

    for id in 1..=12 {
        let date = journal_text(Offset::constant(3).to_datetime(now()));
        pair.call(with(
            call(id, &format!("791500000{id:02}")),
            json!({"date": date}),
        ));
        if id > 1 {
            pair.move_order(&call_key(id - 1), "Доставлен");
        }
        pair.advance(Duration::from_mins(5));
        sync.run_once().await.unwrap();
    }

    pair.calltouch.webhooks_sent().await;
    until("the webhooks are given up", || {
        pair.moysklad.stats().webhooks_lost >= 11
    })
    .await;
    assert_eq!(pair.moysklad.stats().webhooks_delivered, 0);
    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), 12);
    let closed = ending
        .deals
        .values()
        .filter(|deals| deals[0].status == "COMPLETED");
    assert_eq!(closed.count(), 11);
    let lags = lags.lock().unwrap();
    let longest = lags.iter().max().unwrap();
    assert_eq!(lags.len(), 12);
    assert!(longest.as_secs() < 7 * 60, "a lead waited {longest}");
}

#[tokio::test]
async fn the_same_webhook_again_and_at_once_makes_nothing_twice() {
    let (listener, pair) = pair().await;
    let (one, other) = (sync(&pair).await, sync(&pair).await);
    one.prepare().await.unwrap();
    serve(listener, &one);
    pair.call(call(1, "79150000001"));
    pair.request(request(10, "Анна", "79150000001", "anna@mail.example"));
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let target = format!("{}/calltouch/{SECRET}", hooks(&pair));
    let deliver = || {
        let body = "leadtype=call&id=1&callphase=calldisconnected&sendingTimestamp=1795186800";
        let form = "application/x-www-form-urlencoded";
        let request = http.post(&target).header("Content-Type", form).body(body);
        async move { assert_eq!(request.send().await.unwrap().status(), 200) }
    };

    let story = async {
        futures_util::future::join_all((0..30).map(|_| deliver())).await;
        until("both are carried", || pair.calltouch.deals().len() == 2).await;
        futures_util::future::join_all((0..30).map(|_| deliver())).await;
        let before = pair.moysklad.stats().requests;
        until("it is looked again", || {
            pair.moysklad.stats().requests > before
        })
        .await;
    };
    let never = std::future::pending::<()>;
    tokio::select! {
        () = one.run(never(), |outcome| assert!(outcome.is_ok(), "{outcome:?}")) => {}
        () = other.run(never(), |outcome| assert!(outcome.is_ok(), "{outcome:?}")) => {}
        () = story => {}
    }

    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!((ending.orders.len(), ending.counterparties.len()), (2, 1));
}

#[tokio::test]
async fn webhooks_are_registered_once_and_those_of_others_stay_as_they_are() {
    let (_listener, pair) = pair().await;
    let client = pair.moysklad_client();
    let foreign = webhook::New::new(
        "https://other.example/hook",
        "customerorder",
        Action::Update,
    );
    let foreign = client.webhooks().create(foreign).send().await.unwrap();
    let sync = sync(&pair).await;
    assert!(sync.check().await.has(Outcome::ToPrepare));

    sync.prepare().await.unwrap();
    sync.prepare().await.unwrap();

    let all = client.webhooks().list().send_all().await.unwrap();
    assert_eq!(all.len(), 9);
    assert!(all.contains(&foreign));
    let ours = all
        .iter()
        .find(|webhook| webhook.url != foreign.url)
        .unwrap();
    assert_eq!(ours.url, format!("{}/moysklad/{SECRET}", hooks(&pair)));
    let good = |check: &ct_ms_sync::Check| {
        let verdicts = check.verdicts.iter();
        let mut webhooks = verdicts.filter(|verdict| verdict.item == "МойСклад webhooks");
        webhooks.all(|verdict| verdict.outcome == Outcome::Good)
    };
    assert!(good(&sync.check().await));

    // The service switches a webhook off whose receiver was away for days.
    let off = webhook::Update {
        enabled: Some(false),
        ..webhook::Update::default()
    };
    client.webhooks().update(ours.id, off).send().await.unwrap();
    assert!(!good(&sync.check().await));
    let registered = sync.register_webhooks().await.unwrap();
    assert_eq!(registered.len(), 8);
    assert_eq!(
        registered.iter().filter(|webhook| webhook.is_new).count(),
        1
    );
    assert!(good(&sync.check().await));
}

#[tokio::test]
async fn a_full_list_of_webhooks_is_told_with_what_to_do_and_without_the_secret() {
    let (_listener, pair) = pair().await;
    for n in 0..5 {
        let url = format!("https://other.example/{n}");
        let new = webhook::New::new(url, "paymentin", Action::Create);
        let client = pair.moysklad_client();
        client.webhooks().create(new).send().await.unwrap();
    }
    let sync = sync(&pair).await;

    let error = sync.prepare().await.unwrap_err();

    assert!(error.is_config(), "{error}");
    for named in ["paymentin CREATE", "30007", "remove one"] {
        assert!(error.to_string().contains(named), "{error}");
    }
    assert!(!format!("{error} {error:?} {sync:?}").contains(SECRET));
    // Nothing depends on them.
    pair.call(call(1, "79150000001"));
    assert_eq!(sync.run_once().await.unwrap().orders.created, 1);
}

#[tokio::test]
async fn what_the_sync_writes_itself_calls_nobody_of_its_own() {
    let (listener, pair) = pair().await;
    let heard: Arc<[AtomicUsize; 2]> = Arc::default();
    let count = |State(heard): State<Arc<[AtomicUsize; 2]>>, Path(who): Path<usize>| async move {
        heard[who].fetch_add(1, Ordering::Relaxed);
    };
    let app = Router::new()
        .route("/hooks/moysklad/{who}", post(count))
        .route("/elsewhere/{who}", post(count))
        .with_state(Arc::clone(&heard));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let own = format!("{}/moysklad/0", hooks(&pair));
    let foreign = hooks(&pair).replace("/hooks", "/elsewhere/1");
    for url in [&own, &foreign] {
        let new = webhook::New::new(url, "customerorder", Action::Create);
        let client = pair.moysklad_client();
        client.webhooks().create(new).send().await.unwrap();
    }
    pair.call(call(1, "79150000001"));

    sync(&pair).await.run_once().await.unwrap();

    until("the other is called", || {
        heard[1].load(Ordering::Relaxed) == 1
    })
    .await;
    assert_eq!(heard[0].load(Ordering::Relaxed), 0);
    // An order that a manager makes is told to both.
    let order: Value = pair.order(&call_key(1));
    let order = json!({"organization": order["organization"], "agent": order["agent"]});
    pair.moysklad.add("customerorder", order).unwrap();
    until("both are called", || {
        heard
            .iter()
            .map(|heard| heard.load(Ordering::Relaxed))
            .eq([1, 2])
    })
    .await;
}
