//! A store that is damaged, read-only or of a newer version: a clear error, and nothing that a
//! service is told is lost or told twice.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::error::Error as _;
use std::fs;
use std::str::FromStr;

use ct_ms_sync::{Error, Report, Store};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tests::seed::{call, call_key, request, request_key};
use tests::{Ending, Pair};

/// What SQLite keeps together.
const PAGE: usize = 4096;

fn file(pair: &Pair) -> String {
    pair.store_url().strip_prefix("sqlite:").unwrap().to_owned()
}

async fn open(pair: &Pair) -> SqliteConnection {
    let options = SqliteConnectOptions::from_str(&pair.store_url())
        .unwrap()
        .busy_timeout(std::time::Duration::from_secs(10));
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// A worked pair, and its store as one whole file.
async fn worked() -> (Pair, Vec<u8>) {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.request(request(10, "Анна", "79150000001", "anna@mail.example"));
    pair.cycle().await;
    pair.fill_order(&call_key(1), 12_345);
    pair.move_order(&call_key(1), "Доставлен");
    pair.pay(&request_key(10), 700);
    pair.cycle().await;
    let mut store = open(&pair).await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut store)
        .await
        .unwrap();
    store.close().await.unwrap();
    let whole = fs::read(file(&pair)).unwrap();
    assert_eq!(whole.len() % PAGE, 0);
    (pair, whole)
}

/// Takes these bytes for the store, as after a restart.
fn replace_store(pair: &mut Pair, bytes: &[u8]) {
    pair.lose_store();
    fs::write(file(pair), bytes).unwrap();
}

async fn try_cycle(pair: &Pair) -> Result<Report, Error> {
    let store = Store::open(&pair.store_url()).await?;
    pair.sync_on(store).run_once().await
}

/// The error with its causes.
fn whole_text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_store_whose_header_is_overwritten_is_refused_and_nobody_is_asked() {
    let (mut pair, mut bytes) = worked().await;
    bytes[..100].fill(0xA5);
    replace_store(&mut pair, &bytes);
    pair.call(call(3, "79150000003"));
    pair.reset_stats();

    let error = try_cycle(&pair).await.unwrap_err();

    assert!(error.is_store(), "{error}");
    assert!(error.to_string().contains(&file(&pair)), "{error}");
    assert!(whole_text(&error).contains("not a database"), "{error:?}");
    assert_eq!(pair.requests(), (0, 0));
    assert_eq!(fs::read(file(&pair)).unwrap(), bytes, "the file is changed");
}

#[tokio::test]
async fn whatever_page_of_a_store_is_overwritten_nothing_is_lost_or_doubled() {
    let (mut pair, whole) = worked().await;
    let pages = whole.len() / PAGE;
    assert!(pages > 10, "{pages} pages");
    let mut refused = 0;
    for page in 0..pages {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xA5);
        replace_store(&mut pair, &bytes);
        // Somebody known and somebody new.
        let id = 100 + 2 * page as u64;
        pair.call(call(id, "79150000001"));
        pair.call(call(id + 1, &format!("7916{page:07}")));
        let kopecks = 1000 + i64::try_from(page).unwrap();
        pair.fill_order(&call_key(2), kopecks);

        match try_cycle(&pair).await {
            Ok(report) => assert_eq!(report.dead_letters, [], "page {page}"),
            Err(error) => {
                refused += 1;
                assert!(error.is_store(), "page {page}: {error}");
                let text = whole_text(&error);
                let says = ["malformed", "not a database", "damaged"];
                assert!(
                    says.iter().any(|word| text.contains(word)),
                    "page {page}: {text}"
                );
            }
        }
        // The last good copy of the file is older than all the work since.
        replace_store(&mut pair, &whole);
        pair.cycle().await;

        let ending = Ending::of(&pair);
        ending.assert_no_doubles();
        assert_eq!(ending.orders.len(), 3 + 2 * (page + 1), "page {page}");
        assert_eq!(ending.counterparties.len(), 2 + page + 1, "page {page}");
        let deal = pair.deal(&call_key(2));
        let roubles = rust_decimal::Decimal::new(kopecks, 2).normalize();
        assert_eq!(deal["revenue"], roubles.to_string(), "page {page}");
    }
    println!("{refused} of {pages} damaged pages were refused");
    assert!(refused * 2 > pages, "{refused} of {pages}");
}

#[tokio::test]
async fn a_read_only_store_is_refused_before_anything_is_written_anywhere() {
    let (pair, _) = worked().await;
    pair.call(call(3, "79150000003"));
    pair.move_order(&call_key(2), "Отгружен");
    let before = Ending::of(&pair);

    let cycle = async {
        let store = Store::open(&format!("{}?mode=ro", pair.store_url())).await?;
        pair.sync_on(store).run_once().await
    };
    let error = cycle.await.unwrap_err();

    assert!(error.is_store(), "{error}");
    assert!(whole_text(&error).contains("readonly"), "{error:?}");
    assert_eq!(Ending::of(&pair), before);
    let report = pair.cycle().await;
    assert_eq!((report.orders.created, report.deals.updated), (1, 1));
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_left_as_it_is_and_nobody_is_asked() {
    let (pair, _) = worked().await;
    let mut store = open(&pair).await;
    let newer = "INSERT INTO _sqlx_migrations \
                 (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, x'00', 0)";
    sqlx::query(newer).execute(&mut store).await.unwrap();
    pair.call(call(3, "79150000003"));
    pair.reset_stats();

    let error = Store::open(&pair.store_url()).await.unwrap_err();

    assert!(error.is_store(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("newer version") && text.contains("update"),
        "{text}"
    );
    assert_eq!(pair.requests(), (0, 0));
    // The program of the newer version finds everything.
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 9999")
        .execute(&mut store)
        .await
        .unwrap();
    assert_eq!(pair.cycle().await.orders.created, 1);
}
