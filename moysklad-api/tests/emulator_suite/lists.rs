//! Lists: paging, order, search, expand.

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Shop, id};

async fn shop_of(names: &[&str]) -> Shop {
    let shop = Shop::open().await;
    for name in names {
        shop.customer(name);
    }
    shop
}

#[tokio::test]
async fn pages_follow_each_other_by_their_addresses() {
    let shop = shop_of(&["А", "Б", "В", "Г", "Д"]).await;

    let query = [
        ("limit", "2"),
        ("offset", "2"),
        ("filter", "name!=Я"),
        ("order", "name"),
    ];
    let page = shop.list("/entity/counterparty", &query).await;

    let meta = &page.body["meta"];
    assert_eq!(page.names(), ["В", "Г"]);
    assert_eq!([&meta["size"], &meta["limit"], &meta["offset"]], [5, 2, 2]);
    assert_eq!(page.body["context"]["employee"]["meta"]["type"], "employee");
    let follow = async |href: &Value| {
        let request = shop.http.get(href.as_str().unwrap());
        shop.send(request.bearer_auth(shop.emulator.token())).await
    };
    let next = follow(&meta["nextHref"]).await;
    assert_eq!(next.names(), ["Д"]);
    assert_eq!(next.body["meta"]["nextHref"], Value::Null);
    let first = follow(&meta["previousHref"]).await;
    assert_eq!(first.names(), ["А", "Б"]);
    assert_eq!(first.body["meta"]["previousHref"], Value::Null);
}

#[tokio::test]
async fn a_page_size_outside_the_range_is_refused() {
    let shop = Shop::open().await;

    for limit in ["0", "1001", "ten", "-1"] {
        let answer = shop.list("/entity/store", &[("limit", limit)]).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (400, vec![1084]),
            "{limit}"
        );
    }
}

#[tokio::test]
async fn an_offset_past_the_end_gives_no_rows() {
    let shop = shop_of(&["А"]).await;

    let page = shop.list("/entity/counterparty", &[("offset", "10")]).await;

    assert!(page.ids().is_empty());
    assert_eq!(page.body["meta"]["size"], 1);
}

#[tokio::test]
async fn a_smaller_page_can_be_forced() {
    let shop = Shop::with(Emulator::builder().limits(false).page_limit(2)).await;
    for name in ["А", "Б", "В"] {
        shop.customer(name);
    }

    let page = shop.get("/entity/counterparty").await;

    assert_eq!(page.names(), ["А", "Б"]);
    assert!(page.body["meta"]["nextHref"].is_string());
}

#[tokio::test]
async fn rows_come_by_name_unless_another_order_is_asked_for() {
    let shop = shop_of(&["Б", "А", "В"]).await;
    shop.emulator
        .edit(
            "counterparty",
            id(&shop.emulator.all("counterparty")[0]),
            json!({"phone": "1"}),
        )
        .unwrap();

    let list = async |order: &str| {
        shop.list("/entity/counterparty", &[("order", order)])
            .await
            .names()
            .concat()
    };

    assert_eq!(
        shop.get("/entity/counterparty").await.names().concat(),
        "АБВ"
    );
    assert_eq!(list("name,desc").await, "ВБА");
    assert_eq!(list("created").await, "БАВ");
    assert_eq!(list("updated,desc").await, "БВА");
    assert_eq!(list("phone;name,desc").await, "БВА");
}

#[tokio::test]
async fn an_order_by_something_else_is_refused() {
    let shop = Shop::open().await;

    let field = shop
        .list("/entity/counterparty", &[("order", "owner")])
        .await;
    let direction = shop
        .list("/entity/counterparty", &[("order", "name,up")])
        .await;

    assert_eq!((field.status, field.codes()), (400, vec![1063]));
    assert_eq!((direction.status, direction.codes()), (400, vec![1042]));
}

#[tokio::test]
async fn documents_come_by_their_moment() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    for (name, moment) in [
        ("late", "2026-02-01 10:00:00"),
        ("early", "2026-01-01 10:00:00"),
    ] {
        let mut order = shop.order_of(&customer);
        order["name"] = json!(name);
        order["moment"] = json!(moment);
        shop.emulator.add("customerorder", order).unwrap();
    }

    assert_eq!(
        shop.get("/entity/customerorder").await.names(),
        ["early", "late"]
    );
}

#[tokio::test]
async fn a_search_looks_for_a_part_of_any_text_of_a_counterparty() {
    let shop = Shop::open().await;
    let customer = json!({
        "name": "ООО Вектор", "phone": "+7 (915) 000-11-22", "email": "Info@vector.example",
        "contactpersons": [{"name": "Мария Орлова", "phone": "+79990000001"}],
    });
    shop.emulator.add("counterparty", customer).unwrap();
    shop.customer("Другой");
    let found = async |text: &str| {
        shop.list("/entity/counterparty", &[("search", text)])
            .await
            .ids()
            .len()
    };

    for text in ["екто", "ВЕКТОР", "000-11", "info@", "орлова", "9990000001"] {
        assert_eq!(found(text).await, 1, "{text}");
    }
    // Phones are compared as they are stored.
    assert_eq!(found("79150001122").await, 0);
}

