//! States (статусы).

use serde_json::{Value, json};

use crate::client::{Shop, id};

const PATH: &str = "/entity/customerorder/metadata/states";

#[tokio::test]
async fn a_new_account_has_the_seven_order_states_in_order() {
    let shop = Shop::open().await;

    let metadata = shop.get("/entity/customerorder/metadata").await.body;

    let states = metadata["states"].as_array().unwrap();
    let shown: Vec<_> = states
        .iter()
        .map(|state| {
            (
                state["name"].as_str().unwrap(),
                state["stateType"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Новый", "Regular"),
            ("Подтвержден", "Regular"),
            ("Собран", "Regular"),
            ("Отгружен", "Regular"),
            ("Доставлен", "Successful"),
            ("Возврат", "Unsuccessful"),
            ("Отменен", "Unsuccessful"),
        ]
    );
    assert_eq!(states[0]["entityType"], "customerorder");
    assert!(states[0]["color"].is_i64());
}

#[tokio::test]
async fn a_new_order_is_in_the_first_state() {
    let shop = Shop::open().await;

    let order = shop.order();

    let first = shop.emulator.state_id("customerorder", "Новый").unwrap();
    assert!(
        order["state"]["meta"]["href"]
            .as_str()
            .unwrap()
            .ends_with(&first)
    );
}

#[tokio::test]
async fn states_are_created_read_changed_and_deleted() {
    let shop = Shop::open().await;

    let created = shop
        .post(PATH, json!({"name": "Оплачен", "color": 10_667_543}))
        .await
        .body;
    let one = format!("{PATH}/{}", id(&created));
    let changed = shop
        .put(&one, json!({"stateType": "Successful"}))
        .await
        .body;

    assert_eq!(created["stateType"], "Regular");
    assert_eq!(
        [&changed["name"], &changed["stateType"]],
        ["Оплачен", "Successful"]
    );
    assert_eq!(shop.get(&one).await.body, changed);
    assert_eq!(shop.delete(&one).await.status, 200);
    assert_eq!(shop.get(&one).await.status, 404);
}

#[tokio::test]
async fn many_states_are_written_at_once() {
    let shop = Shop::open().await;
    let first = shop.get("/entity/customerorder/metadata").await.body["states"][0].clone();
    let rows = json!([{"name": "Оплачен", "color": 1}, {"meta": first["meta"], "name": "Новинка"}]);

    let answer = shop.post(PATH, rows).await;

    assert_eq!(answer.body[0]["name"], "Оплачен");
    assert_eq!(
        [&answer.body[1]["id"], &answer.body[1]["name"]],
        [&first["id"], &json!("Новинка")]
    );
}

#[tokio::test]
async fn an_incomplete_or_wrong_state_is_refused() {
    let shop = Shop::open().await;

    for (body, code) in [
        (json!({"color": 1}), 3000),
        (json!({"name": "А"}), 3000),
        (json!({"name": "А", "color": "red"}), 2016),
        (json!({"name": "А", "color": 1, "stateType": "Final"}), 3005),
    ] {
        let answer = shop.post(PATH, body.clone()).await;
        assert_eq!(answer.codes(), [code], "{body}");
    }
}

#[tokio::test]
async fn an_order_moves_only_into_states_of_orders() {
    let shop = Shop::open().await;
    let order = shop.order();
    let path = format!("/entity/customerorder/{}", id(&order));
    let foreign = shop
        .post(
            "/entity/counterparty/metadata/states",
            json!({"name": "Лид", "color": 1}),
        )
        .await
        .body;
    let state = |state: &str| shop.url(&format!("{PATH}/{state}"));
    let put = async |href: &Value| {
        shop.put(
            &path,
            json!({"state": {"meta": {"href": href, "type": "state"}}}),
        )
        .await
    };

    let done = shop
        .emulator
        .state_id("customerorder", "Доставлен")
        .unwrap();
    let moved = put(&json!(state(&done))).await;
    assert!(
        moved.body["state"]["meta"]["href"]
            .as_str()
            .unwrap()
            .ends_with(&done)
    );
    let wrong = put(&foreign["meta"]["href"]).await;
    assert_eq!((wrong.status, wrong.codes()), (412, vec![11002]));
    let missing = put(&json!(state("3c9e2a10-7b11-11f1-0a80-0a1b00000011"))).await;
    assert_eq!((missing.status, missing.codes()), (404, vec![1021]));
    let unknown = shop
        .emulator
        .set_order_state(id(&order), "Нет такого")
        .unwrap_err();
    assert_eq!(unknown.codes(), [11001]);
}

#[tokio::test]
async fn a_state_in_use_is_not_deleted() {
    let shop = Shop::open().await;
    let order = shop.order();
    let first = shop.emulator.state_id("customerorder", "Новый").unwrap();
    let path = format!("{PATH}/{first}");

    let refused = shop.delete(&path).await;
    shop.emulator.set_order_state(id(&order), "Собран").unwrap();
    let deleted = shop.delete(&path).await;

    assert_eq!((refused.status, refused.codes()), (409, vec![1028]));
    assert_eq!(deleted.status, 200);
}
