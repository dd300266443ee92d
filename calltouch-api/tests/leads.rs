//! Everything around leads over the wire: registration, tags, imports, recordings, counts.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code
)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::deal::legacy::{self, State};
use calltouch_api::deal::{ContactSearch, Matching, Sources};
use calltouch_api::lead::{
    AddFields, AddTags, CallImport, Callback, Comment, Event, Outcome, Target,
};
use calltouch_api::request::{Form, New};
use calltouch_api::{Period, RowError};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use server::{TOKEN, asked, client};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn at() -> Timestamp {
    "2020-10-01T09:00:00Z".parse().unwrap()
}

fn november() -> Period {
    Period::new(date(2026, 11, 1), date(2026, 11, 30)).unwrap()
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

async fn saying(body: Value) -> MockServer {
    answering(server::json(&body)).await
}

/// The bodies that were sent, as JSON.
async fn sent(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    let body = |request: &wiremock::Request| request.body_json().unwrap();
    requests.iter().map(body).collect()
}

/// The body of the only form that was sent.
async fn form(server: &MockServer) -> String {
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    String::from_utf8(requests[0].body.clone()).unwrap()
}

fn fates<T: std::fmt::Debug>(outcomes: &[Result<T, RowError>]) -> Vec<&'static str> {
    let fate = |outcome: &Result<T, RowError>| match outcome {
        Ok(_) => "done",
        Err(error) if error.is_refused() => "refused",
        Err(error) if error.is_unclear() => "unclear",
        Err(_) => "unsent",
    };
    outcomes.iter().map(fate).collect()
}

