//! A customer order (заказ покупателя) with additional fields (дополнительные поля), made once however
//! often this runs.
//!
//! ```text
//! cargo run --example create_order
//! MOYSKLAD_TOKEN=… cargo run --example create_order -- --number 90815
//! ```
//!
//! With an account in the environment it really makes the counterparty, the fields and the order.

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use examples::service::Moysklad;
use examples::{arguments, failure};
use moysklad_api::attribute::{self, AttributeKind};
use moysklad_api::{counterparty, customer_order};
use uuid::Uuid;

/// Makes an order; exit codes: 0 done; 1 failed; 2 arguments wrong; 4 refused.
#[derive(Debug, Parser)]
#[command(name = "create_order")]
struct Args {
    /// Your own number of the order.
    #[arg(long, default_value_t = 90_815)]
    number: u32,
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
    let client = &service.client;
    let orders = client.customer_orders();

    // Creates the fields that the account lacks, and changes none that it has.
    let fields = [
        attribute::New::new("Источник", AttributeKind::String),
        attribute::New::new("Касаний до заказа", AttributeKind::Long),
    ];
    let mut values = Vec::new();
    let shown: [attribute::Value; 2] = ["yandex".into(), 3.into()];
    for (field, value) in orders
        .ensure_attributes(&fields)
        .await?
        .into_iter()
        .zip(shown)
    {
        values.push(field?.get().value(value));
    }

    let organizations = client.organizations().list().limit(1).send().await?;
    let organization = organizations
        .rows
        .first()
        .ok_or("the account has no organization")?;
    // With a syncId, creating twice is the same as once.
    let customer = counterparty::New::new("Анна Смирнова").sync_id(sync_id("customers/anna"));
    let customer = client.counterparties().create(customer).send().await?;

    let path = format!("orders/{}", args.number);
    let new = || {
        customer_order::New::new(organization.id, customer.id)
            .sync_id(sync_id(&path))
            .external_code(&path)
            .description("Заказ с сайта")
            .attributes(values.clone())
    };
    let order = orders.create(new()).send().await?;
    println!("order {} ({})", order.name, order.id);
    for attribute in &order.attributes {
        println!("  {:?}: {:?}", attribute.name, attribute.value);
    }
    let again = orders.create(new()).send().await?;
    let same = if again.id == order.id {
        "the same order"
    } else {
        "another order"
    };
    println!("sent again, it is {same}");
    Ok(())
}

/// A UUID that is always the same for the same path.
fn sync_id(path: &str) -> Uuid {
    let url = format!("https://shop.example/{path}");
    Uuid::new_v5(&Uuid::NAMESPACE_URL, url.as_bytes())
}
