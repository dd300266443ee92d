//! What can be sold (ассортимент): variants and bundles.

use serde_json::{Value, json};

use crate::client::{Shop, id, link};

fn product(shop: &Shop, name: &str) -> Value {
    shop.emulator.add("product", json!({"name": name})).unwrap()
}

#[tokio::test]
async fn a_variant_is_named_by_its_product_and_its_characteristics() {
    let shop = Shop::open().await;
    let mug = product(&shop, "Кружка");
    let body = json!({
        "product": link(&mug),
        "characteristics": [{"name": "Цвет", "value": "синий"}],
    });

    let variant = shop.post("/entity/variant", body.clone()).await;

    assert_eq!(variant.status, 200, "{}", variant.body);
    assert_eq!(variant.body["name"], "Кружка (синий)");
    let characteristic = &variant.body["characteristics"][0];
    let again = json!({
        "product": link(&mug),
        "characteristics": [{"id": characteristic["id"], "value": "белый"}],
    });
    let again = shop.post("/entity/variant", again).await;
    assert_eq!(again.body["characteristics"][0]["name"], "Цвет");
    let found = shop
        .filter("/entity/variant", &format!("productid={}", id(&mug)))
        .await;
    assert_eq!(found.names(), ["Кружка (белый)", "Кружка (синий)"]);
    assert_eq!(shop.post("/entity/variant", body).await.codes(), [15000]);
    let bare = json!({"product": link(&mug), "characteristics": []});
    assert_eq!(shop.post("/entity/variant", bare).await.codes(), [15001]);
    let homeless = json!({"characteristics": [{"name": "Цвет", "value": "синий"}]});
    assert_eq!(shop.post("/entity/variant", homeless).await.codes(), [3000]);
}

#[tokio::test]
async fn a_bundle_has_its_components() {
    let shop = Shop::open().await;
    let [cup, spoon] = [product(&shop, "Кружка"), product(&shop, "Ложка")];
    let part = |of: &Value| json!({"assortment": link(of), "quantity": 2});

    let body = json!({"name": "Набор", "components": [part(&cup), part(&spoon)]});
    let bundle = shop.post("/entity/bundle", body).await.body;

    assert_eq!(bundle["components"]["meta"]["size"], 2);
    let path = format!(
        "/entity/bundle/{}/components?expand=assortment&limit=10",
        id(&bundle)
    );
    let rows = shop.get(&path).await.body;
    assert_eq!(rows["rows"][1]["assortment"]["name"], "Ложка");
    for (components, code) in [
        (json!([]), 29000),
        (json!([part(&cup), part(&cup)]), 29002),
        (json!([part(&bundle)]), 29003),
    ] {
        let body = json!({"name": "Набор", "components": components});
        assert_eq!(shop.post("/entity/bundle", body).await.codes(), [code]);
    }
}

#[tokio::test]
async fn a_bundle_and_a_variant_can_be_ordered() {
    let shop = Shop::open().await;
    let cup = product(&shop, "Кружка");
    let bundle = json!({
        "name": "Набор",
        "components": [{"assortment": link(&cup), "quantity": 1}],
    });
    let bundle = shop.emulator.add("bundle", bundle).unwrap();
    let order = shop.order();

    let path = format!("/entity/customerorder/{}/positions", id(&order));
    let position = json!({"assortment": link(&bundle), "quantity": 1, "price": 700});

    assert_eq!(shop.post(&path, position).await.status, 200);
    let order = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert_eq!(order["sum"], 700.0);
}

#[tokio::test]
async fn a_characteristic_can_be_defined_before_any_variant_has_it() {
    let shop = Shop::open().await;
    let path = "/entity/variant/metadata/characteristics";

    let size = shop.post(path, json!({"name": "Размер"})).await;
    let mug = product(&shop, "Кружка");
    let body = json!({
        "product": link(&mug),
        "characteristics": [
            {"id": size.body["id"], "value": "XL"},
            {"name": "Цвет", "value": "синий"},
        ],
    });
    shop.emulator.add("variant", body).unwrap();

    assert_eq!((&size.body["type"], size.status), (&json!("string"), 200));
    assert_eq!(shop.get(path).await.names(), ["Размер", "Цвет"]);
    let one = shop.get(&format!("{path}/{}", id(&size.body))).await;
    assert_eq!(one.body, size.body);
    let again = shop.post(path, json!({"name": "Цвет"})).await;
    assert_eq!((again.status, again.codes()), (412, vec![3006]));
    let metadata = shop.get("/entity/variant/metadata").await.body;
    assert_eq!(metadata["characteristics"][1]["name"], "Цвет");
}

