//! Finds the counterparty of a lead among the known ones, without a request per lead.

use jiff::Timestamp;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{Client, Id, Moment};
use serde::Deserialize;

use crate::changes::{Changed, Changes, read_to};
use crate::config::Counterparties;
use crate::contact::{Email, Phone};
use crate::error::Result;
use crate::store::{Cursor, KnownCounterparty, Ledger};

/// The fields of a counterparty that the index needs; the others are never decoded.
#[derive(Debug, Deserialize)]
struct ContactRow {
    id: Id<Counterparty>,
    updated: Option<Moment>,
    created: Option<Moment>,
    #[serde(default)]
    archived: bool,
    phone: Option<String>,
    email: Option<String>,
}

impl Changed for ContactRow {
    fn updated(&self) -> Option<Moment> {
        self.updated
    }
}

/// Brings the index up to date with every counterparty changed since the last time.
pub(crate) async fn refresh(
    client: &Client,
    ledger: &Ledger,
    rules: &Counterparties,
) -> Result<()> {
    let since = ledger.cursor(Cursor::Counterparties).await?;
    // Archived ones are read too: the index has to learn that one is no longer in use.
    let all = client
        .counterparties()
        .list()
        .filter(counterparty::ARCHIVED.any_of([true, false]));
    let mut changes = Changes::new(all, counterparty::UPDATED, counterparty::ID.asc(), since);
    while let Some(rows) = changes.next_page::<ContactRow>().await? {
        let known: Vec<KnownCounterparty> = rows.iter().map(|row| known(row, rules)).collect();
        ledger.keep_contacts(&known, read_to(&rows)).await?;
    }
    Ok(())
}

fn known(row: &ContactRow, rules: &Counterparties) -> KnownCounterparty {
    let phones = Phone::all_in(row.phone.as_deref().unwrap_or_default(), rules.phone_region);
    let emails = Email::all_in(row.email.as_deref().unwrap_or_default());
    KnownCounterparty {
        id: row.id.to_string(),
        created: row.created.map_or(Timestamp::UNIX_EPOCH, Moment::timestamp),
        archived: row.archived,
        contacts: phones
            .iter()
            .map(|phone| phone.as_str().to_owned())
            .chain(emails.iter().map(|email| email.as_str().to_owned()))
            .collect(),
    }
}
