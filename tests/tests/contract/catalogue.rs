//! Every request about dictionaries, goods, tasks and the documents that follow an order.

use moysklad_api::assortment::NewStoreBalance;
use moysklad_api::bundle::{self, component};
use moysklad_api::custom_entity::{self, element};
use moysklad_api::sales_channel::{self, SalesChannelType};
use moysklad_api::variant::{self, Characteristic};
use moysklad_api::{Client, Id, Money, Patch, Ref};
use moysklad_api::{cash_out, contract, country, currency, demand, employee, expense_item, group};
use moysklad_api::{invoice_out, payment_out, product, product_folder, project, service, store};
use moysklad_api::{task, tax_rate, uom};
use rust_decimal::Decimal;

use crate::definitions::{attributes, states};
use crate::parts;
use crate::tour::{Buyer, Seller, all, round};

/// Everything but what the orders and their payments need.
pub(crate) async fn ask(client: &Client, seller: Seller, buyer: Buyer) {
    dictionaries(client, seller, buyer).await;
    custom(client).await;
    let product = goods(client).await;
    documents(client, seller, buyer, product).await;
    tasks(client).await;
    attributes::<store::Store>(client).await;
    attributes::<employee::Employee>(client).await;
    attributes::<project::Project>(client).await;
    attributes::<contract::Contract>(client).await;
    states::<contract::Contract>(client).await;
    attributes::<product::Product>(client).await;
    states::<task::Task>(client).await;
    attributes::<demand::Demand>(client).await;
    states::<demand::Demand>(client).await;
    attributes::<invoice_out::InvoiceOut>(client).await;
    states::<invoice_out::InvoiceOut>(client).await;
    attributes::<payment_out::PaymentOut>(client).await;
    states::<payment_out::PaymentOut>(client).await;
    attributes::<cash_out::CashOut>(client).await;
    states::<cash_out::CashOut>(client).await;
}

async fn dictionaries(client: &Client, seller: Seller, buyer: Buyer) {
    let new = |name: &str| store::New::new(name).description("склад");
    let update = store::Update {
        description: Patch::Clear,
        ..Default::default()
    };
    let new = vec![new("Дальний"), new("Ближний"), new("Средний")];
    let store = round(client, |object: &store::Store| object.id, new, update).await;
    parts::store(client, store).await;

    let new = |name: &str, iso: &str| currency::New::new(name, "000", iso).rate(Decimal::TWO);
    let update = currency::Update {
        rate: Some(Decimal::ONE),
        ..Default::default()
    };
    let new = vec![new("тугр", "MNT"), new("тенге", "KZT"), new("сум", "UZS")];
    round(client, |object: &currency::Currency| object.id, new, update).await;

    let new = |name: &str| employee::New::new(name).phone("+79990000002");
    let update = employee::Update {
        last_name: Some("Соколова".to_owned()),
        phone: Patch::Clear,
        ..Default::default()
    };
    let new = vec![new("Орлова"), new("Чайкина"), new("Галкина")];
    round(client, |object: &employee::Employee| object.id, new, update).await;

    let groups = client.groups();
    let made = groups.create(group::New::new("Продажи")).send().await;
    let made = made.unwrap().id;
    let update = group::Update {
        name: Some("Сбыт".to_owned()),
        ..Default::default()
    };
    groups.update(made, update).send().await.unwrap();
    groups.get(made).send().await.unwrap();
    groups.list().send_all().await.unwrap();
    groups.delete(made).send().await.unwrap();

    let new = |name: &str| sales_channel::New::new(name, SalesChannelType::Ecommerce);
    let update = sales_channel::Update {
        kind: Some(SalesChannelType::Marketplace),
        ..Default::default()
    };
    let new = vec![new("Сайт"), new("Чат"), new("Рынок")];
    let id = |object: &sales_channel::SalesChannel| object.id;
    round(client, id, new, update).await;

    let update = project::Update {
        description: "до осени".to_owned().into(),
        ..Default::default()
    };
    let new = ["Лето", "Зима", "Весна"].map(project::New::new).to_vec();
    round(client, |object: &project::Project| object.id, new, update).await;

    let new = || contract::New::new(seller, buyer);
    let update = contract::Update {
        sum: Some(Money::from_rubles(100.into())),
        ..Default::default()
    };
    let new = vec![new(), new(), new()];
    round(client, |object: &contract::Contract| object.id, new, update).await;

    let update = country::Update {
        description: "далеко".to_owned().into(),
        ..Default::default()
    };
    let new = ["Лапута", "Лилипутия", "Утопия"].map(country::New::new);
    round(
        client,
        |object: &country::Country| object.id,
        new.to_vec(),
        update,
    )
    .await;

    let regions = client.regions().list().send().await.unwrap().rows;
    client.regions().get(regions[0].id).send().await.unwrap();

    let update = uom::Update {
        description: "для удавов".to_owned().into(),
        ..Default::default()
    };
    let new = ["попугай", "мартышка", "слонёнок"]
        .map(uom::New::new)
        .to_vec();
    round(client, |object: &uom::Uom| object.id, new, update).await;

    let update = tax_rate::Update {
        comment: "особая".to_owned().into(),
        ..Default::default()
    };
    let new = [31, 32, 33].map(|rate| tax_rate::New::new(rate.into()));
    round(
        client,
        |object: &tax_rate::TaxRate| object.id,
        new.to_vec(),
        update,
    )
    .await;

    let update = expense_item::Update {
        description: "все".to_owned().into(),
        ..Default::default()
    };
    let new = ["Налоги", "Сборы", "Реклама"].map(expense_item::New::new);
    let id = |object: &expense_item::ExpenseItem| object.id;
    round(client, id, new.to_vec(), update).await;
}

