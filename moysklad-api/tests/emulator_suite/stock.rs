//! Stock (остатки) beside positions.

use serde_json::{Value, json};

use crate::client::{Shop, id, link};

/// An order that reserves three of fourteen mugs, and its customer's shipment of two.
fn order(shop: &Shop) -> Value {
    let mug = json!({"name": "Кружка", "buyPrice": {"value": 600.0}});
    let mug = shop.emulator.add("product", mug).unwrap();
    shop.emulator.set_stock(id(&mug), 14.0).unwrap();
    let mut body = shop.order_of(&shop.customer("А"));
    body["positions"] = json!([{"assortment": link(&mug), "quantity": 5, "reserve": 3}]);
    let order = shop.emulator.add("customerorder", &body).unwrap();
    body["positions"] = json!([{"assortment": link(&mug), "quantity": 2}]);
    shop.emulator.add("demand", body).unwrap();
    order
}

fn expected() -> Value {
    json!({"cost": 600.0, "quantity": 12.0, "reserve": 3.0, "intransit": 0.0, "available": 9.0})
}

#[tokio::test]
async fn positions_show_stock_when_they_are_asked_to() {
    let shop = Shop::open().await;
    let order = order(&shop);
    let path = format!("/entity/customerorder/{}", id(&order));

    let rows = shop
        .get(&format!("{path}/positions?fields=stock"))
        .await
        .body;
    let inside = shop
        .get(&format!("{path}?fields=stock&expand=positions"))
        .await
        .body;
    let without = shop.get(&format!("{path}/positions")).await.body;

    assert_eq!(rows["rows"][0]["stock"], expected());
    assert_eq!(inside["positions"]["rows"][0]["stock"], expected());
    assert!(without["rows"][0].get("stock").is_none());
}

#[tokio::test]
async fn a_list_shows_stock_only_on_small_pages() {
    let shop = Shop::open().await;
    order(&shop);
    let first = async |limit: &str| {
        let query = [
            ("fields", "stock"),
            ("expand", "positions"),
            ("limit", limit),
        ];
        let body = shop.list("/entity/customerorder", &query).await.body;
        body["rows"][0]["positions"]["rows"][0].clone()
    };

    assert_eq!(first("100").await["stock"], expected());
    assert_eq!(first("101").await, Value::Null);
}

#[tokio::test]
async fn fields_has_one_value_only() {
    let shop = Shop::open().await;

    for (value, code) in [("price", 3043), ("stock,price", 3042)] {
        let answer = shop
            .list("/entity/customerorder", &[("fields", value)])
            .await;
        assert_eq!(
            (answer.status, answer.codes()),
            (400, vec![code]),
            "{value}"
        );
    }
}
