//! 100 000 customer orders, 100 pages, over loopback: speed and memory of reading them all.
//!
//! Each way of reading runs in a process of its own, so that its memory is its own; the server, with
//! one prepared page, is in the process that starts them.
//!
//! ```text
//! cargo bench -p moysklad-api --bench stream
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

#[path = "../canned/server.rs"]
mod canned;
#[path = "../generated/page.rs"]
#[allow(dead_code, reason = "other benchmarks need counterparties")]
mod generated;
#[path = "../decode/hand_written.rs"]
mod hand_written;

use std::io::Write;
use std::process::Command;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use http::header::{ACCEPT, AUTHORIZATION};
use moysklad_api::{Client, Credentials, Pace};

use generated::ROWS;

const PAGES: u64 = 100;
/// Names the way of reading to a process that is started to do it.
const WAY: &str = "STREAM_WAY";
/// Names the server to it.
const BASE: &str = "STREAM_BASE";

fn main() {
    if let (Ok(way), Ok(base)) = (std::env::var(WAY), std::env::var(BASE)) {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        runtime.block_on(read(&way, &base));
        return;
    }
    let page = generated::orders(ROWS, ROWS * PAGES);
    let gzip = {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&page).unwrap();
        encoder.finish().unwrap()
    };
    println!("a page: {} bytes, {} gzipped", page.len(), gzip.len());
    for (name, base) in [
        ("plain", canned::serve(&page, false)),
        ("gzip", canned::serve(&gzip, true)),
    ] {
        for way in ["sdk", "bare"] {
            print!("{name:<6} {way:<5} ");
            std::io::stdout().flush().unwrap();
            let ended = Command::new(std::env::current_exe().unwrap())
                .env(WAY, way)
                .env(BASE, &base)
                .status();
            assert!(ended.unwrap().success());
        }
    }
}

/// Reads everything in one way, and prints what that took.
async fn read(way: &str, base: &str) {
    let begun = Instant::now();
    let (rows, ahead) = match way {
        "sdk" => sdk(base).await,
        _ => (bare(base).await, 0),
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(rows, ROWS * PAGES);
    println!(
        "{rows} rows in {seconds:5.2} s: {:6.0} rows/s; at most {:.1} MB, {ahead} pages ahead",
        rows as f64 / seconds,
        most_memory().unwrap_or(f64::NAN),
    );
}

/// By the stream of the SDK; also tells how many pages it asks for before they are needed, at most.
async fn sdk(base: &str) -> (u64, u64) {
    let client = Client::builder(Credentials::token("token"))
        .base_url(base)
        .pace(Pace::unlimited())
        .build()
        .unwrap();
    let mut orders = std::pin::pin!(client.customer_orders().list().stream());
    let (mut rows, mut ahead) = (0, 0);
    while let Some(_order) = orders.try_next().await.unwrap() {
        let needed = rows / ROWS + 1;
        ahead = ahead.max(client.requests_sent() - needed);
        rows += 1;
    }
    (rows, ahead)
}

/// By hand: page after page, the whole body, the hand-written struct.
async fn bare(base: &str) -> u64 {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut rows = 0;
    for page in 0..PAGES {
        let request = http
            .get(format!("{base}/entity/customerorder"))
            .query(&[("limit", ROWS), ("offset", page * ROWS)])
            .header(AUTHORIZATION, "Bearer token")
            .header(ACCEPT, "application/json;charset=utf-8");
        let body = request.send().await.unwrap().bytes().await.unwrap();
        let page: hand_written::Page<hand_written::Order> = serde_json::from_slice(&body).unwrap();
        rows += page.rows.len() as u64;
    }
    rows
}

/// The most memory that the process held so far, in megabytes, where the system tells.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
