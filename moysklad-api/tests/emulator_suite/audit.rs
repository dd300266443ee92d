//! The audit (аудит).

use serde_json::json;

use crate::client::{Shop, id};

/// The events of an order, newest first.
async fn events(shop: &Shop, order: &serde_json::Value) -> Vec<serde_json::Value> {
    let path = format!("/entity/customerorder/{}/audit", id(order));
    let answer = shop.get(&path).await;
    assert_eq!(answer.status, 200);
    answer.body["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_edit_through_the_handle_is_told_as_one_of_the_web_interface() {
    let shop = Shop::open().await;
    let order = shop.order();

    shop.emulator
        .set_order_state(id(&order), "Отгружен")
        .unwrap();

    let events = events(&shop, &order).await;
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["source"], "app");
    assert_eq!(events[0]["eventType"], "update");
    assert_eq!(events[0]["diff"]["state"]["oldValue"]["name"], "Новый");
    assert_eq!(events[0]["diff"]["state"]["newValue"]["name"], "Отгружен");
    let href = events[0]["diff"]["state"]["newValue"]["meta"]["href"]
        .as_str()
        .unwrap();
    assert!(href.starts_with(&shop.emulator.base_url()), "{href}");
    assert_eq!(events[1]["eventType"], "create");
    assert!(events[1].get("diff").is_none());
    assert_eq!(events[1]["entity"]["meta"]["href"], order["meta"]["href"]);
}

#[tokio::test]
async fn a_change_over_http_is_told_as_one_of_the_api() {
    let shop = Shop::open().await;
    let order = shop.order();

    let path = format!("/entity/customerorder/{}", id(&order));
    let changed = shop
        .put(&path, json!({"description": "Срочно", "shared": true}))
        .await;

    let events = events(&shop, &order).await;
    assert_eq!(events[0]["source"], "remap-1.2");
    assert_eq!(events[0]["uid"], shop.emulator.login());
    assert_eq!(events[0]["moment"], changed.body["updated"]);
    assert_eq!(
        events[0]["diff"],
        json!({
            "description": {"newValue": "Срочно"},
            "shared": {"oldValue": false, "newValue": true},
        })
    );
    let info = events[0]["additionalInfo"].as_str().unwrap();
    assert!(
        info.starts_with("от ") && info.ends_with(" Покупатель 0.0 RUB"),
        "{info}"
    );
}

#[tokio::test]
async fn positions_differ_row_by_row() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(1000, 2.0)])
        .unwrap();

    shop.emulator
        .set_positions(id(&order), &[(1500, 1.0)])
        .unwrap();

    let diff = &events(&shop, &order).await[0]["diff"];
    let rows = diff["positions"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "{diff}");
    assert_eq!(rows[0]["oldValue"]["price"], 1000.0);
    assert_eq!(rows[0]["oldValue"]["assortment"]["name"], "Товар");
    assert!(rows[0].get("newValue").is_none());
    assert_eq!(rows[1]["newValue"]["price"], 1500.0);
    assert_eq!(diff["sum"], json!({"oldValue": 2000.0, "newValue": 1500.0}));
}

#[tokio::test]
async fn a_custom_field_differs_under_its_name() {
    let shop = Shop::open().await;
    let fields = "/entity/customerorder/metadata/attributes";
    let field = shop
        .post(fields, json!({"name": "Источник", "type": "string"}))
        .await
        .body;
    let order = shop.order();

    let value = json!({"attributes": [{"meta": field["meta"], "value": "google"}]});
    shop.emulator
        .edit("customerorder", id(&order), value)
        .unwrap();

    let events = events(&shop, &order).await;
    assert_eq!(
        events[0]["diff"],
        json!({"Источник": {"newValue": "google"}})
    );
}

