//! Arrays: partly failed, mixed, repeated.

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Shop, codes, id};

#[tokio::test]
async fn good_rows_are_saved_and_bad_ones_say_why() {
    let shop = Shop::open().await;
    let rows = json!([{"name": "А"}, {"phone": "1"}, {"name": "Б"}, {"name": null}]);

    let answer = shop.post("/entity/counterparty", rows).await;

    let body = answer.body.as_array().unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(body.len(), 4);
    assert_eq!([&body[0]["name"], &body[2]["name"]], ["А", "Б"]);
    assert_eq!(codes(&body[1]), [3000]);
    assert_eq!(codes(&body[3]), [2016]);
    assert_eq!(shop.emulator.all("counterparty").len(), 2);
}

#[tokio::test]
async fn a_partly_failed_bulk_may_answer_200() {
    let shop = Shop::with(Emulator::builder().bulk_status_200(true)).await;

    let answer = shop
        .post("/entity/counterparty", json!([{"name": "А"}, {}]))
        .await;

    assert_eq!(answer.status, 200);
    assert_eq!(codes(&answer.body[1]), [3000]);
}

#[tokio::test]
async fn rows_of_one_bulk_share_their_moment() {
    let shop = Shop::open().await;

    let answer = shop
        .post(
            "/entity/counterparty/batch",
            json!([{"name": "А"}, {"name": "Б"}]),
        )
        .await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.body[0]["updated"], answer.body[1]["updated"]);
}

#[tokio::test]
async fn rows_with_meta_or_id_are_updates() {
    let shop = Shop::open().await;
    let [one, two] = [shop.customer("А"), shop.customer("Б")];
    let missing = "3c9e2a10-7b11-11f1-0a80-0a1b00000011";
    let rows = json!([
        {"meta": one["meta"], "phone": "1"}, {"id": two["id"], "phone": "2"}, {"name": "В"},
        {"id": missing, "name": "Г"}, {"id": "17"}, [],
    ]);

    let answer = shop.post("/entity/counterparty", rows).await;

    assert_eq!(
        [&answer.body[0]["id"], &answer.body[1]["id"]],
        [&one["id"], &two["id"]]
    );
    assert_eq!(
        [&answer.body[0]["phone"], &answer.body[1]["phone"]],
        ["1", "2"]
    );
    assert_eq!(codes(&answer.body[3]), [1021]);
    assert_eq!(codes(&answer.body[4]), [2016]);
    assert_eq!(codes(&answer.body[5]), [2004]);
    assert_eq!(shop.emulator.all("counterparty").len(), 3);
}

#[tokio::test]
async fn a_sync_id_repeated_in_one_array_is_one_object() {
    let shop = Shop::open().await;
    let row = |name: &str| json!({"name": name, "syncId": "5f0c3b1a-9d5e-4c27-8a61-2f0b7e6d1c90"});

    let first = shop
        .post(
            "/entity/counterparty",
            json!([row("А"), row("Б"), {"name": "В"}]),
        )
        .await;
    let again = shop.post("/entity/counterparty", json!([row("Г")])).await;

    assert_eq!(first.status, 200);
    assert_eq!(first.body[0], first.body[1]);
    assert_eq!(again.body[0], first.body[0]);
    assert_eq!(shop.emulator.all("counterparty").len(), 2);
}

#[tokio::test]
async fn more_than_a_thousand_rows_are_refused_as_a_whole() {
    let shop = Shop::open().await;
    let rows: Vec<Value> = (0..1001).map(|n| json!({"name": n.to_string()})).collect();

    let answer = shop.post("/entity/counterparty", rows.into()).await;

    assert_eq!((answer.status, answer.codes()), (413, vec![2007]));
    assert!(shop.emulator.all("counterparty").is_empty());
}

#[tokio::test]
async fn many_are_deleted_one_by_one() {
    let shop = Shop::open().await;
    let order = shop.order();
    let used = shop.emulator.all("counterparty")[0].clone();
    let free = shop.customer("А");
    let rows = json!([{"meta": free["meta"]}, {"meta": used["meta"]}]);

    let answer = shop.post("/entity/counterparty/delete", rows).await;

    let info = answer.body[0]["info"].as_str().unwrap();
    assert_eq!(
        info,
        format!(
            "Сущность 'counterparty' с UUID: {} успешно удалена",
            id(&free)
        )
    );
    assert_eq!(codes(&answer.body[1]), [1028]);
    assert_eq!(answer.status, 400);
    assert!(shop.emulator.get("customerorder", id(&order)).is_some());
}
