//! Every request that the SDK has, each kind at least once.

use futures_util::TryStreamExt;
use moysklad_api::attribute::{self, AttributeKind};
use moysklad_api::entity::{Create, DeleteMany, Update, WithMetadata};
use moysklad_api::{
    Client, Id, Money, Patch, Ref, address::Address, cash_in, cash_out, contract, counterparty,
    customer_order, demand, employee, invoice_out, organization, payment_in, payment_out, product,
    project, rate::Rate, store, task,
};
use rust_decimal::Decimal;
use serde_json::json;

use crate::definitions::{attributes, states};
use crate::recorder::{Exchange, Recorder};
use crate::refusals;
use crate::{around, catalogue, parts};

/// The types of objects that the SDK knows, by their keywords.
pub(crate) const TYPES: [&str; 30] = [
    "counterparty",
    "customerorder",
    "organization",
    "paymentin",
    "cashin",
    "paymentout",
    "cashout",
    "invoiceout",
    "demand",
    "store",
    "currency",
    "employee",
    "group",
    "saleschannel",
    "project",
    "contract",
    "country",
    "region",
    "customentity",
    "product",
    "service",
    "variant",
    "bundle",
    "productfolder",
    "uom",
    "taxrate",
    "expenseitem",
    "task",
    "webhook",
    "webhookstock",
];

/// What the SDK and МойСклад say to one another when everything is asked for.
pub(crate) async fn tape() -> Vec<Exchange> {
    let recorder = Recorder::start().await;
    let client = recorder.client();
    client.current_employee().send().await.unwrap();
    let (seller, buyer) = parties(&client).await;
    let orders = orders(&client, &recorder, seller, buyer).await;
    let first = orders[0];
    payments(&client, seller, buyer, orders).await;
    parts::parties(&client, seller, buyer).await;
    let product = recorder.emulator.all("product").remove(0);
    let product = serde_json::from_value(product).unwrap();
    parts::order(&client, first, &product).await;
    catalogue::ask(&client, seller, buyer).await;
    around::ask(&client, buyer, first).await;
    attributes::<counterparty::Counterparty>(&client).await;
    states::<counterparty::Counterparty>(&client).await;
    attributes::<organization::Organization>(&client).await;
    attributes::<customer_order::CustomerOrder>(&client).await;
    states::<customer_order::CustomerOrder>(&client).await;
    attributes::<payment_in::PaymentIn>(&client).await;
    states::<payment_in::PaymentIn>(&client).await;
    attributes::<cash_in::CashIn>(&client).await;
    states::<cash_in::CashIn>(&client).await;
    metadata::<store::Store>(&client).await;
    metadata::<employee::Employee>(&client).await;
    metadata::<project::Project>(&client).await;
    metadata::<contract::Contract>(&client).await;
    metadata::<product::Product>(&client).await;
    metadata::<demand::Demand>(&client).await;
    metadata::<invoice_out::InvoiceOut>(&client).await;
    metadata::<payment_out::PaymentOut>(&client).await;
    metadata::<cash_out::CashOut>(&client).await;
    metadata::<task::Task>(&client).await;
    refusals::ask(&client, &recorder).await;
    recorder.tape().await
}

pub(crate) type Seller = Id<organization::Organization>;
pub(crate) type Buyer = Id<counterparty::Counterparty>;
type Order = Id<customer_order::CustomerOrder>;

fn uuid(last: u8) -> impl std::fmt::Display {
    format!("5f3b1c1e-9d0a-4c55-8a6e-0000000000{last:02x}")
}

/// Sees to it that everything in a bulk answer was carried out.
pub(crate) fn all<T, E: std::fmt::Debug>(results: Vec<Result<T, E>>) -> Vec<T> {
    results.into_iter().map(Result::unwrap).collect()
}

/// Creates, changes, reads, lists and deletes; the first of the new objects stays.
pub(crate) async fn round<T>(
    client: &Client,
    id_of: fn(&T) -> Id<T>,
    mut new: Vec<T::New>,
    update: T::Update,
) -> Id<T>
where
    T: Create + Update + DeleteMany,
    T::Update: Clone,
{
    let objects = client.entity::<T>();
    let first = id_of(&objects.create(new.remove(0)).send().await.unwrap());
    let others: Vec<Id<T>> = all(objects.create_many(new).send().await)
        .iter()
        .map(id_of)
        .collect();
    objects.get(first).send().await.unwrap();
    objects.update(first, update.clone()).send().await.unwrap();
    let updates = others.iter().map(|id| (*id, update.clone())).collect();
    all(objects.update_many(updates).send().await);
    objects.list().limit(2).offset(1).send().await.unwrap();
    objects.list().search("Вектор").send().await.unwrap();
    let listed: Vec<T> = objects.list().stream().try_collect().await.unwrap();
    assert!(listed.len() > others.len(), "{} are listed", T::TYPE);
    let (one, rest) = others.split_first().unwrap();
    objects.delete(*one).send().await.unwrap();
    all(objects.delete_many(rest.to_vec()).send().await);
    first
}

