//! Customer orders (заказы покупателей): numbers, positions, sums.

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Shop, id, link};

async fn shop_with_product() -> (Shop, Value, Value) {
    let shop = Shop::open().await;
    let product = shop
        .emulator
        .add("product", json!({"name": "Кружка"}))
        .unwrap();
    let order = shop.order();
    (shop, link(&product), order)
}

#[tokio::test]
async fn orders_are_numbered_in_five_digits() {
    let shop = Shop::open().await;
    let numbered = |name: &str| {
        let mut order = shop.order_of(&shop.customer("А"));
        order["name"] = json!(name);
        order
    };

    let first = shop.order();
    shop.emulator
        .add("customerorder", numbered("00041"))
        .unwrap();
    let next = shop.order();
    let taken = shop.post("/entity/customerorder", numbered("00041")).await;

    assert_eq!([&first["name"], &next["name"]], ["00001", "00042"]);
    assert_eq!((taken.status, taken.codes()), (412, vec![3006]));
    assert_eq!(taken.body["errors"][0]["parameter"], "name");
}

#[tokio::test]
async fn numbers_may_repeat_when_the_account_does_not_check_them() {
    let shop = Shop::with(Emulator::builder().unique_document_names(false)).await;
    let mut order = shop.order_of(&shop.customer("А"));
    order["name"] = json!("7");

    assert_eq!(
        shop.post("/entity/customerorder", order.clone())
            .await
            .status,
        200
    );
    assert_eq!(shop.post("/entity/customerorder", order).await.status, 200);
}

#[tokio::test]
async fn an_order_is_completed_with_defaults() {
    let shop = Shop::open().await;

    let order = shop.order();

    assert_eq!(order["applicable"], true);
    assert_eq!([&order["vatEnabled"], &order["vatIncluded"]], [true, true]);
    for sum in [
        "sum",
        "payedSum",
        "shippedSum",
        "invoicedSum",
        "reservedSum",
        "vatSum",
    ] {
        assert_eq!(order[sum], 0.0, "{sum}");
    }
    assert!(order["moment"].as_str().unwrap().ends_with(":00.000"));
    assert_eq!(order["rate"]["currency"]["meta"]["type"], "currency");
    assert_eq!(order["rate"].get("value"), None);
    assert_eq!(order.get("payments"), None);
}

#[tokio::test]
async fn planned_moments_lose_their_seconds() {
    let shop = Shop::open().await;
    let mut order = shop.order_of(&shop.customer("А"));
    order["moment"] = json!("2026-08-15 09:20:33.123");
    order["deliveryPlannedMoment"] = json!("2026-08-18 12:00");

    let order = shop.post("/entity/customerorder", order).await.body;

    assert_eq!(order["moment"], "2026-08-15 09:20:00.000");
    assert_eq!(order["deliveryPlannedMoment"], "2026-08-18 12:00:00.000");
}

#[tokio::test]
async fn the_sum_follows_from_the_positions() {
    let (shop, product, order) = shop_with_product().await;
    let positions = json!({"positions": [
        {"assortment": product, "quantity": 2, "price": 125_000, "discount": 10, "vat": 20,
         "vatEnabled": true, "reserve": 2},
        {"assortment": product, "quantity": 1, "price": 29_000},
    ]});

    let written = shop
        .put(&format!("/entity/customerorder/{}", id(&order)), positions)
        .await
        .body;

    assert_eq!(written["sum"], 254_000.0);
    assert_eq!(written["vatSum"], 37_500.0);
    assert_eq!(written["reservedSum"], 225_000.0);
    assert_eq!(written["positions"]["meta"]["size"], 2);
}

#[tokio::test]
async fn a_sum_that_a_client_writes_is_ignored() {
    let (shop, _, order) = shop_with_product().await;

    let path = format!("/entity/customerorder/{}", id(&order));
    let written = shop.put(&path, json!({"sum": 7, "payedSum": 7})).await;

    assert_eq!(
        [&written.body["sum"], &written.body["payedSum"]],
        [0.0, 0.0]
    );
}

