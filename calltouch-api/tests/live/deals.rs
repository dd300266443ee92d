//! Deals: both ways to make them, changes, removal, the journal, and how leads are matched.

use calltouch_api::Text;
use calltouch_api::deal::legacy::{self, Lead, State};
use calltouch_api::deal::{ContactSearch, Contacts, Matching, New, Product, Sources, Tags, Update};
use calltouch_api::emulator::{DuplicatePolicy, Emulator};
use calltouch_api::{Client, RowError};
use futures_util::TryStreamExt;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{noon, november, start, start_with, today};

fn deal(number: &str) -> New {
    New::new(number, "Новая сделка", noon())
}

async fn create(client: &Client, deal: New) -> Result<calltouch_api::deal::Saved, RowError> {
    client.deals().create(vec![deal]).send().await.remove(0)
}

/// A call 1 and a request 2 of one session, an hour ago, and an older call 3 of somebody else.
fn add_leads(emulator: &Emulator) {
    emulator.add_call(json!({
        "callId": 1, "callerNumber": "79990000001", "sessionId": 7,
        "date": "20/11/2026 11:00:00",
        "callTags": [{ "category": "", "type": "MANUAL", "names": ["Лид"] }],
    }));
    emulator.add_request(json!({
        "requestId": 2, "dateStr": "20/11/2026 11:01:00",
        "client": {
            "phones": [{ "phoneNumber": "79990000002" }],
            "contacts": [{ "contactType": "EMAIL", "contactValue": "a@example.ru" }],
        },
    }));
    emulator.add_call(json!({
        "callId": 3, "callerNumber": "79990000003", "date": "01/11/2026 11:00:00",
    }));
}

/// What the stored deal was matched with.
fn matched(emulator: &Emulator, number: &str) -> Value {
    emulator.deal(number).unwrap()["matched"].clone()
}

#[tokio::test]
async fn a_deal_with_everything_reads_back_from_the_journal() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let new = deal("crm-1")
        .revenue(Decimal::new(150_050, 2))
        .margin(Decimal::new(50, 0))
        .funnel("Розница")
        .currency("RUB")
        .manager("Иван")
        .name("Окна")
        .link("https://crm.example.ru/1")
        .comment("первый")
        .tag("сайт")
        .lead_tag("сделка")
        .custom_field("Город", "Тверь")
        .product(Product::new("Окно", Decimal::new(75_025, 2)).quantity(2))
        .contacts(
            Contacts::new()
                .name("Анна")
                .phone("79990000009")
                .email("b@example.ru"),
        )
        .matching(Matching::call(1));

    let create = client.deals().create(vec![new]).crm("Моя CRM");
    let saved = create.send().await.remove(0).unwrap();

    let list = client.deals().list(today()).with_orders_tags();
    let page = list.with_comments().with_contacts().send().await.unwrap();
    assert_eq!(page.records.len(), 1);
    let read = &page.records[0];
    assert_eq!(saved.order_number.as_deref(), Some("crm-1"));
    assert_eq!(read.order_id, saved.calltouch_order_id);
    assert_eq!(read.order_number.as_deref(), Some("crm-1"));
    assert_eq!(read.order_name.as_ref().map(Text::as_str), Some("Окна"));
    assert_eq!(
        read.order_status.as_ref().map(Text::as_str),
        Some("Новая сделка")
    );
    assert_eq!(read.funnel.as_ref().map(Text::as_str), Some("Розница"));
    assert_eq!(read.order_date.as_ref().unwrap().timestamp(), Some(noon()));
    assert_eq!(read.planned_amount, Some(Decimal::new(15005, 1)));
    assert_eq!(read.completed_amount, None);
    assert_eq!(read.tags[0].names, ["сайт"]);
    assert_eq!(read.comment, Some(json!("первый")));
    let person = read.client.as_ref().unwrap();
    assert_eq!(person.fio.as_ref().map(Text::as_str), Some("Анна"));
    assert_eq!(person.phones, ["79990000009"]);
    assert_eq!(person.emails, ["b@example.ru"]);
    assert_eq!(read.visit.as_ref().unwrap().session_id, Some(7));
    let origin = read.order_source.as_ref().unwrap();
    assert_eq!(origin.kind.as_ref().map(Text::as_str), Some("CALL"));
    assert_eq!(origin.call_id, Some(1));
    assert!(read.extra.is_empty(), "{:?}", read.extra);

    let call = client.calls().list(today()).with_orders().with_call_tags();
    let call = call.find(1).await.unwrap().unwrap();
    assert_eq!(call.orders[0].order_number.as_deref(), Some("crm-1"));
    assert!(
        call.orders[0].extra.is_empty(),
        "{:?}",
        call.orders[0].extra
    );
    assert!(call.call_tags.iter().any(|group| group.names == ["сделка"]));
}

