//! A test of a program of your own, against an emulator that loses an answer at the worst moment.
//!
//! ```text
//! cargo run --example test_your_integration
//! ```
//!
//! `report_sale` stands for your program. The same lines belong into a `#[tokio::test]`, with the
//! feature `emulator` of the SDK among the `dev-dependencies`. It needs no account, and takes none.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use calltouch_api::deal::{Matching, New};
use calltouch_api::emulator::{Emulator, Fault, FaultKind};
use calltouch_api::{Client, Limiter, Period};
use examples::failure;
use examples::sides::today;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

#[tokio::main]
async fn main() -> ExitCode {
    failure::finish(a_lost_answer_makes_no_second_deal().await)
}

async fn a_lost_answer_makes_no_second_deal() -> Result<(), Box<dyn Error>> {
    // Arrange: a call is there, and the first answer to a deal will be lost after it is stored.
    let emulator = Emulator::builder().site_id(25_918).start().await?;
    emulator.add_call(json!({"callId": 24_000_001, "callerNumber": "79150000001"}));
    let lost = Fault::new("POST /lead-service/v1/api/client-order/create");
    emulator.add_fault(lost.kind(FaultKind::DropAfterCommit).times(1));
    let client = Client::builder(25_918, emulator.token())
        .base_url(emulator.base_url())
        .limiter(Limiter::unlimited())
        .retry_delay(Duration::from_millis(1))
        .build()?;

    // Act.
    let first = report_sale(&client, 24_000_001).await?;
    let again = report_sale(&client, 24_000_001).await?;

    // Assert: what the service holds, not what the program believes.
    expect(
        first == Told::FoundAfterwards,
        "the lost answer is looked up",
    )?;
    expect(again == Told::KnownBefore, "a second run sends nothing")?;
    expect(emulator.deals().len() == 1, "there is one deal")?;
    println!("good: {} requests, 1 deal", emulator.stats().requests);
    Ok(())
}

#[derive(Debug, PartialEq)]
enum Told {
    Now,
    FoundAfterwards,
    KnownBefore,
}

/// Your program: tells Calltouch of a sale, and never twice.
async fn report_sale(client: &Client, call: u64) -> Result<Told, Box<dyn Error>> {
    let number = format!("shop-{call}");
    let days = Period::new(today(), today().saturating_add(1.day()))?;
    let deals = client.deals();
    if deals.find(&number, days).await?.is_some() {
        return Ok(Told::KnownBefore);
    }
    let deal = New::new(&number, "PENDING", Timestamp::now()).matching(Matching::call(call));
    for outcome in deals.create(vec![deal]).send().await {
        match outcome {
            Ok(_) => return Ok(Told::Now),
            // It may have been stored: ask, never send it again blindly.
            Err(error) if error.is_unclear() => {}
            Err(error) => return Err(error.into()),
        }
    }
    match deals.find(&number, days).await? {
        Some(_) => Ok(Told::FoundAfterwards),
        None => Err("the deal is not stored; it can be sent again".into()),
    }
}

fn expect(holds: bool, promise: &str) -> Result<(), Box<dyn Error>> {
    if holds {
        Ok(())
    } else {
        Err(format!("it does not hold that {promise}").into())
    }
}
