//! What new orders refer to besides counterparty, organization and state.

use moysklad_api::employee::Employee;
use moysklad_api::entity::{Entity, List};
use moysklad_api::group::Group;
use moysklad_api::project::Project;
use moysklad_api::sales_channel::SalesChannel;
use moysklad_api::store::Store;
use moysklad_api::{Client, Id};
use serde::{Deserialize, Serialize};

use super::listed;
use crate::config::Orders;
use crate::error::{Error, Result};

/// The objects that the settings name for new orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct References {
    pub(crate) store: Option<Id<Store>>,
    pub(crate) sales_channel: Option<Id<SalesChannel>>,
    pub(crate) project: Option<Id<Project>>,
    pub(crate) owner: Option<Id<Employee>>,
    pub(crate) group: Option<Id<Group>>,
}

/// One object that the settings name: what it is called there and in the account.
struct Wanted<'a> {
    setting: &'static str,
    what: &'static str,
    named: Option<&'a String>,
}

/// Looks up each object that the settings name, by one request.
///
/// The error names everything that was not found, and what there is.
pub(crate) async fn references(client: &Client, settings: &Orders) -> Result<References> {
    let mut obstacles = Vec::new();
    let wanted = |setting, what, named| Wanted {
        setting,
        what,
        named,
    };
    let found = References {
        store: find(
            wanted("orders.store", "store", settings.store.as_ref()),
            client.stores().list(),
            |one| (one.id, Some(one.name.as_str())),
            &mut obstacles,
        )
        .await?,
        sales_channel: find(
            wanted(
                "orders.sales_channel",
                "sales channel",
                settings.sales_channel.as_ref(),
            ),
            client.sales_channels().list(),
            |one| (one.id, Some(one.name.as_str())),
            &mut obstacles,
        )
        .await?,
        project: find(
            wanted("orders.project", "project", settings.project.as_ref()),
            client.projects().list(),
            |one| (one.id, Some(one.name.as_str())),
            &mut obstacles,
        )
        .await?,
        owner: find(
            wanted("orders.owner", "employee", settings.owner.as_ref()),
            client.employees().list(),
            |one| (one.id, one.name.as_deref()),
            &mut obstacles,
        )
        .await?,
        group: find(
            wanted("orders.group", "department", settings.group.as_ref()),
            client.groups().list(),
            |one| (one.id, Some(one.name.as_str())),
            &mut obstacles,
        )
        .await?,
    };
    if obstacles.is_empty() {
        Ok(found)
    } else {
        Err(Error::account(obstacles.join("; ")))
    }
}

async fn find<T: Entity>(
    wanted: Wanted<'_>,
    list: List<T>,
    id_and_name: fn(&T) -> (Id<T>, Option<&str>),
    obstacles: &mut Vec<String>,
) -> Result<Option<Id<T>>> {
    let Wanted {
        setting,
        what,
        named: Some(named),
    } = wanted
    else {
        return Ok(None);
    };
    let all = list.send_all().await?;
    let mut fitting = all
        .iter()
        .map(id_and_name)
        .filter(|(id, name)| name.is_some_and(|name| name == named) || id.to_string() == *named);
    match (fitting.next(), fitting.next()) {
        (Some((id, _)), None) => return Ok(Some(id)),
        (Some(_), Some(_)) => obstacles.push(format!(
            "`{setting}`: several objects of the kind {what} are named «{named}»; give the id of one"
        )),
        (None, _) => obstacles.push(format!(
            "`{setting}`: the account has no {what} «{named}» in use; it has {}",
            listed(all.iter().filter_map(|one| id_and_name(one).1))
        )),
    }
    Ok(None)
}
