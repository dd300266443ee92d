//! Custom fields (дополнительные поля).

use serde_json::{Value, json};

use crate::client::{Answer, Shop, codes, id, link};

const PATH: &str = "/entity/customerorder/metadata/attributes";

async fn define(shop: &Shop, name: &str, kind: &str) -> Value {
    let answer = shop.post(PATH, json!({"name": name, "type": kind})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

async fn set(shop: &Shop, order: &Value, attributes: Value) -> Answer {
    let path = format!("/entity/customerorder/{}", id(order));
    shop.put(&path, json!({"attributes": attributes})).await
}

#[tokio::test]
async fn definitions_are_created_read_changed_and_deleted() {
    let shop = Shop::open().await;

    let created = shop
        .post(
            PATH,
            json!({"name": "gclid", "type": "string", "description": "calltouch:gclid"}),
        )
        .await
        .body;
    let one = format!("{PATH}/{}", id(&created));
    let changed = shop.put(&one, json!({"name": "Google"})).await.body;

    assert_eq!(created["meta"]["type"], "attributemetadata");
    assert_eq!(
        [&created["required"], &created["show"]],
        [&json!(false), &json!(true)]
    );
    assert_eq!(changed["name"], "Google");
    assert_eq!(changed["description"], "calltouch:gclid");
    assert_eq!(shop.get(&one).await.body, changed);
    assert_eq!(
        shop.put(&one, json!({"type": "text"})).await.codes(),
        [3001]
    );
    assert_eq!(shop.delete(&one).await.status, 200);
    assert_eq!(shop.get(&one).await.status, 404);
}

#[tokio::test]
async fn definitions_are_listed_with_sizes_and_shown_in_the_metadata() {
    let shop = Shop::open().await;
    assert_eq!(
        shop.get("/entity/customerorder/metadata")
            .await
            .body
            .get("attributes"),
        None
    );
    define(&shop, "utm_source", "string").await;
    define(&shop, "utm_medium", "string").await;

    let list = shop.get(&format!("{PATH}?limit=1&offset=1")).await;
    let plain = shop.get("/entity/customerorder/metadata").await.body;
    let expanded = shop
        .get("/entity/customerorder/metadata?expand=attributes")
        .await
        .body;

    assert_eq!(list.names(), ["utm_medium"]);
    let meta = &list.body["meta"];
    assert_eq!([&meta["size"], &meta["limit"], &meta["offset"]], [2, 1, 1]);
    assert_eq!(list.body.get("context"), None);
    assert_eq!(plain["attributes"]["meta"]["size"], 2);
    assert_eq!(plain["attributes"].get("rows"), None);
    assert_eq!(expanded["attributes"]["rows"][0]["name"], "utm_source");
}

#[tokio::test]
async fn many_definitions_are_written_at_once() {
    let shop = Shop::open().await;
    let old = define(&shop, "utm_source", "string").await;
    let rows = json!([
        {"name": "utm_medium", "type": "string"}, {"meta": old["meta"], "description": "Источник"},
        {"name": "utm_source", "type": "string"}, {"name": "x"}, {"name": "y", "type": "number"},
    ]);

    let answer = shop.post(PATH, rows).await;

    assert_eq!(answer.body[0]["name"], "utm_medium");
    assert_eq!(answer.body[1]["id"], old["id"]);
    assert_eq!(answer.body[1]["description"], "Источник");
    assert_eq!(codes(&answer.body[2]), [3006]);
    assert_eq!(codes(&answer.body[3]), [3000]);
    assert_eq!(codes(&answer.body[4]), [3005]);
}

#[tokio::test]
async fn a_bulk_deletion_of_definitions_is_all_or_nothing() {
    let shop = Shop::open().await;
    let [one, two] = [
        define(&shop, "а", "string").await,
        define(&shop, "б", "string").await,
    ];
    let path = format!("{PATH}/delete");
    let mut missing = link(&one);
    missing["meta"]["href"] =
        json!(shop.url(&format!("{PATH}/3c9e2a10-7b11-11f1-0a80-0a1b00000011")));

    let refused = shop.post(&path, json!([link(&one), missing])).await;
    let malformed = shop.post(&path, json!([{"name": "а"}])).await;

    assert_eq!(refused.status, 404);
    assert_eq!(malformed.codes(), [14011]);
    assert_eq!(shop.get(PATH).await.ids().len(), 2);
    let deleted = shop.post(&path, json!([link(&one), link(&two)])).await;
    assert_eq!((deleted.status, deleted.body), (200, json!("")));
    assert!(shop.get(PATH).await.ids().is_empty());
}

#[tokio::test]
async fn values_of_each_type_are_stored_as_they_are() {
    let shop = Shop::open().await;
    let order = shop.order();
    let employee = shop.emulator.all("employee")[0].clone();
    let values = [
        ("string", json!("yandex"), json!("yandex")),
        (
            "text",
            json!("строка 1\nстрока 2"),
            json!("строка 1\nстрока 2"),
        ),
        ("long", json!(7), json!(7)),
        ("double", json!(4.75), json!(4.75)),
        (
            "time",
            json!("2026-08-14 12:31:59"),
            json!("2026-08-14 12:31:00.000"),
        ),
        ("boolean", json!("true"), json!(true)),
        (
            "link",
            json!("https://vector.example"),
            json!("https://vector.example"),
        ),
    ];

    for (kind, sent, shown) in values {
        let field = define(&shop, kind, kind).await;
        let answer = set(
            &shop,
            &order,
            json!([{"meta": field["meta"], "value": sent}]),
        )
        .await;
        let stored = answer.body["attributes"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        assert_eq!((&stored["value"], &stored["type"]), (&shown, &json!(kind)));
        assert_eq!(stored["name"], kind);
    }
    let field = define(&shop, "Куратор", "employee").await;
    let value = json!([{"id": field["id"], "value": link(&employee)}]);
    let answer = set(&shop, &order, value).await;
    let stored = answer.body["attributes"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(stored["value"]["name"], "Администратор");
    assert_eq!(answer.body["attributes"].as_array().unwrap().len(), 8);
}

#[tokio::test]
async fn null_clears_one_value_and_leaves_the_others() {
    let shop = Shop::open().await;
    let order = shop.order();
    let [one, two] = [
        define(&shop, "а", "string").await,
        define(&shop, "б", "string").await,
    ];
    set(
        &shop,
        &order,
        json!([{"meta": one["meta"], "value": "1"}, {"meta": two["meta"], "value": "2"}]),
    )
    .await;

    let answer = set(&shop, &order, json!([{"meta": one["meta"], "value": null}])).await;
    let left = answer.body["attributes"].as_array().unwrap();
    assert_eq!((left.len(), &left[0]["value"]), (1, &json!("2")));

    let answer = set(&shop, &order, json!([{"meta": two["meta"], "value": null}])).await;
    assert_eq!(answer.body.get("attributes"), None);
}

#[tokio::test]
async fn a_wrong_value_or_field_is_refused_by_code() {
    let shop = Shop::open().await;
    let order = shop.order();
    let text = define(&shop, "а", "string").await;
    let number = define(&shop, "б", "long").await;
    let path = "/entity/counterparty/metadata/attributes";
    let foreign = shop
        .post(path, json!({"name": "в", "type": "string"}))
        .await
        .body;
    let missing = json!({"id": "3c9e2a10-7b11-11f1-0a80-0a1b00000011", "value": "1"});

    for (attribute, code) in [
        (json!({"meta": text["meta"], "value": 7}), 2016),
        (json!({"meta": number["meta"], "value": "7"}), 2016),
        (json!({"meta": number["meta"], "value": 7.5}), 2016),
        (
            json!({"meta": text["meta"], "value": "я".repeat(256)}),
            3040,
        ),
        (json!({"meta": text["meta"]}), 14009),
        (json!({"meta": foreign["meta"], "value": "1"}), 14000),
        (missing, 14003),
    ] {
        let answer = set(&shop, &order, json!([attribute])).await;
        assert_eq!(answer.codes(), [code], "{attribute}");
    }
    let channel = json!({"name": "Сайт", "type": "ECOMMERCE", "attributes": []});
    assert_eq!(
        shop.post("/entity/saleschannel", channel).await.codes(),
        [14002]
    );
}

#[tokio::test]
async fn a_required_field_stops_every_write_without_it() {
    let shop = Shop::open().await;
    let order = shop.order();
    let rule = json!({"name": "Регион", "type": "string", "required": true});
    let field = shop.post(PATH, rule).await.body;
    let customer = shop.customer("А");

    let created = shop
        .post("/entity/customerorder", shop.order_of(&customer))
        .await;
    let changed = shop
        .put(
            &format!("/entity/customerorder/{}", id(&order)),
            json!({"description": "а"}),
        )
        .await;

    for refused in [created, changed] {
        assert_eq!((refused.status, refused.codes()), (412, vec![3000]));
        assert_eq!(refused.body["errors"][0]["parameter"], "Регион");
    }
    let filled = set(
        &shop,
        &order,
        json!([{"meta": field["meta"], "value": "77"}]),
    )
    .await;
    assert_eq!(filled.status, 200);
    let flag = shop
        .post(
            PATH,
            json!({"name": "Флаг", "type": "boolean", "required": true}),
        )
        .await;
    assert_eq!(flag.status, 412);
    assert_eq!(
        shop.put(&format!("{PATH}/{}", id(&field)), json!({"required": null}))
            .await
            .codes(),
        [2016]
    );
}

#[tokio::test]
async fn values_vanish_with_their_definition() {
    let shop = Shop::open().await;
    let order = shop.order();
    let field = define(&shop, "а", "string").await;
    set(
        &shop,
        &order,
        json!([{"meta": field["meta"], "value": "1"}]),
    )
    .await;

    shop.delete(&format!("{PATH}/{}", id(&field))).await;

    let order = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert_eq!(order.get("attributes"), None);
}

#[tokio::test]
async fn products_and_services_share_their_fields() {
    let shop = Shop::open().await;
    let path = "/entity/product/metadata/attributes";
    let field = shop
        .post(path, json!({"name": "Цвет", "type": "string"}))
        .await
        .body;

    let body =
        json!({"name": "Доставка", "attributes": [{"meta": field["meta"], "value": "белый"}]});
    let service = shop.post("/entity/service", body).await.body;

    assert_eq!(service["attributes"][0]["value"], "белый");
    assert!(
        service["meta"]["metadataHref"]
            .as_str()
            .unwrap()
            .ends_with("/product/metadata")
    );
}