async fn metadata<T: WithMetadata>(client: &Client) {
    client.entity::<T>().metadata().send().await.unwrap();
}

async fn parties(client: &Client) -> (Seller, Buyer) {
    let new = |last: u8| {
        organization::New::new("ООО Ромашка").sync_id(uuid(last).to_string().parse().unwrap())
    };
    let update = organization::Update {
        phone: "+7 495 000-00-01".to_owned().into(),
        director: Patch::Clear,
        ..Default::default()
    };
    let seller = round(
        client,
        |object: &organization::Organization| object.id,
        vec![new(1).inn("7707083893"), new(2), new(3)],
        update,
    )
    .await;

    let mut full = counterparty::New::new("ООО Вектор")
        .sync_id(uuid(11).to_string().parse().unwrap())
        .external_code("contract-1")
        .company_type(counterparty::CompanyType::Legal)
        .phone("+7 (915) 000-00-01")
        .email("info@vector.example")
        .description("Постоянный покупатель")
        .tags(vec!["оптовики".to_owned()])
        .inn("7707083893");
    full.accounts = vec![counterparty::NewAccount::new("40702810000000000001")];
    full.contact_persons = vec![counterparty::NewContactPerson::new("Анна Смирнова")];
    full.actual_address_full = Some(Address {
        city: Some("Москва".to_owned()),
        street: Some("Тверская".to_owned()),
        ..Default::default()
    });
    let person = |last: u8| {
        counterparty::New::new("Пётр Иванов")
            .sync_id(uuid(last).to_string().parse().unwrap())
            .company_type(counterparty::CompanyType::Individual)
    };
    let update = counterparty::Update {
        email: Patch::Clear,
        actual_address: Patch::Clear,
        description: "Перезвонить".to_owned().into(),
        tags: Some(vec!["розница".to_owned()]),
        archived: Some(false),
        ..Default::default()
    };
    let buyer = round(
        client,
        |object: &counterparty::Counterparty| object.id,
        vec![full, person(12), person(13)],
        update,
    )
    .await;
    let buyers = client.counterparties();
    let filter = counterparty::PHONE.eq("+7 (915) 000-00-01");
    let found = buyers
        .list()
        .filter(filter)
        .order(counterparty::UPDATED.asc())
        .send()
        .await;
    assert_eq!(found.unwrap().rows.len(), 1, "the phone is found");
    let expanded = buyers
        .list()
        .expand("accounts")
        .expand("contactpersons")
        .expand("owner");
    expanded.send().await.unwrap();
    buyers.get(buyer).expand("group").send().await.unwrap();
    (seller, buyer)
}