#[tokio::test]
async fn everything_that_can_be_sold_is_one_list() {
    let shop = Shop::open().await;
    let mug = product(&shop, "Кружка");
    shop.emulator.set_stock(id(&mug), 5.0).unwrap();
    shop.emulator
        .add("service", json!({"name": "Доставка"}))
        .unwrap();
    let body = json!({
        "product": link(&mug),
        "characteristics": [{"name": "Цвет", "value": "синий"}],
    });
    shop.emulator.add("variant", body).unwrap();
    let list = async |filter: &str| shop.filter("/entity/assortment", filter).await;

    let all = shop.get("/entity/assortment").await;

    assert_eq!(all.names(), ["Доставка", "Кружка", "Кружка (синий)"]);
    assert_eq!(all.body["rows"][1]["stock"], 5.0);
    assert!(all.body["rows"][0].get("stock").is_none());
    assert_eq!(list("type=service").await.names(), ["Доставка"]);
    let goods = list("type=product;type=variant;name~круж").await;
    assert_eq!(goods.names(), ["Кружка", "Кружка (синий)"]);
    assert_eq!(list("article=7").await.names(), Vec::<String>::new());
    assert_eq!(list("color=red").await.codes(), [1034]);
    assert_eq!(list("type=store").await.codes(), [1041]);
    let query = [("limit", "1"), ("offset", "2"), ("search", "круж")];
    let page = shop.list("/entity/assortment", &query).await;
    assert_eq!(page.body["meta"]["size"], 2);
    assert_eq!(page.names(), Vec::<String>::new());
    let doomed = json!([all.body["rows"][0], {"meta": shop.emulator.all("store")[0]["meta"]}]);
    let gone = shop.post("/entity/assortment/delete", doomed).await.body;
    assert!(gone[0]["info"].is_string(), "{gone}");
    assert_eq!(crate::client::codes(&gone[1]), [2024]);
    assert_eq!(shop.get("/entity/assortment").await.ids().len(), 2);
}

#[tokio::test]
async fn a_product_has_images_beside_its_files() {
    let shop = Shop::open().await;
    let mug = product(&shop, "Кружка");
    let path = format!("/entity/product/{}/images", id(&mug));
    let png = json!({"filename": "mug.png", "content": "iVBORw0KGgo="});
    let text = json!({"filename": "mug.txt", "content": "0JrRgNGD0LbQutCw"});

    let added = shop.post(&path, png.clone()).await;

    assert_eq!(added.status, 200, "{}", added.body);
    let image = &added.body[0];
    assert_eq!(
        (&image["title"], &image["size"]),
        (&json!("mug"), &json!(8))
    );
    assert_eq!(image["meta"]["mediaType"], "image/png");
    let shown = shop.emulator.get("product", id(&mug)).unwrap();
    assert_eq!(shown["images"]["meta"]["size"], 1);
    assert_eq!(shown["files"]["meta"]["size"], 0);
    assert_eq!(shop.post(&path, text).await.codes(), [1078]);
    let many = Value::Array(vec![png; 10]);
    assert_eq!(shop.post(&path, many).await.codes(), [51006]);
    let doomed = json!([{"meta": image["meta"]}]);
    let deleted = shop.post(&format!("{path}/delete"), doomed.clone()).await;
    assert_eq!(deleted.status, 200);
    let again = shop.post(&format!("{path}/delete"), doomed).await;
    assert_eq!(again.codes(), [1021]);
    assert_eq!(shop.get(&path).await.body["meta"]["size"], 0);
}
