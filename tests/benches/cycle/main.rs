//! A cycle that carries many leads at once, and one that has nothing to do, against emulators without
//! limits in another process.
//!
//! ```text
//! cargo bench -p tests --bench cycle
//! ```
//!
//! Each row of the table is a process of its own, so that its memory and its processor time are its
//! own. `BENCH_LEADS=1000,10000` chooses other numbers of leads.

#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../roles/services.rs"]
mod services;
#[path = "../roles/usage.rs"]
mod usage;

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use calltouch_api::Limiter;
use ct_ms_sync::{Config, Report, Store, Sync};
use examples::memory;
use futures_util::TryStreamExt;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;
use moysklad_api::{Credentials, Pace};
use services::{SITE, Services};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

/// Numbers of leads, unless told otherwise.
const LEADS: &str = "1000,10000,100000";
/// Known counterparties of the idle cycle.
const KNOWN: u64 = 1_000_000;
/// Names the work to a process that is started to do it.
const WORK: &str = "BENCH_WORK";

fn main() {
    services::be_the_services();
    if let Ok(work) = std::env::var(WORK) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        return runtime.block_on(measure(&work));
    }
    println!("                        requests                                    most memory");
    let leads = std::env::var("BENCH_LEADS").unwrap_or_else(|_| LEADS.to_owned());
    for n in leads.split(',') {
        own_process(&format!("carry {n}"));
    }
    for n in leads.split(',') {
        own_process(&format!("backfill {n}"));
    }
    own_process("idle 0");
    own_process(&format!("idle {KNOWN}"));
}

fn own_process(work: &str) {
    print!("{work:<18}");
    std::io::stdout().flush().unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .env(WORK, work)
        .status();
    assert!(status.unwrap().success());
}

async fn measure(work: &str) {
    let (work, n) = work.split_once(' ').unwrap();
    let n: u64 = n.parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    match work {
        "carry" => carry(n, &folder).await,
        "backfill" => backfill(n, &folder).await,
        _ => idle(n, &folder).await,
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("store.sqlite").display())
}

async fn sync(services: &Services, since: Option<Date>, folder: &TempDir) -> Sync {
    let text = |side: &str, what: &str| services.ready[side][what].as_str().unwrap().to_owned();
    let calltouch = calltouch_api::Client::builder(SITE, text("calltouch", "token"))
        .base_url(text("calltouch", "url"))
        .limiter(Limiter::unlimited())
        .build()
        .unwrap();
    let moysklad = moysklad_api::Client::builder(Credentials::token(text("moysklad", "token")))
        .base_url(text("moysklad", "url"))
        .pace(Pace::unlimited())
        .build()
        .unwrap();
    let mut config = Config::new(SITE);
    config.leads.since = since;
    let store = Store::open(&url(folder)).await.unwrap();
    Sync::builder(config, calltouch, moysklad, store)
        .build()
        .unwrap()
}

fn today() -> Date {
    Offset::constant(3)
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// What something took.
struct Taken {
    began: Instant,
    cpu: Duration,
}

impl Taken {
    fn begin() -> Self {
        Self {
            began: Instant::now(),
            cpu: usage::cpu(),
        }
    }

    fn print(&self, items: u64, calltouch: u64, moysklad: u64) {
        let cpu = usage::cpu().saturating_sub(self.cpu);
        let of = items.max(1) as f64;
        println!(
            "{:5} ({calltouch} + {moysklad}), {:.4} each; {:8.1} s, processor {:7.2} s, {:6.0} µs each; {:6.1} MB",
            calltouch + moysklad,
            (calltouch + moysklad) as f64 / of,
            self.began.elapsed().as_secs_f64(),
            cpu.as_secs_f64(),
            cpu.as_secs_f64() * 1e6 / of,
            memory::most().unwrap_or(f64::NAN),
        );
    }
}

/// New leads, all in one cycle.
async fn carry(n: u64, folder: &TempDir) {
    let services = Services::start(n, false);
    let since = today().saturating_sub(60.days());
    let sync = sync(&services, Some(since), folder).await;
    let taken = Taken::begin();

    let report = sync.run_once().await.unwrap();

    assert_eq!((report.orders.created, report.deals.created), (n, n));
    taken.print(n, report.requests.calltouch, report.requests.moysklad);
}

/// The same leads, slice by slice.
async fn backfill(n: u64, folder: &TempDir) {
    let services = Services::start(n, false);
    let sync = sync(&services, None, folder).await;
    sync.run_once().await.unwrap();
    let taken = Taken::begin();

    let (mut orders, mut calltouch, mut moysklad) = (0, 0, 0);
    let from = today().saturating_sub(60.days());
    let mut slices = std::pin::pin!(sync.backfill(from, today()));
    while let Some(slice) = slices.try_next().await.unwrap() {
        orders += slice.report.orders.created;
        calltouch += slice.report.requests.calltouch;
        moysklad += slice.report.requests.moysklad;
    }

    assert_eq!(orders, n);
    taken.print(n, calltouch, moysklad);
}

/// Nothing to do, with so many counterparties known.
async fn idle(known: u64, folder: &TempDir) {
    let mut services = Services::start(0, false);
    sync(&services, None, folder)
        .await
        .run_once()
        .await
        .unwrap();
    services.add(1);
    sync(&services, None, folder)
        .await
        .run_once()
        .await
        .unwrap();
    know(known, folder).await;
    let sync = sync(&services, None, folder).await;
    let taken = Taken::begin();

    let report: Report = sync.run_once().await.unwrap();

    assert!(report.wrote_nothing(), "{report}");
    taken.print(1, report.requests.calltouch, report.requests.moysklad);
    services.add(1);
    let taken = Taken::begin();
    print!("  and one lead    ");
    let report = sync.run_once().await.unwrap();
    assert_eq!(report.orders.created, 1);
    taken.print(1, report.requests.calltouch, report.requests.moysklad);
}

/// Puts counterparties into the index, as reading them all would.
async fn know(known: u64, folder: &TempDir) {
    let mut store = SqliteConnection::connect(&url(folder)).await.unwrap();
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
         INSERT INTO contacts (pair, contact, counterparty, created_ms, archived, has_phone, has_email) \
         SELECT (SELECT MIN(pair) FROM pairs), '+7999' || printf('%07d', i), 'known-' || i, 0, 0, 1, 0 \
         FROM n WHERE $1 > 0",
    )
    .bind(i64::try_from(known).unwrap())
    .execute(&mut store)
    .await
    .unwrap();
}
