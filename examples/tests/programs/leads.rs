//! A small day of leads in a folder, in the shapes that the services answer.

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// The site that the leads belong to.
pub(crate) const SITE: u64 = 31007;
/// Calls and requests together.
pub(crate) const LEADS: usize = 6;
/// Counterparties that МойСклад knows before.
pub(crate) const KNOWN: usize = 2;
/// People among the leads whom МойСклад does not know, hidden numbers included.
pub(crate) const NEW_PEOPLE: usize = 3;
/// What must never be logged: digits of phones and e-mails in any case.
pub(crate) const CONTACTS: [&str; 8] = [
    "9261112233",
    "111-22-33",
    "9264445566",
    "444-55-66",
    "9267778899",
    "777-88-99",
    "ivan.petrov",
    "maria.sidorova",
];

/// Yesterday in Moscow.
pub(crate) fn day() -> Date {
    let today = Offset::constant(3).to_datetime(Timestamp::now()).date();
    today.saturating_sub(1.day())
}

/// Writes `calls.json`, `requests.json` and `counterparties.json`.
pub(crate) fn write(folder: &Path) {
    let day = day().strftime("%d/%m/%Y").to_string();
    let call = |id: u64, time: &str, number: &str| {
        json!({
            "callId": id,
            "siteId": SITE,
            "date": format!("{day} {time}"),
            "callphase": "calldisconnected",
            "callerNumber": number,
            "phoneNumber": "74990000000",
            "duration": 41,
            "successful": true,
            "source": "yandex",
            "medium": "cpc",
            "utmCampaign": "<не указано>",
            "callTags": [{"category": "", "type": "AUTO-PN", "names": ["сайт"]}],
        })
    };
    let request = |id: u64, time: &str, name: &str, phone: Option<&str>, email: Option<&str>| {
        let phones = phone.map(|phone| json!({"phoneNumber": phone, "phoneType": "MOBILE"}));
        let contacts = email.map(|email| json!({"contactType": "EMAIL", "contactValue": email}));
        json!({
            "requestId": id,
            "requestNumber": id.to_string(),
            "siteId": SITE,
            "dateStr": format!("{day} {time}"),
            "subject": "Замер",
            "client": {
                "clientId": id,
                "fio": name,
                "phones": Vec::from_iter(phones),
                "contacts": Vec::from_iter(contacts),
            },
            "session": {"sessionId": id, "source": "google", "medium": "organic"},
        })
    };
    let calls = [
        call(501, "09:00:01", "79261112233"),
        // Somebody whom МойСклад knows.
        call(502, "10:15:00", "79264445566"),
        call(503, "11:30:59", ""),
        // The first caller again.
        call(504, "18:45:10", "79261112233"),
    ];
    let requests = [
        request(
            601,
            "09:30:00",
            "Иван Петров",
            Some("8 (926) 777-88-99"),
            Some("Ivan.Petrov@mail.example"),
        ),
        // Known by e-mail.
        request(
            602,
            "12:00:00",
            "Мария",
            None,
            Some(" maria.sidorova@mail.example"),
        ),
    ];
    let known = [
        json!({"name": "Пётр", "phone": "+7 926 444-55-66"}),
        json!({"name": "Мария Сидорова", "email": "Maria.Sidorova@mail.example"}),
    ];
    for (name, records) in [
        ("calls.json", Value::from(calls.to_vec())),
        ("requests.json", Value::from(requests.to_vec())),
        ("counterparties.json", Value::from(known.to_vec())),
    ] {
        std::fs::write(folder.join(name), records.to_string()).unwrap();
    }
}
