//! Lists that the account or the service keeps: regions, price types, dictionaries, webhooks.

use moysklad_api::custom_entity::{self, element};
use moysklad_api::price_type::Entry;
use moysklad_api::webhook::{self, Action, Webhook};
use moysklad_api::webhook_stock::{self, ReportType, StockWebhook};
use moysklad_api::{Patch, customer_order::CustomerOrder, region};

use super::shop::Shop;

#[tokio::test]
async fn a_region_is_found_and_read() {
    let shop = Shop::open().await;
    let regions = shop.client.regions();

    let found = regions.list().filter(region::CODE.eq("77"));
    let found = found.send().await.unwrap();

    let moscow = regions.get(found.rows[0].id).send().await.unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!(moscow, found.rows[0]);
    let sorted = regions.list().order(region::CODE.desc());
    let sorted = sorted.send_all().await.unwrap();
    assert!(sorted.iter().any(|known| known.id == moscow.id));
    assert!(sorted.is_sorted_by(|one, two| one.code > two.code));
}

#[tokio::test]
async fn a_price_type_lives_from_creation_to_deletion() {
    let shop = Shop::open().await;
    let types = shop.client.price_types();
    let usual = types.default_one().send().await.unwrap();

    let both = [Entry::keep(usual.id), Entry::new("Оптовая")];
    let both = types.replace(&both).await.unwrap();
    let whole = types.get(both[1].id).send().await.unwrap();
    let mut renamed = Entry::keep(whole.id);
    renamed.name = Some("Мелкий опт".to_owned());
    let swapped = [renamed, Entry::keep(usual.id)];
    let saved = types.replace(&swapped).await.unwrap();

    let names = |types: &[moysklad_api::price_type::PriceType]| -> Vec<String> {
        types.iter().map(|known| known.name.clone()).collect()
    };
    assert_eq!(names(&saved), ["Мелкий опт", "Цена продажи"]);
    assert_eq!(saved[0].id, whole.id);
    let first = types.default_one().send().await.unwrap();
    assert_eq!(first.id, whole.id);
    let left = [Entry::keep(usual.id)];
    types.replace(&left).await.unwrap();
    assert_eq!(names(&types.list().await.unwrap()), ["Цена продажи"]);
    let gone = types.get(whole.id).send().await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    assert!(types.replace(&[]).await.unwrap_err().is_validation());
}

#[tokio::test]
async fn a_dictionary_is_renamed_and_its_elements_live_from_creation_to_deletion() {
    let shop = Shop::open().await;
    let dictionaries = shop.client.custom_entities();
    let dictionary = dictionaries
        .create(custom_entity::New::new("Источник"))
        .send()
        .await
        .unwrap();
    let update = custom_entity::New::new("Источники");
    let renamed = dictionaries.update(dictionary.id, update).send().await;
    assert_eq!(renamed.unwrap().name, "Источники");
    let elements = dictionaries.elements(dictionary.id);

    let mut new = element::New::new("Контекст");
    new.description = Some("реклама".to_owned());
    let created = elements.create(new).send().await.unwrap();
    let more = ["Баннер", "Звонок"].map(element::New::new).to_vec();
    let more = elements.create_many(more).send().await;
    let more: Vec<_> = more.into_iter().map(|row| row.unwrap().id).collect();
    let update = element::Update {
        code: "К-1".to_owned().into(),
        description: Patch::Clear,
        ..Default::default()
    };
    elements.update(created.id, update).send().await.unwrap();

    let read = elements.get(created.id).send().await.unwrap();
    assert_eq!(
        (read.code.as_deref(), read.description),
        (Some("К-1"), None)
    );
    let found = elements.list().filter(element::NAME.contains("нтек"));
    assert_eq!(found.send().await.unwrap().rows[0].id, created.id);
    let first = elements.list().order(element::NAME.asc()).send().await;
    assert_eq!(first.unwrap().rows[0].id, more[0]);
    elements.delete(created.id).send().await.unwrap();
    let removed = elements.delete_many(more).send().await;
    assert!(removed.iter().all(Result::is_ok), "{removed:?}");
    assert_eq!(elements.list().send_all().await.unwrap(), []);
    dictionaries.delete(dictionary.id).send().await.unwrap();
    let gone = elements.list().send().await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
}

#[tokio::test]
async fn a_webhook_lives_from_creation_to_deletion() {
    let shop = Shop::open().await;
    let hooks = shop.client.entity::<Webhook>();
    let new = webhook::New::of::<CustomerOrder>("http://127.0.0.1:9/a", Action::Create);
    let created = hooks.create(new).send().await.unwrap();

    let update = webhook::Update {
        url: Some("http://127.0.0.1:9/b".to_owned()),
        enabled: Some(false),
        ..Default::default()
    };
    hooks.update(created.id, update).send().await.unwrap();

    let read = hooks.get(created.id).send().await.unwrap();
    assert_eq!(read.url, "http://127.0.0.1:9/b");
    assert_eq!(read.enabled, Some(false));
    assert_eq!(hooks.list().send_all().await.unwrap(), [read]);
    hooks.delete(created.id).send().await.unwrap();
    assert_eq!(hooks.list().send_all().await.unwrap(), []);
}

#[tokio::test]
async fn a_stock_webhook_lives_from_creation_to_deletion() {
    let shop = Shop::open().await;
    let hooks = shop.client.entity::<StockWebhook>();
    let new = webhook_stock::New::new("http://127.0.0.1:9/a", ReportType::All);
    let created = hooks.create(new).send().await.unwrap();

    let update = webhook_stock::Update {
        report_type: Some(ReportType::ByStore),
        enabled: Some(false),
        ..Default::default()
    };
    hooks.update(created.id, update).send().await.unwrap();

    let read = hooks.get(created.id).send().await.unwrap();
    assert_eq!(read.report_type, ReportType::ByStore);
    assert_eq!(read.enabled, Some(false));
    assert_eq!(hooks.list().send_all().await.unwrap(), [read]);
    hooks.delete(created.id).send().await.unwrap();
    assert_eq!(hooks.list().send_all().await.unwrap(), []);
}