async fn orders(client: &Client, recorder: &Recorder, seller: Seller, buyer: Buyer) -> Vec<Order> {
    let orders = client.customer_orders();
    let add = |name: &str, kind| orders.attributes().create(attribute::New::new(name, kind));
    let text = add("Источник", AttributeKind::String).send().await.unwrap();
    let long = add("Теги", AttributeKind::Text).send().await.unwrap();
    let number = add("Число", AttributeKind::Long).send().await.unwrap();
    let fraction = add("Доля", AttributeKind::Double).send().await.unwrap();
    let flag = add("Флажок", AttributeKind::Boolean).send().await.unwrap();
    let link = add("Ссылка", AttributeKind::Link).send().await.unwrap();
    let when = add("Когда", AttributeKind::Time).send().await.unwrap();
    let whom = add("Кто", AttributeKind::Counterparty)
        .send()
        .await
        .unwrap();
    let states = orders.states().list().send().await.unwrap();
    let product = recorder
        .emulator
        .add("product", json!({"name": "Стол"}))
        .unwrap();
    let product: Ref<moysklad_api::Untyped> = serde_json::from_value(product).unwrap();
    let store = recorder.emulator.all("store").remove(0);
    let store: Ref<moysklad_api::Untyped> = serde_json::from_value(store).unwrap();
    let currency = recorder.emulator.all("currency").remove(0);

    let new = |last: u8| {
        let position = customer_order::position::New::new(&product)
            .quantity(Decimal::TWO)
            .price(Money::from_rubles(Decimal::from(1500)));
        customer_order::New::new(seller, buyer)
            .sync_id(uuid(last).to_string().parse().unwrap())
            .external_code(format!("contract-{last}"))
            .description("Заказ по звонку")
            .positions(vec![position])
    };
    let mut full = new(21)
        .state(states[0].to_ref())
        .store(&store)
        .attributes(vec![
            text.value("yandex"),
            long.value("динамика | Отдел продаж"),
            number.value(7),
            fraction.value(Decimal::new(25, 1)),
            flag.value(true),
            link.value("https://shop.example/?a=1"),
            when.value(
                "2026-11-01 10:20:00"
                    .parse::<moysklad_api::Moment>()
                    .unwrap(),
            ),
            whom.value(Ref::new(buyer)),
        ]);
    full.shipment_address = Some("Москва, Тверская, 1".to_owned());
    full.rate = Some(Rate {
        currency: serde_json::from_value(currency).unwrap(),
        value: None,
    });
    let update = customer_order::Update {
        description: "Подтверждён".to_owned().into(),
        state: states[1].to_ref().into(),
        store: Patch::Clear,
        attributes: vec![text.clear(), long.value("VIP")],
        ..Default::default()
    };
    let first = round(
        client,
        |object: &customer_order::CustomerOrder| object.id,
        vec![full, new(22), new(23)],
        update,
    )
    .await;
    let second = orders.create(new(24)).expand("agent").send().await.unwrap();

    let updated = customer_order::UPDATED.ge("2020-01-01 00:00:00"
        .parse::<moysklad_api::Moment>()
        .unwrap());
    let list = orders.list().filter(updated).filter(long.eq("VIP"));
    let list = list
        .order(customer_order::UPDATED.asc())
        .order(customer_order::ID.asc());
    assert_eq!(list.send().await.unwrap().rows.len(), 1, "the tag is found");
    let list = orders
        .list()
        .expand("positions.assortment")
        .expand("agent")
        .expand("state");
    list.send().await.unwrap();
    let order = orders.get(first).expand("positions").send().await.unwrap();
    let kept = order.positions.unwrap().into_rows().unwrap().remove(0);
    let mut position = customer_order::position::New::new(&product).quantity(Decimal::ONE);
    position.id = Some(kept.id);
    let update = customer_order::Update {
        positions: Some(vec![position]),
        ..Default::default()
    };
    orders
        .update(first, update)
        .expand("positions")
        .send()
        .await
        .unwrap();
    vec![first, second.id]
}

async fn payments(client: &Client, seller: Seller, buyer: Buyer, orders: Vec<Order>) {
    let sum = Money::from_rubles(Decimal::from(1000));
    let by_bank = |last: u8| {
        payment_in::New::new(seller, buyer)
            .sync_id(uuid(last).to_string().parse().unwrap())
            .sum(sum)
            .payment_purpose("Оплата заказа")
            .operation(orders[0], sum)
    };
    let update = payment_in::Update {
        incoming_number: "17".to_owned().into(),
        sum: Some(sum),
        ..Default::default()
    };
    let new = vec![by_bank(31), by_bank(32), by_bank(33)];
    round(
        client,
        |object: &payment_in::PaymentIn| object.id,
        new,
        update,
    )
    .await;
    let list = client
        .payments_in()
        .list()
        .filter(payment_in::SUM.ge(sum))
        .expand("operations");
    list.order(payment_in::UPDATED.desc()).send().await.unwrap();

    let in_cash = |last: u8| {
        cash_in::New::new(seller, buyer)
            .sync_id(uuid(last).to_string().parse().unwrap())
            .sum(sum)
            .operation(orders[1], sum)
    };
    let update = cash_in::Update {
        payment_purpose: "Предоплата".to_owned().into(),
        ..Default::default()
    };
    let new = vec![in_cash(41), in_cash(42), in_cash(43)];
    round(client, |object: &cash_in::CashIn| object.id, new, update).await;
    let list = client
        .cash_ins()
        .list()
        .filter(cash_in::SUM.ge(sum))
        .expand("operations");
    list.order(cash_in::UPDATED.desc()).send().await.unwrap();
    client
        .customer_orders()
        .get(orders[0])
        .expand("payments")
        .send()
        .await
        .unwrap();
}
