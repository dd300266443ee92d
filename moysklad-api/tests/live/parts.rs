//! What lives inside other objects: accounts, contact persons, notes, zones, slots, stock.

use moysklad_api::assortment::NewStoreBalance;
use moysklad_api::counterparty::{self, AccountUpdate, ContactPersonUpdate};
use moysklad_api::counterparty::{NewAccount, NewContactPerson};
use moysklad_api::store::{slot, zone};
use moysklad_api::{Id, Patch, customer_order, employee, organization, product, store, task};
use rust_decimal::Decimal;

use super::shop::Shop;

async fn customer(shop: &Shop) -> Id<counterparty::Counterparty> {
    let new = counterparty::New::new("ООО Вектор");
    let made = shop.client.counterparties().create(new).send().await;
    made.unwrap().id
}

#[tokio::test]
async fn a_bank_account_is_added_changed_cleared_and_deleted() {
    let shop = Shop::open().await;
    let of_customer = shop.client.counterparties().accounts(customer(&shop).await);
    let new = organization::New::new("Ромашка");
    let seller = shop.client.organizations().create(new).send().await;
    let of_seller = shop.client.organizations().accounts(seller.unwrap().id);

    let mut new = NewAccount::new("40702810000000000001");
    new.bank_name = Some("Первый".to_owned());
    let one = of_customer.create(new.clone()).send().await.unwrap();
    let other = of_seller.create(new).send().await.unwrap();
    let update = AccountUpdate {
        account_number: Some("40702810000000000002".to_owned()),
        bank_name: Patch::Clear,
        ..Default::default()
    };
    of_customer
        .update(one.id, update.clone())
        .send()
        .await
        .unwrap();
    of_seller.update(other.id, update).send().await.unwrap();

    for (account, bank) in [
        of_customer.get(one.id).send().await.unwrap(),
        of_seller.get(other.id).send().await.unwrap(),
    ]
    .map(|account| (account.account_number, account.bank_name))
    {
        assert_eq!(account.as_deref(), Some("40702810000000000002"));
        assert_eq!(bank, None);
    }
    of_customer.delete(one.id).send().await.unwrap();
    let gone = of_seller.delete_many(vec![other.id]).send().await;
    assert!(gone[0].is_ok(), "{gone:?}");
    assert_eq!(of_customer.list().send_all().await.unwrap(), []);
    assert_eq!(of_seller.list().send_all().await.unwrap(), []);
}

#[tokio::test]
async fn a_contact_person_is_added_changed_and_cleared() {
    let shop = Shop::open().await;
    let buyers = shop.client.counterparties();
    let people = buyers.contact_persons(customer(&shop).await);

    let mut new = NewContactPerson::new("Анна");
    new.phone = Some("+79990000001".to_owned());
    let anna = people.create(new).send().await.unwrap();
    let update = ContactPersonUpdate {
        name: Some("Анна Смирнова".to_owned()),
        phone: Patch::Clear,
        ..Default::default()
    };
    people.update(anna.id, update).send().await.unwrap();

    let read = people.get(anna.id).send().await.unwrap();
    assert_eq!(read.name.as_deref(), Some("Анна Смирнова"));
    assert_eq!(read.phone, None);
    assert_eq!(people.list().send_all().await.unwrap().len(), 1);
}

#[tokio::test]
async fn notes_are_written_beside_customers_orders_and_tasks() {
    let shop = Shop::open().await;
    let buyers = shop.client.counterparties();
    let of_buyer = buyers.notes(customer(&shop).await);
    let orders = shop.client.customer_orders();
    let of_order = orders.notes(shop.order().await.id);
    let person = shop.client.employees();
    let person = person.create(employee::New::new("Орлова")).send().await;
    let tasks = shop.client.tasks();
    let call = tasks.create(task::New::new("Позвонить", person.unwrap().id));
    let of_task = tasks.notes(call.send().await.unwrap().id);

    let called = counterparty::note::New::new("Звонил");
    let called = of_buyer.create(called).send().await.unwrap();
    let asked = customer_order::note::New::new("Просил скидку");
    let asked = of_order.create(asked).send().await.unwrap();
    let done = of_task.create(task::note::New::new("Дозвонился"));
    let done = done.send().await.unwrap();

    assert_eq!(
        of_buyer.list().send_all().await.unwrap(),
        std::slice::from_ref(&called)
    );
    assert_eq!(
        of_order.list().send_all().await.unwrap(),
        std::slice::from_ref(&asked)
    );
    assert_eq!(
        of_task.list().send_all().await.unwrap(),
        std::slice::from_ref(&done)
    );
    let again = of_order.get(asked.id).send().await.unwrap();
    assert_eq!(again.description.as_deref(), Some("Просил скидку"));
    of_buyer.delete(called.id).send().await.unwrap();
    of_order.delete(asked.id).send().await.unwrap();
    of_task.delete(done.id.unwrap()).send().await.unwrap();
    assert_eq!(of_order.list().send_all().await.unwrap(), []);
}

#[tokio::test]
async fn a_store_has_zones_and_slots_in_them() {
    let shop = Shop::open().await;
    let stores = shop.client.stores();
    let home = stores.create(store::New::new("Дальний")).send().await;
    let home = home.unwrap().id;
    let (zones, slots) = (stores.zones(home), stores.slots(home));

    let cold = zones.create(zone::New::new("Холод")).send().await.unwrap();
    let update = zone::Update {
        name: Some("Мороз".to_owned()),
        ..Default::default()
    };
    zones.update(cold.id, update).send().await.unwrap();
    let cold = zones.get(cold.id).send().await.unwrap();
    assert_eq!(cold.name, "Мороз");
    let mut new = slot::New::new("А-1");
    new.barcode = Some("0123456789".to_owned());
    let cold_ref = serde_json::json!({"meta": cold.meta});
    new.zone = Some(serde_json::from_value(cold_ref).unwrap());
    let shelf = slots.create(new).send().await.unwrap();
    let update = slot::Update {
        barcode: Patch::Clear,
        ..Default::default()
    };
    slots.update(shelf.id, update).send().await.unwrap();

    let shelf = slots.get(shelf.id).send().await.unwrap();
    assert_eq!(shelf.barcode, None);
    let zone = shelf.zone.and_then(|zone| zone.id());
    assert_eq!(zone, Some(cold.id));
    let gone = slots.delete_many(vec![shelf.id]).send().await;
    assert!(gone[0].is_ok(), "{gone:?}");
    zones.delete(cold.id).send().await.unwrap();
    assert_eq!(slots.list().send_all().await.unwrap(), []);
    assert_eq!(zones.list().send_all().await.unwrap(), []);
}

#[tokio::test]
async fn the_least_stock_is_kept_for_each_store() {
    let shop = Shop::open().await;
    let store = shop.client.stores().list().send().await.unwrap().rows[0].id;
    let products = shop.client.products();
    let mug = products.create(product::New::new("Кружка")).send().await;
    let balances = products.store_balances(mug.unwrap().id);

    let least = NewStoreBalance::new(store, Decimal::TEN);
    let least = balances.create(least).send().await.unwrap();
    let update = NewStoreBalance::new(store, Decimal::ONE);
    balances.update(least.id, update).send().await.unwrap();

    let read = balances.get(least.id).send().await.unwrap();
    assert_eq!(read.quantity, Some(Decimal::ONE));
    assert_eq!(read.store.and_then(|store| store.id()), Some(store));
    balances.delete(least.id).send().await.unwrap();
    assert_eq!(balances.list().send_all().await.unwrap(), []);
}
