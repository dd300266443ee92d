//! Dictionaries (справочники): countries, units, custom dictionaries, and fields that refer to them.

use serde_json::{Value, json};

use crate::client::{Shop, id};

const FIELDS: &str = "/entity/customerorder/metadata/attributes";

/// A custom dictionary with these elements.
async fn dictionary(shop: &Shop, names: &[&str]) -> Value {
    let body = json!({"name": "Рекламный канал"});
    let dictionary = shop.post("/entity/customentity", body).await.body;
    let path = format!("/entity/customentity/{}", id(&dictionary));
    for name in names {
        assert_eq!(shop.post(&path, json!({"name": name})).await.status, 200);
    }
    dictionary
}

async fn field_of(shop: &Shop, dictionary: &Value) -> Value {
    let path = format!(
        "/context/companysettings/metadata/customEntities/{}",
        id(dictionary)
    );
    let meta = json!({"href": shop.url(&path), "type": "customentitymetadata"});
    let field = json!({"name": "Канал", "type": "customentity", "customEntityMeta": meta});
    let answer = shop.post(FIELDS, field).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn what_belongs_to_the_service_can_be_read_but_not_changed() {
    let shop = Shop::open().await;
    let russia = "/entity/country/9df7c2c3-7782-4c5c-a8ed-1102af611608";

    assert_eq!(shop.get(russia).await.body["code"], "643");
    assert!(shop.get(russia).await.body.get("owner").is_none());
    assert_eq!(
        shop.put(russia, json!({"name": "Русь"})).await.codes(),
        [1024]
    );
    assert_eq!(shop.delete(russia).await.codes(), [1025]);
    let region = "/entity/region/00000000-0000-0000-0000-000000000077";
    assert_eq!(shop.get(region).await.body["name"], "г Москва");
    assert_eq!(
        shop.post("/entity/region", json!({"name": "Луна"}))
            .await
            .status,
        405
    );
    let own = shop
        .post("/entity/country", json!({"name": "Нарния"}))
        .await;
    assert_eq!(own.status, 200);
    assert_eq!(
        shop.delete(&format!("/entity/country/{}", id(&own.body)))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn units_rates_and_folders_are_written_like_any_dictionary() {
    let shop = Shop::open().await;

    let outer = shop
        .post("/entity/productfolder", json!({"name": "Посуда"}))
        .await
        .body;
    let inner = json!({"name": "Кружки", "productFolder": {"meta": outer["meta"]}});
    let inner = shop.post("/entity/productfolder", inner).await.body;
    let units = shop.filter("/entity/uom", "code=796").await.body;
    let product = json!({
        "name": "Кружка",
        "productFolder": {"meta": inner["meta"]},
        "uom": {"meta": units["rows"][0]["meta"]},
    });
    let product = shop.post("/entity/product", product).await;

    assert_eq!(inner["pathName"], "Посуда");
    assert_eq!(product.status, 200, "{}", product.body);
    assert_eq!(product.body["pathName"], "Посуда/Кружки");
    let rate = shop.post("/entity/taxrate", json!({"rate": 22})).await.body;
    assert_eq!(rate["rate"], 22);
    let found = shop.filter("/entity/taxrate", "rate>=20").await.body;
    assert_eq!(found["meta"]["size"], 2);
}

#[tokio::test]
async fn a_custom_dictionary_is_created_listed_renamed_and_deleted() {
    let shop = Shop::open().await;
    let dictionary = dictionary(&shop, &["Контекст", "Баннер"]).await;
    let path = format!("/entity/customentity/{}", id(&dictionary));

    let list = shop.get(&path).await;
    assert_eq!(list.names(), ["Баннер", "Контекст"]);
    let href = list.body["rows"][0]["meta"]["href"].as_str().unwrap();
    assert!(href.contains(&path), "{href}");
    let renamed = shop.put(&path, json!({"name": "Каналы"})).await;
    assert_eq!(renamed.body["name"], "Каналы");
    let listed = shop.get("/context/companysettings/metadata").await.body;
    assert_eq!(listed["customEntities"][0]["name"], "Каналы");
    let one = format!("{path}/{}", list.ids()[0]);
    assert_eq!(shop.put(&one, json!({"code": "7"})).await.body["code"], "7");
    assert_eq!(shop.delete(&one).await.status, 200);
    assert_eq!(shop.get(&one).await.status, 404);
    assert_eq!(shop.delete(&path).await.status, 200);
    assert_eq!(shop.get(&path).await.status, 404);
}

#[tokio::test]
async fn elements_of_one_dictionary_are_not_those_of_another() {
    let shop = Shop::open().await;
    let [one, other] = [
        dictionary(&shop, &["А", "Б"]).await,
        dictionary(&shop, &["В"]).await,
    ];

    let path = |dictionary: &Value| format!("/entity/customentity/{}", id(dictionary));
    assert_eq!(shop.get(&path(&one)).await.body["meta"]["size"], 2);
    let element = shop.get(&path(&other)).await.ids().remove(0);
    let astray = format!("{}/{element}", path(&one));
    assert_eq!(shop.get(&astray).await.codes(), [1021]);
}

#[tokio::test]
async fn a_field_takes_an_element_by_address_or_by_name() {
    let shop = Shop::open().await;
    let dictionary = dictionary(&shop, &["Контекст", "Баннер"]).await;
    let field = field_of(&shop, &dictionary).await;
    let order = shop.order();
    let path = format!("/entity/customerorder/{}", id(&order));
    let set = async |value: Value| {
        let body = json!({"attributes": [{"meta": field["meta"], "value": value}]});
        shop.put(&path, body).await
    };

    let by_name = set(json!({"name": "Баннер"})).await;
    assert_eq!(by_name.status, 200, "{}", by_name.body);
    let value = &by_name.body["attributes"][0]["value"];
    assert_eq!(value["name"], "Баннер");
    assert_eq!(value["meta"]["type"], "customentity");
    let href = value["meta"]["href"].as_str().unwrap();
    let found = shop
        .filter(
            "/entity/customerorder",
            &format!("{}={href}", field["meta"]["href"].as_str().unwrap()),
        )
        .await;
    assert_eq!(found.ids(), [id(&order)]);

    let elements = shop
        .get(&format!("/entity/customentity/{}", id(&dictionary)))
        .await
        .body;
    let by_address = set(json!({"meta": elements["rows"][1]["meta"]})).await;
    assert_eq!(
        by_address.body["attributes"][0]["value"]["name"],
        "Контекст"
    );
    assert_eq!(set(json!({})).await.codes(), [14004]);
    assert_eq!(set(json!({"name": "Радио"})).await.codes(), [1021]);
    assert_eq!(field["customEntityMeta"]["type"], "customentitymetadata");
}

#[tokio::test]
async fn a_dictionary_that_a_field_uses_cannot_be_deleted() {
    let shop = Shop::open().await;
    let dictionary = dictionary(&shop, &[]).await;
    field_of(&shop, &dictionary).await;

    let path = format!("/entity/customentity/{}", id(&dictionary));
    let refused = shop.delete(&path).await;

    assert_eq!((refused.status, refused.codes()), (409, vec![1090]));
}

#[tokio::test]
async fn a_field_of_a_dictionary_needs_to_know_which() {
    let shop = Shop::open().await;

    let nameless = json!({"name": "Канал", "type": "customentity"});
    assert_eq!(shop.post(FIELDS, nameless).await.codes(), [3000]);
    let unknown = json!({
        "name": "Канал",
        "type": "customentity",
        "customEntityMeta": {"href": shop.url(
            "/entity/customentity/0d4ab3c2-7b20-11f1-0a80-05cd00000009/metadata"
        )},
    });
    assert_eq!(shop.post(FIELDS, unknown).await.codes(), [1021]);
}

#[tokio::test]
async fn the_handle_makes_dictionaries_but_no_elements_without_one() {
    let shop = Shop::open().await;

    let made = shop
        .emulator
        .add_dictionary("Каналы", &["Контекст", "Баннер"])
        .unwrap();

    let path = format!("/entity/customentity/{}", id(&made));
    assert_eq!(shop.get(&path).await.names(), ["Баннер", "Контекст"]);
    let stray = shop.emulator.add("customentity", json!({"name": "Радио"}));
    assert_eq!(stray.unwrap_err().codes(), [1001]);
}

#[tokio::test]
async fn a_deleted_element_keeps_its_address_in_the_audit_and_is_no_value_any_more() {
    let shop = Shop::open().await;
    let dictionary = dictionary(&shop, &["Контекст"]).await;
    let field = field_of(&shop, &dictionary).await;
    let path = format!("/entity/customentity/{}", id(&dictionary));
    let element = shop.get(&path).await.body["rows"][0].clone();

    let one = format!("{path}/{}", id(&element));
    assert_eq!(shop.delete(&one).await.status, 200);

    let filter = "entityType=customentity;eventType=delete";
    let audit = shop.filter("/audit", filter).await.body;
    let events = format!("/audit/{}/events", id(&audit["rows"][0]));
    let event = shop.get(&events).await.body["rows"][0].clone();
    assert_eq!(event["entity"]["meta"]["href"], element["meta"]["href"]);
    let value = json!({"meta": field["meta"], "value": {"meta": element["meta"]}});
    let order = format!("/entity/customerorder/{}", id(&shop.order()));
    let refused = shop.put(&order, json!({"attributes": [value]})).await;
    assert_eq!(refused.codes(), [1021]);
    assert_eq!(shop.delete(&one).await.status, 404);
}

#[tokio::test]
async fn each_custom_dictionary_has_custom_fields_of_its_own() {
    let shop = Shop::open().await;
    let [sources, colors] = ["Источники", "Цвета"].map(|name| {
        let dictionary = shop.emulator.add_dictionary(name, &[]).unwrap();
        format!("/entity/customentity/{}", id(&dictionary))
    });
    let fields = format!("{sources}/metadata/attributes");

    let field = json!({"name": "Цена клика", "type": "long", "required": true});
    let field = shop.post(&fields, field).await.body;
    let value = json!([{"meta": field["meta"], "value": 7}]);
    let click = json!({"name": "Контекст", "attributes": value});
    let click = shop.post(&sources, click.clone()).await;

    assert_eq!(click.status, 200, "{}", click.body);
    assert_eq!(click.body["attributes"][0]["value"], 7);
    let href = field["meta"]["href"].as_str().unwrap();
    assert_eq!(href, format!("{}/{}", shop.url(&fields), id(&field)));
    let found = shop.filter(&sources, &format!("{href}>6")).await;
    assert_eq!(found.names(), ["Контекст"]);
    let bare = json!({"name": "Баннер"});
    assert_eq!(shop.post(&sources, bare.clone()).await.codes(), [3000]);
    assert_eq!(shop.post(&colors, bare).await.status, 200);
    let foreign = json!({"name": "Синий", "attributes": value});
    assert_eq!(shop.post(&colors, foreign).await.codes(), [14000]);
    let metadata = shop.get(&format!("{sources}/metadata")).await.body;
    assert_eq!(metadata["attributes"]["meta"]["size"], 1);
    let colors = shop.get(&format!("{colors}/metadata")).await.body;
    assert!(colors.get("attributes").is_none(), "{colors}");
    shop.delete(&format!("{fields}/{}", id(&field))).await;
    let click = shop.get(&format!("{sources}/{}", id(&click.body))).await;
    assert!(click.body.get("attributes").is_none(), "{}", click.body);
}
