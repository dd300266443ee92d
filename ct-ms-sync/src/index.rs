//! Finds the counterparty of a lead among the known ones, without a request per lead.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use moysklad_api::counterparty::{self, ContactPerson, Counterparty};
use moysklad_api::{Client, Id, Moment, Nested};
use serde::Deserialize;
use serde_json::Value;

use crate::changes::{ChangedPage, Changes};
use crate::config::{Config, Counterparties};
use crate::contact::{Email, Phone};
use crate::error::Result;
use crate::mapping::shared_code;
use crate::store::{Cursor, KnownCounterparty, Ledger};

/// The fields of a counterparty that the index needs; the others are never decoded.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ContactRow {
    id: Id<Counterparty>,
    created: Option<Moment>,
    #[serde(default)]
    archived: bool,
    external_code: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    #[serde(rename = "contactpersons")]
    persons: Option<Nested<PersonRow>>,
}

/// A contact person (контактное лицо), as far as it leads to its counterparty.
#[derive(Clone, Debug, Deserialize)]
struct PersonRow {
    phone: Option<String>,
    email: Option<String>,
}

impl From<ContactPerson> for PersonRow {
    fn from(person: ContactPerson) -> Self {
        Self {
            phone: person.phone,
            email: person.email,
        }
    }
}

/// Contact persons by their counterparty.
type Persons = HashMap<Id<Counterparty>, Vec<PersonRow>>;

/// Brings the index up to date with every counterparty changed since the last time.
///
/// Returns what people have to know: who could not be read, and so is met by nobody.
pub(crate) async fn refresh(
    client: &Client,
    ledger: &Ledger,
    config: &Config,
) -> Result<Vec<String>> {
    let mut warnings = Vec::new();
    let since = ledger.cursor(Cursor::Counterparties).await?;
    // Archived ones are read too: the index has to learn that one is no longer in use.
    let all = client
        .counterparties()
        .list()
        .filter(counterparty::ARCHIVED.any_of([true, false]));
    let shared = shared_code(config.calltouch.site_id);
    let mut changes = Changes::new(all, counterparty::UPDATED, counterparty::ID.asc(), since);
    while let Some(page) = changes.next_page::<ContactRow>().await? {
        let persons = persons(client, &page.rows, &mut warnings).await?;
        warnings.extend(page.unreadable.iter().map(|(_, what)| unread(what)));
        let known: Vec<KnownCounterparty> = page
            .rows
            .iter()
            .map(|row| known(row, &persons, &config.counterparties, &shared))
            .collect();
        ledger.keep_contacts(&known, page.read_to).await?;
    }
    Ok(warnings)
}

fn unread(what: &str) -> String {
    format!(
        "a counterparty is not as expected, so no lead is matched with what is new on it: {what}; save it again in МойСклад"
    )
}

/// Reads the contact persons of those that have some.
///
/// A page of a list holds 1000 counterparties, but 100 with their persons in it. It tells how many
/// persons each has, so only those are read once more: most accounts have few.
async fn persons(
    client: &Client,
    rows: &[ContactRow],
    warnings: &mut Vec<String>,
) -> Result<Persons> {
    let with_persons: Vec<Id<Counterparty>> = rows
        .iter()
        .filter(|row| {
            let persons = row.persons.as_ref();
            persons.is_some_and(|persons| persons.size() != Some(0))
        })
        .map(|row| row.id)
        .collect();
    let mut found = Persons::new();
    if with_persons.is_empty() {
        return Ok(found);
    }
    let list = client.counterparties().list();
    let list = list
        .filter(counterparty::ID.any_of(with_persons))
        .filter(counterparty::ARCHIVED.any_of([true, false]))
        .expand(counterparty::CONTACT_PERSONS);
    let read: Vec<Value> = list.stream_as().try_collect().await?;
    let read = ChangedPage::<ContactRow>::read(read);
    warnings.extend(read.unreadable.iter().map(|(_, what)| unread(what)));
    for row in read.rows {
        let Some(nested) = row.persons else {
            continue;
        };
        let size = nested.size().unwrap_or_default();
        let mut persons = nested.into_rows().unwrap_or_default();
        // How many rows fit into an answer about another object is not documented.
        if (persons.len() as u64) < size {
            let all = client.counterparties().contact_persons(row.id).list();
            let all = all.send_all().await?;
            persons = all.into_iter().map(PersonRow::from).collect();
        }
        found.insert(row.id, persons);
    }
    Ok(found)
}

fn known(
    row: &ContactRow,
    persons: &Persons,
    rules: &Counterparties,
    shared: &str,
) -> KnownCounterparty {
    let own = (row.phone.as_deref(), row.email.as_deref());
    let of_persons = persons.get(&row.id).into_iter().flatten();
    let of_persons = of_persons.map(|one| (one.phone.as_deref(), one.email.as_deref()));
    let mut contacts: Vec<String> = Vec::new();
    for (phone, email) in std::iter::once(own).chain(of_persons) {
        let phones = Phone::all_in(phone.unwrap_or_default(), rules.phone_region);
        let emails = Email::all_in(email.unwrap_or_default());
        contacts.extend(phones.iter().map(|phone| phone.as_str().to_owned()));
        contacts.extend(emails.iter().map(|email| email.as_str().to_owned()));
    }
    // The counterparty that leads without a phone share has no contact to be known by.
    contacts.extend(row.external_code.clone().filter(|code| code == shared));
    let filled = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    KnownCounterparty {
        id: row.id.to_string(),
        created: row.created.map_or(Timestamp::UNIX_EPOCH, Moment::timestamp),
        archived: row.archived,
        has_phone: filled(own.0),
        has_email: filled(own.1),
        contacts,
    }
}