#[tokio::test]
async fn trash_archive_and_deletion_have_words_of_their_own() {
    let shop = Shop::open().await;
    let (order, customer) = (shop.order(), shop.customer("А"));

    shop.emulator.trash("customerorder", id(&order)).unwrap();
    shop.emulator.restore("customerorder", id(&order)).unwrap();
    for archived in [true, false] {
        let patch = json!({"archived": archived});
        shop.emulator
            .edit("counterparty", id(&customer), patch)
            .unwrap();
    }
    shop.emulator.remove("counterparty", id(&customer)).unwrap();

    let words = async |path: String| {
        let body = shop.get(&path).await.body;
        let rows = body["rows"].as_array().unwrap().clone();
        let words = rows
            .iter()
            .map(|row| row["eventType"].as_str().unwrap().to_owned());
        (words.collect::<Vec<_>>(), rows)
    };
    let (of_order, _) = words(format!("/entity/customerorder/{}/audit", id(&order))).await;
    assert_eq!(
        of_order,
        ["restorefromrecyclebin", "puttorecyclebin", "create"]
    );
    let (of_customer, rows) = words(format!("/entity/counterparty/{}/audit", id(&customer))).await;
    assert_eq!(
        of_customer,
        ["delete", "restorefromarchive", "puttoarchive", "create"]
    );
    assert_eq!(rows[0]["name"], "А");
    assert_eq!(rows[0]["diff"]["name"], json!({"oldValue": "А"}));
}

#[tokio::test]
async fn a_bulk_request_is_one_context_with_an_event_an_object() {
    let shop = Shop::open().await;

    let rows = json!([{"name": "А"}, {"name": "Б"}, {"name": "В"}]);
    shop.post("/entity/counterparty", rows).await;

    let audit = shop.get("/audit").await.body;
    assert_eq!(audit["meta"]["limit"], 25);
    assert_eq!(audit["meta"]["size"], 1);
    let context = &audit["rows"][0];
    assert_eq!(context["objectCount"], 3);
    assert_eq!(context["entityType"], "counterparty");
    assert_eq!(context["eventType"], "create");
    let events = shop
        .get(&format!("/audit/{}/events", id(context)))
        .await
        .body;
    assert_eq!(events["meta"]["size"], 3);
    assert_eq!(events["rows"][0]["audit"]["meta"], context["meta"]);
    let one = shop.get(&format!("/audit/{}", id(context))).await;
    assert_eq!(&one.body, context);
}

#[tokio::test]
async fn contexts_are_filtered_by_type_event_source_and_time() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator.advance(std::time::Duration::from_hours(1));
    let path = format!("/entity/customerorder/{}", id(&order));
    let later = shop.put(&path, json!({"code": "1"})).await;
    let moment = later.body["updated"].as_str().unwrap().to_owned();

    let size = async |filter: &str| {
        let answer = shop.filter("/audit", filter).await;
        answer.body["meta"]["size"].as_u64()
    };

    assert_eq!(size("entityType=customerorder").await, Some(2));
    assert_eq!(
        size("entityType=customerorder;eventType=update").await,
        Some(1)
    );
    assert_eq!(size("source=jsonapi").await, Some(1));
    assert_eq!(size(&format!("moment>={moment}")).await, Some(1));
    assert_eq!(size(&format!("moment<={moment}")).await, Some(3));
    assert_eq!(size("uid=nobody@shop").await, Some(0));
    let employee = &shop.emulator.all("employee")[0]["meta"]["href"];
    let employee = format!("employee={}", employee.as_str().unwrap());
    assert_eq!(size(&employee).await, Some(3));
}

#[tokio::test]
async fn the_audit_refuses_what_its_grammar_does_not_have() {
    let shop = Shop::open().await;

    for (filter, code) in [
        ("moment>2026-01-01 00:00:00", 1034),
        ("moment>=yesterday", 1035),
        ("eventType=explode", 1041),
        ("name=1", 1034),
    ] {
        assert_eq!(
            shop.filter("/audit", filter).await.codes(),
            [code],
            "{filter}"
        );
    }
    assert_eq!(shop.get("/audit?limit=101").await.codes(), [1084]);
    let filters = shop.get("/audit/metadata/filters").await.body;
    assert!(
        filters["eventtype"]
            .as_array()
            .unwrap()
            .contains(&json!("update"))
    );
}
