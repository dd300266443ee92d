//! Counterparties.

use serde_json::{Value, json};

use super::{
    ACCOUNT, BASE, address, attribute, collection, id, meta, moment, reference, shared, shown,
    state,
};

const KIND: &str = "counterparty";

pub(super) fn counterparty(row: u64) -> Value {
    let own = id(0x03, row);
    let mut fias = address(row);
    fias["fiasCode__ru"] = json!("0c5b2444-70a0-4932-980c-b4dc0d3f02b5");
    let parts = |name: &str, kind: &str, size| {
        collection(&format!("entity/{KIND}/{own}/{name}"), kind, size)
    };
    let mut counterparty = json!({
        "meta": shown(KIND, &own),
        "id": own,
        "accountId": ACCOUNT,
        "syncId": id(0x04, row),
        "owner": reference("employee", &shared(0x05, row, 9)),
        "shared": true,
        "group": {"meta": meta(&format!("entity/group/{}", shared(0x06, row, 3)), "group")},
        "updated": moment(row + 1),
        "name": format!("ООО «Вектор {row}»"),
        "code": format!("K-{row}"),
        "description": "Постоянный клиент, \"звонить с утра\"",
        "externalCode": format!("aZBfWOKzj-lcq7c7I{row:05}"),
        "archived": false,
        "created": moment(row),
        "companyType": "legal",
        "legalTitle": format!("Общество с ограниченной ответственностью «Вектор {row}»"),
        "legalAddress": format!("101000, Россия, г Москва, ул Садовая, {row}"),
        "legalAddressFull": fias,
        "actualAddress": format!("101000, Россия, г Москва, ул Садовая, {row}"),
        "actualAddressFull": fias,
        "inn": format!("{:010}", 7_700_000_000 + row),
        "kpp": "770001001",
        "ogrn": format!("{:013}", 1_027_700_000_000 + row),
        "okpo": format!("{row:08}"),
        "email": format!("info{row}@vector.example"),
        "phone": format!("+7 (915) {:03}-{:02}-{:02}", row % 1000, row % 100, row * 3 % 100),
        "fax": "+7 495 000-00-00",
        "accounts": parts("accounts", "account", row % 3),
        "tags": ["опт", "москва"],
        "contactpersons": parts("contactpersons", "contactperson", row % 4),
        "notes": parts("notes", "note", 0),
        "files": parts("files", "files", 0),
        "state": state(KIND, row),
    });
    counterparty["discountCardNumber"] = json!(format!("{row:012}"));
    counterparty["discounts"] = json!([{
        "discount": {"meta": meta(&format!("entity/discount/{}", id(0x31, 1)), "discount")},
        "personalDiscount": 7.5,
        "demandSumCorrection": 0.0,
    }]);
    counterparty["bonusProgram"] = reference("bonusprogram", &id(0x32, 1));
    counterparty["bonusPoints"] = json!(row % 500);
    // The service sends the whole price type beside its link.
    counterparty["priceType"] = json!({
        "meta": {
            "href": format!("{BASE}/context/companysettings/pricetype/{}", id(0x33, 1)),
            "type": "pricetype",
            "mediaType": "application/json",
        },
        "id": id(0x33, 1),
        "name": "Цена продажи",
        "externalCode": "cbcf493b-55bc-11d9-848a-00112f43529a",
    });
    counterparty["salesAmount"] = json!(row as f64 * 99_500.5);
    counterparty["attributes"] = json!([
        attribute(KIND, 0x21, "Источник", "string", json!("google")),
        attribute(KIND, 0x22, "Первый звонок", "time", json!(moment(row))),
        attribute(KIND, 0x23, "Визитов", "long", json!(row % 40)),
    ]);
    counterparty
}
