//! An invented shop with any number of customers and orders, for the emulator of МойСклад.

use moysklad_api::emulator::{Emulator, ServiceErrors};
use serde_json::{Value, json};

/// How many orders of the shop have the same customer.
const ORDERS_OF_A_CUSTOMER: u32 = 10;
/// How many customers orders are shared among at most.
const CUSTOMERS: u32 = 1000;

/// Adds counterparties to the emulator's account.
///
/// # Errors
///
/// What the service would answer to one of them.
pub fn add_counterparties(emulator: &Emulator, count: u32) -> Result<(), ServiceErrors> {
    for number in 1..=count {
        emulator.add("counterparty", counterparty(number))?;
    }
    Ok(())
}

/// Adds orders to the emulator's account, and the customers and the goods that they name.
///
/// # Errors
///
/// What the service would answer to one of them.
pub fn add_orders(emulator: &Emulator, count: u32) -> Result<(), ServiceErrors> {
    let customers = count.div_ceil(ORDERS_OF_A_CUSTOMER).min(CUSTOMERS);
    let customers = (1..=customers)
        .map(|number| emulator.add("counterparty", counterparty(number)))
        .map(|customer| customer.map(|customer| link(&customer)))
        .collect::<Result<Vec<Value>, _>>()?;
    let one = |kind| emulator.all(kind).first().map(link);
    let (organization, store) = (one("organization"), one("store"));
    for (number, customer) in (1..=count).zip(customers.iter().cycle()) {
        let order = json!({
            "name": format!("{number:07}"),
            "code": format!("SHOP-{number}"),
            "externalCode": format!("shop-{number}"),
            "description": format!("Заказ с сайта № {number}\nДоставка до обеда, звонить заранее"),
            "organization": organization,
            "store": store,
            "agent": customer,
            "shipmentAddressFull": {
                "postalCode": "101000",
                "city": "Москва",
                "street": format!("ул Садовая, {}", number % 500),
                "house": format!("{}", number % 90),
                "comment": "код на двери 17",
            },
        });
        emulator.add("customerorder", order)?;
    }
    Ok(())
}

fn counterparty(number: u32) -> Value {
    json!({
        "name": format!("ООО «Вектор {number}»"),
        "companyType": "legal",
        "phone": format!("+7999{number:07}"),
        "email": format!("info{number}@vector.example"),
        "inn": format!("{:010}", 7_700_000_000_u64 + u64::from(number)),
        "actualAddress": format!("101000, Россия, г Москва, ул Садовая, {}", number % 500),
        "tags": ["опт", "москва"],
    })
}

/// How a request names an object of the account.
fn link(object: &Value) -> Value {
    json!({"meta": object.get("meta")})
}
