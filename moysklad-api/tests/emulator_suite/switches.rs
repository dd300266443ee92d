//! Switches of the points that no documentation settles.

use moysklad_api::emulator::{Builder, Emulator};
use serde_json::json;

use crate::client::{Shop, id};

async fn with(change: impl FnOnce(Builder) -> Builder) -> Shop {
    Shop::with(change(Emulator::builder().limits(false))).await
}

#[tokio::test]
async fn a_state_in_use_may_be_taken_from_its_objects() {
    let shop = with(|builder| builder.deleting_clears_states(true)).await;
    let order = shop.order();
    let state = shop.emulator.state_id("customerorder", "Новый").unwrap();

    let path = format!("/entity/customerorder/metadata/states/{state}");
    assert_eq!(shop.delete(&path).await.status, 200);

    let seen = shop.emulator.get("customerorder", id(&order)).unwrap();
    assert!(seen.get("state").is_none());
}

#[tokio::test]
async fn a_deleted_document_may_go_into_the_trash() {
    let shop = with(|builder| builder.deleting_is_trashing(true)).await;
    let order = shop.order();

    let path = format!("/entity/customerorder/{}", id(&order));
    assert_eq!(shop.delete(&path).await.status, 200);

    let trashed = shop.filter("/entity/customerorder", "isDeleted=true").await;
    assert_eq!(trashed.ids(), [id(&order)]);
}

#[tokio::test]
async fn archived_objects_may_be_listed() {
    for shown in [false, true] {
        let shop = with(|builder| builder.archived_in_lists(shown)).await;
        let customer = shop.customer("А");
        let patch = json!({"archived": true});
        shop.emulator
            .edit("counterparty", id(&customer), patch)
            .unwrap();

        let list = shop.get("/entity/counterparty").await;

        assert_eq!(list.ids().len(), usize::from(shown));
    }
}

#[tokio::test]
async fn a_filter_may_take_no_notice_of_letter_case() {
    for blind in [false, true] {
        let shop = with(|builder| builder.case_blind_filters(blind)).await;
        shop.customer("Вектор");

        let found = shop.filter("/entity/counterparty", "name=вЕКТОР").await;

        assert_eq!(found.ids().len(), usize::from(blind));
    }
}

#[tokio::test]
async fn a_new_token_may_be_answered_with_200() {
    for (on, status) in [(false, 201), (true, 200)] {
        let shop = with(|builder| builder.token_status_200(on)).await;
        let request = shop.http.post(shop.url("/security/token"));
        let (login, password) = (shop.emulator.login(), shop.emulator.password());

        let answer = shop.send(request.basic_auth(login, Some(password))).await;

        assert_eq!(answer.status, status);
        assert_eq!(answer.body["access_token"], shop.emulator.token());
    }
}

#[tokio::test]
async fn the_map_of_types_can_be_narrowed() {
    let shop = Shop::open().await;

    let map = shop
        .filter("/entity/metadata", "type=product;type=customerorder")
        .await
        .body;

    let names: Vec<_> = map.as_object().unwrap().keys().collect();
    assert_eq!(names, ["customerorder", "product"]);
    assert_eq!(
        shop.filter("/entity/metadata", "name=product")
            .await
            .codes(),
        [1034]
    );
}
