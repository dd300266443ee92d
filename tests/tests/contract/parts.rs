//! Every request about what lives inside other objects.

use std::fmt::Debug;

use moysklad_api::assortment::{NewStoreBalance, StoreBalance};
use moysklad_api::bundle::{Bundle, component};
use moysklad_api::counterparty::{self, NewAccount, NewContactPerson};
use moysklad_api::customer_order::{self, CustomerOrder, position};
use moysklad_api::demand::{self, Demand};
use moysklad_api::entity::{DeleteManyParts, Entity, Part, Parts};
use moysklad_api::invoice_out::{self, InvoiceOut};
use moysklad_api::store::{Store, slot, zone};
use moysklad_api::task::{self, Task};
use moysklad_api::{Client, Id, Ref, Untyped};
use rust_decimal::Decimal;

use crate::tour::{Buyer, Seller, all};

/// Adds one and two, reads, changes, lists and removes them.
async fn round<O, P>(
    parts: &Parts<O, P>,
    id_of: impl Fn(&P) -> Id<P>,
    new: impl Fn() -> P::New,
    update: P::Update,
) where
    O: Entity,
    P: DeleteManyParts<O> + Debug,
{
    let one = id_of(&parts.create(new()).send().await.unwrap());
    let more = parts.create_many(vec![new(), new()]).send().await;
    let more = all(more).iter().map(&id_of).collect();
    parts.get(one).send().await.unwrap();
    parts.update(one, update).send().await.unwrap();
    parts.list().send().await.unwrap();
    parts.delete(one).send().await.unwrap();
    all(parts.delete_many(more).send().await);
}

pub(crate) async fn parties(client: &Client, seller: Seller, buyer: Buyer) {
    let account = || NewAccount::new("40702810000000000001");
    let organizations = client.organizations();
    let update = counterparty::AccountUpdate {
        bank_name: "Первый".to_owned().into(),
        ..Default::default()
    };
    let of_seller = organizations.accounts(seller);
    round(&of_seller, |part| part.id, account, update.clone()).await;
    let buyers = client.counterparties();
    let of_buyer = buyers.accounts(buyer);
    let one = of_buyer.create(account()).send().await.unwrap().id;
    of_buyer.get(one).send().await.unwrap();
    of_buyer.update(one, update).send().await.unwrap();
    of_buyer.list().send().await.unwrap();
    of_buyer.delete(one).send().await.unwrap();
    let people = buyers.contact_persons(buyer);
    let anna = people.create(NewContactPerson::new("Анна")).send().await;
    let anna = anna.unwrap().id;
    let update = counterparty::ContactPersonUpdate {
        phone: "+79990000003".to_owned().into(),
        ..Default::default()
    };
    people.update(anna, update).send().await.unwrap();
    people.get(anna).send().await.unwrap();
    people.list().send().await.unwrap();
    let notes = buyers.notes(buyer);
    let new = || counterparty::note::New::new("Звонил");
    let one = notes.create(new()).send().await.unwrap().id;
    notes.get(one).send().await.unwrap();
    notes.update(one, new()).send().await.unwrap();
    notes.list().send().await.unwrap();
    notes.delete(one).send().await.unwrap();
}

pub(crate) async fn order(client: &Client, order: Id<CustomerOrder>, product: &Ref<Untyped>) {
    let orders = client.customer_orders();
    let new = || position::New::new(product).quantity(Decimal::TWO);
    let update = position::Update {
        quantity: Some(Decimal::ONE),
        ..Default::default()
    };
    round(&orders.positions(order), |part| part.id, new, update).await;
    let notes = orders.notes(order);
    let new = || customer_order::note::New::new("Просил скидку");
    let one = notes.create(new()).send().await.unwrap().id;
    all(notes.create_many(vec![new(), new()]).send().await);
    notes.get(one).send().await.unwrap();
    notes.update(one, new()).send().await.unwrap();
    notes.list().send().await.unwrap();
    notes.delete(one).send().await.unwrap();
}

pub(crate) async fn shipment(client: &Client, shipment: Id<Demand>, product: &Ref<Untyped>) {
    let new = || demand::position::New::new(product).quantity(Decimal::TWO);
    let update = demand::position::Update {
        quantity: Some(Decimal::ONE),
        ..Default::default()
    };
    let positions = client.demands().positions(shipment);
    round(&positions, |part| part.id, new, update).await;
    client.demands().template().send().await.unwrap();
}

pub(crate) async fn invoice(client: &Client, invoice: Id<InvoiceOut>, product: &Ref<Untyped>) {
    let new = || invoice_out::position::New::new(product).quantity(Decimal::TWO);
    let update = invoice_out::position::Update {
        quantity: Some(Decimal::ONE),
        ..Default::default()
    };
    let positions = client.invoices_out().positions(invoice);
    round(&positions, |part| part.id, new, update).await;
    client.invoices_out().template().send().await.unwrap();
}

pub(crate) async fn store(client: &Client, store: Id<Store>) {
    let stores = client.stores();
    let update = zone::Update {
        name: Some("Мороз".to_owned()),
        ..Default::default()
    };
    let new = || zone::New::new("Холод");
    round(&stores.zones(store), |part| part.id, new, update).await;
    let update = slot::Update {
        barcode: "0123456789".to_owned().into(),
        ..Default::default()
    };
    let new = || slot::New::new("А-1");
    round(&stores.slots(store), |part| part.id, new, update).await;
}

pub(crate) async fn balances<O: Entity>(parts: &Parts<O, StoreBalance>, least: NewStoreBalance)
where
    StoreBalance: DeleteManyParts<O> + Part<O, New = NewStoreBalance, Update = NewStoreBalance>,
{
    let one = parts.create(least.clone()).send().await.unwrap().id;
    parts.get(one).send().await.unwrap();
    parts.update(one, least.clone()).send().await.unwrap();
    parts.list().send().await.unwrap();
    parts.delete(one).send().await.unwrap();
    let one = parts.create(least).send().await.unwrap().id;
    all(parts.delete_many(vec![one]).send().await);
}

pub(crate) async fn components(client: &Client, bundle: Id<Bundle>, part: &Ref<Untyped>) {
    let components = client.bundles().components(bundle);
    let new = || component::New::new(part, Decimal::ONE);
    let one = components.create(new()).send().await.unwrap().id;
    all(components.delete_many(vec![one]).send().await);
    let one = components.create(new()).send().await.unwrap().id;
    components.get(one).send().await.unwrap();
    let update = component::Update {
        quantity: Some(Decimal::TWO),
        ..Default::default()
    };
    components.update(one, update).send().await.unwrap();
    components.list().send().await.unwrap();
    components.delete(one).send().await.unwrap();
}

pub(crate) async fn comments(client: &Client, task: Id<Task>) {
    let comments = client.tasks().notes(task);
    let new = || task::note::New::new("Дозвонился");
    let one = comments.create(new()).send().await.unwrap().id.unwrap();
    let more = all(comments.create_many(vec![new(), new()]).send().await);
    comments.get(one).send().await.unwrap();
    comments.update(one, new()).send().await.unwrap();
    comments.list().send().await.unwrap();
    comments.delete(one).send().await.unwrap();
    let more = more.iter().map(|comment| comment.id.unwrap()).collect();
    all(comments.delete_many(more).send().await);
}
