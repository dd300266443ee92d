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

#[tokio::test]
async fn a_missing_required_field_may_have_a_code_of_its_own() {
    for (on, code) in [(false, 3000), (true, 3023)] {
        let shop = with(|builder| builder.required_attribute_3023(on)).await;
        let field = json!({"name": "Источник", "type": "string", "required": true});
        shop.post("/entity/counterparty/metadata/attributes", field)
            .await;

        let refused = shop
            .post("/entity/counterparty", json!({"name": "А"}))
            .await;

        assert_eq!(refused.codes(), [code]);
        assert_eq!(refused.body["errors"][0]["parameter"], "Источник");
    }
}

#[tokio::test]
async fn documents_may_be_searched_by_word() {
    for (by_word, found) in [(false, 1), (true, 0)] {
        let shop = with(|builder| builder.documents_by_word(by_word)).await;
        let order = shop.order();
        let patch = json!({"description": "Новый диван"});
        shop.emulator
            .edit("customerorder", id(&order), patch)
            .unwrap();

        let inside = shop
            .list("/entity/customerorder", &[("search", "иван")])
            .await;
        let beginning = shop
            .list("/entity/customerorder", &[("search", "див нов")])
            .await;

        assert_eq!(inside.ids().len(), found);
        assert_eq!(beginning.ids().len(), usize::from(by_word));
    }
}

#[tokio::test]
async fn a_sync_id_may_be_given_later_but_never_changed() {
    let ids = [1_u128, 2].map(uuid::Uuid::from_u128);
    for late in [false, true] {
        let shop = with(|builder| builder.late_sync_id(late)).await;
        let path = format!("/entity/counterparty/{}", id(&shop.customer("А")));

        let first = shop.put(&path, json!({"syncId": ids[0]})).await;
        let second = shop.put(&path, json!({"syncId": ids[1]})).await;

        assert_eq!(first.status, if late { 200 } else { 412 });
        assert_eq!(second.codes(), [1047]);
        let by_sync_id = format!("/entity/counterparty/syncid/{}", ids[0]);
        assert_eq!(
            shop.get(&by_sync_id).await.status,
            if late { 200 } else { 404 }
        );
    }
}

#[tokio::test]
async fn the_event_feed_may_answer_200() {
    let shop = with(|builder| builder.feed_status_200(true)).await;
    let path = format!("/entity/customerorder/{}/notes", id(&shop.order()));

    let added = shop.post(&path, json!([{"description": "Позвонил"}])).await;
    let note = format!("{path}/{}", id(&added.body[0]));

    assert_eq!(added.status, 200);
    assert_eq!(shop.delete(&note).await.status, 200);
}
