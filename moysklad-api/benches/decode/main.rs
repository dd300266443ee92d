//! Decoding a page of 1000 rows: the crate's types against what a program could do by itself.
//!
//! ```text
//! cargo bench -p moysklad-api --bench decode
//! ```

#![allow(
    clippy::naive_bytecount, // The floor is a plain scan.
    clippy::unwrap_used,
    clippy::wildcard_imports,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

#[path = "../generated/page.rs"]
mod generated;
mod hand_written;

use std::io::{Read, Write};
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use moysklad_api::Page;
use moysklad_api::counterparty::Counterparty;
use moysklad_api::customer_order::CustomerOrder;
use serde::de::DeserializeOwned;
use serde_json::Value;

use generated::ROWS;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

static ORDERS: LazyLock<Vec<u8>> = LazyLock::new(|| generated::orders(ROWS, ROWS));
static COUNTERPARTIES: LazyLock<Vec<u8>> = LazyLock::new(|| generated::counterparties(ROWS, ROWS));

fn main() {
    println!(
        "a page of {ROWS}: orders {} bytes, {} gzipped; counterparties {} bytes, {} gzipped",
        ORDERS.len(),
        gzipped(&ORDERS).len(),
        COUNTERPARTIES.len(),
        gzipped(&COUNTERPARTIES).len(),
    );
    divan::main();
}

/// Decodes a page again and again; dropping what it gave is not part of the time.
fn decode<T: DeserializeOwned>(bencher: Bencher, page: &[u8]) {
    bencher
        .counter(BytesCount::of_slice(page))
        .bench_local(|| serde_json::from_slice::<T>(black_box(page)).unwrap());
}

/// Looks at every byte once.
fn scan(page: &[u8]) -> usize {
    page.iter().filter(|byte| **byte == b'"').count()
}

fn gzipped(page: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(page).unwrap();
    encoder.finish().unwrap()
}

fn inflated(gzip: &[u8], size: usize) -> Vec<u8> {
    let mut page = Vec::with_capacity(size);
    GzDecoder::new(gzip).read_to_end(&mut page).unwrap();
    page
}

mod orders {
    use super::*;

    #[divan::bench]
    fn typed(bencher: Bencher) {
        decode::<Page<CustomerOrder>>(bencher, &ORDERS);
    }

    #[divan::bench]
    fn hand_written(bencher: Bencher) {
        decode::<hand_written::Page<hand_written::Order>>(bencher, &ORDERS);
    }

    #[divan::bench]
    fn minimal(bencher: Bencher) {
        decode::<hand_written::Page<hand_written::Minimal>>(bencher, &ORDERS);
    }

    #[divan::bench]
    fn value(bencher: Bencher) {
        decode::<Value>(bencher, &ORDERS);
    }

    #[divan::bench]
    fn byte_scan(bencher: Bencher) {
        let page = ORDERS.as_slice();
        bencher
            .counter(BytesCount::of_slice(page))
            .bench_local(|| scan(black_box(page)));
    }
}

mod orders_gzip {
    use super::*;

    #[divan::bench]
    fn inflate(bencher: Bencher) {
        let gzip = gzipped(&ORDERS);
        bencher
            .counter(BytesCount::of_slice(ORDERS.as_slice()))
            .bench_local(|| inflated(black_box(&gzip), ORDERS.len()));
    }

    #[divan::bench]
    fn inflate_and_typed(bencher: Bencher) {
        let gzip = gzipped(&ORDERS);
        bencher
            .counter(BytesCount::of_slice(ORDERS.as_slice()))
            .bench_local(|| {
                let page = inflated(black_box(&gzip), ORDERS.len());
                serde_json::from_slice::<Page<CustomerOrder>>(&page).unwrap()
            });
    }
}

mod counterparties {
    use super::*;

    #[divan::bench]
    fn typed(bencher: Bencher) {
        decode::<Page<Counterparty>>(bencher, &COUNTERPARTIES);
    }

    #[divan::bench]
    fn hand_written(bencher: Bencher) {
        decode::<hand_written::Page<hand_written::Counterparty>>(bencher, &COUNTERPARTIES);
    }

    #[divan::bench]
    fn minimal(bencher: Bencher) {
        decode::<hand_written::Page<hand_written::Minimal>>(bencher, &COUNTERPARTIES);
    }

    #[divan::bench]
    fn value(bencher: Bencher) {
        decode::<Value>(bencher, &COUNTERPARTIES);
    }

    #[divan::bench]
    fn byte_scan(bencher: Bencher) {
        let page = COUNTERPARTIES.as_slice();
        bencher
            .counter(BytesCount::of_slice(page))
            .bench_local(|| scan(black_box(page)));
    }
}

mod counterparties_gzip {
    use super::*;

    #[divan::bench]
    fn inflate(bencher: Bencher) {
        let gzip = gzipped(&COUNTERPARTIES);
        bencher
            .counter(BytesCount::of_slice(COUNTERPARTIES.as_slice()))
            .bench_local(|| inflated(black_box(&gzip), COUNTERPARTIES.len()));
    }

    #[divan::bench]
    fn inflate_and_typed(bencher: Bencher) {
        let gzip = gzipped(&COUNTERPARTIES);
        bencher
            .counter(BytesCount::of_slice(COUNTERPARTIES.as_slice()))
            .bench_local(|| {
                let page = inflated(black_box(&gzip), COUNTERPARTIES.len());
                serde_json::from_slice::<Page<Counterparty>>(&page).unwrap()
            });
    }
}