#[tokio::test]
async fn inline_positions_replace_the_old_ones_and_keep_those_named() {
    let (shop, product, order) = shop_with_product().await;
    let order = shop
        .emulator
        .set_positions(id(&order), &[(100, 1.0), (200, 1.0)])
        .unwrap();
    let kept = order["positions"]["rows"][1].clone();

    let patch = json!({"positions": [{"id": kept["id"], "quantity": 3}, {"assortment": product, "quantity": 1, "price": 50}]});
    let order = shop
        .emulator
        .edit("customerorder", id(&order), patch)
        .unwrap();

    let rows = order["positions"]["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["id"]), (2, &kept["id"]));
    assert_eq!(order["sum"], 650.0);
    let other = shop.order();
    let stolen = json!({"positions": [{"id": kept["id"], "assortment": product, "quantity": 1}]});
    shop.emulator
        .set_positions(id(&other), &[(1, 1.0)])
        .unwrap();
    let stolen = shop
        .put(&format!("/entity/customerorder/{}", id(&other)), stolen)
        .await;
    assert_eq!(stolen.codes(), [1046]);
}

#[tokio::test]
async fn positions_are_added_changed_and_deleted_on_their_own() {
    let (shop, product, order) = shop_with_product().await;
    let path = format!("/entity/customerorder/{}/positions", id(&order));
    let sum = || shop.emulator.get("customerorder", id(&order)).unwrap()["sum"].clone();

    let one = shop
        .post(
            &path,
            json!({"assortment": product, "quantity": 1, "price": 100}),
        )
        .await
        .body;
    let row = json!({"assortment": product, "quantity": 1, "price": 10});
    let two = shop.post(&path, json!([row, row])).await.body;
    assert_eq!(
        (one.as_array().unwrap().len(), two.as_array().unwrap().len()),
        (1, 2)
    );
    assert_eq!(sum(), 120.0);

    let changed = shop
        .put(&format!("{path}/{}", id(&one[0])), json!({"quantity": 2}))
        .await
        .body;
    assert_eq!([&changed["quantity"], &changed["price"]], [2.0, 100.0]);
    assert_eq!(sum(), 220.0);
    shop.delete(&format!("{path}/{}", id(&one[0]))).await;
    assert_eq!(sum(), 20.0);
    shop.post(
        &format!("{path}/delete"),
        json!([link(&two[0]), link(&two[1])]),
    )
    .await;
    assert_eq!(sum(), 0.0);
    assert_eq!(
        shop.get(&format!("{path}/{}", id(&one[0]))).await.status,
        404
    );
}

#[tokio::test]
async fn a_wrong_position_is_refused_by_code() {
    let (shop, product, order) = shop_with_product().await;
    let path = format!("/entity/customerorder/{}/positions", id(&order));

    for (patch, code) in [
        (json!({"quantity": 0}), 3003),
        (json!({"quantity": null}), 2016),
        (json!({"price": -1}), 3002),
        (json!({"reserve": 2}), 17003),
        (json!({"vat": 101}), 17007),
        (json!({"discount": 101}), 17008),
        (json!({"vatEnabled": true}), 17021),
        (json!({"assortment": null}), 3000),
        (
            json!({"assortment": link(&shop.emulator.all("store")[0])}),
            2024,
        ),
    ] {
        let mut body = json!({"assortment": product, "quantity": 1});
        body.as_object_mut()
            .unwrap()
            .extend(patch.as_object().unwrap().clone());
        let answer = shop.post(&path, body).await;
        assert_eq!(answer.codes(), [code], "{patch}");
    }
    let rows = vec![json!({"assortment": product, "quantity": 1}); 1001];
    assert_eq!(shop.post(&path, rows.into()).await.status, 413);
}

#[tokio::test]
async fn an_order_may_grow_beyond_a_thousand_positions() {
    let (shop, product, order) = shop_with_product().await;
    let path = format!("/entity/customerorder/{}/positions", id(&order));
    let rows = vec![json!({"assortment": product, "quantity": 1, "price": 1}); 600];

    shop.post(&path, rows.clone().into()).await;
    shop.post(&path, rows.into()).await;

    let order = shop
        .get(&format!("/entity/customerorder/{}", id(&order)))
        .await
        .body;
    assert_eq!(order["positions"]["meta"]["size"], 1200);
    assert_eq!(order["sum"], 1200.0);
}

#[tokio::test]
async fn the_trash_can_be_switched_off() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.put("/context/companysettings", json!({"useRecycleBin": false}))
        .await;

    assert_eq!(
        shop.emulator
            .trash("customerorder", id(&order))
            .unwrap_err()
            .codes(),
        [1067]
    );
}
