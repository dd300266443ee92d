//! The counterparty (контрагент) with a phone, however the number is written in МойСклад.
//!
//! ```text
//! cargo run --example find_counterparty
//! MOYSKLAD_TOKEN=… cargo run --example find_counterparty -- "+7 915 000-00-01"
//! ```
//!
//! МойСклад keeps a phone as somebody typed it, so a filter by the whole number finds one spelling alone.
//! Here the service narrows it down to the last two digits, which nearly everybody writes together, and
//! the program compares the numbers.

use std::error::Error;
use std::pin::pin;
use std::process::ExitCode;

use clap::Parser;
use ct_ms_sync::contact::{Phone, Region};
use examples::service::Moysklad;
use examples::{arguments, failure};
use futures_util::TryStreamExt;
use moysklad_api::counterparty;
use serde_json::json;

/// Finds counterparties by phone; exit codes: 0 done; 1 failed; 2 arguments wrong; 4 refused.
#[derive(Debug, Parser)]
#[command(name = "find_counterparty")]
struct Args {
    /// The phone, in any spelling.
    #[arg(default_value = "+7 915 000-00-01")]
    phone: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments::read::<Args>() {
        Ok(args) => failure::finish(run(&args).await),
        Err(code) => code,
    }
}

async fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let service = Moysklad::open().await?;
    if let Some(emulator) = &service.emulator {
        for (name, phone) in [
            ("Анна", "8 (915) 000-00-01"),
            ("Пётр", "+79150000002"),
            ("ООО «Вектор»", "тел. 915 000 00 01, спросить Олега"),
            ("Мария", "8 (495) 000-00-01"),
        ] {
            emulator.add("counterparty", json!({"name": name, "phone": phone}))?;
        }
    }

    let region = Region::default();
    let wanted = Phone::all_in(&args.phone, region);
    let wanted = wanted.first().ok_or("that is no phone number")?;
    let digits = wanted.as_str();
    let last_two = digits
        .get(digits.len().saturating_sub(2)..)
        .unwrap_or(digits);

    let list = service.client.counterparties().list();
    let list = list.filter(counterparty::PHONE.contains(last_two));
    let mut candidates = pin!(list.stream());
    let (mut seen, mut found) = (0, 0);
    while let Some(candidate) = candidates.try_next().await? {
        seen += 1;
        let phone = candidate.phone.as_deref().unwrap_or_default();
        if Phone::all_in(phone, region).contains(wanted) {
            println!("{}  {}", candidate.id, candidate.name);
            found += 1;
        }
    }
    println!("{found} of {seen} candidates have that phone");
    Ok(())
}
