//! One small GET over loopback: the client of this crate against reqwest by itself.
//!
//! Both send the same headers, decode the same body into the same type and run on the thread that is
//! measured; the server answers from another. Calls of both take turns, so that what else the machine
//! does meets both alike.
//!
//! ```text
//! cargo bench -p moysklad-api --bench request
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

#[path = "../canned/server.rs"]
mod canned;
#[path = "../generated/page.rs"]
#[allow(dead_code, reason = "other benchmarks need pages")]
mod generated;

use std::time::{Duration, Instant};

use allocation_counter::AllocationInfo;
use http::header::{ACCEPT, AUTHORIZATION};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::{Client, Credentials, Id, Pace};
use tokio::runtime::{Builder, Runtime};

/// How many calls of each client warm up connections and caches.
const WARM: usize = 2_000;
/// How many calls of each client are measured.
const CALLS: usize = 20_000;
const ACCEPTED: &str = "application/json;charset=utf-8";

/// One client, ready to send the request.
trait Caller {
    const NAME: &str;
    async fn call(&self);
}

struct Bare {
    http: reqwest::Client,
    url: String,
}

impl Caller for Bare {
    const NAME: &str = "reqwest";

    async fn call(&self) {
        let answer = self
            .http
            .get(&self.url)
            .header(AUTHORIZATION, "Bearer token")
            .header(ACCEPT, ACCEPTED)
            .timeout(Duration::from_secs(310))
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success());
        let body = answer.bytes().await.unwrap();
        serde_json::from_slice::<CustomerOrder>(&body).unwrap();
    }
}

struct Sdk {
    client: Client,
    id: Id<CustomerOrder>,
}

impl Caller for Sdk {
    const NAME: &str = "SDK";

    async fn call(&self) {
        let order = self.client.customer_orders().get(self.id).send().await;
        assert!(!order.unwrap().name.is_empty());
    }
}

/// Wall times of the calls of one client, and what one call allocates.
struct Measured {
    times: Vec<Duration>,
    allocations: AllocationInfo,
}

impl Measured {
    fn print(&mut self, name: &str) -> f64 {
        self.times.sort_unstable();
        let at =
            |share: usize| self.times[(self.times.len() - 1) * share / 100].as_secs_f64() * 1e6;
        println!(
            "{name:<22} p10 {:7.1} µs   median {:7.1} µs   {:4} allocations of {:6} bytes",
            at(10),
            at(50),
            self.allocations.count_total,
            self.allocations.bytes_total,
        );
        at(50)
    }
}

fn main() {
    let body = generated::orders(1, 1);
    let page: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let body = page["rows"][0].to_string();
    let address = canned::serve(body.as_bytes(), false);
    println!("one order of {} bytes, {CALLS} calls of each", body.len());

    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let id: Id<CustomerOrder> = page["rows"][0]["id"].as_str().unwrap().parse().unwrap();
    let bare = Bare {
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
        url: format!("{address}/entity/customerorder/{id}"),
    };
    let sdk = Sdk {
        client: Client::builder(Credentials::token("token"))
            .base_url(&address)
            .http_client(reqwest::Client::builder().no_proxy().build().unwrap())
            .pace(Pace::unlimited())
            .build()
            .unwrap(),
        id,
    };
    measure(&runtime, &bare, &sdk);
}

fn measure(runtime: &Runtime, bare: &Bare, sdk: &Sdk) {
    runtime.block_on(async {
        for _ in 0..WARM {
            bare.call().await;
            sdk.call().await;
        }
    });
    let mut bare_times = Vec::with_capacity(CALLS);
    let mut sdk_times = Vec::with_capacity(CALLS);
    runtime.block_on(async {
        for _ in 0..CALLS {
            bare_times.push(timed(bare).await);
            sdk_times.push(timed(sdk).await);
        }
    });
    let bare_allocations = allocation_counter::measure(|| runtime.block_on(bare.call()));
    let sdk_allocations = allocation_counter::measure(|| runtime.block_on(sdk.call()));
    let bare = Measured {
        times: bare_times,
        allocations: bare_allocations,
    }
    .print(Bare::NAME);
    let sdk = Measured {
        times: sdk_times,
        allocations: sdk_allocations,
    }
    .print(Sdk::NAME);
    println!(
        "overhead of the SDK: {:.1} µs a request (medians)",
        sdk - bare
    );
}

async fn timed(caller: &impl Caller) -> Duration {
    let begun = Instant::now();
    caller.call().await;
    begun.elapsed()
}
