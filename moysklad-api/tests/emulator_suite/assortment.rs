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
