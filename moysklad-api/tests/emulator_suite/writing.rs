//! Creating, changing and deleting single objects.

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Shop, id, link};

const SYNC_ID: &str = "5f0c3b1a-9d5e-4c27-8a61-2f0b7e6d1c90";

#[tokio::test]
async fn a_counterparty_is_completed_with_defaults() {
    let shop = Shop::open().await;

    let answer = shop
        .post("/entity/counterparty", json!({"name": "ООО Вектор"}))
        .await;

    let body = &answer.body;
    assert_eq!(answer.status, 200);
    assert_eq!(body["companyType"], "legal");
    assert_eq!(body["archived"], false);
    assert_eq!(body["shared"], false);
    assert_eq!(body["tags"], json!([]));
    assert_eq!(body["salesAmount"], 0.0);
    assert_eq!(body["externalCode"].as_str().unwrap().len(), 22);
    for nested in ["accounts", "contactpersons", "notes", "files"] {
        assert_eq!(body[nested]["meta"]["size"], 0, "{nested}");
    }
    for reference in ["owner", "group"] {
        assert!(body[reference]["meta"]["href"].is_string(), "{reference}");
    }
    assert!(
        body["meta"]["uuidHref"]
            .as_str()
            .unwrap()
            .contains("#company/edit?id=")
    );
    assert!(
        body["meta"]["metadataHref"]
            .as_str()
            .unwrap()
            .ends_with("/counterparty/metadata")
    );
    assert_eq!(body["phone"], Value::Null);
}

#[tokio::test]
async fn what_is_required_is_named_when_it_is_missing() {
    let shop = Shop::open().await;

    for (path, body, named) in [
        ("/entity/counterparty", json!({}), vec!["name"]),
        ("/entity/counterparty", json!({"name": ""}), vec!["name"]),
        (
            "/entity/customerorder",
            json!({}),
            vec!["agent", "organization"],
        ),
        ("/entity/saleschannel", json!({}), vec!["name", "type"]),
        (
            "/entity/employee",
            json!({"firstName": "Анна"}),
            vec!["lastName"],
        ),
        (
            "/entity/paymentout",
            json!({}),
            vec!["agent", "organization", "expenseItem"],
        ),
    ] {
        let answer = shop.post(path, body).await;
        let errors = answer.body["errors"].as_array().unwrap();
        let parameters: Vec<_> = errors
            .iter()
            .map(|error| error["parameter"].as_str().unwrap())
            .collect();
        assert_eq!((answer.status, parameters), (412, named), "{path}");
        assert!(answer.codes().iter().all(|code| *code == 3000));
        assert_eq!(
            errors[0]["moreInfo"],
            "https://dev.moysklad.ru/doc/api/remap/1.2/#error_3000"
        );
    }
}

#[tokio::test]
async fn a_value_of_another_type_or_form_is_refused_by_code() {
    let shop = Shop::open().await;
    let long = "я".repeat(256);

    for (patch, status, code) in [
        (json!({"name": 17}), 400, 2016),
        (json!({"name": null}), 400, 2016),
        (json!({"archived": "yes"}), 400, 2016),
        (json!({"tags": "лиды"}), 400, 2016),
        (json!({"name": long}), 412, 3040),
        (json!({"phone": long}), 412, 3040),
        (json!({"externalCode": long}), 412, 3040),
        (json!({"description": "я".repeat(4097)}), 412, 3040),
        (json!({"email": "nobody"}), 412, 3015),
        (json!({"companyType": "ooo"}), 412, 3005),
        (json!({"tags": ["я".repeat(300)]}), 412, 3051),
        (json!({"owner": "me"}), 400, 2016),
        (json!({"owner": {}}), 400, 2014),
        (json!({"owner": {"meta": {"type": "employee"}}}), 400, 2010),
        (json!({"priceType": {"name": "Оптовая"}}), 412, 28000),
        (json!({"syncId": "17"}), 400, 1052),
    ] {
        let mut body = json!({"name": "А"});
        body.as_object_mut()
            .unwrap()
            .extend(patch.as_object().unwrap().clone());
        let answer = shop.post("/entity/counterparty", body).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (status, vec![code]),
            "{patch}"
        );
    }
    assert!(shop.emulator.all("counterparty").is_empty());
}