#[tokio::test]
async fn a_search_for_a_product_needs_the_beginning_of_a_word() {
    let shop = Shop::open().await;
    shop.emulator
        .add("product", json!({"name": "Кружка синяя"}))
        .unwrap();
    let found = async |text: &str| {
        shop.list("/entity/product", &[("search", text)])
            .await
            .ids()
            .len()
    };

    assert_eq!(found("син круж").await, 1);
    assert_eq!(found("ружка").await, 0);
}

#[tokio::test]
async fn references_are_expanded_only_on_pages_of_at_most_100() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(100, 1.0)])
        .unwrap();
    let list = async |limit: Option<&str>| {
        let mut query = vec![(
            "expand",
            "agent.owner,state,organization,positions.assortment",
        )];
        query.extend(limit.map(|limit| ("limit", limit)));
        shop.list("/entity/customerorder", &query).await.body["rows"][0].clone()
    };

    let row = list(Some("100")).await;
    assert_eq!(row["agent"]["name"], "Покупатель");
    assert_eq!(row["agent"]["owner"]["uid"], "admin@shop");
    assert_eq!(row["state"]["stateType"], "Regular");
    assert!(row["organization"]["meta"]["href"].is_string());
    assert_eq!(row["positions"]["rows"][0]["assortment"]["name"], "Товар");
    for limit in [None, Some("101")] {
        let row = list(limit).await;
        assert_eq!(row["agent"]["name"], Value::Null, "{limit:?}");
        assert_eq!(row["positions"]["rows"], Value::Null);
    }
}

#[tokio::test]
async fn one_object_and_the_answer_of_a_write_expand_too() {
    let shop = Shop::open().await;
    let order = shop.order();
    let path = format!(
        "/entity/customerorder/{}?expand=agent,rate.currency&limit=1000",
        id(&order)
    );

    let read = shop.get(&path).await;
    let written = shop.put(&path, json!({"description": "да"})).await;
    let created = shop
        .post(
            "/entity/customerorder?expand=agent",
            shop.order_of(&order["agent"]),
        )
        .await;

    assert_eq!(read.body["agent"]["name"], "Покупатель");
    assert_eq!(read.body["rate"]["currency"]["isoCode"], "RUB");
    assert_eq!(written.body["agent"]["name"], "Покупатель");
    assert_eq!(created.body["agent"]["name"], "Покупатель");
}

#[tokio::test]
async fn what_is_no_reference_cannot_be_expanded() {
    let shop = Shop::open().await;

    for path in ["name", "nothing", "agent.owner.group.shared"] {
        let answer = shop
            .list(
                "/entity/customerorder",
                &[("expand", path), ("limit", "10")],
            )
            .await;
        assert_eq!((answer.status, answer.codes()), (400, vec![1089]), "{path}");
    }
}

#[tokio::test]
async fn archived_and_trashed_objects_are_listed_only_on_request() {
    let shop = Shop::open().await;
    let hidden = shop
        .emulator
        .add("counterparty", json!({"name": "Б", "archived": true}))
        .unwrap();
    shop.customer("А");
    let list = async |filter: &str| {
        shop.filter("/entity/counterparty", filter)
            .await
            .names()
            .concat()
    };

    assert_eq!(shop.get("/entity/counterparty").await.names(), ["А"]);
    assert_eq!(list("archived=true").await, "Б");
    assert_eq!(list("archived=false").await, "А");
    assert_eq!(list("archived=true;archived=false").await, "АБ");
    assert_eq!(list(&format!("id={}", id(&hidden))).await, "Б");
}

#[tokio::test]
async fn a_trashed_document_is_listed_only_as_deleted() {
    let shop = Shop::open().await;
    let [kept, trashed] = [shop.order(), shop.order()];

    let path = format!("/entity/customerorder/{}/trash", id(&trashed));
    let answer = shop.send(shop.request("POST", &path)).await;

    assert_eq!((answer.status, answer.body), (200, json!("")));
    assert_eq!(shop.get("/entity/customerorder").await.ids(), [id(&kept)]);
    let deleted = shop.filter("/entity/customerorder", "isDeleted=true").await;
    assert_eq!(deleted.ids(), [id(&trashed)]);
    assert!(deleted.body["rows"][0]["deleted"].is_string());
    let both = shop
        .filter("/entity/customerorder", "isDeleted=true;isDeleted=false")
        .await;
    assert_eq!(both.ids().len(), 2);
    let store = id(&shop.emulator.all("store")[0]).to_owned();
    let refused = shop
        .send(shop.request("POST", &format!("/entity/store/{store}/trash")))
        .await;
    assert_eq!(refused.codes(), [1066]);
}

#[tokio::test]
async fn nested_lists_are_paged() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(100, 1.0), (200, 1.0), (300, 1.0)])
        .unwrap();
    let path = format!(
        "/entity/customerorder/{}/positions?limit=2&offset=1&expand=assortment",
        id(&order)
    );

    let page = shop.get(&path).await;

    assert_eq!(page.body["meta"]["size"], 3);
    assert_eq!(page.body["meta"]["type"], "customerorderposition");
    assert_eq!(page.body["rows"][0]["price"], 200.0);
    assert_eq!(page.body["rows"][0]["assortment"]["name"], "Товар");
    assert!(page.body["context"].is_object());
}
