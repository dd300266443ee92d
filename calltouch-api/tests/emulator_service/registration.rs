//! Registration of requests by the old method and by the new one.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Service, answer, violation};

const REGISTER: &str = "/calls-service/RestAPI/requests/25918/register/";
const REQUEST_CREATE: &str = "/lead-service/v1/api/request/create";

async fn register(service: &Service, form: &[(&str, &str)]) -> Answer {
    let url = format!("{}{REGISTER}", service.emulator.base_url());
    answer(service.http.post(url).form(form)).await
}

async fn create(service: &Service, requests: Value) -> Vec<Value> {
    let (status, body) = service
        .send(REQUEST_CREATE, &json!({ "requests": requests }))
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["data"]["requests"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_form_becomes_a_request_without_a_token() {
    let service = Service::start().await;

    let (status, made) = register(
        &service,
        &[
            ("subject", "Обратный звонок"),
            ("requestNumber", "site-1"),
            ("requestDate", "20.11.2026 10:30:00"),
            ("fio", "Иван"),
            ("phoneNumber", "+7 (915) 888-11-22"),
            ("email", "a@b.example"),
            ("comment", "Срочно"),
            ("requestUrl", "https://example.ru/form"),
            ("sessionId", "4794763832"),
            ("tags", "диван, акция"),
            ("targetRequest", "true"),
        ],
    )
    .await;

    assert_eq!(status, StatusCode::OK, "{made}");
    assert_eq!(made["dateStr"], "20/11/2026 10:30:00");
    let query = [("withRequestTags", "true")];
    let shown = &service.requests_of_the_day(&query).await[0];
    assert_eq!(shown["requestId"], made["requestId"]);
    assert_eq!(shown["requestNumber"], "site-1");
    assert_eq!(shown["subject"], "Обратный звонок");
    assert_eq!(shown["requestUrl"], "https://example.ru/form");
    assert_eq!(shown["client"]["fio"], "Иван");
    assert_eq!(
        shown["client"]["phones"][0]["phoneNumber"], "79158881122",
        "digits alone"
    );
    assert_eq!(
        shown["client"]["contacts"][0]["contactValue"],
        "a@b.example"
    );
    assert_eq!(shown["session"]["sessionId"], 4_794_763_832_u64);
    assert_eq!(shown["comments"][0]["comment"], "Срочно");
    assert_eq!(shown["comments"][0]["requestId"], made["requestId"]);
    assert_eq!(
        shown["RequestTags"],
        json!([{ "category": "", "type": "WEB-API", "names": ["диван", "акция"] }])
    );
    assert_eq!(shown["targetRequest"], true);
}

#[tokio::test]
async fn everything_may_stand_in_the_query() {
    let service = Service::start().await;
    let base = service.emulator.base_url();
    let query = [("email", "a@b.example")];
    let (status, made) = answer(service.http.get(format!("{base}{REGISTER}")).query(&query)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(made["requestNumber"], made["requestId"].to_string());
    assert_eq!(made["session"], Value::Null, "no session, no source");
    assert_eq!(made["targetRequest"], false);
    assert_eq!(service.emulator.requests(), [made]);
}

#[tokio::test]
async fn a_form_is_refused_for_its_traps() {
    let service = Service::start().await;
    let long = "я".repeat(257);
    let phone = ("phoneNumber", "79158881122");
    for (form, field) in [
        (vec![phone, ("sessionId", "")], "sessionId"),
        (vec![phone, ("sessionId", "undefined")], "sessionId"),
        (vec![("subject", "Форма"), ("comment", "x")], "phoneNumber"),
        (vec![("fio", " ")], "phoneNumber"),
        (vec![("phoneNumber", "нет")], "phoneNumber"),
        (vec![phone, ("requestDate", "2026-11-20")], "requestDate"),
        (vec![phone, ("subject", &long)], "subject"),
        (vec![phone, ("targetRequest", "maybe")], "targetRequest"),
    ] {
        let refused = register(&service, &form).await;
        assert_eq!(violation(&refused), field, "{form:?}");
    }
    assert!(service.emulator.requests().is_empty());
    let whole = "я".repeat(256);
    let (status, _) = register(&service, &[phone, ("subject", &whole)]).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_for_an_unknown_site_is_refused() {
    let service = Service::start().await;
    let base = service.emulator.base_url();
    let url = format!("{base}/calls-service/RestAPI/requests/1/register");
    let (status, _) = answer(service.http.post(url).form(&[("fio", "Иван")])).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_number_that_exists_is_refused_by_both_methods() {
    let service = Service::start().await;
    let form = [("fio", "Иван"), ("requestNumber", "1")];
    assert_eq!(register(&service, &form).await.0, StatusCode::OK);

    assert_eq!(violation(&register(&service, &form).await), "requestNumber");
    let results = create(
        &service,
        json!([
            { "requestNumber": "1", "fio": "Иван" },
            { "requestNumber": "2", "fio": "Иван" },
            { "requestNumber": "2", "fio": "Иван" },
        ]),
    )
    .await;
    let imported: Vec<_> = results.iter().map(|result| &result["imported"]).collect();
    assert_eq!(imported, [false, true, false]);
    assert_eq!(service.emulator.requests().len(), 2);
}

#[tokio::test]
async fn the_second_request_of_a_contact_is_not_unique() {
    let service = Service::start().await;
    service
        .emulator
        .add_call(json!({ "callerNumber": "79990000001" }));
    let results = create(
        &service,
        json!([
            { "requestNumber": "of the caller", "phoneNumber": "8 999 000-00-01" },
            { "requestNumber": "new", "email": "a@b.example" },
            { "requestNumber": "again", "email": "A@B.example" },
        ]),
    )
    .await;
    assert_eq!(results.len(), 3);
    let shown = service.requests_of_the_day(&[]).await;
    let unique: Vec<_> = shown.iter().map(|shown| &shown["uniqueRequest"]).collect();
    assert_eq!(unique, [false, true, false]);
}

#[tokio::test]
async fn a_batch_keeps_every_field_of_a_request() {
    let service = Service::start().await;

    let results = create(
        &service,
        json!([{
            "requestNumber": "crm-77", "subject": "Форма",
            "requestUrl": "https://example.ru/form", "requestDate": "20-11-2026 10:00:00",
            "sessionId": "1959632045", "phoneNumber": "79990000001", "email": "a@b.example",
            "fio": "Иван", "manager": "Пётр", "comment": { "text": "Срочно" },
            "addTags": [{ "tag": "акция" }],
            "customSources": { "source": "vk", "medium": "cpc", "campaign": "весна",
                               "content": "баннер", "term": "диван" },
            "customFields": [{ "field": "size", "value": "XL" }],
        }]),
    )
    .await;

    assert_eq!(results[0]["requestNumber"], "crm-77");
    assert_eq!(results[0]["imported"], true);
    assert_eq!(results[0]["error"], Value::Null);
    let query = [("withRequestTags", "true"), ("withCustomFields", "true")];
    let shown = &service.requests_of_the_day(&query).await[0];
    assert_eq!(shown["requestId"], results[0]["requestId"]);
    assert_eq!(shown["dateStr"], "20/11/2026 10:00:00");
    assert_eq!(shown["manager"], "Пётр");
    assert_eq!(shown["comments"][0]["comment"], "Срочно");
    assert_eq!(shown["RequestTags"][0]["names"], json!(["акция"]));
    assert_eq!(
        shown["customFields"],
        json!([{ "field": "size", "value": "XL" }])
    );
    let session = &shown["session"];
    assert_eq!(session["sessionId"], 1_959_632_045);
    for (key, value) in [
        ("source", "vk"),
        ("utmSource", "vk"),
        ("medium", "cpc"),
        ("utmMedium", "cpc"),
        ("utmCampaign", "весна"),
        ("utmContent", "баннер"),
        ("utmTerm", "диван"),
    ] {
        assert_eq!(session[key], value, "{key}");
    }
}

#[tokio::test]
async fn a_bad_item_of_a_batch_fails_alone() {
    let service = Service::start().await;
    for (key, value) in [
        ("fio", Value::Null),
        ("sessionId", json!("")),
        ("requestDate", json!("20.11.2026 10:00:00")),
        ("comment", json!("text")),
        ("addTags", json!({ "tags": [] })),
        ("customSources", json!("vk")),
        ("customFields", json!({ "a": 1 })),
        ("phoneNumber", json!("нет")),
    ] {
        let mut bad = json!({ "requestNumber": "bad", "fio": "Иван" });
        bad[key] = value;
        let good = json!({ "requestNumber": key, "fio": "Иван" });
        let results = create(&service, json!([bad, good, 1])).await;
        assert_eq!(results[0]["requestNumber"], "bad");
        assert_eq!(results[0]["imported"], false, "{key}");
        let error = results[0]["error"].as_str().unwrap();
        assert!(error.contains(key), "{key}: {error}");
        assert_eq!(results[1]["imported"], true, "{key}: {}", results[1]);
        assert_eq!(results[2]["imported"], false);
    }
}

#[tokio::test]
async fn a_batch_holds_a_hundred_requests() {
    let service = Service::start().await;
    let batch = |count: u64| -> Value {
        let item = |number: u64| json!({ "requestNumber": number, "fio": "Иван" });
        json!({ "requests": (0..count).map(item).collect::<Vec<_>>() })
    };
    let refused = service.send(REQUEST_CREATE, &batch(101)).await;
    assert_eq!(violation(&refused), "requests");
    assert!(service.emulator.requests().is_empty());
    let (status, _) = service.send(REQUEST_CREATE, &batch(100)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(service.emulator.requests().len(), 100);
}