#[tokio::test]
async fn several_errors_come_at_once() {
    let shop = Shop::open().await;

    let answer = shop
        .post("/entity/counterparty", json!({"email": "x", "phone": 1}))
        .await;

    let mut codes = answer.codes();
    codes.sort_unstable();
    assert_eq!(codes, [2016, 3000, 3015]);
}

#[tokio::test]
async fn a_reference_must_lead_to_an_object_of_the_right_type() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    let store = shop.emulator.all("store")[0].clone();
    let order = shop.order_of(&customer);
    let reference = |id: &str| json!({"meta": {"href": shop.url(&format!("/entity/counterparty/{id}")), "type": "counterparty"}});

    for (agent, status, code) in [
        (reference("3c9e2a10-7b11-11f1-0a80-0a1b00000011"), 404, 1021),
        (reference("17"), 400, 2016),
        (link(&store), 400, 2024),
        (
            json!({"meta": {"href": customer["meta"]["href"]}}),
            400,
            2011,
        ),
        (
            json!({"meta": {"href": customer["meta"]["href"], "type": "store"}}),
            400,
            1060,
        ),
        (
            json!({"meta": {"href": customer["meta"]["href"], "type": "starship"}}),
            400,
            2012,
        ),
    ] {
        let mut body = order.clone();
        body["agent"] = agent;
        let answer = shop.post("/entity/customerorder", body.clone()).await;
        assert_eq!(
            (answer.status, answer.codes()),
            (status, vec![code]),
            "{}",
            body["agent"]
        );
    }
}

#[tokio::test]
async fn addresses_of_other_hosts_are_understood_unless_rules_are_strict() {
    let official = |shop: &Shop, customer: &Value| {
        let mut order = shop.order_of(customer);
        let href = format!(
            "https://api.moysklad.ru/api/remap/1.2/entity/counterparty/{}",
            id(customer)
        );
        order["agent"]["meta"]["href"] = json!(href);
        order
    };
    let lenient = Shop::open().await;
    let order = official(&lenient, &lenient.customer("А"));
    assert_eq!(
        lenient.post("/entity/customerorder", order).await.status,
        200
    );

    let strict = Shop::with(Emulator::builder().strict_hosts(true)).await;
    let customer = strict.customer("А");
    let mut order = official(&strict, &customer);
    let refused = strict.post("/entity/customerorder", order.clone()).await;
    assert_eq!((refused.status, refused.codes()), (400, vec![1059]));
    let old = order["agent"]["meta"]["href"]
        .as_str()
        .unwrap()
        .replace("api.m", "online.m");
    order["agent"]["meta"]["href"] = json!(old);
    assert_eq!(
        strict.post("/entity/customerorder", order).await.codes(),
        [1998]
    );
    let own = strict.order_of(&customer);
    assert_eq!(strict.post("/entity/customerorder", own).await.status, 200);
}

#[tokio::test]
async fn an_update_changes_only_what_it_names() {
    let shop = Shop::open().await;
    let customer = shop
        .emulator
        .add(
            "counterparty",
            json!({"name": "А", "phone": "1", "email": "a@b.ru"}),
        )
        .unwrap();
    let path = format!("/entity/counterparty/{}", id(&customer));

    let changed = shop
        .put(
            &path,
            json!({"phone": "2", "salesAmount": 9, "nonsense": true}),
        )
        .await
        .body;

    assert_eq!(changed["phone"], "2");
    assert_eq!(changed["email"], "a@b.ru");
    assert_eq!(changed["salesAmount"], 0.0);
    assert_eq!(changed["nonsense"], Value::Null);
    assert_eq!(changed["created"], customer["created"]);
    assert!(changed["updated"].as_str() > customer["updated"].as_str());
}

#[tokio::test]
async fn null_and_an_empty_text_clear_what_is_optional() {
    let shop = Shop::open().await;
    let project = shop
        .emulator
        .add("project", json!({"name": "Лето"}))
        .unwrap();
    let mut body = shop.order_of(&shop.customer("А"));
    body["project"] = link(&project);
    body["description"] = json!("Текст");
    let order = shop.emulator.add("customerorder", body).unwrap();
    let path = format!("/entity/customerorder/{}", id(&order));

    let cleared = shop
        .put(
            &path,
            json!({"project": null, "description": "", "state": null}),
        )
        .await
        .body;
    let agent = shop.put(&path, json!({"agent": null})).await;

    for field in ["project", "description", "state"] {
        assert_eq!(cleared.get(field), None, "{field}");
    }
    assert_eq!(agent.codes(), [3000]);
}

