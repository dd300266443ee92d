//! An invented day of a furniture shop: calls and requests as Calltouch tells them, and the
//! customers that МойСклад knows already.

use jiff::civil::Date;
use serde_json::{Value, json};

/// One day of leads, for the emulators.
#[derive(Clone, Debug)]
pub struct Day {
    /// Calls, as Calltouch's journal has them; fields left out take the emulator's defaults.
    pub calls: Vec<Value>,
    /// Requests, likewise.
    pub requests: Vec<Value>,
    /// Counterparties that МойСклад knows before the day begins.
    pub counterparties: Vec<Value>,
}

impl Day {
    /// The day, on this date.
    #[must_use]
    pub fn on(date: Date) -> Self {
        let at = |time: &str| format!("{} {time}", date.strftime("%d/%m/%Y"));
        Self {
            calls: vec![
                // A new customer from a search ad.
                call(
                    1001,
                    &at("09:12:44"),
                    "79150000001",
                    "yandex",
                    "cpc",
                    "кухни|мск",
                ),
                // A customer who is known under another spelling of the number.
                call(
                    1002,
                    &at("09:40:02"),
                    "79150000002",
                    "google",
                    "organic",
                    "<не указано>",
                ),
                // A hidden number: there is an order all the same.
                call(
                    1003,
                    &at("10:05:31"),
                    "",
                    "(direct)",
                    "(none)",
                    "<не указано>",
                ),
                // The first caller again: a second order for the same customer.
                call(
                    1004,
                    &at("11:23:09"),
                    "79150000001",
                    "yandex",
                    "cpc",
                    "кухни|мск",
                ),
                call(
                    1005,
                    &at("12:47:55"),
                    "79150000005",
                    "vk",
                    "cpc",
                    "осень-2026",
                ),
                call(
                    1006,
                    &at("15:30:18"),
                    "79150000006",
                    "avito.ru",
                    "referral",
                    "<не заполнено>",
                ),
            ],
            requests: vec![
                // Phone and e-mail of somebody new.
                request(
                    2001,
                    &at("09:55:20"),
                    "Анна Смирнова",
                    Some("8 (915) 000-00-11"),
                    Some("Anna@Mail.example "),
                ),
                // The same person by e-mail alone.
                request(
                    2002,
                    &at("13:02:41"),
                    "Анна",
                    None,
                    Some("anna@mail.example"),
                ),
                // Somebody who has called before, with the number written in another way.
                request(
                    2003,
                    &at("14:18:07"),
                    "Пётр",
                    Some("+7 915 000 00 05"),
                    None,
                ),
                request(
                    2004,
                    &at("16:44:50"),
                    "ООО «Вектор»",
                    None,
                    Some("info@vector.example"),
                ),
            ],
            counterparties: vec![
                json!({"name": "Ольга Кузнецова", "phone": "8(915)000-00-02", "email": "olga@mail.example"}),
                json!({"name": "ООО «Вектор»", "companyType": "legal", "email": "INFO@vector.example"}),
            ],
        }
    }
}

fn call(id: u64, date: &str, caller: &str, source: &str, medium: &str, campaign: &str) -> Value {
    json!({
        "callId": id,
        "date": date,
        "callerNumber": caller,
        "phoneNumber": "74950000001",
        "duration": 95,
        "successful": true,
        "source": source,
        "medium": medium,
        "utmSource": source,
        "utmMedium": medium,
        "utmCampaign": campaign,
        "utmContent": "<не заполнено>",
        "utmTerm": "кухня на заказ",
        "clientId": format!("{id}.1700000000"),
        "callTags": [
            {"category": "", "type": "AUTO-PN", "names": ["динамика"]},
            {"category": "", "type": "AUTO-CT", "names": ["Отдел продаж"]},
        ],
    })
}

fn request(id: u64, date: &str, name: &str, phone: Option<&str>, email: Option<&str>) -> Value {
    let phones: Vec<Value> = phone
        .into_iter()
        .map(|phone| json!({"phoneNumber": phone, "phoneType": "MOBILE"}))
        .collect();
    let contacts: Vec<Value> = email
        .into_iter()
        .map(|email| json!({"contactType": "EMAIL", "contactValue": email}))
        .collect();
    json!({
        "requestId": id,
        "dateStr": date,
        "subject": "Расчёт кухни",
        "client": {"clientId": id, "fio": name, "phones": phones, "contacts": contacts},
        "session": {
            "source": "yandex",
            "medium": "cpc",
            "utmSource": "yandex",
            "utmMedium": "cpc",
            "utmCampaign": "кухни|мск",
            "utmContent": "banner-7",
            "utmTerm": "<не указано>",
            "guaClientId": format!("{id}.1700000000"),
        },
        "RequestTags": [{"category": "", "type": "MANUAL", "names": ["VIP"]}],
    })
}
