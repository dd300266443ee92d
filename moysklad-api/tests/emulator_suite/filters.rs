//! The filter grammar, with its oddities.

use moysklad_api::emulator::Emulator;
use serde_json::json;

use crate::client::{Shop, id, link};

const PEOPLE: [(&str, Option<&str>); 4] = [
    ("Анна", Some("+79150000001")),
    ("Борис", Some("+79150000002")),
    ("Вера", Some("8;916")),
    ("Глеб", None),
];

async fn people() -> Shop {
    let shop = Shop::open().await;
    for (name, phone) in PEOPLE {
        shop.emulator
            .add("counterparty", json!({"name": name, "phone": phone}))
            .unwrap();
    }
    shop
}

/// The first letters of those who meet the filter.
async fn met(shop: &Shop, filter: &str) -> String {
    let answer = shop.filter("/entity/counterparty", filter).await;
    assert_eq!(answer.status, 200, "{filter}: {}", answer.body);
    answer
        .names()
        .iter()
        .filter_map(|name| name.chars().next())
        .collect()
}

#[tokio::test]
async fn texts_are_compared_by_six_operators() {
    let shop = people().await;

    for (filter, expected) in [
        ("name=Анна", "А"),
        ("name=анна", ""),
        ("name!=Анна", "БВГ"),
        ("name~НН", "А"),
        ("name~=б", "Б"),
        ("name=~ЕРА", "В"),
        ("phone=+79150000001", "А"),
        ("phone~=+7915", "АБ"),
    ] {
        assert_eq!(met(&shop, filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn equals_are_alternatives_and_unequals_add_up() {
    let shop = people().await;

    assert_eq!(met(&shop, "name=Анна;name=Вера").await, "АВ");
    assert_eq!(met(&shop, "name!=Анна;name!=Вера").await, "БГ");
    assert_eq!(met(&shop, "name=Анна;name=Вера;phone~=+7915").await, "А");
}

#[tokio::test]
async fn an_empty_value_asks_for_nothing_or_for_something() {
    let shop = people().await;

    assert_eq!(met(&shop, "phone=").await, "Г");
    assert_eq!(met(&shop, "phone!=").await, "АБВ");
    assert_eq!(met(&shop, "phone=+79150000002;phone=").await, "БГ");
    assert_eq!(met(&shop, "state=").await, "АБВГ");
}

#[tokio::test]
async fn an_escaped_semicolon_is_a_semicolon() {
    let shop = people().await;

    assert_eq!(met(&shop, r"phone=8\;916").await, "В");
}

#[tokio::test]
async fn objects_are_fetched_by_many_ids_and_by_sync_id() {
    let shop = people().await;
    let all = shop.emulator.all("counterparty");
    let synced = json!({"name": "Дина", "syncId": "5f0c3b1a-9d5e-4c27-8a61-2f0b7e6d1c90"});
    shop.emulator.add("counterparty", synced).unwrap();

    let filter = format!("id={};id={}", id(&all[1]), id(&all[3]));
    assert_eq!(met(&shop, &filter).await, "БГ");
    assert_eq!(
        met(&shop, "syncId=5f0c3b1a-9d5e-4c27-8a61-2f0b7e6d1c90").await,
        "Д"
    );
    assert_eq!(met(&shop, "syncId=").await, "АБВГ");
}

#[tokio::test]
async fn moments_are_compared_with_and_without_milliseconds() {
    let start = "2026-08-14T09:00:00Z".parse().unwrap();
    let shop = Shop::with(Emulator::builder().limits(false).now(start)).await;
    shop.customer("А");
    shop.emulator.advance(std::time::Duration::from_hours(1));
    shop.customer("Б");

    assert_eq!(met(&shop, "updated>=2026-08-14 12:30").await, "Б");
    assert_eq!(met(&shop, "updated<2026-08-14 12:30:00").await, "А");
    let later = "updated>=2026-08-14 11:59:59.999;updated<=2026-08-14 12:30:00.000";
    assert_eq!(met(&shop, later).await, "А");
}

#[tokio::test]
async fn of_the_same_comparison_twice_the_first_counts() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(150, 1.0)])
        .unwrap();
    let list = async |filter: &str| shop.filter("/entity/customerorder", filter).await;

    assert_eq!(list("sum>100;sum>200").await.ids().len(), 1);
    assert_eq!(list("sum>200;sum>100").await.ids().len(), 0);
    assert_eq!(list("sum>100;sum<200").await.ids().len(), 1);
    assert_eq!(list("sum=100;sum=150").await.ids().len(), 1);
    let mixed = list("sum=150;sum>100").await;
    assert_eq!((mixed.status, mixed.codes()), (400, vec![1034]));
}

#[tokio::test]
async fn references_are_compared_by_the_address_on_any_host() {
    let shop = Shop::open().await;
    let [order, _other] = [shop.order(), shop.order()];
    let agent = order["agent"]["meta"]["href"].as_str().unwrap();
    let path = agent.split("/api/").nth(1).unwrap();
    let list = async |filter: String| shop.filter("/entity/customerorder", &filter).await.ids();

    assert_eq!(list(format!("agent={agent}")).await, [id(&order)]);
    let official = format!("https://api.moysklad.ru/api/{path}");
    assert_eq!(list(format!("agent={official}")).await, [id(&order)]);
    assert_eq!(list(format!("agent!={official}")).await.len(), 1);
    assert_eq!(list("store=".to_owned()).await.len(), 2);
}

#[tokio::test]
async fn orders_are_found_by_the_name_and_the_address_of_their_state() {
    let shop = Shop::open().await;
    let [order, _other] = [shop.order(), shop.order()];
    let moved = shop
        .emulator
        .set_order_state(id(&order), "Доставлен")
        .unwrap();
    let list = async |filter: String| shop.filter("/entity/customerorder", &filter).await.ids();

    assert_eq!(list("state.name=Доставлен".into()).await, [id(&order)]);
    assert_eq!(
        list("state.name=Доставлен;state.name=Новый".into())
            .await
            .len(),
        2
    );
    let href = moved["state"]["meta"]["href"].as_str().unwrap();
    assert_eq!(list(format!("state={href}")).await, [id(&order)]);
    assert_eq!(list(format!("state!={href}")).await.len(), 1);
}

#[tokio::test]
async fn custom_fields_are_filtered_by_their_address() {
    let shop = Shop::open().await;
    let order = shop.order();
    let _other = shop.order();
    let path = "/entity/customerorder/metadata/attributes";
    let source = shop
        .post(path, json!({"name": "Источник", "type": "string"}))
        .await
        .body;
    let visits = shop
        .post(path, json!({"name": "Визиты", "type": "long"}))
        .await
        .body;
    let values = json!({"attributes": [
        {"meta": source["meta"], "value": "google; ads"}, {"meta": visits["meta"], "value": 7},
    ]});
    shop.emulator
        .edit("customerorder", id(&order), values)
        .unwrap();
    let found = async |field: &serde_json::Value, rest: &str| {
        let filter = format!("{}{rest}", field["meta"]["href"].as_str().unwrap());
        shop.filter("/entity/customerorder", &filter)
            .await
            .ids()
            .len()
    };

    assert_eq!(found(&source, r"=google\; ads").await, 1);
    assert_eq!(found(&source, "~=GOOGLE").await, 1);
    assert_eq!(found(&source, "=").await, 1);
    assert_eq!(found(&visits, ">=7").await, 1);
    assert_eq!(found(&visits, ">7").await, 0);
}

#[tokio::test]
async fn documents_are_found_by_what_they_hold() {
    let shop = Shop::open().await;
    let [order, _other] = [shop.order(), shop.order()];
    shop.emulator
        .set_positions(id(&order), &[(100, 1.0)])
        .unwrap();
    let product = &shop.emulator.all("product")[0];
    let filter = format!("assortment={}", product["meta"]["href"].as_str().unwrap());

    assert_eq!(
        shop.filter("/entity/customerorder", &filter).await.ids(),
        [id(&order)]
    );
}

#[tokio::test]
async fn counterparties_are_found_by_group_account_and_author() {
    let shop = Shop::open().await;
    let rich = json!({"name": "А", "tags": ["Лиды"], "accounts": [{"accountNumber": "4070"}]});
    shop.emulator.add("counterparty", rich).unwrap();
    shop.customer("Б");

    assert_eq!(met(&shop, "tags=лиды").await, "А");
    assert_eq!(met(&shop, "accounts.accountnumber=4070").await, "А");
    assert_eq!(met(&shop, "updatedBy=admin@shop").await, "АБ");
    assert_eq!(met(&shop, "companyType=legal").await, "АБ");
    assert_eq!(met(&shop, "companyType=individual").await, "");
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused_by_code() {
    let shop = Shop::open().await;

    for (filter, code) in [
        ("nothing=1", 1034),
        ("salesAmount>1", 1034),
        ("name>А", 1034),
        ("archived~t", 1034),
        ("updated~2026", 1034),
        ("name", 1034),
        ("updated>=yesterday", 1035),
        ("updated>=2026-08-14", 1035),
        ("updated>=1969-12-31 00:00:00", 1035),
        ("archived=yes", 1014),
        ("owner=me", 1014),
        ("id=17", 1052),
        ("companyType=ooo", 1041),
    ] {
        let answer = shop.filter("/entity/counterparty", filter).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (400, vec![code]),
            "{filter}"
        );
    }
    let undecodable = shop.get("/entity/counterparty?filter=name%3D%FF").await;
    assert_eq!(undecodable.codes(), [1058]);
}

#[tokio::test]
async fn a_plus_that_is_not_encoded_is_a_space() {
    let shop = people().await;

    let encoded = shop
        .get("/entity/counterparty?filter=phone%3D%2B79150000001")
        .await;
    let plain = shop
        .get("/entity/counterparty?filter=phone%3D+79150000001")
        .await;

    assert_eq!(encoded.names(), ["Анна"]);
    assert!(plain.names().is_empty());
}

#[tokio::test]
async fn payments_are_found_by_their_counterparty() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(100, 1.0)])
        .unwrap();
    let payment = shop.emulator.pay(id(&order), 100).unwrap();
    let agent = link(&order["agent"]);
    let filter = format!("agent={};sum>=100", agent["meta"]["href"].as_str().unwrap());

    assert_eq!(
        shop.filter("/entity/paymentin", &filter).await.ids(),
        [id(&payment)]
    );
}