async fn custom(client: &Client) {
    let dictionaries = client.custom_entities();
    let new = custom_entity::New::new("Источники");
    let dictionary = dictionaries.create(new).send().await.unwrap().id;
    let new = custom_entity::New::new("Каналы");
    dictionaries.update(dictionary, new).send().await.unwrap();
    client
        .company_settings()
        .custom_dictionaries()
        .send()
        .await
        .unwrap();
    let elements = dictionaries.elements(dictionary);
    let one = elements.create(element::New::new("Звонок")).send().await;
    let one = one.unwrap().id;
    let more = ["Чат", "Баннер"].map(element::New::new).to_vec();
    let more = all(elements.create_many(more).send().await);
    let update = element::Update {
        description: "входящий".to_owned().into(),
        ..Default::default()
    };
    elements.update(one, update).send().await.unwrap();
    elements.get(one).send().await.unwrap();
    elements.list().send().await.unwrap();
    elements.delete(one).send().await.unwrap();
    let more = more.iter().map(|element| element.id).collect();
    all(elements.delete_many(more).send().await);
    dictionaries.delete(dictionary).send().await.unwrap();
}

async fn goods(client: &Client) -> Id<product::Product> {
    let update = product_folder::Update {
        description: "хрупкое".to_owned().into(),
        ..Default::default()
    };
    let new = ["Посуда", "Кружки", "Ложки"].map(product_folder::New::new);
    let id = |object: &product_folder::ProductFolder| object.id;
    round(client, id, new.to_vec(), update).await;

    let update = product::Update {
        article: "К-1".to_owned().into(),
        ..Default::default()
    };
    let new = ["Кружка", "Ложка", "Вилка"].map(product::New::new).to_vec();
    let mug = round(client, |object: &product::Product| object.id, new, update).await;
    let store = client.stores().list().send().await.unwrap().rows[0].id;
    let of_mug = client.products().store_balances(mug);
    parts::balances(&of_mug, NewStoreBalance::new(store, Decimal::TEN)).await;

    let update = service::Update {
        description: "по городу".to_owned().into(),
        ..Default::default()
    };
    let new = ["Доставка", "Сборка", "Вывоз"]
        .map(service::New::new)
        .to_vec();
    round(client, |object: &service::Service| object.id, new, update).await;

    let new = |color: &str| variant::New::new(mug, vec![Characteristic::new("Цвет", color)]);
    let update = variant::Update {
        code: "К-2".to_owned().into(),
        ..Default::default()
    };
    let new = vec![new("синий"), new("белый"), new("красный")];
    let blue = round(client, |object: &variant::Variant| object.id, new, update).await;
    let of_blue = client.variants().store_balances(blue);
    parts::balances(&of_blue, NewStoreBalance::new(store, Decimal::ONE)).await;

    let component = || component::New::new(&Ref::<product::Product>::new(mug), 2.into());
    let new = |name: &str| bundle::New::new(name, vec![component()]);
    let update = bundle::Update {
        description: "чайный".to_owned().into(),
        ..Default::default()
    };
    let new = vec![new("Набор"), new("Сервиз"), new("Подарок")];
    let tea = round(client, |object: &bundle::Bundle| object.id, new, update).await;
    parts::components(client, tea, &Ref::new(blue).untyped()).await;
    mug
}

async fn documents(client: &Client, seller: Seller, buyer: Buyer, mug: Id<product::Product>) {
    let store = client.stores().list().send().await.unwrap().rows[0].id;
    let new = || demand::New::new(seller, buyer, store).description("срочно");
    let update = demand::Update {
        description: Patch::Clear,
        ..Default::default()
    };
    let new = vec![new(), new(), new()];
    let shipment = round(client, |object: &demand::Demand| object.id, new, update).await;
    parts::shipment(client, shipment, &Ref::new(mug).untyped()).await;

    let new = || invoice_out::New::new(seller, buyer).description("срочно");
    let update = invoice_out::Update {
        description: Patch::Clear,
        ..Default::default()
    };
    let new = vec![new(), new(), new()];
    let id = |object: &invoice_out::InvoiceOut| object.id;
    let invoice = round(client, id, new, update).await;
    parts::invoice(client, invoice, &Ref::new(mug).untyped()).await;

    let item = client.expense_items().list().send().await.unwrap().rows[0].id;
    let sum = Money::from_rubles(5.into());
    let new = || payment_out::New::new(seller, buyer, item).payment_purpose("за рекламу");
    let update = payment_out::Update {
        sum: Some(sum),
        ..Default::default()
    };
    let new = vec![new(), new(), new()];
    let id = |object: &payment_out::PaymentOut| object.id;
    round(client, id, new, update).await;
    let new = || cash_out::New::new(seller, buyer, item);
    let update = cash_out::Update {
        sum: Some(sum),
        ..Default::default()
    };
    let new = vec![new(), new(), new()];
    round(client, |object: &cash_out::CashOut| object.id, new, update).await;
    client.payments_out().template().send().await.unwrap();
    client.cash_outs().template().send().await.unwrap();
}

async fn tasks(client: &Client) {
    let person = client.employees().list().send().await.unwrap().rows[0].id;
    let new = |text: &str| task::New::new(text, person);
    let update = task::Update {
        done: Some(true),
        ..Default::default()
    };
    let new = vec![new("Позвонить"), new("Написать"), new("Ждать")];
    let call = round(client, |object: &task::Task| object.id, new, update).await;
    parts::comments(client, call).await;
}
