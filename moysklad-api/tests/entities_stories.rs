//! One story for each type on the emulator: create, read, change, clear, find, delete.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use moysklad_api::assortment::{Barcode, Price};
use moysklad_api::bundle::{self, component};
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order::{self, position};
use moysklad_api::emulator::Emulator;
use moysklad_api::entity::{Create, Delete, Update};
use moysklad_api::organization::{self, Organization};
use moysklad_api::query::Condition;
use moysklad_api::sales_channel::{self, SalesChannelType};
use moysklad_api::variant::{self, Characteristic};
use moysklad_api::{Client, Credentials, Id, Money, Pace, Patch};
use moysklad_api::{cash_in, cash_out, contract, currency, employee, expense_item, group};
use moysklad_api::{country, demand, invoice_out, product_folder, task, tax_rate, uom};
use moysklad_api::{payment_in, payment_out, product, project, service, store};
use rust_decimal::Decimal;

/// A fresh account, and the shop in it.
struct Shop {
    client: Client,
    organization: Id<Organization>,
    agent: Id<Counterparty>,
    /// Stops when it is dropped.
    _emulator: Emulator,
}

async fn shop() -> Shop {
    let emulator = Emulator::builder().limits(false).start().await.unwrap();
    let client = Client::builder(Credentials::token(emulator.token()))
        .base_url(emulator.base_url())
        .pace(Pace::unlimited())
        .build()
        .unwrap();
    let organization = organization::New::new("Ромашка");
    let organization = client.organizations().create(organization);
    let agent = client
        .counterparties()
        .create(counterparty::New::new("Иванов"));
    Shop {
        organization: organization.send().await.unwrap().id,
        agent: agent.send().await.unwrap().id,
        client,
        _emulator: emulator,
    }
}

/// One story: `id` tells the id of an object, `shown` what the update changed and cleared.
async fn story<T, S>(
    client: &Client,
    new: T::New,
    update: T::Update,
    condition: Condition<T>,
    id: impl Fn(&T) -> Id<T>,
    shown: impl Fn(&T) -> S,
    expected: S,
) where
    T: Create + Update + Delete,
    S: PartialEq + Debug,
{
    let objects = client.entity::<T>();
    let created = id(&objects.create(new).send().await.unwrap());
    let read = objects.get(created).send().await.unwrap();
    assert_eq!(id(&read), created, "{}", T::TYPE);
    assert_ne!(shown(&read), expected, "{}", T::TYPE);

    objects.update(created, update).send().await.unwrap();
    let read = objects.get(created).send().await.unwrap();
    assert_eq!(shown(&read), expected, "{}", T::TYPE);

    let page = objects.list().filter(condition).send().await.unwrap();
    let found: Vec<_> = page.rows.iter().map(&id).collect();
    assert_eq!(found, [created], "{}", T::TYPE);

    objects.delete(created).send().await.unwrap();
    let gone = objects.get(created).send().await;
    assert!(gone.is_err_and(|error| error.is_not_found()), "{}", T::TYPE);
}

