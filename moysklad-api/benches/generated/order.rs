//! Customer orders.

use serde_json::{Value, json};

use super::{
    ACCOUNT, address, attribute, collection, id, meta, moment, reference, shared, shown, state,
};

const KIND: &str = "customerorder";

pub(super) fn order(row: u64) -> Value {
    let own = id(0x01, row);
    let organization = shared(0x02, row, 2);
    let agent = id(0x03, row);
    // Kopecks, now and then with a fraction.
    let sum = json!(row as f64 * 1_234.5 + 99_000.0);
    let mut order = json!({
        "meta": shown(KIND, &own),
        "id": own,
        "accountId": ACCOUNT,
        "syncId": id(0x04, row),
        "owner": reference("employee", &shared(0x05, row, 9)),
        "shared": false,
        "group": {"meta": meta(&format!("entity/group/{}", shared(0x06, row, 3)), "group")},
        "updated": moment(row + 1),
        "name": format!("{row:05}"),
        "code": format!("SHOP-{row}"),
        "description": format!("Заказ с сайта № {row}\nКомментарий: \"доставить до обеда\""),
        "externalCode": format!("CntjFix4hoyZOIhZi{row:05}"),
        "moment": moment(row),
        "applicable": true,
        "rate": {
            "currency": reference("currency", &shared(0x07, row, 2)),
            "value": 91.75,
        },
        "sum": sum,
        "store": reference("store", &shared(0x08, row, 4)),
        "contract": reference("contract", &id(0x09, row)),
        "project": reference("project", &shared(0x0a, row, 5)),
        "salesChannel": reference("saleschannel", &shared(0x0b, row, 5)),
        "agent": reference("counterparty", &agent),
        "organization": reference("organization", &organization),
        "organizationAccount": {"meta": meta(
            &format!("entity/organization/{organization}/accounts/{}", id(0x0c, 1)), "account")},
        "agentAccount": {"meta": meta(
            &format!("entity/counterparty/{agent}/accounts/{}", id(0x0d, row)), "account")},
        "state": state(KIND, row),
        "created": moment(row),
        "printed": false,
        "published": false,
        "files": collection(&format!("entity/{KIND}/{own}/files"), "files", 0),
        "positions": collection(
            &format!("entity/{KIND}/{own}/positions"), "customerorderposition", row % 9 + 1),
        "vatEnabled": true,
        "vatIncluded": true,
        "vatSum": sum,
        "taxSystem": "SIMPLIFIED_TAX_SYSTEM_INCOME",
        "payedSum": sum,
        "shippedSum": 0.0,
        "invoicedSum": sum,
        "reservedSum": 0.0,
        "deliveryPlannedMoment": moment(row + 3),
        "shipmentAddress": format!("101000, Россия, г Москва, ул Садовая, {row}"),
        "shipmentAddressFull": address(row),
    });
    order["attributes"] = json!([
        attribute(KIND, 0x21, "Источник", "string", json!("yandex")),
        attribute(KIND, 0x23, "Звонок", "long", json!(24_000_000 + row)),
        attribute(KIND, 0x26, "Время звонка", "time", json!(moment(row))),
        attribute(
            KIND,
            0x27,
            "Оператор",
            "employee",
            json!({
                "meta": meta(&format!("entity/employee/{}", shared(0x05, row, 9)), "employee"),
                "name": "Орлова Анна",
            })
        ),
    ]);
    // Related documents are sent with the orders that have them.
    if row.is_multiple_of(2) {
        order["payments"] = json!([reference("paymentin", &id(0x0e, row))]);
        order["demands"] = json!([reference("demand", &id(0x0f, row))]);
        order["invoicesOut"] = json!([reference("invoiceout", &id(0x10, row))]);
    }
    order
}
