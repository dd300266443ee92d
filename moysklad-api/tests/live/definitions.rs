//! Custom fields and states that are ensured, values of every kind, and templates.

use moysklad_api::attribute::{self, AttributeKind, AttributeValue, Value};
use moysklad_api::custom_entity::{self, element};
use moysklad_api::customer_order::{CustomerOrder, Update, position};
use moysklad_api::file::NewFile;
use moysklad_api::state::{self, StateType};
use moysklad_api::{Ensured, Moment, Money, Ref, Untyped, payment_in, product};
use rust_decimal::Decimal;
use serde_json::json;

use super::shop::Shop;

fn created<T>(ensured: &Ensured<T>) -> bool {
    matches!(ensured, Ensured::Created(_))
}

fn present<T>(ensured: &Ensured<T>) -> bool {
    matches!(ensured, Ensured::Present(_))
}

#[tokio::test]
async fn ensured_attributes_are_created_once_and_found_afterwards() {
    let shop = Shop::open().await;
    let orders = shop.client.customer_orders();
    let wanted = [
        attribute::New::new("utm_source", AttributeKind::String).description("источник"),
        attribute::New::new("Звонок", AttributeKind::Link),
    ];

    let first = orders.ensure_attributes(&wanted).await.unwrap();
    let first: Vec<_> = first.into_iter().map(Result::unwrap).collect();
    shop.emulator.reset_stats();
    let second = orders.ensure_attributes(&wanted).await.unwrap();
    let second: Vec<_> = second.into_iter().map(Result::unwrap).collect();

    assert!(first.iter().all(created));
    assert!(second.iter().all(present));
    let ids = |all: &[Ensured<attribute::Attribute>]| -> Vec<_> {
        all.iter().map(|one| one.get().id).collect()
    };
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(shop.emulator.stats().requests, 1);
    assert_eq!(orders.attributes().list().send().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_attribute_of_another_kind_is_told_and_left_alone() {
    let shop = Shop::open().await;
    let orders = shop.client.customer_orders();
    let there = attribute::New::new("utm_source", AttributeKind::Text);
    let there = orders.attributes().create(there).send().await.unwrap();

    let wanted = [attribute::New::new("utm_source", AttributeKind::String)];
    let ensured = orders.ensure_attributes(&wanted).await.unwrap();

    let ensured = ensured[0].as_ref().unwrap();
    assert_eq!(ensured.differences()[0].field, "type");
    let listed = orders.attributes().list().send().await.unwrap();
    assert_eq!(listed, [there]);
}

#[tokio::test]
async fn ensured_states_are_created_once_beside_those_of_the_account() {
    let shop = Shop::open().await;
    let orders = shop.client.customer_orders();
    let before = orders.states().list().send().await.unwrap();
    let new = state::New::new("Звонок обработан", 255, StateType::Regular);
    let known = &before[0];
    let known = state::New::new(&known.name, known.color.unwrap(), known.state_type.clone());
    let wanted = [known, new];

    let first = orders.ensure_states(&wanted).await.unwrap();
    let second = orders.ensure_states(&wanted).await.unwrap();

    assert!(present(first[0].as_ref().unwrap()));
    assert!(created(first[1].as_ref().unwrap()));
    assert!(second.iter().all(|one| present(one.as_ref().unwrap())));
    let after = orders.states().list().send().await.unwrap();
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[..before.len()], before);
}

#[tokio::test]
async fn a_value_of_every_kind_is_read_as_it_was_written_and_can_be_cleared() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let orders = shop.client.customer_orders();
    let dictionaries = shop.client.custom_entities();
    let dictionary = custom_entity::New::new("Источники");
    let dictionary = dictionaries.create(dictionary).send().await.unwrap();
    let call = dictionaries.elements(dictionary.id);
    let call = call.create(element::New::new("Звонок")).send().await;
    let call = element::Element::reference(dictionary.id, call.unwrap().id);
    let customer = order.agent.as_ref().unwrap().id().unwrap();
    let mut wanted: Vec<(AttributeKind, Value)> = vec![
        (AttributeKind::String, "строка".into()),
        (AttributeKind::Text, "первая\nвторая".into()),
        (AttributeKind::Link, "https://example.org/?a=1".into()),
        (AttributeKind::Long, 42.into()),
        (AttributeKind::Double, Decimal::new(125, 2).into()),
        (
            AttributeKind::Time,
            Value::Time("2026-03-04 05:06:00".parse().unwrap()),
        ),
        (AttributeKind::Boolean, true.into()),
        (AttributeKind::Counterparty, customer.into()),
        (AttributeKind::CustomEntity, call.into()),
        (
            AttributeKind::File,
            NewFile::new("запись.mp3", "звук").into(),
        ),
    ];
    let named = |keyword: &str, object: serde_json::Value| -> Value {
        let made = shop.emulator.add(keyword, object).unwrap();
        let id = made["id"].as_str().unwrap().parse().unwrap();
        Ref::<Untyped>::of_type(keyword, id).into()
    };
    let meta = |reference: serde_json::Value| json!({"meta": reference["meta"]});
    let organization = meta(shop.emulator.all("organization")[0].clone());
    let agent = meta(shop.emulator.all("counterparty")[0].clone());
    let contract = json!({"name": "1", "ownAgent": organization, "agent": agent});
    for (kind, object) in [
        (AttributeKind::Contract, contract),
        (AttributeKind::Project, json!({"name": "Ремонт"})),
        (AttributeKind::Store, json!({"name": "Дальний"})),
        (AttributeKind::Employee, json!({"lastName": "Петрова"})),
        (AttributeKind::Product, json!({"name": "Лампа"})),
    ] {
        let value = named(kind.as_str(), object);
        wanted.push((kind, value));
    }
    let mut values = Vec::new();
    let mut emptied = Vec::new();
    for (kind, value) in &wanted {
        let mut new = attribute::New::new(kind.as_str(), kind.clone());
        if *kind == AttributeKind::CustomEntity {
            new = new.dictionary(dictionary.meta.clone());
        }
        let made = orders.attributes().create(new).send().await.unwrap();
        values.push(made.value(value.clone()));
        emptied.push(made.clear());
    }

    let save = |attributes| {
        let update = Update {
            attributes,
            ..Update::default()
        };
        orders.update(order.id, update).send()
    };
    save(values).await.unwrap();

    let read = orders.get(order.id).send().await.unwrap().attributes;
    assert_eq!(read.len(), wanted.len());
    for (kind, value) in &wanted {
        let found = read.iter().find(|found| found.kind.as_ref() == Some(kind));
        let found = found.unwrap();
        match value {
            Value::Object { reference, .. } => {
                assert_eq!(found.reference().unwrap().id(), reference.id(), "{kind:?}");
            }
            Value::Upload(file) => {
                assert_eq!(found.text(), Some(file.filename()));
                let link = found.download.as_ref().unwrap().href.clone().unwrap();
                let content = shop.client.download(&link).send().await.unwrap();
                assert_eq!(content.bytes().await.unwrap(), "звук".as_bytes());
            }
            value => assert_eq!(found.value.as_ref(), Some(value), "{kind:?}"),
        }
    }
    // What was read is written back as it is, and stays.
    save(read.clone()).await.unwrap();
    let again = orders.get(order.id).send().await.unwrap().attributes;
    let plain = |all: &[AttributeValue]| -> Vec<_> {
        let plain = all.iter();
        plain.map(|one| (one.id, one.value.clone())).collect()
    };
    assert_eq!(plain(&again), plain(&read));

    save(emptied).await.unwrap();
    let cleared = orders.get(order.id).send().await.unwrap().attributes;
    let left: Vec<_> = cleared.iter().filter(|one| one.value.is_some()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_moment_in_an_attribute_loses_its_seconds() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let orders = shop.client.customer_orders();
    let new = attribute::New::new("Дата касания", AttributeKind::Time);
    let touched = orders.attributes().create(new).send().await.unwrap();

    let at: Moment = "2026-03-04 05:06:07".parse().unwrap();
    let update = Update {
        attributes: vec![touched.value(at)],
        ..Update::default()
    };
    let saved = orders.update(order.id, update).send().await.unwrap();

    let kept = saved.attributes[0].moment();
    assert_eq!(kept, Some("2026-03-04 05:06:00".parse().unwrap()));
}

#[tokio::test]
async fn a_payment_from_a_template_pays_for_its_order() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let orders = shop.client.customer_orders();
    let lamp = shop.client.products().create(product::New::new("Лампа"));
    let lamp = lamp.send().await.unwrap();
    let lamps = position::New::new(&Ref::<product::Product>::new(lamp.id))
        .quantity(Decimal::TWO)
        .price(Money::from_rubles(Decimal::ONE_HUNDRED));
    let lamps = orders.positions(order.id).create(lamps);
    lamps.send().await.unwrap();

    let payments = shop.client.payments_in();
    let draft = payments.template_from::<CustomerOrder>(order.id);
    let draft = draft.send().await.unwrap();
    assert_eq!(payments.list().send_all().await.unwrap(), []);
    let draft = draft.with(&payment_in::Update::default()).unwrap();
    let payment = payments.create_draft(&draft).send().await.unwrap();

    assert_eq!(payment.sum, Some(Money::from_rubles(200.into())));
    let paid = orders.get(order.id).send().await.unwrap();
    assert_eq!(paid.payed_sum, Some(Money::from_rubles(200.into())));
}

#[tokio::test]
async fn a_file_is_uploaded_listed_downloaded_and_deleted() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    let files = shop.client.customer_orders().files(order.id);

    let new = vec![NewFile::new("call.mp3", "sound")];
    let uploaded = files.upload(new).send().await.unwrap();
    let listed = files.list().send().await.unwrap();
    assert_eq!(uploaded, listed);
    assert_eq!(listed[0].filename.as_deref(), Some("call.mp3"));
    assert_eq!(listed[0].size, Some(5));

    // The storage refuses whoever shows it credentials.
    let link = listed[0].download_link().unwrap();
    let content = shop.client.download(link).send().await.unwrap();
    assert_eq!(content.bytes().await.unwrap(), "sound");

    files.delete(listed[0].id().unwrap()).send().await.unwrap();
    assert_eq!(files.list().send().await.unwrap(), []);
    let gone = shop.client.download(link).send().await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
}
