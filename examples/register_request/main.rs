//! A request (заявка) from a place that Calltouch does not see, such as a messenger or a fair.
//!
//! ```text
//! cargo run --example register_request
//! CALLTOUCH_SITE_ID=25918 CALLTOUCH_TOKEN=… cargo run --example register_request -- --phone 79150000001
//! ```
//!
//! With an account in the environment it really registers the request.

use std::error::Error;
use std::process::ExitCode;

use calltouch_api::Period;
use calltouch_api::request::New;
use clap::Parser;
use examples::service::Calltouch;
use examples::{arguments, failure, sides};
use jiff::Timestamp;

/// Registers a request; exit codes: 0 done; 1 failed; 2 arguments wrong; 4 refused.
#[derive(Debug, Parser)]
#[command(name = "register_request")]
struct Args {
    /// Your own number of the request, which no other request has; made from the time without it.
    #[arg(long)]
    number: Option<String>,
    /// What the person asks for.
    #[arg(long, default_value = "Расчёт кухни")]
    subject: String,
    /// The person's phone.
    #[arg(long, default_value = "79150000001")]
    phone: String,
    /// The person's name.
    #[arg(long, default_value = "Анна")]
    name: String,
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
    let now = Timestamp::now();
    let number = args
        .number
        .unwrap_or_else(|| format!("crm-{}", now.as_second()));
    let request = New::new(number, now)
        .subject(args.subject)
        .phone(args.phone)
        .name(args.name)
        .tag("мессенджер");

    // A batch of one: every request of a batch has an answer of its own.
    for outcome in service.client.requests().create(vec![request]).send().await {
        match outcome {
            Ok(saved) => println!("registered as {}", shown(saved.request_id)),
            Err(error) if error.is_unclear() => {
                return Err(format!("look it up before you send it again: {error}").into());
            }
            Err(error) => return Err(error.into()),
        }
    }

    let today = Period::day(sides::today());
    let requests = service.client.requests().list(today).send().await?;
    println!("{} requests in the journal of today", requests.len());
    Ok(())
}

/// Not every service gives an id.
fn shown(id: Option<u64>) -> String {
    id.map_or_else(|| "a request without an id".to_owned(), |id| id.to_string())
}
