//! The calls (звонки) of some days, page after page, with the ad that brought each.
//!
//! ```text
//! cargo run --example list_calls
//! CALLTOUCH_SITE_ID=25918 CALLTOUCH_TOKEN=… cargo run --example list_calls -- 2026-10-01..2026-10-31
//! ```

use std::error::Error;
use std::pin::pin;
use std::process::ExitCode;

use calltouch_api::{Period, Text};
use clap::Parser;
use examples::arguments::{self, Days};
use examples::day::Day;
use examples::service::Calltouch;
use examples::{failure, sides};
use futures_util::StreamExt;

/// Lists calls with their source; exit codes: 0 done; 1 failed; 2 arguments wrong; 4 refused.
#[derive(Debug, Parser)]
#[command(name = "list_calls")]
struct Args {
    /// The days, Moscow time; without them, yesterday.
    #[arg(value_name = "FROM..TO")]
    days: Option<Days>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments::read::<Args>() {
        Ok(args) => failure::finish(run(args).await),
        Err(code) => code,
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let service = Calltouch::open().await?;
    if let Some(emulator) = &service.emulator {
        emulator.load_calls(Day::on(sides::yesterday()).calls)?;
    }
    let period = match args.days {
        Some(days) => Period::new(days.from, days.to)?,
        None => Period::day(sides::yesterday()),
    };

    let mut calls = pin!(
        service
            .client
            .calls()
            .list(period)
            .with_call_tags()
            .stream()
    );
    let (mut read, mut unread) = (0, 0);
    while let Some(call) = calls.next().await {
        match call {
            Ok(call) => {
                // «<не указано>» and its like are texts of the service; `value` knows them.
                let said = |text: &Option<Text>| {
                    let text = text.as_ref().and_then(Text::value);
                    text.unwrap_or("—").to_owned()
                };
                let (source, campaign) = (said(&call.source), said(&call.utm_campaign));
                let (id, seconds) = (call.call_id, call.duration.unwrap_or_default());
                println!(
                    "{id}  {}  {seconds:>4} s  {source}  {campaign}",
                    said(&call.date)
                );
                read += 1;
            }
            // One odd record costs only itself.
            Err(error) if error.is_record() => {
                eprintln!("left out: {error}");
                unread += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    println!("{read} calls, {unread} unreadable");
    Ok(())
}