#[tokio::test]
async fn orders_are_found_by_the_folder_of_what_they_hold() {
    let shop = Shop::open().await;
    let folder = shop
        .emulator
        .add("productfolder", json!({"name": "Посуда"}))
        .unwrap();
    let mug = json!({"name": "Кружка", "productFolder": {"meta": folder["meta"]}});
    let mug = shop.emulator.add("product", mug).unwrap();
    let order = shop.order();
    shop.order();
    let positions = json!([{"assortment": {"meta": mug["meta"]}, "quantity": 1}]);
    let positions = json!({"positions": positions});
    shop.emulator
        .edit("customerorder", order["id"].as_str().unwrap(), positions)
        .unwrap();

    for named in [&folder, &mug] {
        let filter = format!("assortment={}", named["meta"]["href"].as_str().unwrap());
        let found = shop.filter("/entity/customerorder", &filter).await;
        assert_eq!(found.ids(), [order["id"].as_str().unwrap()]);
    }
}

#[tokio::test]
async fn products_are_found_by_any_of_their_barcodes() {
    let shop = Shop::open().await;
    let barcodes = json!([{"ean13": "2000000000176"}, {"code128": "A-7"}]);
    let mug = json!({"name": "Кружка", "barcodes": barcodes});
    shop.emulator.add("product", mug).unwrap();
    shop.emulator
        .add("product", json!({"name": "Ложка"}))
        .unwrap();

    for filter in ["barcode=A-7", "barcode=2000000000176", "barcode!="] {
        let found = shop.filter("/entity/product", filter).await;
        assert_eq!(found.names(), ["Кружка"], "{filter}");
    }
}

#[tokio::test]
async fn a_date_beyond_the_service_s_calendar_is_refused() {
    let shop = Shop::open().await;

    for date in ["1969-12-31 00:00:00", "9000-01-01 00:00:00"] {
        let filter = format!("updated>={date}");
        let answer = shop.filter("/entity/counterparty", &filter).await;
        assert_eq!(answer.codes(), [1035], "{date}");
    }
}