#[tokio::test]
async fn an_array_cannot_update_one_object() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");

    let answer = shop
        .put(
            &format!("/entity/counterparty/{}", id(&customer)),
            json!([{}]),
        )
        .await;

    assert_eq!((answer.status, answer.codes()), (400, vec![2009]));
}

#[tokio::test]
async fn the_same_sync_id_gives_the_stored_object_unchanged() {
    let shop = Shop::open().await;

    let first = shop
        .post(
            "/entity/counterparty",
            json!({"name": "А", "syncId": SYNC_ID}),
        )
        .await;
    let again = shop
        .post(
            "/entity/counterparty",
            json!({"name": "Б", "syncId": SYNC_ID}),
        )
        .await;

    assert_eq!((again.status, &again.body), (200, &first.body));
    assert_eq!(shop.emulator.all("counterparty").len(), 1);
    assert_eq!(first.body["syncId"], SYNC_ID);
}

#[tokio::test]
async fn a_sync_id_is_never_changed_by_an_update() {
    let shop = Shop::open().await;
    let customer = shop
        .emulator
        .add("counterparty", json!({"name": "А", "syncId": SYNC_ID}))
        .unwrap();
    let plain = shop.customer("Б");
    let other = "6f0c3b1a-9d5e-4c27-8a61-2f0b7e6d1c90";
    let put = async |id: &str, sync_id: &str| {
        shop.put(
            &format!("/entity/counterparty/{id}"),
            json!({"syncId": sync_id}),
        )
        .await
    };

    assert_eq!(put(id(&customer), SYNC_ID).await.status, 200);
    for refused in [
        put(id(&customer), other).await,
        put(id(&plain), other).await,
    ] {
        assert_eq!((refused.status, refused.codes()), (412, vec![1047]));
    }
}

#[tokio::test]
async fn an_object_is_reached_and_deleted_by_its_sync_id() {
    let shop = Shop::open().await;
    let customer = shop
        .emulator
        .add("counterparty", json!({"name": "А", "syncId": SYNC_ID}))
        .unwrap();
    let path = format!("/entity/counterparty/syncid/{SYNC_ID}");

    assert_eq!(shop.get(&path).await.body["id"], customer["id"]);
    assert_eq!(shop.delete(&path).await.status, 200);
    assert_eq!(shop.get(&path).await.codes(), [1021]);
    let again = shop
        .post(
            "/entity/counterparty",
            json!({"name": "А", "syncId": SYNC_ID}),
        )
        .await;
    assert_ne!(again.body["id"], customer["id"]);
}

#[tokio::test]
async fn a_deleted_object_is_gone() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}", id(&customer));

    let deleted = shop.delete(&path).await;

    assert_eq!((deleted.status, deleted.body), (200, json!("")));
    assert_eq!(shop.get(&path).await.status, 404);
    assert_eq!(shop.delete(&path).await.status, 404);
}

#[tokio::test]
async fn an_object_in_use_is_not_deleted() {
    let shop = Shop::open().await;
    let order = shop.order();
    let agent = shop.emulator.all("counterparty")[0].clone();
    let path = format!("/entity/counterparty/{}", id(&agent));

    let refused = shop.delete(&path).await;

    assert_eq!((refused.status, refused.codes()), (409, vec![1028]));
    let user = &refused.body["errors"][0]["dependencies"][0]["href"];
    assert_eq!(user, &order["meta"]["href"]);
    shop.emulator.remove("customerorder", id(&order)).unwrap();
    assert_eq!(shop.delete(&path).await.status, 200);
}

#[tokio::test]
async fn names_are_unique_where_the_service_says_so() {
    let shop = Shop::open().await;
    let create = async |kind: &str| {
        let path = format!("/entity/{kind}");
        shop.post(&path, json!({"name": "Склад"})).await;
        shop.post(&path, json!({"name": "Склад"})).await
    };

    let store = create("store").await;
    assert_eq!((store.status, store.codes()), (412, vec![3006]));
    assert_eq!(store.body["errors"][0]["parameter"], "name");
    assert_eq!(create("counterparty").await.status, 200);
}

