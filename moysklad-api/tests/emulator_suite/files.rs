//! Files (файлы): beside objects, in custom fields, and their download.

use serde_json::{Value, json};

use crate::client::{Answer, Shop, id};

/// "акт" in Base64.
const CONTENT: &str = "0LDQutGC";

/// A client that stops at redirects.
async fn follow_not(shop: &Shop, url: &str, life: Option<&str>) -> Answer {
    let policy = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder()
        .redirect(policy)
        .no_proxy()
        .build()
        .unwrap();
    let mut request = http.get(url).bearer_auth(shop.emulator.token());
    if let Some(life) = life {
        request = request.header("X-Lognex-Download-Expiration-Seconds", life);
    }
    shop.send(request).await
}

async fn attach(shop: &Shop, order: &Value) -> Value {
    let path = format!("/entity/customerorder/{}/files", id(order));
    let body = json!([{"filename": "act.txt", "content": CONTENT}]);
    let answer = shop.post(&path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body[0].clone()
}

#[tokio::test]
async fn a_file_is_downloaded_from_another_host_without_credentials() {
    let shop = Shop::open().await;
    let file = attach(&shop, &shop.order()).await;
    assert_eq!(file["size"], 6);

    let href = file["meta"]["downloadHref"].as_str().unwrap();
    let redirect = follow_not(&shop, href, None).await;

    assert_eq!(redirect.status, 302);
    let location = redirect.header("location").unwrap().to_owned();
    assert!(
        !location.starts_with(&shop.emulator.base_url()),
        "{location}"
    );
    let bare = shop.send(shop.http.get(&location)).await;
    assert_eq!((bare.status, &bare.body), (200, &json!("акт")));
    let proved = shop.http.get(&location).bearer_auth(shop.emulator.token());
    assert_eq!(shop.send(proved).await.status, 400);
}

#[tokio::test]
async fn an_address_of_the_storage_lives_as_long_as_it_was_asked_to() {
    let shop = Shop::open().await;
    let file = attach(&shop, &shop.order()).await;
    let href = file["meta"]["downloadHref"].as_str().unwrap();
    let usual = follow_not(&shop, href, None).await;
    let longer = follow_not(&shop, href, Some("600")).await;

    shop.emulator.advance(std::time::Duration::from_mins(2));

    let status = async |answer: &Answer| {
        let location = answer.header("location").unwrap();
        shop.send(shop.http.get(location)).await.status
    };
    assert_eq!(status(&usual).await, 403);
    assert_eq!(status(&longer).await, 200);
}

#[tokio::test]
async fn files_are_listed_expanded_and_deleted() {
    let shop = Shop::open().await;
    let order = shop.order();
    let file = attach(&shop, &order).await;
    let path = format!("/entity/customerorder/{}", id(&order));

    let expanded = shop.get(&format!("{path}?expand=files")).await.body;

    assert_eq!(expanded["files"]["meta"]["size"], 1);
    assert_eq!(expanded["files"]["rows"][0]["filename"], "act.txt");
    let href = file["meta"]["href"].as_str().unwrap();
    let one = href.strip_prefix(&shop.emulator.base_url()).unwrap();
    assert_eq!(shop.delete(one).await.status, 200);
    assert_eq!(
        shop.get(&format!("{path}/files")).await.body["meta"]["size"],
        0
    );
    assert_eq!(shop.delete(one).await.status, 404);
}

#[tokio::test]
async fn too_many_files_at_once_are_refused() {
    let shop = Shop::open().await;
    let path = format!("/entity/customerorder/{}/files", id(&shop.order()));
    let file = json!({"filename": "act.txt", "content": CONTENT});

    let eleven = vec![file.clone(); 11];
    assert_eq!(shop.post(&path, eleven.into()).await.codes(), [1082]);
    let nameless = json!([{"content": CONTENT}]);
    assert_eq!(shop.post(&path, nameless).await.codes(), [14006]);
    for _ in 0..10 {
        let ten = vec![file.clone(); 10];
        assert_eq!(shop.post(&path, ten.into()).await.status, 200);
    }
    assert_eq!(shop.post(&path, json!([file])).await.codes(), [1080]);
}

#[tokio::test]
async fn a_custom_field_holds_a_file_until_it_is_cleared() {
    let shop = Shop::open().await;
    let fields = "/entity/customerorder/metadata/attributes";
    let field = shop
        .post(fields, json!({"name": "Скан", "type": "file"}))
        .await
        .body;
    let path = format!("/entity/customerorder/{}", id(&shop.order()));
    let set = async |file: Value| {
        let body = json!({"attributes": [{"meta": field["meta"], "file": file}]});
        shop.put(&path, body).await
    };

    let shown = set(json!({"filename": "scan.pdf", "content": CONTENT})).await;

    assert_eq!(shown.status, 200, "{}", shown.body);
    let value = &shown.body["attributes"][0];
    assert_eq!(
        (&value["type"], &value["value"]),
        (&json!("file"), &json!("scan.pdf"))
    );
    let href = value["download"]["href"].as_str().unwrap();
    let redirect = follow_not(&shop, href, None).await;
    let location = redirect.header("location").unwrap();
    assert_eq!(shop.send(shop.http.get(location)).await.body, "акт");
    assert_eq!(set(json!({"filename": "scan.pdf"})).await.codes(), [14007]);
    assert!(set(Value::Null).await.body.get("attributes").is_none());
    let filter = format!("{}=scan.pdf", field["meta"]["href"].as_str().unwrap());
    assert_eq!(
        shop.filter("/entity/customerorder", &filter).await.codes(),
        [1034]
    );
    let required = json!({"name": "Паспорт", "type": "file", "required": true});
    assert_eq!(shop.post(fields, required).await.codes(), [3028]);
}
