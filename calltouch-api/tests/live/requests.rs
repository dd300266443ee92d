//! The journal of requests and both ways to register one.

use calltouch_api::Text;
use calltouch_api::deal::Sources;
use calltouch_api::request::{Form, New};
use futures_util::TryStreamExt;
use serde_json::json;

use super::{noon, november, start, today};

#[tokio::test]
async fn a_request_reads_back_as_it_was_put_in() {
    let (emulator, client) = start().await;
    emulator.add_request(json!({
        "requestId": 1, "requestNumber": "f-1", "subject": "Форма",
        "dateStr": "20/11/2026 10:00:00",
        "client": {
            "fio": "Анна", "phones": [{ "phoneNumber": "79990000001", "phoneType": "MOBILE" }],
            "contacts": [{ "contactType": "EMAIL", "contactValue": "a@example.ru" }],
        },
        "session": { "sessionId": 7, "utmSource": "vk" },
        "RequestTags": [{ "category": "", "type": "MANUAL", "names": ["Лид"] }],
    }));
    emulator.add_request(json!({ "requestId": 2, "dateStr": "19/11/2026 10:00:00" }));
    let list = |period| client.requests().list(period);

    let requests = list(today()).with_tags().send().await.unwrap();

    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert_eq!(request.request_id, 1);
    assert_eq!(
        request.request_number.as_ref().map(Text::as_str),
        Some("f-1")
    );
    assert_eq!(
        request.created_at(),
        Some("2026-11-20T07:00:00Z".parse().unwrap())
    );
    let person = request.client.as_ref().unwrap();
    assert_eq!(person.fio.as_ref().map(Text::as_str), Some("Анна"));
    assert_eq!(
        person.phones[0].phone_number.as_ref().map(Text::as_str),
        Some("79990000001")
    );
    assert_eq!(
        person.contacts[0].contact_value.as_ref().map(Text::as_str),
        Some("a@example.ru")
    );
    let session = request.session.as_ref().unwrap();
    assert_eq!(session.session_id, Some(7));
    assert_eq!(session.utm_source.as_ref().map(Text::as_str), Some("vk"));
    assert_eq!(request.request_tags[0].names, ["Лид"]);

    assert!(
        list(today()).send().await.unwrap()[0]
            .request_tags
            .is_empty()
    );
    let all: Vec<_> = list(november())
        .window_days(7)
        .stream()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn a_registered_form_stands_in_the_journal() {
    let (_emulator, client) = start().await;
    let form = Form::new("Обратная связь")
        .name("Анна")
        .phone("79990000001")
        .email("a@example.ru")
        .number("f-1")
        .date(noon())
        .comment("позвонить")
        .tag("сайт")
        .target();

    let registered = client.requests().register(form).await.unwrap();

    let list = client.requests().list(today()).with_tags();
    let requests = list.send().await.unwrap();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert_eq!(request.request_id, registered.request_id);
    assert_eq!(
        request.subject.as_ref().map(Text::as_str),
        Some("Обратная связь")
    );
    assert_eq!(
        request.request_number.as_ref().map(Text::as_str),
        Some("f-1")
    );
    assert_eq!(request.created_at(), Some(noon()));
    assert_eq!(request.target_request, Some(true));
    assert_eq!(request.comments.len(), 1);
    assert_eq!(request.request_tags[0].names, ["сайт"]);
}

#[tokio::test]
async fn a_batch_of_requests_answers_row_by_row() {
    let (_emulator, client) = start().await;
    let new = |number: &str| {
        New::new(number, noon())
            .subject("Заявка с формы")
            .phone("79990000001")
            .email("a@example.ru")
            .name("Анна")
            .manager("Иван")
            .comment("позвонить")
            .tag("сайт")
            .sources(Sources::new("vk", "cpc"))
            .custom_field("Город", "Тверь")
    };
    let create = |numbers: &[&str]| {
        let rows = numbers.iter().map(|number| new(number)).collect();
        client.requests().create(rows).send()
    };

    let first = create(&["f-1"]).await;
    let second = create(&["f-1", "f-2"]).await;

    let saved = first[0].as_ref().unwrap();
    assert_eq!(saved.request_number.as_deref(), Some("f-1"));
    assert!(second[0].as_ref().unwrap_err().is_refused());
    assert!(second[1].is_ok());
    let list = client.requests().list(today());
    let requests = list.with_tags().with_custom_fields().send().await.unwrap();
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .any(|request| Some(request.request_id) == saved.request_id)
    );
    for request in &requests {
        assert_eq!(request.created_at(), Some(noon()));
        assert_eq!(request.manager.as_ref().map(Text::as_str), Some("Иван"));
        assert_eq!(request.request_tags[0].names, ["сайт"]);
        assert!(request.custom_fields.is_some());
        let session = request.session.as_ref().unwrap();
        assert_eq!(session.source.as_ref().map(Text::as_str), Some("vk"));
    }
}
