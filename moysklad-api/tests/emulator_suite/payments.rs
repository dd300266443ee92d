//! Payments and the paid sum of an order.

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Shop, id};

async fn shop_with_order() -> (Shop, Value) {
    let shop = Shop::open().await;
    let order = shop.order();
    let order = shop
        .emulator
        .set_positions(id(&order), &[(100_000, 1.0)])
        .unwrap();
    (shop, order)
}

fn payment(order: &Value, sum: i64, linked: &[i64]) -> Value {
    let operations: Vec<_> = linked
        .iter()
        .map(|linked| json!({"meta": order["meta"], "linkedSum": linked}))
        .collect();
    json!({
        "organization": order["organization"], "agent": order["agent"], "sum": sum,
        "operations": operations,
    })
}

fn paid(shop: &Shop, order: &Value) -> f64 {
    shop.emulator.get("customerorder", id(order)).unwrap()["payedSum"]
        .as_f64()
        .unwrap()
}

#[tokio::test]
async fn payments_add_up_on_the_order_and_leave_its_updated_alone() {
    let (shop, order) = shop_with_order().await;

    let bank = shop
        .post("/entity/paymentin", payment(&order, 60_000, &[50_000]))
        .await
        .body;
    let cash = shop.emulator.pay_cash(id(&order), 10_000).unwrap();

    let after = shop
        .get(&format!(
            "/entity/customerorder/{}?expand=payments",
            id(&order)
        ))
        .await
        .body;
    assert_eq!(bank["operations"][0]["linkedSum"], 50_000.0);
    assert_eq!(after["payedSum"], 60_000.0);
    assert_eq!(after["updated"], order["updated"]);
    let linked: Vec<_> = after["payments"]
        .as_array()
        .unwrap()
        .iter()
        .map(id)
        .collect();
    assert_eq!(linked, [id(&bank), id(&cash)]);
}

#[tokio::test]
async fn a_payment_that_does_not_count_is_not_counted() {
    let (shop, order) = shop_with_order().await;
    let payments: Vec<_> = (0..3)
        .map(|_| shop.emulator.pay(id(&order), 10_000).unwrap())
        .collect();
    assert!((paid(&shop, &order) - 30_000.0).abs() < 0.1);

    shop.emulator
        .edit("paymentin", id(&payments[0]), json!({"applicable": false}))
        .unwrap();
    assert!((paid(&shop, &order) - 20_000.0).abs() < 0.1);
    shop.emulator.trash("paymentin", id(&payments[1])).unwrap();
    assert!((paid(&shop, &order) - 10_000.0).abs() < 0.1);
    shop.emulator.remove("paymentin", id(&payments[2])).unwrap();
    assert!(paid(&shop, &order).abs() < 0.1);
}

#[tokio::test]
async fn operations_of_an_update_replace_the_old_ones() {
    let (shop, order) = shop_with_order().await;
    let taken = shop.emulator.pay(id(&order), 10_000).unwrap();
    let path = format!("/entity/paymentin/{}", id(&taken));

    shop.put(&path, json!({"description": "а"})).await;
    assert!((paid(&shop, &order) - 10_000.0).abs() < 0.1);
    let operations = json!([{"meta": order["meta"], "linkedSum": 4_000}]);
    shop.put(&path, json!({"operations": operations})).await;
    assert!((paid(&shop, &order) - 4_000.0).abs() < 0.1);
    shop.put(&path, json!({"operations": []})).await;

    let after = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert_eq!(
        (&after["payedSum"], after.get("payments")),
        (&json!(0.0), None)
    );
}

#[tokio::test]
async fn a_wrong_link_is_refused_by_code() {
    let (shop, order) = shop_with_order().await;
    let trashed = shop.order();
    shop.emulator.trash("customerorder", id(&trashed)).unwrap();

    for (body, code) in [
        (payment(&order, 100, &[101]), 22000),
        (payment(&order, 100, &[10, 10]), 22001),
        (payment(&trashed, 100, &[10]), 3010),
        (payment(&order, -1, &[]), 3002),
    ] {
        let answer = shop.post("/entity/paymentin", body).await;
        assert_eq!((answer.status, answer.codes()), (412, vec![code]));
    }
    let store = shop.emulator.all("store")[0].clone();
    let mut wrong = payment(&order, 100, &[]);
    wrong["operations"] = json!([{"meta": store["meta"], "linkedSum": 1}]);
    assert_eq!(shop.post("/entity/paymentin", wrong).await.codes(), [2024]);
}

#[tokio::test]
async fn an_operation_without_a_sum_links_nothing_unless_payments_are_distributed() {
    for (distribute, linked) in [(false, 0.0), (true, 100_000.0)] {
        let shop = Shop::with(
            Emulator::builder()
                .limits(false)
                .distribute_payments(distribute),
        )
        .await;
        let order = shop.order();
        let order = shop
            .emulator
            .set_positions(id(&order), &[(100_000, 1.0)])
            .unwrap();
        let mut body = payment(&order, 150_000, &[0]);
        body["operations"][0]
            .as_object_mut()
            .unwrap()
            .remove("linkedSum");

        let taken = shop.post("/entity/paymentin", body).await.body;

        assert_eq!(taken["operations"][0]["linkedSum"], linked);
    }
}

#[tokio::test]
async fn a_deleted_order_leaves_its_payments() {
    let (shop, order) = shop_with_order().await;
    let taken = shop.emulator.pay(id(&order), 10_000).unwrap();

    shop.emulator.remove("customerorder", id(&order)).unwrap();

    let left = shop.emulator.get("paymentin", id(&taken)).unwrap();
    assert_eq!(left.get("operations"), None);
}

#[tokio::test]
async fn incoming_dates_lose_their_seconds() {
    let (shop, order) = shop_with_order().await;
    let mut body = payment(&order, 1, &[]);
    body["incomingDate"] = json!("2026-08-16 10:11:12");

    let taken = shop.post("/entity/paymentin", body).await.body;

    assert_eq!(taken["incomingDate"], "2026-08-16 10:11:00.000");
    assert_eq!(taken["name"], "00001");
}
