//! What reading costs, in counts that do not depend on the machine; times are in the benchmarks.
#![allow(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../benches/canned/server.rs"]
mod canned;
#[path = "../benches/generated/page.rs"]
mod generated;
#[path = "../benches/decode/hand_written.rs"]
mod hand_written;

use allocation_counter::AllocationInfo;
use futures_util::TryStreamExt;
use moysklad_api::counterparty::Counterparty;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::{Client, Credentials, Id, Pace, Page};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

use generated::ROWS;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn client(base: &str) -> Client {
    Client::builder(Credentials::token("token"))
        .base_url(base)
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

/// What decoding a page takes from the allocator.
fn decoding<T: DeserializeOwned>(page: &[u8]) -> AllocationInfo {
    allocation_counter::measure(|| {
        serde_json::from_slice::<T>(page).unwrap();
    })
}

fn at_most(what: &str, counted: u64, bound: u64) {
    assert!(
        counted <= bound,
        "{what}: {counted}, and {bound} was enough; `cargo bench -p moysklad-api` shows where it goes"
    );
}

/// Holds a type of this crate against the struct that a program would write by itself.
fn compare<Own: DeserializeOwned, ByHand: DeserializeOwned>(page: &[u8], rows: u64) {
    let own = decoding::<Page<Own>>(page);
    let by_hand = decoding::<hand_written::Page<ByHand>>(page);

    at_most(
        "allocations of a row, against those of a struct written by hand",
        own.count_total.div_ceil(rows),
        by_hand.count_total * 6 / 5 / rows,
    );
    at_most(
        "bytes that a row takes, against those of a struct written by hand",
        own.bytes_max / rows,
        by_hand.bytes_max * 13 / 10 / rows,
    );
}

#[test]
fn an_order_is_decoded_about_as_cheaply_as_a_struct_written_by_hand() {
    let page = generated::orders(ROWS, ROWS);

    compare::<CustomerOrder, hand_written::Order>(&page, ROWS);
}

#[test]
fn a_counterparty_is_decoded_about_as_cheaply_as_a_struct_written_by_hand() {
    let page = generated::counterparties(ROWS, ROWS);

    compare::<Counterparty, hand_written::Counterparty>(&page, ROWS);
}

#[test]
fn a_thousand_rows_take_one_request() {
    let page = generated::orders(ROWS, ROWS * 3);
    let client = client(&canned::serve(&page, false));

    let rows = runtime().block_on(async {
        let orders = client.customer_orders().list().stream();
        orders.try_fold(0, async |rows, _| Ok(rows + 1)).await
    });

    assert_eq!(rows.unwrap(), ROWS * 3);
    assert_eq!(client.requests_sent(), 3);
}

#[test]
fn a_stream_holds_one_page_however_many_there_are() {
    let most = |pages: u64| {
        let page = generated::orders(ROWS, ROWS * pages);
        let client = client(&canned::serve(&page, false));
        let taken = allocation_counter::measure(|| {
            let counted = runtime().block_on(async {
                let orders = client.customer_orders().list().stream();
                orders.try_fold(0, async |rows, _| Ok(rows + 1)).await
            });
            assert_eq!(counted.unwrap(), ROWS * pages);
        });
        taken.bytes_max
    };

    let (two, six) = (most(2), most(6));

    // How a body comes in differs from run to run, but four pages more would be four times this.
    let one_page = generated::orders(ROWS, ROWS).len() as u64;
    at_most(
        "memory of six pages, against that of two",
        six,
        two + one_page,
    );
}

#[test]
fn a_request_adds_few_allocations_to_those_of_reqwest() {
    let page: serde_json::Value = serde_json::from_slice(&generated::orders(1, 1)).unwrap();
    let order = page["rows"][0].to_string();
    let base = canned::serve(order.as_bytes(), false);
    let id: Id<CustomerOrder> = page["rows"][0]["id"].as_str().unwrap().parse().unwrap();
    let runtime = runtime();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = Client::builder(Credentials::token("token"))
        .base_url(&base)
        .http_client(http.clone())
        .pace(Pace::unlimited())
        .build()
        .unwrap();
    let by_hand = || {
        runtime.block_on(async {
            let url = format!("{base}/entity/customerorder/{id}");
            let answer = http.get(url).bearer_auth("token").send().await.unwrap();
            let body = answer.bytes().await.unwrap();
            serde_json::from_slice::<CustomerOrder>(&body).unwrap();
        });
    };
    let by_client = || {
        let order = runtime.block_on(client.customer_orders().get(id).send());
        assert!(!order.unwrap().name.is_empty());
    };
    // Connections are opened before anything is counted.
    by_hand();
    by_client();

    let by_hand = allocation_counter::measure(by_hand);
    let by_client = allocation_counter::measure(by_client);

    let more = by_client.count_total.saturating_sub(by_hand.count_total);
    at_most("allocations of a request beside those of reqwest", more, 15);
}
