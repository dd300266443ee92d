//! Headers, credentials, paths, and what is refused before any work.

use jiff::Timestamp;
use moysklad_api::emulator::Emulator;
use serde_json::json;

use crate::client::{Shop, id};

#[tokio::test]
async fn a_client_that_takes_no_gzip_gets_415_and_nothing_else() {
    let shop = Shop::open().await;

    for coding in ["identity", "br", "deflate", "gzip;q=0"] {
        let request = shop
            .request("GET", "/entity/store")
            .header("Accept-Encoding", coding);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 415, "{coding}");
        assert!(answer.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn answers_are_compressed() {
    let shop = Shop::open().await;
    let plain = reqwest::Client::builder()
        .no_gzip()
        .no_proxy()
        .build()
        .unwrap();

    let request = plain
        .get(shop.url("/entity/group"))
        .bearer_auth(shop.emulator.token());
    let answer = request
        .header("Accept-Encoding", "deflate, gzip")
        .send()
        .await
        .unwrap();

    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(
        answer.headers()["content-type"],
        "application/json;charset=utf-8"
    );
    assert_eq!(answer.bytes().await.unwrap()[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn only_json_may_be_accepted() {
    let shop = Shop::open().await;

    for (accept, status) in [
        ("*/*", 200),
        ("application/json", 200),
        ("application/json;charset=utf-8", 200),
        ("Application/JSON; charset=UTF-8", 200),
        ("text/html", 400),
        ("application/json, text/plain", 400),
    ] {
        let request = shop
            .request("GET", "/entity/store")
            .header("Accept", accept);
        let answer = shop.send(request).await;
        assert_eq!(answer.status, status, "{accept}");
        if status == 400 {
            assert_eq!(answer.codes(), [1062]);
        }
    }
}

#[tokio::test]
async fn wrong_credentials_are_refused_with_the_headers_of_a_refusal() {
    let shop = Shop::open().await;
    let store = shop.url("/entity/store");

    let nobody = shop.send(shop.http.get(&store)).await;
    let stranger = shop.send(shop.http.get(&store).bearer_auth("0000")).await;
    let wrong = shop
        .send(shop.http.get(&store).basic_auth("admin@shop", Some("x")))
        .await;
    let short = shop
        .send(shop.http.get(&store).basic_auth("admin", Some("x")))
        .await;

    for answer in [&nobody, &stranger, &wrong, &short] {
        assert_eq!((answer.status, answer.codes()), (401, vec![1056]));
        assert_eq!(answer.header("X-Lognex-Auth"), Some("1056"));
        assert!(answer.header("X-Lognex-Auth-Message").is_some());
    }
    assert!(short.body.to_string().contains("Неверный формат имени"));
    assert!(wrong.body.to_string().contains("Неправильный пароль"));
}

#[tokio::test]
async fn login_and_password_work_as_well_as_the_token() {
    let shop = Shop::with(Emulator::builder().login("me@there").password("p:w")).await;

    let request = shop.http.get(shop.url("/context/employee"));
    let answer = shop.send(request.basic_auth("me@there", Some("p:w"))).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["uid"], "me@there");
}

#[tokio::test]
async fn a_new_token_revokes_the_old_one() {
    let shop = Shop::open().await;
    let old = shop.emulator.token();
    let url = shop.url("/security/token");
    let (login, password) = (shop.emulator.login(), shop.emulator.password());

    let answer = shop
        .send(shop.http.post(url).basic_auth(login, Some(password)))
        .await;

    let new = answer.body["access_token"].as_str().unwrap();
    assert_eq!(new.len(), 40);
    assert_eq!(shop.emulator.token(), new);
    let store = shop.url("/entity/store");
    assert_eq!(
        shop.send(shop.http.get(&store).bearer_auth(old))
            .await
            .status,
        401
    );
    assert_eq!(
        shop.send(shop.http.get(&store).bearer_auth(new))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_token_is_not_given_for_a_token() {
    let shop = Shop::open().await;

    let answer = shop.send(shop.request("POST", "/security/token")).await;

    assert_eq!(answer.codes(), [1056]);
}

#[tokio::test]
async fn a_path_is_refused_by_what_is_wrong_with_it() {
    let shop = Shop::open().await;
    let missing = "/entity/store/7e24c1b8-5a11-11f1-0a80-1c0e00000094";

    for (path, status, code) in [
        ("/nowhere", 404, 1002),
        ("/entity/starship", 412, 1005),
        ("/entity/store/17", 400, 1052),
        (missing, 404, 1021),
        ("/context/application", 403, 55005),
    ] {
        let answer = shop.get(path).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (status, vec![code]),
            "{path}"
        );
    }
    let host = shop.emulator.base_url().replace("1.2", "1.1");
    let retired = shop.http.get(format!("{host}/entity/store"));
    let retired = shop.send(retired.bearer_auth(shop.emulator.token())).await;
    assert_eq!((retired.status, retired.codes()), (410, vec![1015]));
}

#[tokio::test]
async fn a_method_that_a_resource_does_not_have_is_405() {
    let shop = Shop::open().await;

    for (method, path) in [
        ("PATCH", "/entity/store"),
        ("DELETE", "/entity/store"),
        ("POST", "/context/employee"),
    ] {
        let request = shop.request(method, path).json(&json!({}));
        assert_eq!(shop.send(request).await.status, 405, "{method} {path}");
    }
}

#[tokio::test]
async fn a_trailing_slash_does_not_matter() {
    let shop = Shop::open().await;

    assert_eq!(shop.get("/entity/store/").await.body["meta"]["size"], 1);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_with_its_place() {
    let shop = Shop::open().await;
    let request = shop.request("POST", "/entity/counterparty");

    let request = request
        .header("Content-Type", "application/json")
        .body("{\n  \"name\": ,}");
    let answer = shop.send(request).await;

    assert_eq!((answer.status, answer.codes()), (400, vec![2001]));
    assert_eq!(answer.body["errors"][0]["line"], 2);
    assert_eq!(answer.body["errors"][0]["column"], 11);
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused() {
    let shop = Shop::open().await;
    let mut deep = json!(1);
    for _ in 0..11 {
        deep = json!({"discounts": deep});
    }

    let scalar = shop.post("/entity/counterparty", json!("name")).await;
    let nested = shop.post("/entity/counterparty", deep).await;
    let text = shop
        .request("POST", "/entity/counterparty")
        .header("Content-Type", "text/plain");
    let text = shop.send(text.body("{}")).await;

    assert_eq!((scalar.status, scalar.codes()), (400, vec![2005]));
    assert_eq!((nested.status, nested.codes()), (400, vec![2006]));
    assert_eq!((text.status, text.codes()), (415, vec![1037]));
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let shop = Shop::open().await;
    let huge = vec![b' '; 20 * 1024 * 1024 + 1];

    let request = shop.request("POST", "/entity/counterparty");
    let request = request
        .header("Content-Type", "application/json")
        .body(huge);
    let refused = request.send().await;
    let long = shop.filter("/entity/counterparty", &"x".repeat(9000)).await;

    // The answer may come while the body is still on its way, which a client sees either way.
    if let Ok(answer) = refused {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(long.status, 414);
    assert!(shop.emulator.all("counterparty").is_empty());
}

#[tokio::test]
async fn json_is_indented_on_request() {
    let shop = Shop::open().await;

    let request = shop
        .request("GET", "/entity/group")
        .header("Lognex-Pretty-Print-JSON", "true");
    let text = request.send().await.unwrap().text().await.unwrap();

    assert!(text.contains("\n  \"context\""), "{text}");
}

#[tokio::test]
async fn a_fresh_account_has_what_a_new_user_finds() {
    let shop = Shop::open().await;
    let count = |kind: &str| shop.emulator.all(kind).len();

    assert_eq!(
        ["employee", "group", "organization", "store", "currency"].map(count),
        [1; 5]
    );
    assert_eq!(count("counterparty"), 0);
    let types = shop.get("/context/companysettings/pricetype").await;
    assert_eq!(types.body.as_array().unwrap().len(), 1);
    assert_eq!(shop.emulator.all("currency")[0]["isoCode"], "RUB");
}

#[tokio::test]
async fn the_employee_has_permissions_and_an_account() {
    let shop = Shop::open().await;

    let answer = shop.get("/context/employee").await;

    assert_eq!(
        answer.body["permissions"]["customerorder"]["approve"],
        "ALL"
    );
    assert_eq!(answer.body["permissions"]["admin"]["view"], "ALL");
    let account = &shop.emulator.all("employee")[0]["accountId"];
    assert_eq!(&answer.body["accountId"], account);
}

#[tokio::test]
async fn company_settings_are_read_and_changed() {
    let shop = Shop::open().await;

    let read = shop.get("/context/companysettings").await;
    let changed = shop
        .put("/context/companysettings", json!({"useRecycleBin": false}))
        .await;
    let wrong = shop
        .put("/context/companysettings", json!({"useRecycleBin": "no"}))
        .await;

    assert_eq!(read.body["useRecycleBin"], true);
    assert_eq!(read.body["currency"]["isoCode"], "RUB");
    assert_eq!(changed.body["useRecycleBin"], false);
    assert_eq!(wrong.codes(), [2016]);
}

#[tokio::test]
async fn hrefs_live_under_the_host_that_was_asked() {
    let shop = Shop::open().await;
    let port = shop
        .emulator
        .base_url()
        .split(':')
        .nth(2)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let url = format!("http://localhost:{port}/api/remap/1.2/entity/store?limit=1");

    let request = shop
        .http
        .get(shop.url("/entity/store?limit=1"))
        .header("Host", format!("localhost:{port}"));
    let answer = shop.send(request.bearer_auth(shop.emulator.token())).await;

    assert_eq!(answer.body["meta"]["href"], format!("{url}&offset=0"));
    let href = answer.body["rows"][0]["meta"]["href"].as_str().unwrap();
    assert!(href.starts_with("http://localhost:"), "{href}");
}

#[tokio::test]
async fn times_are_moscow_wall_clock_with_milliseconds() {
    let noon: Timestamp = "2026-08-14T12:00:00Z".parse().unwrap();
    let shop = Shop::with(Emulator::builder().now(noon)).await;

    let customer = shop.customer("Вектор");

    let updated = customer["updated"].as_str().unwrap();
    assert!(updated.starts_with("2026-08-14 15:00:"), "{updated}");
    assert_eq!(updated.len(), "2026-08-14 15:00:00.000".len());
}

#[tokio::test]
async fn the_clock_jumps_on_request() {
    let shop = Shop::open().await;
    let before = shop.emulator.now();

    shop.emulator.advance(std::time::Duration::from_hours(24));

    assert!(shop.emulator.now().as_second() - before.as_second() >= 86_400);
}

#[tokio::test]
async fn every_write_has_a_later_updated() {
    let shop = Shop::open().await;

    let updated: Vec<String> = (0..50)
        .map(|_| {
            shop.customer("Вектор")["updated"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();

    assert!(updated.is_sorted_by(|earlier, later| earlier < later));
}

#[tokio::test]
async fn dropping_the_handle_stops_the_server() {
    let shop = Shop::open().await;
    let (url, http) = (shop.url("/entity/store"), shop.http.clone());
    drop(shop);

    // The listener closes with its task, which the runtime ends in its own time.
    let closed = async {
        while http.get(&url).send().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };

    tokio::time::timeout(std::time::Duration::from_secs(10), closed)
        .await
        .unwrap();
}

#[tokio::test]
async fn ids_differ_between_types_and_rows() {
    let shop = Shop::open().await;
    let all = ["employee", "group", "organization", "store", "currency"]
        .map(|kind| id(&shop.emulator.all(kind)[0]).to_owned());

    let distinct: std::collections::HashSet<_> = all.iter().collect();

    assert_eq!(distinct.len(), all.len());
}
