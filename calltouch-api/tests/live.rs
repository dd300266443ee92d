//! The client against the emulator: every method, the oddities, the refusals and the webhooks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use calltouch_api::emulator::{Emulator, EmulatorBuilder};
use calltouch_api::{Client, Limiter, Period};
use jiff::Timestamp;
use jiff::civil::date;

#[path = "live/calls.rs"]
mod calls;
#[path = "live/deals.rs"]
mod deals;
#[path = "live/leads.rs"]
mod leads;
#[path = "live/quirks.rs"]
mod quirks;
#[path = "live/refusals.rs"]
mod refusals;
#[path = "live/requests.rs"]
mod requests;
#[path = "live/webhooks.rs"]
mod webhooks;

const SITE: u64 = 25918;
const TOKEN: &str = "a/b.c token";

/// An emulator whose clock starts at noon of 20/11/2026 in Moscow, and a client of its site.
async fn start() -> (Emulator, Client) {
    start_with(|builder| builder).await
}

async fn start_with(change: impl FnOnce(EmulatorBuilder) -> EmulatorBuilder) -> (Emulator, Client) {
    let builder = Emulator::builder()
        .site_id(SITE)
        .token(TOKEN)
        .limits(false)
        .now(noon());
    let emulator = change(builder).start().await.unwrap();
    let client = client(&emulator, SITE, TOKEN);
    (emulator, client)
}

/// A client that waits for nothing and tries once.
fn client(emulator: &Emulator, site: u64, token: &str) -> Client {
    Client::builder(site, token)
        .base_url(emulator.base_url())
        .limiter(Limiter::unlimited())
        .attempts(1)
        .build()
        .unwrap()
}

fn noon() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// The day the emulator's clock stands in.
fn today() -> Period {
    Period::day(date(2026, 11, 20))
}

fn november() -> Period {
    Period::new(date(2026, 11, 1), date(2026, 11, 30)).unwrap()
}
