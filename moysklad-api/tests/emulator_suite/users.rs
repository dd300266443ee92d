//! Several users of one account: their tokens, limits and names.

use moysklad_api::emulator::{Emulator, StopWhen};
use serde_json::json;

use crate::client::Shop;

/// The logins of the colleagues.
const LOGINS: [&str; 4] = ["a@shop", "b@shop", "c@shop", "d@shop"];

async fn shop() -> Shop {
    let builder = Emulator::builder().weight(1);
    let with =
        |builder: moysklad_api::emulator::Builder, login: &&str| builder.colleague(*login, "p");
    Shop::with(LOGINS.iter().fold(builder, with)).await
}

fn as_user(shop: &Shop, login: &str, path: &str) -> reqwest::RequestBuilder {
    let token = shop.emulator.token_of(login).unwrap();
    shop.http.get(shop.url(path)).bearer_auth(token)
}

#[tokio::test]
async fn an_account_has_twenty_requests_at_once_for_all_its_users() {
    let shop = shop().await;
    let mut logins = vec![shop.emulator.login()];
    logins.extend(LOGINS.map(str::to_owned));
    let points: Vec<_> = (1..=20)
        .map(|n| shop.emulator.stop_at(n, StopWhen::AfterCommit))
        .collect();
    let mut held = Vec::new();
    for (n, point) in points.iter().enumerate() {
        let request = as_user(&shop, &logins[n % 5], "/entity/store");
        held.push(tokio::spawn(request.send()));
        point.reached().await;
    }

    let next = shop.send(as_user(&shop, "a@shop", "/entity/store")).await;

    assert_eq!((next.status, next.codes()), (429, vec![1073]));
    drop(points);
    for request in held {
        assert!(request.await.unwrap().is_err());
    }
}

#[tokio::test]
async fn each_user_spends_only_his_own_limit() {
    let shop = shop().await;
    for _ in 0..45 {
        shop.get("/entity/store").await;
    }

    let other = shop.send(as_user(&shop, "b@shop", "/entity/store")).await;

    assert_eq!(other.status, 200);
    assert_eq!(other.header("X-RateLimit-Remaining"), Some("44"));
}

#[tokio::test]
async fn a_colleague_is_known_by_his_own_name() {
    let shop = shop().await;

    let himself = shop
        .send(as_user(&shop, "c@shop", "/context/employee"))
        .await;
    assert_eq!(himself.body["uid"], "c@shop");
    let token = shop.emulator.token_of("c@shop").unwrap();
    let request = shop
        .http
        .post(shop.url("/entity/counterparty"))
        .bearer_auth(token);
    shop.send(request.json(&json!({"name": "А"}))).await;
    let audit = shop.get("/audit").await.body;
    assert_eq!(audit["rows"][0]["uid"], "c@shop");
    let own = shop.filter("/audit", "uid=c@shop").await.body;
    assert_eq!(own["meta"]["size"], 1);
    assert_eq!(shop.emulator.token_of("nobody@shop"), None);
}

#[tokio::test]
async fn wrong_passwords_lock_the_account_for_a_while() {
    let shop = Shop::open().await;
    let with = async |password: &str| {
        let request = shop.http.get(shop.url("/entity/store"));
        shop.send(request.basic_auth(shop.emulator.login(), Some(password)))
            .await
    };
    for _ in 0..10 {
        assert_eq!(with("guess").await.codes(), [1056]);
    }

    let locked = with(&shop.emulator.password()).await;
    shop.emulator.advance(std::time::Duration::from_secs(61));

    assert_eq!((locked.status, locked.codes()), (429, vec![1048]));
    assert_eq!(with(&shop.emulator.password()).await.status, 200);
}

#[tokio::test]
async fn errors_are_told_in_english_to_who_asks_for_it() {
    let shop = Shop::open().await;
    let ask = async |language: &str| {
        let request = shop
            .request("POST", "/entity/counterparty")
            .json(&json!([{}]));
        shop.send(request.header("Accept-Language", language))
            .await
            .body
    };

    let [english, russian] = [ask("en-US").await, ask("ru").await];

    let text =
        |body: &serde_json::Value| body[0]["errors"][0]["error"].as_str().unwrap().to_owned();
    assert_eq!(
        text(&english),
        "Save error: the field cannot be empty or missing: 'name'"
    );
    assert!(text(&russian).starts_with("Ошибка сохранения объекта"));
    assert_eq!(
        english[0]["errors"][0]["code"],
        russian[0]["errors"][0]["code"]
    );
}
