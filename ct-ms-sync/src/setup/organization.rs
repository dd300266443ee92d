//! The organization of new orders.

use moysklad_api::organization::Organization;
use moysklad_api::{Client, Id};
use uuid::Uuid;

use super::listed;
use crate::config::Orders;
use crate::error::{Error, Result};

/// The organization (юрлицо) of new orders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChosenOrganization {
    pub(crate) id: Id<Organization>,
    pub(crate) account: Uuid,
}

/// The account of the credentials, whatever organizations it has.
pub(crate) async fn account(client: &Client) -> Result<Uuid> {
    let employee = client.current_employee().send().await?;
    employee
        .employee
        .account_id
        .ok_or_else(|| Error::passing("МойСклад does not say which account the user belongs to"))
}

/// Finds the organization that the settings mean.
pub(crate) async fn organization(client: &Client, settings: &Orders) -> Result<ChosenOrganization> {
    let mut all = client.organizations().list().send().await?.rows;
    // An archived one takes no new orders, whether the list shows it or not.
    all.retain(|one| one.archived != Some(true));
    let chosen = |organization: &Organization| match organization.account_id {
        Some(account) => Ok(ChosenOrganization {
            id: organization.id,
            account,
        }),
        None => Err(Error::account(
            "МойСклад does not say which account the organization belongs to",
        )),
    };
    let names = || listed(all.iter().map(|one| one.name.as_str()));
    match (&settings.organization, all.as_slice()) {
        (Some(wanted), all) => {
            let mut fitting = all
                .iter()
                .filter(|one| one.name == *wanted || one.id.to_string() == *wanted);
            match (fitting.next(), fitting.next()) {
                (Some(one), None) => chosen(one),
                (Some(_), Some(_)) => Err(Error::account(format!(
                    "`orders.organization`: several organizations are named «{wanted}»; give the id of one"
                ))),
                (None, _) => Err(Error::account(format!(
                    "`orders.organization`: the account has no organization «{wanted}»; it has {}",
                    names()
                ))),
            }
        }
        (None, [only]) => chosen(only),
        (None, []) => Err(Error::account(
            "the account has no organization (юрлицо); add one in МойСклад",
        )),
        (None, _) => Err(Error::account(format!(
            "`orders.organization` must be named, since the account has several: {}",
            names()
        ))),
    }
}