#[tokio::test]
async fn tags_come_back_lower_cased_and_once() {
    let shop = Shop::open().await;

    let answer = shop
        .post(
            "/entity/counterparty",
            json!({"name": "А", "tags": ["Сайт", "ЛИДЫ", "сайт"]}),
        )
        .await;

    assert_eq!(answer.body["tags"], json!(["лиды", "сайт"]));
}

#[tokio::test]
async fn the_full_name_of_a_person_is_built_from_its_parts() {
    let shop = Shop::open().await;
    let person = json!({
        "name": "А", "companyType": "individual", "legalTitle": "не это",
        "legalLastName": "Орлова", "legalFirstName": "Мария",
    });

    let answer = shop.post("/entity/counterparty", person).await;

    assert_eq!(answer.body["legalTitle"], "Орлова Мария");
}

#[tokio::test]
async fn an_address_is_a_line_and_its_parts() {
    let shop = Shop::open().await;

    let line = shop
        .post(
            "/entity/counterparty",
            json!({"name": "А", "actualAddress": "Москва, 5"}),
        )
        .await
        .body;
    let parts = json!({"name": "А", "actualAddress": "не это", "actualAddressFull": {"city": "Москва", "house": "5"}});
    let parts = shop.post("/entity/counterparty", parts).await.body;
    let path = format!("/entity/counterparty/{}", id(&line));
    let cleared = shop.put(&path, json!({"actualAddress": ""})).await.body;

    assert_eq!(line["actualAddressFull"], json!({"addInfo": "Москва, 5"}));
    assert_eq!(parts["actualAddress"], "Москва, 5");
    assert_eq!(cleared.get("actualAddress"), None);
    assert_eq!(cleared.get("actualAddressFull"), None);
}

#[tokio::test]
async fn contact_persons_are_replaced_as_a_whole_and_kept_by_id() {
    let shop = Shop::open().await;
    let people = json!([{"name": "Анна"}, {"name": "Борис"}]);
    let customer = shop
        .emulator
        .add(
            "counterparty",
            json!({"name": "А", "contactpersons": people}),
        )
        .unwrap();
    let anna = customer["contactpersons"]["rows"][0].clone();
    let path = format!("/entity/counterparty/{}", id(&customer));

    let body = json!({"contactpersons": [{"id": anna["id"], "phone": "1"}, {"name": "Вера"}]});
    shop.put(&path, body).await;

    let rows = shop.get(&format!("{path}/contactpersons")).await;
    assert_eq!(rows.names(), ["Анна", "Вера"]);
    assert_eq!(rows.body["rows"][0]["id"], anna["id"]);
    assert_eq!(rows.body["rows"][0]["phone"], "1");
    assert_eq!(
        rows.body["rows"][0]["agent"]["meta"]["type"],
        "counterparty"
    );
}

#[tokio::test]
async fn notes_are_added_changed_and_deleted_on_their_own() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}/notes", id(&customer));

    let added = shop
        .post(&path, json!({"description": "Перезвонить"}))
        .await;
    let note = format!("{path}/{}", id(&added.body[0]));
    let changed = shop.put(&note, json!({"description": "Готово"})).await;

    assert_eq!(added.body.as_array().unwrap().len(), 1);
    assert_eq!(added.body[0]["author"]["meta"]["type"], "employee");
    assert_eq!(changed.body["description"], "Готово");
    assert_eq!(shop.delete(&note).await.status, 200);
    assert_eq!(shop.get(&note).await.status, 404);
    let person = format!("/entity/counterparty/{}/contactpersons", id(&customer));
    let person = format!("{person}/{}", id(&customer));
    assert_eq!(shop.delete(&person).await.status, 405);
}

#[tokio::test]
async fn the_names_of_an_employee_are_built() {
    let shop = Shop::open().await;

    let answer = shop
        .post(
            "/entity/employee",
            json!({"lastName": "Орлова", "firstName": "Мария", "middleName": "Сергеевна"}),
        )
        .await;

    assert_eq!(answer.body["name"], "Орлова М. С.");
    assert_eq!(answer.body["fullName"], "Орлова Мария Сергеевна");
    let path = format!("/entity/employee/{}", id(&answer.body));
    assert_eq!(
        shop.put(&path, json!({"firstName": "Анна"})).await.codes(),
        [3000]
    );
}