#[tokio::test]
async fn a_form_is_registered_without_the_token() {
    let server = saying(json!({"requestId": "910001", "dateStr": "01/10/2020 12:00:00"})).await;
    let wanted = Form::new("Форма").phone("79990000001").session_id("");

    let registered = client(&server).requests().register(wanted).await.unwrap();

    assert_eq!(registered.request_id, 910_001);
    assert_eq!(
        asked(&server).await,
        ["POST /calls-service/RestAPI/requests/12345/register/?"]
    );
    assert_eq!(
        form(&server).await,
        "subject=%D0%A4%D0%BE%D1%80%D0%BC%D0%B0&phoneNumber=79990000001"
    );
    let requests = server.received_requests().await.unwrap();
    assert!(!format!("{requests:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_form_that_is_refused_says_why_and_is_not_sent_twice() {
    for body in [
        json!({"message": "no contact"}),
        json!({"errorCode": 7, "errorMessage": "no contact"}),
    ] {
        let server = saying(body).await;
        let form = Form::new("x").name("Анна");

        let error = client(&server).requests().register(form).await.unwrap_err();

        assert_eq!(error.message(), Some("no contact"));
        assert_eq!(asked(&server).await.len(), 1);
    }
    let server = saying(json!({})).await;
    let empty = Form::new("x");
    let error = client(&server)
        .requests()
        .register(empty)
        .await
        .unwrap_err();
    assert!(error.is_validation());
    assert!(asked(&server).await.is_empty());
}

#[tokio::test]
async fn a_form_whose_answer_is_lost_is_unclear() {
    let server = answering(ResponseTemplate::new(502)).await;
    let form = Form::new("x").name("Анна");

    let error = client(&server).requests().register(form).await.unwrap_err();

    assert!(error.is_unclear() && !error.is_retryable(), "{error}");
    assert_eq!(asked(&server).await.len(), 1);
}

#[tokio::test]
async fn registered_requests_answer_one_by_one() {
    let server = saying(json!({"data": {"requests": [
        {"requestNumber": "b", "imported": false, "error": "bad phone"},
        {"requestNumber": "a", "imported": true, "requestId": 5},
    ]}}))
    .await;
    let request = |number: &str| New::new(number, at()).phone("79990000001");
    let rows = vec![
        request("a")
            .subject("Форма")
            .session_id("undefined")
            .email("")
            .comment("цвет")
            .tag("акция")
            .sources(Sources::new("shop", "offline"))
            .custom_field("f", "v"),
        request("b"),
        New::new("c", at()),
        request("d"),
        request(" "),
    ];

    let outcomes = client(&server).requests().create(rows).send().await;

    assert_eq!(
        fates(&outcomes),
        ["done", "refused", "unsent", "unclear", "unsent"]
    );
    assert_eq!(outcomes[0].as_ref().unwrap().request_id, Some(5));
    let body = &sent(&server).await[0];
    assert_eq!(
        body["requests"][0],
        json!({
            "requestNumber": "a", "requestDate": "01-10-2020 12:00:00", "subject": "Форма",
            "phoneNumber": "79990000001", "comment": {"text": "цвет"}, "addTags": [{"tag": "акция"}],
            "customSources": {"source": "shop", "medium": "offline"},
            "customFields": [{"field": "f", "value": "v"}],
        })
    );
    assert_eq!(body["requests"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn additions_go_out_in_the_shape_of_the_service_and_answer_by_place() {
    let tags = || AddTags::new(["VIP"]).matching(Matching::call(1));
    let server = saying(json!({"data": {"leads": [{"callId": 1}, {"error": "no lead"}]}})).await;
    let leads = vec![tags(), AddTags::new(["x"]), tags().overwrite()];

    let outcomes = client(&server).leads().tag(leads).await;

    assert_eq!(fates(&outcomes), ["done", "unsent", "refused"]);
    assert_eq!(
        sent(&server).await[0]["leads"],
        json!([
            {"matching": [{"type": "call", "callParams": {"callId": 1}}],
             "addTags": {"overwrite": false, "tags": [{"tag": "VIP"}]}},
            {"matching": [{"type": "call", "callParams": {"callId": 1}}],
             "addTags": {"overwrite": true, "tags": [{"tag": "VIP"}]}},
        ])
    );

    let server = saying(json!({"data": {"comments": [{}]}})).await;
    let comment = Comment::new("перезвонить").matching(Matching::request(2));
    let outcomes = client(&server).leads().comment(vec![comment]).await;
    assert_eq!(fates(&outcomes), ["done"]);
    assert_eq!(
        sent(&server).await[0],
        json!({"comments": [{"matching": [{"type": "request", "requestParams": {"requestId": 2}}],
                             "addComment": "перезвонить"}]})
    );

    let server = saying(json!({"data": {"leads": [{}, {}]}})).await;
    let search = ContactSearch::new(at()).phone("1").among_spoken_phones();
    let fields = AddFields::new("a", "1")
        .field("b", "2")
        .matching(Matching::lead_contact(search));
    let outcomes = client(&server).leads().add_fields(vec![fields]).await;
    assert_eq!(fates(&outcomes), ["unclear"], "two answers for one row");
    assert_eq!(
        sent(&server).await[0]["leads"][0]["addCustomFields"],
        json!({"overwrite": false, "customFields": [{"field": "a", "value": "1"}, {"field": "b", "value": "2"}]})
    );
}

#[tokio::test]
async fn fields_are_deleted_by_exactly_one_id() {
    let server = answering(ResponseTemplate::new(200)).await;
    let client = client(&server);

    let target = Target::OrderNumber("crm-1".into());
    client
        .leads()
        .delete_fields(target, ["a", "b"])
        .await
        .unwrap();
    let none: [&str; 0] = [];
    let nothing = client.leads().delete_fields(Target::CallId(1), none).await;
    let nobody = client
        .leads()
        .delete_fields(Target::SipCallId(" ".into()), ["a"])
        .await;

    assert!(nothing.unwrap_err().is_validation());
    assert!(nobody.unwrap_err().is_validation());
    assert_eq!(
        sent(&server).await,
        [json!({"orderNumber": "crm-1", "customFields": ["a", "b"]})]
    );
}

#[tokio::test]
async fn a_refusal_that_comes_as_a_success_is_a_refusal() {
    for body in [
        json!({"data": {"apiErrorData": {"errorCode": 5, "errorMessage": "no such lead"}}}),
        json!({"message": "no such lead"}),
    ] {
        let server = saying(body).await;
        let client = client(&server);

        let deleted = client.leads().delete_fields(Target::CallId(1), ["a"]).await;
        let tags = AddTags::new(["x"]).matching(Matching::call(1));
        let tagged = client.leads().tag(vec![tags]).await;

        assert_eq!(deleted.unwrap_err().message(), Some("no such lead"));
        assert_eq!(fates(&tagged), ["refused"]);
    }
}

#[tokio::test]
async fn imported_calls_get_the_log_of_their_batch() {
    let server = saying(json!({"data": {"logId": 70_001}})).await;
    let call = |number: usize| {
        let id = format!("1700000000.{number}");
        CallImport::new(id, "79990000001", "74950000001", at(), Outcome::Successful)
    };
    let mut calls: Vec<_> = (0..101).map(call).collect();
    calls.push(CallImport::new(
        "x".repeat(101),
        "1",
        "2",
        at(),
        Outcome::Unsuccessful,
    ));

    let outcomes = client(&server).leads().import_calls(calls).await;

    assert!(
        outcomes[..101]
            .iter()
            .all(|row| row.as_ref().unwrap().log_id == 70_001)
    );
    assert_eq!(fates(&outcomes[101..]), ["unsent"]);
    let bodies = sent(&server).await;
    let sizes: Vec<_> = bodies
        .iter()
        .map(|body| body["calls"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [100, 1]);
    assert_eq!(
        bodies[1]["calls"][0],
        json!({"referenceId": "1700000000.100", "clientPhoneNumber": "79990000001",
               "callCenterPhoneNumber": "74950000001", "callStartTime": "2020-10-01 12:00:00",
               "duration": 0, "status": "successful"})
    );
}

#[tokio::test]
async fn an_event_is_flat_and_keeps_every_digit() {
    let server = saying(json!({"data": {}})).await;
    let event = Event::new("7", "crm-1-won")
        .ct_client_id(9_007_199_254_740_993)
        .deal_moved("Новая", "Успешно")
        .deal_revenue("1500.50".parse().unwrap())
        .date("eventDate", at());

    client(&server).leads().send_event(event).await.unwrap();
    let nameless = client(&server).leads().send_event(Event::new("", "")).await;

    assert!(nameless.unwrap_err().is_validation());
    assert_eq!(
        sent(&server).await,
        [
            json!({"scenarioId": "7", "uniqueKey": "crm-1-won", "ctClientId": "9007199254740993",
                "previousDealStatus": "Новая", "newDealStatus": "Успешно", "dealRevenue": "1500.50",
                "eventDate": "2020-10-01 12:00:00"})
        ]
    );
}

#[tokio::test]
async fn a_callback_answers_with_its_id_or_its_code() {
    let server = saying(json!({"data": {"widgetRequestId": 12}})).await;
    let callback = || {
        Callback::new("key", "79990000001")
            .field("Город", "Тверь")
            .schedule(at())
            .session_id("")
            .tag("сайт")
    };

    let accepted = client(&server)
        .leads()
        .request_callback(callback())
        .await
        .unwrap();

    assert_eq!(accepted.widget_request_id, 12);
    assert_eq!(
        sent(&server).await,
        [
            json!({"routeKey": "key", "phone": "79990000001", "scheduleTime": "01-10-2020 12:00:00",
                "fields": [{"name": "Город", "value": "Тверь"}], "tags": ["сайт"]})
        ]
    );
    let body = json!({"data": {"apiErrorData": {"errorCode": 10003, "errorMessage": "no widget"}}});
    let server = answering(ResponseTemplate::new(400).set_body_json(body)).await;
    let error = client(&server)
        .leads()
        .request_callback(callback())
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(10_003));
    let many = (0..6).fold(callback(), |form, _| form.field("a", "b"));
    assert!(
        client(&server)
            .leads()
            .request_callback(many)
            .await
            .unwrap_err()
            .is_validation()
    );
}

#[tokio::test]
async fn a_recording_is_passed_on_byte_by_byte_up_to_its_limit() {
    let sound = vec![7_u8; 100_000];
    let server =
        answering(ResponseTemplate::new(200).set_body_raw(sound.clone(), "audio/mpeg")).await;
    let client = client(&server);
    let (mut file, mut small) = (Vec::new(), Vec::new());

    let recorded = client
        .calls()
        .recording(24_000_001)
        .write_to(&mut file)
        .await
        .unwrap();
    let too_large = client
        .calls()
        .recording(1)
        .largest(99_999)
        .write_to(&mut small)
        .await;

    assert_eq!(
        (recorded.bytes, recorded.content_type.as_deref()),
        (100_000, Some("audio/mpeg"))
    );
    assert_eq!(file, sound);
    assert!(
        too_large
            .unwrap_err()
            .to_string()
            .contains("larger than 99999 bytes")
    );
    assert!(small.is_empty());
    assert_eq!(
        asked(&server).await[0],
        "GET /calls-service/RestAPI/12345/calls-diary/calls/24000001/download?"
    );
}

#[tokio::test]
async fn what_is_no_recording_is_not_written() {
    let answers = [
        ResponseTemplate::new(404).set_body_json(json!({"message": "no recording"})),
        ResponseTemplate::new(200).set_body_json(json!({"message": "no recording"})),
        ResponseTemplate::new(200).set_body_json(json!([1])),
        ResponseTemplate::new(200).set_body_raw("<p>help", "text/html"),
        ResponseTemplate::new(200).set_body_raw("", "audio/mpeg"),
    ];
    for answer in answers {
        let server = answering(answer).await;
        let mut file = Vec::new();

        let outcome = client(&server)
            .calls()
            .recording(1)
            .write_to(&mut file)
            .await;

        assert!(outcome.is_err());
        assert!(file.is_empty(), "{file:?}");
    }
}

#[tokio::test]
async fn a_writer_that_fails_is_named_as_the_source() {
    let server = answering(ResponseTemplate::new(200).set_body_raw("sound", "audio/mpeg")).await;
    let mut space = [0_u8; 2];
    let mut full = std::io::Cursor::new(space.as_mut_slice());

    let outcome = client(&server)
        .calls()
        .recording(1)
        .write_to(&mut full)
        .await;

    let error = outcome.unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.is::<std::io::Error>(), "{source:?}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn counts_are_asked_with_the_token_under_its_other_name() {
    let server = answering(ResponseTemplate::new(200).set_body_raw("42", "text/html")).await;
    let total = client(&server)
        .statistics()
        .total(november())
        .await
        .unwrap();
    assert_eq!(total, 42);
    let requests = server.received_requests().await.unwrap();
    let pairs: Vec<_> = requests[0].url.query_pairs().into_owned().collect();
    assert!(pairs.contains(&("access_token".to_owned(), TOKEN.to_owned())));
    assert!(pairs.iter().all(|(name, _)| name != "clientApiId"));

    let server = saying(json!({"стол": 3})).await;
    let client = client(&server);
    let statistics = client.statistics();
    let phrases = statistics.seo_by_keyword(november()).await.unwrap();
    assert_eq!((phrases[0].name.as_str(), phrases[0].calls), ("стол", 3));
    statistics.by_day(november()).await.unwrap();
    statistics.seo_by_day(november()).await.unwrap();
    let paths: Vec<_> = asked(&server)
        .await
        .iter()
        .map(|asked| {
            asked
                .split('?')
                .next()
                .unwrap()
                .rsplit("/calls/")
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        paths,
        [
            "seo/count-by-keywords",
            "count-by-date",
            "seo/count-by-date"
        ]
    );
}

#[tokio::test]
async fn a_node_is_looked_up_without_the_token_and_serves_the_older_family_only() {
    let old = saying(json!({"nodeId": "3"})).await;
    let new = saying(json!({"data": {"leads": [{}]}})).await;
    let client = server::builder(&new)
        .rest_base_url(old.uri())
        .build()
        .unwrap();

    let node = client.node().await.unwrap();
    let tags = AddTags::new(["x"]).matching(Matching::call(1));
    client.leads().tag(vec![tags]).await;

    assert_eq!(node.base_url(), "https://api-node3.calltouch.ru");
    assert_eq!(
        asked(&old).await,
        ["GET /calls-service/RestAPI/12345/getnodeid/?"]
    );
    assert_eq!(
        asked(&new).await,
        ["POST /lead-service/v1/api/tag/lead/add?"]
    );
    let requests = old.received_requests().await.unwrap();
    assert!(!format!("{requests:?}").contains("clientApiId"));
}

#[tokio::test]
async fn a_legacy_deal_names_its_lead_and_keeps_the_token_out_of_the_address() {
    let server = saying(json!({"orderId": 9, "orderNumber": 77, "status": "CANCELLED"})).await;
    let deal = legacy::New::new(legacy::Lead::CallId(24_000_001))
        .order_number("77")
        .state(&State::Canceled)
        .planned_sum("100.50".parse().unwrap())
        .date(at());

    let registered = client(&server).deals().register_legacy(deal).await.unwrap();

    assert_eq!(
        (registered.order_id, registered.status),
        (Some(9), Some(State::Canceled))
    );
    assert_eq!(
        asked(&server).await,
        ["POST /calls-service/RestAPI/orders/register/?"]
    );
    assert_eq!(
        form(&server).await,
        "clientApiId=s3cr%2Ft.T0ken%2Bx&callId=24000001&orderNumber=77&status=CANCELED\
         &orderSum=100.50&orderDate=01%2F10%2F2020+12%3A00%3A00"
    );
}

#[tokio::test]
async fn a_site_denied_is_told_from_a_bad_token_and_points_from_both() {
    let table = [
        (
            403,
            json!({"message": "Invalid credentials"}),
            (true, false, false),
        ),
        (
            403,
            json!({"message": "Access to the site is denied"}),
            (true, true, false),
        ),
        (401, json!({"message": "no access"}), (true, false, false)),
        (
            400,
            json!({"data": {"apiErrorData": {"errorCode": 1, "errorMessage": "the daily API points are used up"}}}),
            (false, false, true),
        ),
        (
            400,
            json!({"message": "Баллы API исчерпаны"}),
            (false, false, true),
        ),
        (
            400,
            json!({"message": "no such site"}),
            (false, false, false),
        ),
    ];
    for (status, body, wanted) in table {
        let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;

        let error = client(&server)
            .calls()
            .list(november())
            .send()
            .await
            .unwrap_err();

        let told = (
            error.is_unauthorized(),
            error.is_site_denied(),
            error.is_out_of_points(),
        );
        assert_eq!(told, wanted, "{body}");
    }
}

#[tokio::test]
async fn one_call_is_asked_for_by_its_id_and_looked_at() {
    let records = json!([{"callId": 1}, {"callId": 2, "duration": 5}]);
    let server = saying(json!({"pageTotal": 1, "records": records})).await;
    let client = client(&server);
    let day = Period::day(date(2026, 11, 20));

    let found = client.calls().find(2, day).await.unwrap();
    let absent = client
        .calls()
        .list(day)
        .with_call_tags()
        .find(3)
        .await
        .unwrap();

    assert_eq!(found.unwrap().duration, Some(5));
    assert_eq!(absent, None);
    let asked = asked(&server).await;
    assert!(asked[0].contains("callId=2&"), "{asked:?}");
    assert!(
        asked[1].contains("callId=3&") && asked[1].contains("withCallTags=true"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn day_by_day_asks_for_single_days_without_pages() {
    use futures_util::TryStreamExt;
    let server = saying(json!([{"callId": 1}])).await;
    let period = Period::new(date(2026, 11, 1), date(2026, 11, 2)).unwrap();

    let calls = client(&server)
        .calls()
        .list(period)
        .page_size(5)
        .stream_by_day();
    let calls: Vec<_> = calls.try_collect().await.unwrap();

    assert_eq!(calls.len(), 1, "the same call of two days comes once");
    let path = "GET /calls-service/RestAPI/12345/calls-diary/calls";
    assert_eq!(
        asked(&server).await,
        [
            format!("{path}?dateFrom=01/11/2026&dateTo=01/11/2026"),
            format!("{path}?dateFrom=02/11/2026&dateTo=02/11/2026"),
        ]
    );
}

#[tokio::test]
async fn everything_can_be_spawned() {
    let server = saying(json!({"data": {"leads": [{}], "requests": [], "logId": 1}})).await;
    let client = client(&server);

    let spawned = tokio::spawn(async move {
        let tags = AddTags::new(["x"]).matching(Matching::call(1));
        let tagged = client.leads().tag(vec![tags]).await;
        let call = CallImport::new("1", "1", "2", at(), Outcome::Successful);
        let imported = client.leads().import_calls(vec![call]).await;
        let rows = vec![New::new("a", at()).name("Анна")];
        let created = client.requests().create(rows).send().await;
        let form = Form::new("x").name("Анна");
        let registered = client.requests().register(form).await;
        let mut file = Vec::new();
        let recorded = client.calls().recording(1).write_to(&mut file).await;
        let found = client.calls().find(1, november()).await;
        let counted = client.statistics().total(november()).await;
        assert!(registered.is_err() && recorded.is_err() && found.is_err() && counted.is_err());
        [fates(&tagged), fates(&imported), fates(&created)].concat()
    });

    assert_eq!(spawned.await.unwrap(), ["done", "done", "unclear"]);
}
