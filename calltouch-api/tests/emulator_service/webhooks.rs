//! Webhooks, as their receivers get them.

use std::collections::BTreeMap;

use calltouch_api::emulator::{InvalidWebhook, Webhook, WebhookEvent, WebhookMethod};
use reqwest::StatusCode;
use serde_json::json;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use super::{CREATE, SITE, Service, TOKEN, order};

/// Somebody who takes webhooks and answers all of them alike.
struct Receiver(MockServer);

type Parameters = BTreeMap<String, String>;

impl Receiver {
    async fn answering(status: u16) -> Self {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status);
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Self(server)
    }

    fn webhook(&self) -> Webhook {
        Webhook::new(format!("{}/ct?secret=s", self.0.uri()))
    }

    /// All that came, once nothing is under way.
    async fn requests(&self, service: &Service) -> Vec<Request> {
        service.emulator.webhooks_sent().await;
        self.0.received_requests().await.unwrap()
    }

    /// What came as forms by POST.
    async fn forms(&self, service: &Service) -> Vec<Parameters> {
        let requests = self.requests(service).await;
        let form = |request: &Request| {
            assert_eq!(request.method, "POST");
            let kind = &request.headers["content-type"];
            assert_eq!(kind, "application/x-www-form-urlencoded");
            pairs(&request.body)
        };
        requests.iter().map(form).collect()
    }
}

