//! A deal (сделка) of a call, made when the work begins and closed when it is paid.
//!
//! ```text
//! cargo run --example create_and_update_deal
//! CALLTOUCH_SITE_ID=25918 CALLTOUCH_TOKEN=… cargo run --example create_and_update_deal -- --call 24000001
//! ```
//!
//! With an account in the environment it really makes the deal.

use std::error::Error;
use std::process::ExitCode;

use calltouch_api::deal::{Matching, New, Update};
use clap::Parser;
use examples::service::Calltouch;
use examples::{arguments, failure};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::json;

/// Makes and closes a deal; exit codes: 0 done; 1 failed; 2 arguments wrong; 4 refused.
#[derive(Debug, Parser)]
#[command(name = "create_and_update_deal")]
struct Args {
    /// Calltouch's id of the call (callId).
    #[arg(long, default_value_t = 24_000_001)]
    call: u64,
    /// What was paid, in roubles.
    #[arg(long, default_value = "129900.50")]
    revenue: Decimal,
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
        emulator.add_call(json!({"callId": args.call, "callerNumber": "79150000001"}));
    }

    // The number is yours: it is how you change the deal later, and what keeps a second one away.
    let number = format!("crm-{}", args.call);
    let new = New::new(&number, "PENDING", Timestamp::now())
        .matching(Matching::call(args.call))
        .name("Кухня на заказ")
        .revenue(Decimal::ZERO);
    let deals = service.client.deals();
    for outcome in deals.create(vec![new]).crm("my CRM").send().await {
        let id = outcome?.calltouch_order_id.unwrap_or_default();
        println!("{number} is made: Calltouch calls it {id}");
    }

    // COMPLETED is one of the words that Calltouch knows; any other status is shown as it is.
    let won = Update::new(&number)
        .status("COMPLETED")
        .status_date(Timestamp::now())
        .revenue(args.revenue);
    for outcome in deals.update(vec![won]).crm("my CRM").send().await {
        outcome?;
        println!("{number} is closed with {} ₽", args.revenue);
    }
    if let Some(deal) = service.emulator.and_then(|emulator| emulator.deal(&number)) {
        println!("the emulator has it so: {deal:#}");
    }
    Ok(())
}
