//! The pace of five clients on three sites, in real time against an emulator that enforces the limit.
//!
//! ```text
//! cargo run --example calltouch_pace -- --reads 1000
//! ```
//!
//! The service takes five requests a second from one address, whatever site they are for, so all clients
//! of a process share one limiter. Ends with one JSON line: the rate that was reached, the most requests the
//! emulator saw arrive within a second, and how many it turned away.

use std::collections::VecDeque;
use std::pin::pin;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use calltouch_api::emulator::Emulator;
use calltouch_api::{Client, Period};
use clap::Parser;
use futures_util::future::try_join_all;
use jiff::civil::date;
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

/// The sites, each with a token of its own.
const SITES: [(u64, &str); 3] = [(25_918, "first"), (25_919, "second"), (25_920, "third")];
/// How many clients read at the same time.
const CLIENTS: u32 = 5;
/// How often arrivals are counted.
const GLANCE: Duration = Duration::from_millis(2);

type Failure = Box<dyn std::error::Error>;

/// Reads journals as fast as the limit allows, and says how fast that was.
#[derive(Debug, Parser)]
#[command(name = "calltouch_pace")]
struct Args {
    /// How many reads in all; 1000 take 200 seconds.
    #[arg(long, default_value_t = 1000)]
    reads: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Failure> {
    let mut builder = Emulator::builder();
    for (site, token) in SITES {
        builder = builder.site(site, token);
    }
    let emulator = builder.limits(true).start().await?;
    let clients = SITES
        .iter()
        .cycle()
        .zip(0..CLIENTS)
        .map(|((site, token), number)| {
            let client = Client::builder(*site, *token)
                .base_url(emulator.base_url())
                .build()?;
            let share = args.reads / CLIENTS + u32::from(number < args.reads % CLIENTS);
            Ok((client, share))
        })
        .collect::<Result<Vec<_>, calltouch_api::Error>>()?;

    let begun = Instant::now();
    let mut reading = pin!(try_join_all(
        clients.iter().map(|(client, share)| read(client, *share))
    ));
    let mut arrivals = Arrivals::default();
    let mut glances = interval(GLANCE);
    glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            done = &mut reading => {
                done?;
                break;
            }
            _ = glances.tick() => arrivals.note(Instant::now(), emulator.stats().requests),
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let report = json!({
        "reads": args.reads,
        "clients": CLIENTS,
        "sites": SITES.len(),
        "seconds": (seconds * 1000.0).round() / 1000.0,
        "reads_per_s": (f64::from(args.reads) / seconds * 1000.0).round() / 1000.0,
        "most_in_a_second": arrivals.most,
        "turned_away": emulator.stats().answered_429,
    });
    println!("{report}");
    Ok(())
}

async fn read(client: &Client, times: u32) -> Result<(), calltouch_api::Error> {
    for _ in 0..times {
        let day = Period::day(date(2026, 11, 20));
        client.calls().list(day).send().await?;
    }
    Ok(())
}

/// Counts what arrived within a second, from glances at the total.
#[derive(Default)]
struct Arrivals {
    glances: VecDeque<(Instant, u64)>,
    most: u64,
}

impl Arrivals {
    fn note(&mut self, now: Instant, total: u64) {
        self.glances.push_back((now, total));
        let second = |at: Instant| now.duration_since(at) <= Duration::from_secs(1);
        while self.glances.front().is_some_and(|(at, _)| !second(*at)) {
            self.glances.pop_front();
        }
        if let Some((_, before)) = self.glances.front() {
            self.most = self.most.max(total.saturating_sub(*before));
        }
    }
}
