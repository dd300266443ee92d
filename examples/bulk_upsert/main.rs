//! Many counterparties at once: some are new, some are there already, one is refused, and each has an
//! answer of its own.
//!
//! ```text
//! cargo run --example bulk_upsert
//! MOYSKLAD_TOKEN=… cargo run --example bulk_upsert
//! ```
//!
//! With an account in the environment it really makes three counterparties «Пример …», and archives
//! nothing.

use std::error::Error;
use std::process::ExitCode;

use examples::failure;
use examples::service::Moysklad;
use moysklad_api::counterparty::New;
use uuid::Uuid;

#[tokio::main]
async fn main() -> ExitCode {
    failure::finish(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let service = Moysklad::open().await?;
    let counterparties = service.client.counterparties();

    let known = counterparties.create(customer(1)).send().await?;
    println!("there before: {} {}", known.id, known.name);

    let rows = vec![
        // There already: the row comes back with the id it has.
        customer(1).description("знаком с прошлого года"),
        customer(2),
        // The service takes no such e-mail; the rows around it are saved all the same.
        customer(3).email("не почта"),
        customer(4),
    ];
    // Above a thousand rows it would be several requests, and one list of results still.
    let results = counterparties.create_many(rows).send().await;
    let mut saved = 0;
    for (place, result) in results.iter().enumerate() {
        match result {
            Ok(customer) => {
                saved += 1;
                let how = if customer.id == known.id {
                    "updated"
                } else {
                    "created"
                };
                println!("row {place}: {how} {} {}", customer.id, customer.name);
            }
            Err(error) if error.is_refused() => {
                println!("row {place}: correct it: {error}");
            }
            // Only a row without a syncId must be looked up first.
            Err(error) => println!("row {place}: send it again: {error}"),
        }
    }
    println!("{saved} of {} rows saved", results.len());
    Ok(())
}

/// A customer who is the same one whenever this is called with the same number.
fn customer(number: u32) -> New {
    let url = format!("https://shop.example/customers/{number}");
    New::new(format!("Пример {number}")).sync_id(Uuid::new_v5(&Uuid::NAMESPACE_URL, url.as_bytes()))
}
