//! Tokens, the settings of the company, price types and custom dictionaries.

use moysklad_api::company_settings::{DiscountStrategy, Update};
use moysklad_api::custom_entity::{self, element};
use moysklad_api::price_type::Entry;
use moysklad_api::{Credentials, Patch};

use super::shop::{Shop, client};

#[tokio::test]
async fn an_issued_token_works_and_revokes_the_one_before() {
    let shop = Shop::open().await;
    let login = Credentials::login(shop.emulator.login(), shop.emulator.password());

    let issued = client(&shop.emulator, login).issue_token().send().await;
    let fresh = client(&shop.emulator, issued.unwrap().credentials());

    fresh.current_employee().send().await.unwrap();
    let refused = shop.client.current_employee().send().await.unwrap_err();
    assert!(refused.is_unauthorized(), "{refused}");
}

#[tokio::test]
async fn a_client_with_a_token_asks_for_no_token_so_that_none_is_revoked() {
    let shop = Shop::open().await;

    let refused = shop.client.issue_token().send().await;

    assert!(refused.is_err());
    assert_eq!(shop.emulator.stats().requests, 0);
    shop.client.current_employee().send().await.unwrap();
}

#[tokio::test]
async fn an_update_of_the_company_settings_changes_what_it_names_alone() {
    let shop = Shop::open().await;
    let settings = shop.client.company_settings();
    let before = settings.get().send().await.unwrap();
    assert_eq!(before.discount_strategy, Some(DiscountStrategy::BySum));

    let update = Update {
        discount_strategy: Some(DiscountStrategy::ByPriority),
        use_company_address: Some(true),
        company_address: Patch::Set("shop@example.org".to_owned()),
        ..Update::default()
    };
    settings.update(update).send().await.unwrap();

    let after = settings.get().send().await.unwrap();
    assert_eq!(after.discount_strategy, Some(DiscountStrategy::ByPriority));
    assert_eq!(after.use_company_address, Some(true));
    assert_eq!(after.company_address.as_deref(), Some("shop@example.org"));
    assert_eq!(after.check_min_price, before.check_min_price);
    assert_eq!(after.use_recycle_bin, before.use_recycle_bin);
    assert_eq!(after.currency, before.currency);
    assert_eq!(after.price_types, before.price_types);
}

#[tokio::test]
async fn an_emptied_company_address_is_gone() {
    let shop = Shop::open().await;
    let settings = shop.client.company_settings();
    let set = |address| Update {
        company_address: address,
        ..Update::default()
    };
    let given = settings.update(set(Patch::Set("a@example.org".to_owned())));
    given.send().await.unwrap();

    settings.update(set(Patch::Clear)).send().await.unwrap();

    let address = settings.get().send().await.unwrap().company_address;
    assert!(address.is_none_or(|text| text.is_empty()));
}

#[tokio::test]
async fn a_price_type_is_added_beside_those_that_are_kept() {
    let shop = Shop::open().await;
    let types = shop.client.price_types();
    let default = types.default_one().send().await.unwrap();

    let entries = [Entry::keep(default.id), Entry::new("Оптовая")];
    let replaced = types.replace(&entries).await.unwrap();

    assert_eq!(types.list().await.unwrap(), replaced);
    assert_eq!(replaced.len(), 2);
    assert_eq!(replaced[0].id, default.id);
    assert_eq!(replaced[0].name, default.name);
    let wholesale = types.get(replaced[1].id).send().await.unwrap();
    assert_eq!(wholesale.name, "Оптовая");
}

#[tokio::test]
async fn a_custom_dictionary_and_its_elements_live_and_die() {
    let shop = Shop::open().await;
    let dictionaries = shop.client.custom_entities();

    let new = custom_entity::New::new("Источники");
    let dictionary = dictionaries.create(new).send().await.unwrap();
    let elements = dictionaries.elements(dictionary.id);
    let call = elements.create(element::New::new("Звонок"));
    let call = call.send().await.unwrap();
    let update = element::Update {
        name: Some("Входящий звонок".to_owned()),
        ..element::Update::default()
    };
    elements.update(call.id, update).send().await.unwrap();

    let all = shop.client.company_settings().custom_dictionaries();
    let all = all.send().await.unwrap();
    assert_eq!(all[0].name.as_deref(), Some("Источники"));
    assert_eq!(all[0].id, dictionary.id);
    let listed = elements.list().send_all().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name, "Входящий звонок");

    elements.delete(call.id).send().await.unwrap();
    let gone = elements.get(call.id).send().await.unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    dictionaries.delete(dictionary.id).send().await.unwrap();
    let all = shop.client.company_settings().custom_dictionaries();
    assert_eq!(all.send().await.unwrap(), []);
}

#[tokio::test]
async fn a_wrong_password_issues_no_token() {
    let shop = Shop::open().await;
    let login = Credentials::login(shop.emulator.login(), "wrong");

    let refused = client(&shop.emulator, login).issue_token().send().await;

    let refused = refused.unwrap_err();
    assert!(refused.is_unauthorized(), "{refused}");
    shop.client.current_employee().send().await.unwrap();
}
