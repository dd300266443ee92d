//! Rights (права): what a user may not do is refused with the documented codes.

use moysklad_api::context::Right;
use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Answer, Shop, id};

const LOGIN: &str = "a@shop";

async fn shop() -> Shop {
    Shop::with(Emulator::builder().limits(false).colleague(LOGIN, "p")).await
}

/// A request of the colleague.
async fn ask(shop: &Shop, method: &str, path: &str, body: Option<Value>) -> Answer {
    let token = shop.emulator.token_of(LOGIN).unwrap();
    let method = method.parse::<reqwest::Method>().unwrap();
    let request = shop.http.request(method, shop.url(path)).bearer_auth(token);
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    shop.send(request).await
}

fn withdraw(shop: &Shop, of: &str, right: Right) {
    shop.emulator.withdraw_right(LOGIN, of, right).unwrap();
}

#[tokio::test]
async fn what_a_user_may_not_do_is_refused_by_the_code_of_the_deed() {
    let shop = shop().await;
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}", id(&customer));
    for right in [Right::View, Right::Create, Right::Update, Right::Delete] {
        withdraw(&shop, "counterparty", right);
    }
    let new = json!({"name": "Б"});

    let read = ask(&shop, "GET", &path, None).await;
    let listed = ask(&shop, "GET", "/entity/counterparty", None).await;
    let created = ask(&shop, "POST", "/entity/counterparty", Some(new.clone())).await;
    let changed = ask(&shop, "PUT", &path, Some(new.clone())).await;
    let deleted = ask(&shop, "DELETE", &path, None).await;

    assert_eq!((read.status, read.codes()), (403, vec![1016]));
    assert_eq!((listed.status, listed.codes()), (403, vec![1016]));
    assert_eq!((created.status, created.codes()), (403, vec![1045]));
    assert_eq!((changed.status, changed.codes()), (403, vec![1017]));
    assert_eq!((deleted.status, deleted.codes()), (403, vec![1018]));
    let owner = shop.put(&path, new).await;
    assert_eq!(owner.status, 200, "other users keep their rights");
}

#[tokio::test]
async fn a_row_of_many_is_refused_on_its_own() {
    let shop = shop().await;
    let customer = shop.customer("А");
    withdraw(&shop, "counterparty", Right::Update);
    let rows = json!([{"name": "Б"}, {"meta": customer["meta"], "name": "В"}]);

    let answer = ask(&shop, "POST", "/entity/counterparty", Some(rows)).await;

    assert_eq!(answer.body[0]["name"], "Б");
    assert_eq!(crate::client::codes(&answer.body[1]), [1017]);
}

#[tokio::test]
async fn what_a_user_may_not_see_is_not_shown_inside_other_objects() {
    let shop = shop().await;
    let order = shop.order();
    withdraw(&shop, "counterparty", Right::View);
    let path = format!("/entity/customerorder/{}?expand=agent", id(&order));

    let seen = ask(&shop, "GET", &path, None).await.body;
    let token = shop.emulator.token_of(LOGIN).unwrap();
    let filter = format!("agent={}", order["agent"]["meta"]["href"].as_str().unwrap());
    let request = shop.http.get(shop.url("/entity/customerorder"));
    let request = request.bearer_auth(token).query(&[("filter", filter)]);
    let found = shop.send(request).await;

    assert_eq!(seen["agent"]["meta"]["permitted"], false);
    assert!(seen["agent"].get("name").is_none());
    assert_eq!(found.status, 200);
    assert_eq!(found.ids().len(), 0);
}

#[tokio::test]
async fn some_things_only_an_administrator_does() {
    let shop = shop().await;
    withdraw(&shop, "admin", Right::View);
    withdraw(&shop, "audit_dashboard", Right::View);
    let hook = json!({
        "url": "http://127.0.0.1:9/", "action": "CREATE", "entityType": "customerorder",
    });
    let field = json!({"name": "Поле", "type": "string"});

    for (path, body, code) in [
        ("/entity/webhook", hook, 30004),
        ("/entity/counterparty/metadata/attributes", field, 14010),
        ("/entity/group", json!({"name": "Отдел"}), 60000),
    ] {
        let answer = ask(&shop, "POST", path, Some(body)).await;
        assert_eq!((answer.status, answer.codes()), (403, vec![code]), "{path}");
    }
    let audit = ask(&shop, "GET", "/audit", None).await;
    assert_eq!((audit.status, audit.codes()), (403, vec![38000]));
}

#[tokio::test]
async fn the_context_tells_which_rights_are_left_and_they_can_be_given_back() {
    let shop = shop().await;
    withdraw(&shop, "customerorder", Right::Approve);
    let order = shop.order_of(&shop.customer("А"));
    let mut approved = order.clone();
    approved["applicable"] = json!(true);

    let me = ask(&shop, "GET", "/context/employee", None).await.body;
    let refused = ask(
        &shop,
        "POST",
        "/entity/customerorder",
        Some(approved.clone()),
    )
    .await;
    shop.emulator
        .grant_right(LOGIN, "customerorder", Right::Approve)
        .unwrap();
    let saved = ask(&shop, "POST", "/entity/customerorder", Some(approved)).await;

    let rights = &me["permissions"]["customerorder"];
    assert_eq!(
        (&rights["view"], rights.get("approve")),
        (&json!("ALL"), None)
    );
    assert_eq!(refused.codes(), [1092]);
    assert_eq!(saved.status, 200);
    let owner = saved.body["owner"]["meta"]["href"].as_str().unwrap();
    assert!(owner.ends_with(id(&me)), "the author owns what he creates");
}

#[tokio::test]
async fn rights_of_nobody_and_to_nothing_cannot_be_taken() {
    let shop = shop().await;

    let nobody = shop.emulator.withdraw_right("b@shop", "store", Right::View);
    let nothing = shop.emulator.withdraw_right(LOGIN, "starship", Right::View);

    assert_eq!(nobody.unwrap_err().codes(), [1021]);
    assert_eq!(nothing.unwrap_err().codes(), [1005]);
}