#[tokio::test]
async fn every_matching_finds_the_lead_it_names() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let at = || ContactSearch::new(noon());
    let cases = [
        (Matching::call(1), json!({ "by": "call", "callId": 1 })),
        (
            Matching::call_with_tags(1, Tags::all(["Лид"])),
            json!({ "by": "call", "callId": 1 }),
        ),
        (
            Matching::request(2),
            json!({ "by": "request", "requestId": 2 }),
        ),
        (
            Matching::lead_contact(at().email("A@example.ru")),
            json!({ "by": "leadContact", "requestId": 2 }),
        ),
        (
            Matching::call_contact(at().phone("+7 (999) 000-00-01")),
            json!({ "by": "callContact", "callId": 1 }),
        ),
        (
            Matching::request_contact(at().phone("79990000002")),
            json!({ "by": "requestContact", "requestId": 2 }),
        ),
        (
            Matching::session([7]),
            json!({ "by": "session", "callId": 1 }),
        ),
        (
            Matching::custom_sources(Sources::new("vk", "cpc").campaign("осень")),
            json!({ "by": "customSources", "source": "vk", "medium": "cpc", "campaign": "осень" }),
        ),
        (Matching::without_source(), json!({ "by": "withoutSource" })),
    ];
    for (index, (matching, expected)) in cases.into_iter().enumerate() {
        let number = format!("crm-{index}");
        create(&client, deal(&number).matching(matching))
            .await
            .unwrap();
        assert_eq!(matched(&emulator, &number), expected, "{number}");
    }
}

#[tokio::test]
async fn a_matching_that_finds_nothing_gives_way_to_the_next_and_the_last_refuses() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let search = || ContactSearch::new(noon()).phone("79990000003");
    let shallow = || Matching::call_contact(search().search_depth(60));
    let other_tag = || Matching::call_with_tags(1, Tags::any(["Спам"]));
    let chat = || Matching::chat(1);

    let fallback = deal("1").matching(shallow()).matching(other_tag());
    create(
        &client,
        fallback.matching(chat()).matching(Matching::call(3)),
    )
    .await
    .unwrap();
    let refused = create(&client, deal("2").matching(shallow())).await;
    create(
        &client,
        deal("3").matching(Matching::call_contact(search())),
    )
    .await
    .unwrap();

    assert_eq!(matched(&emulator, "1")["by"], "call");
    assert_eq!(matched(&emulator, "3")["callId"], 3);
    let error = refused.unwrap_err();
    assert!(error.is_refused() && !error.is_whole_batch(), "{error}");
    assert!(emulator.deal("2").is_none());
}

#[tokio::test]
async fn a_number_sent_twice_is_refused_alone_unless_the_site_allows_it() {
    let (emulator, client) = start().await;
    create(&client, deal("1")).await.unwrap();
    let rows = client.deals().create(vec![deal("1"), deal("2")]);
    let outcomes = rows.send().await;
    assert!(outcomes[0].as_ref().unwrap_err().is_refused());
    assert!(outcomes[1].is_ok());
    assert_eq!(emulator.deals().len(), 2);

    let (emulator, client) =
        start_with(|builder| builder.duplicate_policy(DuplicatePolicy::Update)).await;
    let first = create(&client, deal("1")).await.unwrap();
    let second = create(&client, deal("1")).await.unwrap();
    assert_eq!(first.calltouch_order_id, second.calltouch_order_id);
    assert_eq!(emulator.deals().len(), 1);
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_keeps_the_rest() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let new = deal("1").name("Окна").tag("старый").comment("первый");
    create(&client, new.matching(Matching::without_source()))
        .await
        .unwrap();
    let later = "2026-11-21T09:00:00Z".parse().unwrap();
    let update = Update::new("1")
        .status("COMPLETED")
        .status_date(later)
        .updated(later)
        .revenue(Decimal::new(99_99, 2))
        .margin(Decimal::ONE)
        .funnel("Опт")
        .manager("Пётр")
        .lead_manager("Мария", true)
        .add_comment("второй")
        .tags(true, ["новый"])
        .lead_tags(false, ["клиент"])
        .lead_custom_fields(true, [("Скидка", "5")])
        .custom_field("Город", "Тверь")
        .contacts(Contacts::new().phone("79990000009"))
        .re_matching(Matching::call(1));

    let rows = client
        .deals()
        .update(vec![update, Update::new("нет").status("x")]);
    let outcomes = rows.crm("Моя CRM").send().await;

    assert!(outcomes[0].is_ok(), "{:?}", outcomes[0]);
    assert!(outcomes[1].as_ref().unwrap_err().is_refused());
    let list = client.deals().list(today()).with_orders_tags();
    let page = list.with_comments().send().await.unwrap();
    let read = &page.records[0];
    assert_eq!(read.order_name.as_ref().map(Text::as_str), Some("Окна"));
    assert_eq!(
        read.order_status.as_ref().map(Text::as_str),
        Some("COMPLETED")
    );
    assert_eq!(read.planned_amount, Some(Decimal::new(99_99, 2)));
    assert_eq!(read.completed_amount, Some(Decimal::new(99_99, 2)));
    assert_eq!(read.tags[0].names, ["новый"]);
    assert_eq!(read.comment, Some(json!("первый\nвторой")));
    assert_eq!(read.updated_date.as_ref().unwrap().timestamp(), Some(later));
    assert_eq!(matched(&emulator, "1")["callId"], 1);
    let call = client.calls().list(today()).with_call_tags();
    let call = call.with_custom_fields().find(1).await.unwrap().unwrap();
    assert_eq!(call.manager.as_ref().map(Text::as_str), Some("Мария"));
    assert!(call.call_tags.iter().any(|group| group.names == ["клиент"]));
    assert_eq!(
        call.custom_fields,
        Some(json!([{ "field": "Скидка", "value": "5" }]))
    );
}

