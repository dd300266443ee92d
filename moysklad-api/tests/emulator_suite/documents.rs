//! Shipments, invoices, tasks, and the event feed of documents.

use serde_json::json;

use crate::client::{Shop, id, link};

#[tokio::test]
async fn a_shipment_and_an_invoice_count_in_their_order() {
    let shop = Shop::open().await;
    let order = shop.order();
    let position = {
        let positions = shop
            .emulator
            .set_positions(id(&order), &[(5000, 2.0)])
            .unwrap();
        positions["positions"]["rows"][0]["assortment"].clone()
    };
    let store = &shop.emulator.all("store")[0];
    let mut body = json!({
        "organization": order["organization"], "agent": order["agent"],
        "store": link(store), "customerOrder": link(&order),
        "positions": [{"assortment": position, "quantity": 1, "price": 5000}],
    });

    let demand = shop.post("/entity/demand", body.clone()).await;
    body["positions"][0]["quantity"] = json!(2);
    let invoice = shop.post("/entity/invoiceout", body).await;

    assert_eq!(demand.status, 200, "{}", demand.body);
    assert_eq!(demand.body["sum"], 5000.0);
    assert_eq!(invoice.body["sum"], 10000.0);
    let seen = shop
        .get(&format!("/entity/customerorder/{}", id(&order)))
        .await
        .body;
    assert_eq!(seen["shippedSum"], 5000.0);
    assert_eq!(seen["invoicedSum"], 10000.0);
    assert_eq!(
        seen["demands"][0]["meta"]["href"],
        demand.body["meta"]["href"]
    );
    assert_eq!(seen["invoicesOut"].as_array().unwrap().len(), 1);
    shop.emulator.remove("demand", id(&demand.body)).unwrap();
    let seen = shop
        .get(&format!("/entity/customerorder/{}", id(&order)))
        .await
        .body;
    assert_eq!(seen["shippedSum"], 0.0);
    assert!(seen.get("demands").is_none());
}

#[tokio::test]
async fn an_invoice_can_be_paid() {
    let shop = Shop::open().await;
    let order = shop.order();
    let body = json!({"organization": order["organization"], "agent": order["agent"]});
    let invoice = shop.emulator.add("invoiceout", &body).unwrap();
    let mut payment = body;
    payment["sum"] = json!(300);
    payment["operations"] = json!([{"meta": invoice["meta"], "linkedSum": 300}]);

    assert_eq!(shop.post("/entity/paymentin", payment).await.status, 200);

    let seen = shop
        .get(&format!("/entity/invoiceout/{}", id(&invoice)))
        .await
        .body;
    assert_eq!(seen["payedSum"], 300.0);
}

#[tokio::test]
async fn the_event_feed_answers_201_and_204_and_leaves_the_order_alone() {
    let shop = Shop::open().await;
    let order = shop.order();
    let path = format!("/entity/customerorder/{}/notes", id(&order));

    let added = shop.post(&path, json!({"description": "Позвонил"})).await;

    assert_eq!(added.status, 201);
    let note = added.body[0].clone();
    assert_eq!(note["description"], "Позвонил");
    assert_eq!(note["meta"]["type"], "eventnote");
    assert!(note.get("author").is_some() && note.get("agent").is_none());
    let one = format!("{path}/{}", id(&note));
    let changed = shop.put(&one, json!({"description": "Перезвонил"})).await;
    assert_eq!(
        (changed.status, &changed.body["description"]),
        (200, &json!("Перезвонил"))
    );
    assert_eq!(shop.get(&path).await.body["meta"]["size"], 1);
    assert_eq!(shop.delete(&one).await.status, 204);
    assert_eq!(shop.get(&one).await.status, 404);
    let seen = shop
        .get(&format!("/entity/customerorder/{}", id(&order)))
        .await
        .body;
    assert_eq!(seen["updated"], order["updated"]);
    assert!(seen.get("notes").is_none());
}

#[tokio::test]
async fn notes_are_deleted_in_bulk() {
    let shop = Shop::open().await;
    let order = shop.order();
    let path = format!("/entity/customerorder/{}/notes", id(&order));
    let notes = json!([{"description": "1"}, {"description": "2"}]);
    let notes = shop.post(&format!("{path}/batch"), notes).await.body;

    let gone = json!([{"meta": notes[0]["meta"]}]);
    assert_eq!(shop.post(&format!("{path}/delete"), gone).await.status, 200);

    let left = shop.get(&path).await.body;
    assert_eq!(left["meta"]["size"], 1);
    assert_eq!(left["rows"][0]["description"], "2");
}

#[tokio::test]
async fn a_task_is_done_when_it_says_so() {
    let shop = Shop::open().await;
    let employee = &shop.emulator.all("employee")[0];
    let body = json!({"description": "Перезвонить", "assignee": link(employee)});

    let task = shop.post("/entity/task", body).await;
    assert_eq!(task.status, 200, "{}", task.body);
    assert_eq!(task.body["done"], false);
    let path = format!("/entity/task/{}", id(&task.body));
    let done = shop.put(&path, json!({"done": true})).await.body;
    assert_eq!(done["completed"], done["updated"]);
    assert!(
        shop.put(&path, json!({"done": false}))
            .await
            .body
            .get("completed")
            .is_none()
    );
    let nobody = shop
        .post("/entity/task", json!({"description": "Ждать"}))
        .await;
    assert_eq!(nobody.codes(), [3000]);
    let found = shop.filter("/entity/task", "done=false").await;
    assert_eq!(found.ids(), [id(&task.body)]);
}

#[tokio::test]
async fn a_new_agent_needs_a_bank_account_of_its_own() {
    let shop = Shop::open().await;
    let account = |number: &str| json!([{"accountNumber": number}]);
    let customer = |name: &str, number: &str| {
        let body = json!({"name": name, "accounts": account(number)});
        shop.emulator.add("counterparty", body).unwrap()
    };
    let [one, two] = [customer("А", "40702810000000000001"), customer("Б", "2")];
    let mut body = shop.order_of(&one);
    body["agentAccount"] = json!({"meta": one["accounts"]["rows"][0]["meta"]});
    let order = shop.post("/entity/customerorder", body).await;
    assert_eq!(order.status, 200, "{}", order.body);
    let path = format!("/entity/customerorder/{}", id(&order.body));

    let refused = shop.put(&path, json!({"agent": link(&two)})).await;
    let own = json!({"meta": two["accounts"]["rows"][0]["meta"]});
    let taken = shop
        .put(&path, json!({"agent": link(&two), "agentAccount": own}))
        .await;

    assert_eq!((refused.status, refused.codes()), (412, vec![17001]));
    assert_eq!(taken.status, 200, "{}", taken.body);
    let strange = json!({"organizationAccount": {"meta": two["accounts"]["rows"][0]["meta"]}});
    assert_eq!(shop.put(&path, strange).await.codes(), [17000]);
}
