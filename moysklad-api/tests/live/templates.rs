//! Templates (шаблоны): documents filled in by the service, empty and from another document.

use moysklad_api::customer_order::{CustomerOrder, position};
use moysklad_api::emulator::Emulator;
use moysklad_api::entity::{Base, Template, Update};
use moysklad_api::{Client, Id, Money, Ref, product};
use moysklad_api::{cash_in, cash_out, demand, invoice_out, payment_in, payment_out};
use rust_decimal::Decimal;
use serde_json::Value;

use super::shop::Shop;

/// An order of two lamps of a hundred roubles each.
async fn order(shop: &Shop) -> Id<CustomerOrder> {
    let order = shop.order().await.id;
    let lamp = shop.client.products().create(product::New::new("Лампа"));
    let lamp = lamp.send().await.unwrap();
    let lamps = position::New::new(&Ref::<product::Product>::new(lamp.id))
        .quantity(Decimal::TWO)
        .price(Money::from_rubles(Decimal::ONE_HUNDRED));
    let orders = shop.client.customer_orders();
    orders.positions(order).create(lamps).send().await.unwrap();
    order
}

/// Fills in a document, sees that nothing is stored, and saves it.
async fn saved<D, B>(shop: &Shop, base: Id<B>) -> Value
where
    D: Template + Update,
    D::Update: Default,
    B: Base<D>,
{
    let documents = shop.client.entity::<D>();
    let draft = documents.template_from(base).send().await.unwrap();
    assert!(draft.fields().get("id").is_none(), "{}", D::TYPE);
    assert_eq!(shop.emulator.all(D::TYPE).len(), 0, "{}", D::TYPE);
    let draft = draft.with(&D::Update::default()).unwrap();
    documents.create_draft(&draft).send().await.unwrap();
    shop.emulator.all(D::TYPE).remove(0)
}

#[tokio::test]
async fn a_shipment_and_an_invoice_take_over_an_order_with_its_positions() {
    let shop = Shop::open().await;
    let order = order(&shop).await;

    let invoice = saved::<invoice_out::InvoiceOut, _>(&shop, order).await;
    let shipment = saved::<demand::Demand, _>(&shop, order).await;

    for document in [&invoice, &shipment] {
        assert_eq!(document["sum"], 20_000.0);
        assert_eq!(document["positions"]["meta"]["size"], 1);
    }
    let orders = shop.client.customer_orders();
    let order = orders.get(order).send().await.unwrap();
    let sum = Some(Money::from_rubles(200.into()));
    assert_eq!((order.shipped_sum, order.invoiced_sum), (sum, sum));
}

#[tokio::test]
async fn money_for_an_order_is_filled_in_by_what_is_unpaid() {
    let shop = Shop::open().await;
    let order = order(&shop).await;

    let cash = saved::<cash_in::CashIn, _>(&shop, order).await;
    let shipment = saved::<demand::Demand, _>(&shop, order).await;
    let shipment: Id<demand::Demand> = shipment["id"].as_str().unwrap().parse().unwrap();
    let transfer = saved::<payment_in::PaymentIn, _>(&shop, shipment).await;

    assert_eq!(cash["operations"][0]["linkedSum"], 20_000.0);
    assert_eq!(transfer["sum"], 20_000.0);
    assert_eq!(transfer["operations"][0]["meta"]["type"], "demand");
}

/// The names of what an empty template holds.
async fn empty<D: Template>(client: &Client, emulator: &Emulator) -> Vec<String> {
    let draft = client.entity::<D>().template().send().await.unwrap();
    assert_eq!(emulator.all(D::TYPE).len(), 0, "{}", D::TYPE);
    draft.fields().keys().cloned().collect()
}

#[tokio::test]
async fn an_empty_template_of_each_document_names_the_organization_and_stores_nothing() {
    let shop = Shop::open().await;
    let (client, emulator) = (&shop.client, &shop.emulator);

    for fields in [
        empty::<CustomerOrder>(client, emulator).await,
        empty::<demand::Demand>(client, emulator).await,
        empty::<invoice_out::InvoiceOut>(client, emulator).await,
        empty::<payment_in::PaymentIn>(client, emulator).await,
        empty::<payment_out::PaymentOut>(client, emulator).await,
        empty::<cash_in::CashIn>(client, emulator).await,
        empty::<cash_out::CashOut>(client, emulator).await,
    ] {
        let has = |name: &str| fields.iter().any(|field| field == name);
        assert!(
            has("organization") && !has("id") && !has("name"),
            "{fields:?}"
        );
    }
}
