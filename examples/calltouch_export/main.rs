//! A month of Calltouch's calls as CSV, read as a stream: memory stays the same however many there are.
//!
//! ```text
//! cargo run --release --example calltouch_export -- --output calls.csv
//! CALLTOUCH_SITE_ID=25918 CALLTOUCH_TOKEN=… cargo run --release --example calltouch_export -- --month 2026-10
//! ```
//!
//! With a site and a token in the environment it asks the service (or `CALLTOUCH_BASE_URL`), else an
//! emulator of its own with `--calls` calls. Ends with one JSON line: rows, seconds, rows a second, and the
//! most memory the program took, which with the emulator is the emulator's above all.

mod row;

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use calltouch_api::emulator::Emulator;
use calltouch_api::{Client, Limiter, Period};
use clap::Parser;
use examples::memory;
use futures_util::StreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use serde_json::json;

use row::Row;

/// The site of the emulator.
const SITE: u64 = 25_918;

type Failure = Box<dyn std::error::Error>;

/// Writes a month of calls as CSV.
#[derive(Debug, Parser)]
#[command(name = "calltouch_export")]
struct Args {
    /// The month, as 2026-10.
    #[arg(long, default_value = "2026-10", value_parser = month)]
    month: Period,
    /// Where the CSV goes; without it, nowhere, for measuring.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many calls the emulator has, when no site is named in the environment.
    #[arg(long, default_value_t = 50_000)]
    calls: u32,
}

/// Reads a month as the days it has.
fn month(text: &str) -> Result<Period, String> {
    let first: Date = format!("{text}-01")
        .parse()
        .map_err(|_| "a month is written like 2026-10".to_owned())?;
    Period::new(first, first.last_of_month()).map_err(|error| error.to_string())
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
    let (client, _emulator) = client(&args).await?;
    let sink: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(io::sink()),
    };
    let begun = Instant::now();
    let (rows, unread) = export(&client, args.month, sink).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let report = json!({
        "rows": rows,
        "unread": unread,
        "seconds": (seconds * 1000.0).round() / 1000.0,
        "rows_per_s": (rate(rows, seconds)).round(),
        "maxrss_mb": memory::most(),
    });
    println!("{report}");
    Ok(())
}

/// The service if the environment names a site, else an emulator full of calls.
async fn client(args: &Args) -> Result<(Client, Option<Emulator>), Failure> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let (Some(site), Some(token)) = (set("CALLTOUCH_SITE_ID"), set("CALLTOUCH_TOKEN")) {
        let mut builder = Client::builder(site.parse()?, token);
        if let Some(url) = set("CALLTOUCH_BASE_URL") {
            builder = builder.base_url(url);
        }
        return Ok((builder.build()?, None));
    }
    let emulator = Emulator::builder()
        .site_id(SITE)
        .limits(false)
        .start()
        .await?;
    let days: Vec<Date> = args.month.days().collect();
    let calls = days.iter().cycle().zip(0..args.calls).map(|(day, number)| {
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        json!({
            "callId": 24_000_000 + u64::from(number),
            "date": format!("{} {hour:02}:{minute:02}:{second:02}", day.strftime("%d/%m/%Y")),
            "duration": number % 600,
            "callerNumber": format!("7999{number:07}"),
        })
    });
    emulator.load_calls(calls.collect())?;
    let client = Client::builder(SITE, emulator.token())
        .base_url(emulator.base_url())
        .limiter(Limiter::unlimited())
        .build()?;
    Ok((client, Some(emulator)))
}

/// Writes every call as it comes; a call that cannot be read is told and left out.
async fn export(
    client: &Client,
    month: Period,
    sink: Box<dyn Write>,
) -> Result<(u64, u64), Failure> {
    let mut csv = csv::Writer::from_writer(sink);
    let first = client.calls().list(month).page_size(1).send().await?;
    // Hidden where there is no terminal.
    let bar = ProgressBar::new(first.records_total.unwrap_or_default());
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {human_pos}/{human_len} calls, {per_sec}, {eta} left",
    )?);
    bar.enable_steady_tick(Duration::from_millis(100));
    let mut calls = pin!(client.calls().list(month).with_call_tags().stream());
    let (mut rows, mut unread) = (0, 0);
    while let Some(call) = calls.next().await {
        match call {
            Ok(call) => {
                csv.serialize(Row::new(&call))?;
                rows += 1;
                bar.inc(1);
            }
            Err(error) if error.is_record() => {
                bar.suspend(|| eprintln!("left out: {error}"));
                unread += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    csv.flush()?;
    bar.finish_and_clear();
    Ok((rows, unread))
}

fn rate(rows: u64, seconds: f64) -> f64 {
    u32::try_from(rows).map_or(0.0, f64::from) / seconds.max(0.001)
}