fn pairs(encoded: &[u8]) -> Parameters {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

/// A service whose webhooks all go to the receiver.
async fn subscribed() -> (Service, Receiver) {
    let service = Service::start().await;
    let receiver = Receiver::answering(200).await;
    service.emulator.add_webhook(receiver.webhook()).unwrap();
    (service, receiver)
}

#[tokio::test(start_paused = true)]
async fn a_call_that_ended_is_told_with_every_parameter() {
    let (service, receiver) = subscribed().await;
    service.emulator.add_recording(1, "audio");
    let call = service.emulator.add_call(json!({
        "callId": 1, "sessionId": 4_794_763_832_u64, "ctClientId": 4_947_491_489_133_665_161_u64,
        "callerNumber": "79990000001", "date": "20/11/2026 10:00:00", "duration": 65,
        "uniqueCall": true, "targetCall": false, "utmSource": "vk", "clientId": "12.34",
        "callReferenceId": "pbx.1", "statusDetails": "a=1&b=ё",
        "callTags": [
            { "category": "", "type": "AUTO-PN", "names": ["статика", "звонок"] },
            { "category": "", "type": "MANUAL", "names": ["Лид"] },
        ],
    }));

    let forms = receiver.forms(&service).await;

    assert_eq!(forms.len(), 1);
    let base = service.emulator.base_url();
    for (name, value) in [
        ("id", "1"),
        ("leadtype", "call"),
        ("callphase", "calldisconnected"),
        ("changedFields", ""),
        ("callerphone", "79990000001"),
        ("calltime", "2026-11-20 10:00:00"),
        ("timestamp", "1795158000"),
        ("sendingTimestamp", "1795165200"),
        ("duration", "65"),
        ("waiting_time", "5"),
        ("status", "successful"),
        ("statusDetails", "a=1&b=ё"),
        ("unique", "true"),
        ("targetcall", "non-target"),
        ("uniqtargetcall", "non-uniqtarget"),
        ("callback", "non-callback"),
        ("tags_auto_pn", "статика,звонок"),
        ("tags_manual", "Лид"),
        ("tags_api", ""),
        ("utm_source", "vk"),
        ("gcid", "12.34"),
        ("sessionId", "4794763832"),
        ("ctClientId", "4947491489133665161"),
        ("callReferenceNumber", "pbx.1"),
        ("reclink", &format!("{base}{}/1/download", super::CALLS)),
        ("siteId", "25918"),
        ("siteName", "example.ru"),
        ("manager", ""),
        ("ctCallerId", call["ctCallerId"].as_str().unwrap()),
        ("requestId", ""),
    ] {
        assert_eq!(forms[0][name], value, "{name}");
    }
}

#[tokio::test]
async fn a_call_tells_of_its_start_its_end_and_what_changed_later() {
    let (service, receiver) = subscribed().await;
    service.emulator.add_call(json!({
        "callId": 1, "callphase": "callconnected", "duration": 0, "uniqueCall": true,
    }));
    let end = json!({ "callphase": "calldisconnected", "duration": 65 });
    service.emulator.update_call(1, end);
    let later = json!({ "manager": "Иван", "uniqueCall": false, "comments": [] });
    service.emulator.update_call(1, later.clone());
    service.emulator.update_call(1, later);

    let forms = receiver.forms(&service).await;

    let told: Vec<_> = forms
        .iter()
        .map(|form| (form["callphase"].as_str(), form["changedFields"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("callconnected", ""),
            ("calldisconnected", ""),
            ("calldisconnected", "unique,manager"),
        ]
    );
    assert_eq!(forms[1]["duration"], "65");
    assert_eq!(forms[2]["manager"], "Иван");
}

#[tokio::test]
async fn a_request_is_told_however_it_comes() {
    let (service, receiver) = subscribed().await;
    service.emulator.add_request(json!({
        "requestId": 1, "subject": "Форма", "dateStr": "20/11/2026 10:00:00",
        "client": {
            "fio": "Иван", "phones": [{ "phoneNumber": "79990000001" }],
            "contacts": [{ "contactType": "EMAIL", "contactValue": "a@b.example" }],
        },
        "session": { "sessionId": 5, "utmSource": "vk", "guaClientId": "12.34" },
        "RequestTags": [{ "category": "", "type": "MANUAL", "names": ["Лид"] }],
    }));
    let base = service.emulator.base_url();
    let url = format!("{base}/calls-service/RestAPI/requests/{SITE}/register/");
    let form = [("fio", "Пётр")];
    service.http.post(url).form(&form).send().await.unwrap();
    let batch = json!({ "requests": [{ "requestNumber": "r-3", "fio": "Анна" }] });
    service
        .send("/lead-service/v1/api/request/create", &batch)
        .await;

    let forms = receiver.forms(&service).await;

    let people: Vec<_> = forms.iter().map(|form| form["fio"].as_str()).collect();
    assert_eq!(people, ["Иван", "Пётр", "Анна"]);
    for (name, value) in [
        ("leadtype", "request"),
        ("requestId", "1"),
        ("requestNumber", "1"),
        ("subject", "Форма"),
        ("requestDate", "2026-11-20 10:00:00"),
        ("callerphone", "79990000001"),
        ("email", "a@b.example"),
        ("uniquerequest", "true"),
        ("targetrequest", "target"),
        ("uniqtargetrequest", "uniqtarget"),
        ("tags_request", "Лид"),
        ("tags_manual", "Лид"),
        ("sessionId", "5"),
        ("utm_source", "vk"),
        ("gcid", "12.34"),
        ("id", ""),
    ] {
        assert_eq!(forms[0][name], value, "{name}");
    }
}

#[tokio::test]
async fn what_the_api_changes_on_a_lead_is_told() {
    let (service, receiver) = subscribed().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    let matching = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    let tags = json!({ "overwrite": false, "tags": [{ "tag": "акция" }] });
    let body = json!({ "leads": [{ "matching": matching, "addTags": tags }] });
    for _ in 0..2 {
        let (status, _) = service
            .send("/lead-service/v1/api/tag/lead/add", &body)
            .await;
        assert_eq!(status, StatusCode::OK);
    }
    let mut deal = order("crm-1");
    deal["matching"] = matching;
    deal["leadManager"] = json!({ "manager": "Иван", "overwrite": true });
    let deal = service.send_one(CREATE, deal).await;

    let forms = receiver.forms(&service).await;

    let told: Vec<_> = forms.iter().map(|form| &form["changedFields"]).collect();
    assert_eq!(
        told,
        ["", "tags_api", "manager"],
        "the same tag is no change"
    );
    assert_eq!(forms[1]["tags_api"], "акция");
    assert_eq!(forms[2]["orderId"], deal["calltouchOrderId"].to_string());
}

#[tokio::test]
async fn a_subscription_gets_its_own_events_sites_and_parameters() {
    let service = Service::start_with(|builder| builder.site(7, TOKEN)).await;
    let ends = Receiver::answering(200).await;
    let other_site = Receiver::answering(200).await;
    let webhook = ends
        .webhook()
        .events([WebhookEvent::CallEnd])
        .parameters(["callerphone", "id"]);
    service.emulator.add_webhook(webhook).unwrap();
    let webhook = other_site.webhook().site_id(7);
    service.emulator.add_webhook(webhook).unwrap();

    service.emulator.add_request(json!({}));
    service
        .emulator
        .add_call(json!({ "callphase": "callconnected" }));
    service
        .emulator
        .add_call(json!({ "callId": 1, "callerNumber": "79990000001" }));
    service
        .emulator
        .add_call(json!({ "callId": 7, "siteId": 7 }));

    let requests = ends.requests(&service).await;
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].body, b"callerphone=79990000001&id=1");
    let forms = other_site.forms(&service).await;
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0]["id"], "7");
}

