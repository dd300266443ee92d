//! Both emulators as a server for other programs.
//!
//! ```text
//! cargo run --example emulators -- --calltouch-port 8081 --moysklad-port 8082
//! ```
//!
//! Prints one JSON line with addresses and credentials when it is ready, and runs until it is killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use calltouch_api::emulator as calltouch;
use clap::Parser;
use examples::{arguments, shop};
use jiff::Timestamp;
use moysklad_api::emulator as moysklad;
use serde_json::{Value, json};

/// Runs emulators of Calltouch and МойСклад until killed.
#[derive(Debug, Parser)]
#[command(name = "emulators")]
struct Args {
    /// Port of Calltouch; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    calltouch_port: u16,
    /// Port of МойСклад; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    moysklad_port: u16,
    /// Load calls.json, requests.json and counterparties.json from this folder; a missing file is an empty list.
    #[arg(long, value_name = "DIR")]
    leads: Option<PathBuf>,
    /// Give МойСклад this many invented orders, with customers of theirs.
    #[arg(long, value_name = "N", default_value_t = 0)]
    orders: u32,
    /// Give МойСклад this many invented counterparties more.
    #[arg(long, value_name = "N", default_value_t = 0)]
    counterparties: u32,
    /// Answer any number of requests.
    #[arg(long)]
    no_limits: bool,
    /// Where the clock of both services starts; without it, now.
    #[arg(long, value_name = "RFC3339")]
    now: Option<Timestamp>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = match arguments::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), String> {
    let leads = args.leads.as_deref();
    let calls = records(leads, "calls.json")?;
    let requests = records(leads, "requests.json")?;
    let counterparties = records(leads, "counterparties.json")?;

    let mut builder = calltouch::Emulator::builder()
        .port(args.calltouch_port)
        .limits(!args.no_limits);
    if let Some(site_id) = calls
        .iter()
        .chain(&requests)
        .find_map(|lead| lead["siteId"].as_u64())
    {
        builder = builder.site_id(site_id);
    }
    if let Some(now) = args.now {
        builder = builder.now(now);
    }
    let calltouch = builder
        .start()
        .await
        .map_err(|error| format!("Calltouch on port {}: {error}", args.calltouch_port))?;
    calltouch
        .load_calls(calls)
        .map_err(|error| format!("calls.json: {error}"))?;
    calltouch
        .load_requests(requests)
        .map_err(|error| format!("requests.json: {error}"))?;

    let mut builder = moysklad::Emulator::builder()
        .port(args.moysklad_port)
        .limits(!args.no_limits);
    if let Some(now) = args.now {
        builder = builder.now(now);
    }
    let moysklad = builder
        .start()
        .await
        .map_err(|error| format!("МойСклад on port {}: {error}", args.moysklad_port))?;
    for (n, counterparty) in counterparties.into_iter().enumerate() {
        moysklad
            .add("counterparty", counterparty)
            .map_err(|error| format!("counterparties.json, record {n}: {error}"))?;
    }
    shop::add_orders(&moysklad, args.orders)
        .map_err(|error| format!("invented orders: {error}"))?;
    shop::add_counterparties(&moysklad, args.counterparties)
        .map_err(|error| format!("invented counterparties: {error}"))?;

    println!(
        "{}",
        json!({
            "calltouch": {
                "base_url": calltouch.base_url(),
                "site_id": calltouch.site_id(),
                "token": calltouch.token(),
            },
            "moysklad": {
                "base_url": moysklad.base_url(),
                "login": moysklad.login(),
                "password": moysklad.password(),
                "token": moysklad.token(),
            },
        })
    );
    // Both servers live as long as their handles, which are held here.
    std::future::pending::<()>().await;
    drop((calltouch, moysklad));
    Ok(())
}

fn records(folder: Option<&Path>, name: &str) -> Result<Vec<Value>, String> {
    let Some(folder) = folder else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Err(format!("{} is no folder", folder.display()));
    }
    let file = folder.join(name);
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}
