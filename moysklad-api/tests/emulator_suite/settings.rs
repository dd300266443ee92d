//! Settings, price types, named filters, templates.

use serde_json::{Value, json};

use crate::client::{Shop, id, link};

#[tokio::test]
async fn settings_of_the_user_are_kept_and_emptied() {
    let shop = Shop::open().await;
    let path = "/context/usersettings";
    let organization = &shop.emulator.all("organization")[0];
    assert_eq!(shop.get(path).await.body["locale"], "ru_RU");

    let body = json!({"defaultCompany": link(organization), "mailFooter": "С уважением"});
    let changed = shop.put(path, body).await.body;

    assert_eq!(
        changed["defaultCompany"]["meta"]["href"],
        organization["meta"]["href"]
    );
    assert_eq!(shop.get(path).await.body, changed);
    let emptied = shop.put(path, json!({"defaultCompany": null})).await.body;
    assert!(emptied.get("defaultCompany").is_none());
    assert_eq!(emptied["mailFooter"], "С уважением");
    let wrong = shop.put(path, json!({"autoShowReports": "yes"})).await;
    assert_eq!(wrong.codes(), [2016]);
}

#[tokio::test]
async fn codes_of_counterparties_differ_or_are_filled_when_the_settings_say_so() {
    let shop = Shop::open().await;
    let path = "/entity/counterparty/settings";
    let body = |code: &str| json!({"name": "А", "code": code});
    assert_eq!(
        shop.post("/entity/counterparty", body("7")).await.status,
        200
    );
    assert_eq!(
        shop.post("/entity/counterparty", body("7")).await.status,
        200
    );

    let rules = json!({"uniqueCodeRules": {"checkUniqueCode": true, "fillUniqueCode": true}});
    let settings = shop.put(path, rules).await.body;

    assert_eq!(settings["uniqueCodeRules"]["checkUniqueCode"], true);
    assert_eq!(shop.get(path).await.body, settings);
    let taken = shop.post("/entity/counterparty", body("7")).await;
    assert_eq!(taken.codes(), [3006]);
    assert_eq!(shop.customer("Б")["code"], "00008");
}

#[tokio::test]
async fn price_types_are_replaced_as_a_whole() {
    let shop = Shop::open().await;
    let path = "/context/companysettings/pricetype";
    let old = shop.get(path).await.body;

    let list = json!([{"name": "Оптовая"}, {"meta": old[0]["meta"], "name": "Розничная"}]);
    let new = shop.post(path, list).await.body;

    assert_eq!(new[1]["id"], old[0]["id"]);
    assert_eq!(new[1]["name"], "Розничная");
    let default = shop.get(&format!("{path}/default")).await.body;
    assert_eq!(default["name"], "Оптовая");
    for (list, code) in [
        (json!([]), 42001),
        (Value::from(vec![json!({"name": "А"}); 101]), 42000),
        (json!([{"name": "А"}, {"name": "А"}]), 3006),
        (json!([{"externalCode": "А"}]), 3000),
    ] {
        assert_eq!(shop.post(path, list).await.codes(), [code]);
    }
    assert_eq!(shop.get(path).await.body, new);
}

#[tokio::test]
async fn a_named_filter_stands_for_its_conditions_and_goes_with_no_others() {
    let shop = Shop::open().await;
    for name in ["Вектор", "Восток", "Запад"] {
        shop.customer(name);
    }
    let filter = shop
        .emulator
        .add_named_filter("counterparty", "На В", "name~=В")
        .unwrap();

    let path = "/entity/counterparty";
    let listed = shop.get(&format!("{path}/namedfilter")).await;
    assert_eq!(listed.names(), ["На В"]);
    let one = shop
        .get(&format!("{path}/namedfilter/{}", id(&filter)))
        .await
        .body;
    assert_eq!(one, filter);
    let href = filter["meta"]["href"].as_str().unwrap();
    let found = shop.list(path, &[("namedfilter", href)]).await;
    assert_eq!(found.names(), ["Вектор", "Восток"]);
    for other in ["filter", "search", "order"] {
        let both = shop
            .list(path, &[("namedfilter", href), (other, "name")])
            .await;
        assert_eq!(both.codes(), [63000], "{other}");
    }
    assert!(
        shop.emulator
            .add_named_filter("counterparty", "Х", "nothing=1")
            .is_err()
    );
}

#[tokio::test]
async fn an_empty_template_names_what_new_documents_name() {
    let shop = Shop::open().await;

    let template = shop.put("/entity/customerorder/new", json!({})).await;

    assert_eq!(template.status, 200, "{}", template.body);
    let organization = &shop.emulator.all("organization")[0];
    assert_eq!(template.body["organization"], link(organization));
    assert_eq!(template.body["applicable"], true);
    assert_eq!(template.body["positions"]["rows"], json!([]));
    for name in ["id", "meta", "name", "externalCode"] {
        assert!(template.body.get(name).is_none(), "{name}");
    }
    assert!(shop.emulator.all("customerorder").is_empty());
}

#[tokio::test]
async fn a_template_made_from_an_order_can_be_stored() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(700, 3.0)])
        .unwrap();

    let body = json!({"customerOrder": link(&order)});
    let template = shop.put("/entity/demand/new", body).await.body;
    let demand = shop.post("/entity/demand", template.clone()).await;

    assert_eq!(
        template["agent"]["meta"]["href"],
        order["agent"]["meta"]["href"]
    );
    assert_eq!(template["sum"], 2100.0);
    assert_eq!(demand.status, 200, "{}", demand.body);
    assert_eq!(demand.body["sum"], 2100.0);
    let seen = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert_eq!(seen["shippedSum"], 2100.0);
}

#[tokio::test]
async fn a_payment_made_from_an_order_asks_for_what_is_unpaid() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(1000, 1.0)])
        .unwrap();
    shop.emulator.pay(id(&order), 400).unwrap();

    let body = json!({"operations": [{"meta": order["meta"]}]});
    let template = shop.put("/entity/paymentin/new", body).await.body;

    assert_eq!(template["sum"], 600.0);
    assert_eq!(template["operations"][0]["linkedSum"], 600.0);
    let payment = shop.post("/entity/paymentin", template).await;
    assert_eq!(payment.status, 200, "{}", payment.body);
    let seen = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert_eq!(seen["payedSum"], 1000.0);
}