#[tokio::test]
async fn by_get_the_parameters_stand_in_the_query_beside_the_secret() {
    let service = Service::start().await;
    let receiver = Receiver::answering(200).await;
    let webhook = receiver
        .webhook()
        .method(WebhookMethod::Get)
        .parameters(["id", "callerphone"]);
    service.emulator.add_webhook(webhook).unwrap();
    service
        .emulator
        .add_call(json!({ "callId": 1, "callerNumber": "+7 999" }));

    let requests = receiver.requests(&service).await;

    assert_eq!(requests[0].method, "GET");
    assert_eq!(
        requests[0].url.query(),
        Some("secret=s&id=1&callerphone=%2B7+999")
    );
    assert!(requests[0].body.is_empty());
}

#[tokio::test]
async fn a_webhook_is_not_repeated_and_the_next_one_still_comes() {
    let service = Service::start().await;
    let receiver = Receiver::answering(500).await;
    service.emulator.add_webhook(receiver.webhook()).unwrap();
    for id in [1, 2] {
        service.emulator.add_call(json!({ "callId": id }));
    }
    let forms = receiver.forms(&service).await;
    let ids: Vec<_> = forms.iter().map(|form| form["id"].as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
}

#[tokio::test]
async fn a_receiver_that_is_gone_holds_up_nobody() {
    let (service, receiver) = subscribed().await;
    let nobody = Webhook::new("http://127.0.0.1:1/");
    service.emulator.add_webhook(nobody).unwrap();
    service.emulator.add_call(json!({}));
    assert_eq!(receiver.forms(&service).await.len(), 1);
}

#[tokio::test]
async fn the_test_of_the_cabinet_sends_literal_placeholders() {
    let (service, receiver) = subscribed().await;
    service.emulator.test_webhooks();
    let forms = receiver.forms(&service).await;
    assert_eq!(forms[0]["callerphone"], "{callerphone}");
    assert!(forms[0].len() > 60, "every parameter");
    for (name, value) in &forms[0] {
        if name != "secret" {
            assert_eq!(*value, format!("{{{name}}}"));
        }
    }
}

#[tokio::test]
async fn loaded_and_imported_calls_are_not_told() {
    let (service, receiver) = subscribed().await;
    let loaded = json!({ "callId": 1, "date": "20/11/2026 10:00:00" });
    service.emulator.load_calls(vec![loaded]).unwrap();
    let imported = json!({
        "referenceId": "pbx.1", "clientPhoneNumber": "79990000001",
        "callCenterPhoneNumber": "74950000009", "callStartTime": "2026-11-20 10:00:00",
        "duration": 65, "status": "successful",
    });
    let batch = json!({ "calls": [imported] });
    service
        .send("/lead-service/v1/api/call/import", &batch)
        .await;
    service.emulator.advance(std::time::Duration::from_secs(1));
    assert_eq!(service.emulator.calls().len(), 2);
    assert!(receiver.forms(&service).await.is_empty());
}

#[tokio::test]
async fn without_subscriptions_nothing_is_sent_any_more() {
    let (service, receiver) = subscribed().await;
    service.emulator.clear_webhooks();
    service.emulator.add_call(json!({}));
    service.emulator.test_webhooks();
    assert!(receiver.forms(&service).await.is_empty());
}

#[tokio::test]
async fn a_callback_and_a_static_number_have_their_pools() {
    let (service, receiver) = subscribed().await;
    service.emulator.add_call(json!({}));
    service.emulator.add_call(json!({
        "callbackCall": true,
        "callbackInfo": { "callbackRequestId": 5, "callbackFinalAttempt": true },
    }));
    let forms = receiver.forms(&service).await;
    assert_eq!(forms[0]["pool"], "staticOffline");
    assert_eq!(forms[1]["pool"], "null");
    assert_eq!(forms[1]["callback"], "callback");
    assert_eq!(forms[1]["callback_request_id"], "5");
    assert_eq!(forms[1]["callback_final_attempt"], "true");
}

#[tokio::test]
async fn a_webhook_that_cannot_be_sent_is_refused_without_its_address() {
    let service = Service::start().await;
    let add = |webhook: Webhook| service.emulator.add_webhook(webhook).unwrap_err();
    let address = add(Webhook::new("geheim"));
    assert!(matches!(address, InvalidWebhook::Address(_)));
    let scheme = add(Webhook::new("ftp://geheim"));
    assert!(matches!(scheme, InvalidWebhook::Scheme));
    let parameter = add(Webhook::new("http://geheim").parameters(["calledphone"]));
    assert!(parameter.to_string().contains("calledphone"));
    for error in [address, scheme, parameter] {
        assert!(!format!("{error} {error:?}").contains("geheim"));
    }
    let webhook = Webhook::new("http://geheim");
    assert!(!format!("{webhook:?}").contains("geheim"));
}