#[tokio::test]
async fn a_removed_deal_is_gone_and_an_unknown_one_is_refused() {
    let (emulator, client) = start().await;
    create(&client, deal("1")).await.unwrap();
    let numbers = vec!["1".to_owned(), "нет".to_owned()];

    let outcomes = client.deals().delete(numbers).send().await;

    assert!(outcomes[0].is_ok(), "{:?}", outcomes[0]);
    assert!(outcomes[1].as_ref().unwrap_err().is_refused());
    assert!(emulator.deals().is_empty());
}

#[tokio::test]
async fn a_deal_is_found_by_its_number_and_only_within_the_period() {
    let (_emulator, client) = start().await;
    create(&client, deal("1")).await.unwrap();
    let deals = client.deals();
    let yesterday = calltouch_api::Period::day(date(2026, 11, 19));

    let found = deals.find("1", november()).await.unwrap().unwrap();
    assert_eq!(found.order_number.as_deref(), Some("1"));
    assert_eq!(deals.find("2", november()).await.unwrap(), None);
    assert_eq!(deals.find("1", yesterday).await.unwrap(), None);
}

#[tokio::test]
async fn the_journal_of_deals_gives_all_pages_and_keeps_one_kind_of_lead() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let news = (0..120).map(|index| {
        let lead = if index % 2 == 0 {
            Matching::call(1)
        } else {
            Matching::request(2)
        };
        deal(&format!("crm-{index}")).matching(lead)
    });
    let outcomes = client.deals().create(news.collect()).send().await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(outcomes.len(), 120);

    let list = || client.deals().list(november());
    let all: Vec<_> = list().page_size(50).stream().try_collect().await.unwrap();
    let calls = list().order_source("CALL").stream();
    let calls: Vec<_> = calls.try_collect().await.unwrap();

    assert_eq!(all.len(), 120);
    assert_eq!(calls.len(), 60);
    let request = client.requests().list(today()).send().await.unwrap();
    assert_eq!(request[0].orders.len(), 60);
}

#[tokio::test]
async fn a_deal_of_the_old_kind_stands_on_its_lead_and_in_the_journal() {
    let (emulator, client) = start().await;
    add_leads(&emulator);
    let new = legacy::New::new(Lead::RequestId(2))
        .order_number("old-1")
        .name("Окна")
        .state(&State::Completed)
        .date(noon())
        .completed(noon())
        .planned_sum(Decimal::new(100, 0))
        .final_sum(Decimal::new(9050, 2))
        .manager("Иван")
        .comment("по телефону");

    let registered = client.deals().register_legacy(new).await.unwrap();
    let unknown = legacy::New::new(Lead::CallId(99)).order_number("old-2");
    let refused = client.deals().register_legacy(unknown).await;

    assert_eq!(registered.order_number.as_deref(), Some("old-1"));
    assert_eq!(registered.status, Some(State::Completed));
    let read = client
        .deals()
        .find("old-1", today())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.order_id, registered.order_id);
    assert_eq!(read.completed_amount, Some(Decimal::new(905, 1)));
    let requests = client.requests().list(today()).send().await.unwrap();
    let order = &requests[0].orders[0];
    assert_eq!(order.order_number.as_deref(), Some("old-1"));
    assert_eq!(order.real_sum, Some(Decimal::new(9050, 2)));
    assert!(refused.unwrap_err().is_validation());
    assert_eq!(emulator.deals().len(), 1);
}