#[tokio::test]
async fn a_counterparty_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let mut new = counterparty::New::new("Петров");
    new.phone = Some("+79990000001".to_owned());
    new.email = Some("petrov@a.example".to_owned());
    let update = counterparty::Update {
        name: Some("Петров П.".to_owned()),
        email: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        counterparty::PHONE.eq("+79990000001"),
        |object| object.id,
        |object| (object.name.clone(), object.email.clone()),
        ("Петров П.".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn an_organization_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let mut new = organization::New::new("Василёк");
    new.phone = Some("+74950000001".to_owned());
    let update = organization::Update {
        name: Some("Василёк-2".to_owned()),
        phone: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        organization::NAME.eq("Василёк-2"),
        |object| object.id,
        |object| (object.name.clone(), object.phone.clone()),
        ("Василёк-2".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_store_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = store::New::new("Дальний").description("за рекой");
    let update = store::Update {
        name: Some("Ближний".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        store::NAME.eq("Ближний"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Ближний".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_currency_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = currency::New::new("тугр", "496", "MNT").full_name("Тугрик");
    let update = currency::Update {
        name: Some("тугрик".to_owned()),
        rate: Some(Decimal::new(25, 3)),
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        currency::ISO_CODE.eq("MNT"),
        |object| object.id,
        |object| (object.name.clone(), object.rate),
        ("тугрик".to_owned(), Some(Decimal::new(25, 3))),
    )
    .await;
}

#[tokio::test]
async fn an_employee_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = employee::New::new("Орлова").phone("+79990000002");
    let update = employee::Update {
        last_name: Some("Соколова".to_owned()),
        phone: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        employee::LAST_NAME.eq("Соколова"),
        |object| object.id,
        |object| (object.last_name.clone(), object.phone.clone()),
        (Some("Соколова".to_owned()), None),
    )
    .await;
}

#[tokio::test]
async fn a_department_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let groups = shop.client.groups();

    let made = groups
        .create(group::New::new("Продажи"))
        .send()
        .await
        .unwrap();
    let update = group::Update {
        name: Some("Сбыт".to_owned()),
        ..Default::default()
    };
    groups.update(made.id, update).send().await.unwrap();
    assert_eq!(groups.get(made.id).send().await.unwrap().name, "Сбыт");

    groups.delete(made.id).send().await.unwrap();
    let left = groups.list().send_all().await.unwrap();
    assert!(left.iter().all(|group| group.id != made.id));
}

#[tokio::test]
async fn a_sales_channel_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = sales_channel::New::new("Сайт", SalesChannelType::Ecommerce).description("новый");
    let update = sales_channel::Update {
        kind: Some(SalesChannelType::Marketplace),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        sales_channel::NAME.starts_with("Са"),
        |object| object.id,
        |object| (object.kind.clone(), object.description.clone()),
        (Some(SalesChannelType::Marketplace), None),
    )
    .await;
}

#[tokio::test]
async fn a_project_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = project::New::new("Лето").description("до осени");
    let update = project::Update {
        name: Some("Зима".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        project::NAME.eq("Зима"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Зима".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_contract_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = contract::New::new(shop.organization, shop.agent)
        .name("Д-1")
        .description("пробный");
    let update = contract::Update {
        sum: Some(Money::from_rubles(100.into())),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        contract::AGENT.eq(shop.agent),
        |object| object.id,
        |object| (object.sum, object.description.clone()),
        (Some(Money::from_rubles(100.into())), None),
    )
    .await;
}

#[tokio::test]
async fn an_expense_item_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = expense_item::New::new("Налоги").description("все");
    let update = expense_item::Update {
        name: Some("Сборы".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        expense_item::NAME.eq("Сборы"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Сборы".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_product_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = product::New::new("Кружка")
        .article("К-1")
        .buy_price(Price::new(Money::from_rubles(60.into())))
        .barcodes(vec![Barcode::ean13("2000000000176")]);
    let update = product::Update {
        name: Some("Кружка синяя".to_owned()),
        article: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        product::NAME.ends_with("синяя"),
        |object| object.id,
        |object| {
            let price = object.buy_price.as_ref().and_then(|price| price.value);
            (object.name.clone(), object.article.clone(), price)
        },
        (
            "Кружка синяя".to_owned(),
            None,
            Some(Money::from_rubles(60.into())),
        ),
    )
    .await;
}

#[tokio::test]
async fn a_service_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = service::New::new("Доставка").description("по городу");
    let update = service::Update {
        name: Some("Самовывоз".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        service::NAME.eq("Самовывоз"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Самовывоз".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn an_order_lives_from_creation_to_deletion_with_its_positions() {
    let shop = shop().await;
    let orders = shop.client.customer_orders();
    let product = product::New::new("Кружка");
    let product = shop.client.products().create(product).send().await.unwrap();
    let two = position::New::new(&product.id.into())
        .quantity(2.into())
        .price(Money::from_rubles(10.into()));
    let new = customer_order::New::new(shop.organization, shop.agent).positions(vec![two]);
    let order = orders.create(new).send().await.unwrap().id;

    let page = orders
        .list()
        .filter(customer_order::AGENT.eq(shop.agent))
        .expand(customer_order::AGENT)
        .expand(customer_order::POSITIONS.then(position::ASSORTMENT))
        .send()
        .await
        .unwrap();
    let [read] = page.rows.as_slice() else {
        unreachable!("one order, not {}", page.rows.len())
    };
    assert_eq!(read.sum, Some(Money::from_rubles(20.into())));
    let agent = read.agent.as_ref().and_then(|agent| agent.get());
    assert_eq!(agent.map(|agent| agent.name.as_str()), Some("Иванов"));
    let position = &read.positions.as_ref().unwrap().rows().unwrap()[0];
    let assortment = position.assortment.as_ref().unwrap().get().unwrap();
    assert_eq!(assortment.fields()["name"], "Кружка");

    let positions = orders.positions(order);
    let update = position::Update {
        quantity: Some(3.into()),
        ..Default::default()
    };
    positions.update(position.id, update).send().await.unwrap();
    let read = orders.get(order).send().await.unwrap();
    assert_eq!(read.sum, Some(Money::from_rubles(30.into())));

    positions.delete(position.id).send().await.unwrap();
    assert!(positions.list().send_all().await.unwrap().is_empty());
    orders.delete(order).send().await.unwrap();
    assert!(
        orders
            .get(order)
            .send()
            .await
            .is_err_and(|error| error.is_not_found())
    );
}

#[tokio::test]
async fn payments_live_from_creation_to_deletion() {
    let shop = shop().await;
    let (organization, agent) = (shop.organization, shop.agent);
    let sum = Money::from_rubles(5.into());
    let item = expense_item::New::new("Реклама");
    let item = shop
        .client
        .expense_items()
        .create(item)
        .send()
        .await
        .unwrap()
        .id;

    let mut new = payment_in::New::new(organization, agent);
    new.payment_purpose = Some("по счёту".to_owned());
    let update = payment_in::Update {
        sum: Some(sum),
        payment_purpose: Patch::Clear,
        ..Default::default()
    };
    let condition = payment_in::AGENT.eq(agent);
    let expected = (Some(sum), None);
    story(
        &shop.client,
        new,
        update,
        condition,
        |paid| paid.id,
        |paid| (paid.sum, paid.payment_purpose.clone()),
        expected.clone(),
    )
    .await;

    let mut new = cash_in::New::new(organization, agent);
    new.payment_purpose = Some("по счёту".to_owned());
    let update = cash_in::Update {
        sum: Some(sum),
        payment_purpose: Patch::Clear,
        ..Default::default()
    };
    let condition = cash_in::AGENT.eq(agent);
    story(
        &shop.client,
        new,
        update,
        condition,
        |paid| paid.id,
        |paid| (paid.sum, paid.payment_purpose.clone()),
        expected.clone(),
    )
    .await;

    let new = payment_out::New::new(organization, agent, item).payment_purpose("за рекламу");
    let update = payment_out::Update {
        sum: Some(sum),
        payment_purpose: Patch::Clear,
        ..Default::default()
    };
    let condition = payment_out::AGENT.eq(agent);
    story(
        &shop.client,
        new,
        update,
        condition,
        |paid| paid.id,
        |paid| (paid.sum, paid.payment_purpose.clone()),
        expected.clone(),
    )
    .await;

    let new = cash_out::New::new(organization, agent, item).payment_purpose("за рекламу");
    let update = cash_out::Update {
        sum: Some(sum),
        payment_purpose: Patch::Clear,
        ..Default::default()
    };
    let condition = cash_out::AGENT.eq(agent);
    story(
        &shop.client,
        new,
        update,
        condition,
        |paid| paid.id,
        |paid| (paid.sum, paid.payment_purpose.clone()),
        expected,
    )
    .await;
}

#[tokio::test]
async fn a_filter_finds_what_was_written_whatever_its_characters() {
    use proptest::strategy::{Strategy, ValueTree};

    let shop = shop().await;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let names = r"[a-zа-я;\\+&%=<>~!#?/ ,.'\x22]{1,24}";
    let names = proptest::string::string_regex(names).unwrap();
    let projects = shop.client.projects();
    for number in 0..64 {
        let code = names.new_tree(&mut runner).unwrap().current();
        // Blanks around a value and the two characters that make another operator have no escape.
        let code = format!("x{}x", code.trim());
        let mut new = project::New::new(format!("Проект {number}"));
        new.code = Some(code.clone());
        new.description = Some(code.clone());
        let made = projects.create(new).send().await.unwrap();

        let found = projects
            .list()
            .filter(project::CODE.eq(code.clone()))
            .filter(project::DESCRIPTION.contains(code.clone()))
            .send()
            .await
            .unwrap();

        let ids: Vec<_> = found.rows.iter().map(|project| project.id).collect();
        assert!(ids.contains(&made.id), "{code:?}");
        let same = |row: &project::Project| row.code.as_deref() == Some(code.as_str());
        assert!(found.rows.iter().all(same), "{code:?}");
    }
}

#[tokio::test]
async fn a_country_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = country::New::new("Панама 2").description("новая");
    let update = country::Update {
        name: Some("Панама 3".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        country::NAME.eq("Панама 3"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Панама 3".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_group_of_products_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = product_folder::New::new("Посуда").description("вся");
    let update = product_folder::Update {
        name: Some("Кружки".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        product_folder::NAME.eq("Кружки"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Кружки".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_unit_of_measure_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = uom::New::new("попугай").description("для удавов");
    let update = uom::Update {
        name: Some("слонёнок".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        uom::NAME.eq("слонёнок"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("слонёнок".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn an_invoice_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = invoice_out::New::new(shop.organization, shop.agent).description("срочно");
    let update = invoice_out::Update {
        name: Some("С-2".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        invoice_out::AGENT.eq(shop.agent),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("С-2".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_shipment_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let store = store::New::new("Дальний");
    let store = shop.client.stores().create(store).send().await.unwrap().id;
    let new = demand::New::new(shop.organization, shop.agent, store).description("срочно");
    let update = demand::Update {
        name: Some("О-2".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        demand::STORE.eq(store),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("О-2".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_vat_rate_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let new = tax_rate::New::new(33.into()).comment("особая");
    let update = tax_rate::Update {
        rate: Some(34.into()),
        comment: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        tax_rate::RATE.eq(Decimal::from(34)),
        |object| object.id,
        |object| (object.rate, object.comment.clone()),
        (Some(Decimal::from(34)), None),
    )
    .await;
}

#[tokio::test]
async fn a_bundle_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let cup = product::New::new("Кружка");
    let cup = shop.client.products().create(cup).send().await.unwrap().id;
    let two = component::New::new(&cup.into(), 2.into());
    let new = bundle::New::new("Набор", vec![two]).description("чайный");
    let update = bundle::Update {
        name: Some("Набор-2".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        bundle::NAME.eq("Набор-2"),
        |object| object.id,
        |object| (object.name.clone(), object.description.clone()),
        ("Набор-2".to_owned(), None),
    )
    .await;
}

#[tokio::test]
async fn a_variant_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let cup = product::New::new("Кружка");
    let cup = shop.client.products().create(cup).send().await.unwrap().id;
    let blue = Characteristic::new("Цвет", "синий");
    let new = variant::New::new(cup, vec![blue]).description("из глины");
    let update = variant::Update {
        code: "К-2".to_owned().into(),
        description: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        variant::PRODUCTID.eq(cup),
        |object| object.id,
        |object| (object.code.clone(), object.description.clone()),
        (Some("К-2".to_owned()), None),
    )
    .await;
}

#[tokio::test]
async fn a_task_lives_from_creation_to_deletion() {
    let shop = shop().await;
    let person = employee::New::new("Орлова");
    let person = shop
        .client
        .employees()
        .create(person)
        .send()
        .await
        .unwrap()
        .id;
    let due = "2026-08-14 12:00:00".parse().unwrap();
    let new = task::New::new("Позвонить", person).due_to_date(due);
    let update = task::Update {
        done: Some(true),
        due_to_date: Patch::Clear,
        ..Default::default()
    };
    story(
        &shop.client,
        new,
        update,
        task::ASSIGNEE.eq(person),
        |object| object.id,
        |object| (object.done, object.due_to_date),
        (Some(true), None),
    )
    .await;
}
