//! The МойСклад account as the flows need it: organization, states, custom fields, references.

use std::collections::BTreeMap;

use moysklad_api::organization::Organization;
use moysklad_api::state::State;
use moysklad_api::{Client, Id};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Orders;
use crate::cycle::Pen;
use crate::error::{Error, Result};

mod fields;
mod organization;
mod references;
mod states;

pub(crate) use fields::{FieldKind, FoundFields, KnownField, fields, quoted};
pub(crate) use organization::{ChosenOrganization, account, organization};
pub(crate) use references::{References, references};
pub(crate) use states::{OrderState, initial_state, misnamed};

/// Names that an error lists at most.
const LISTED: usize = 30;

/// What stays the same from cycle to cycle; the store keeps it for an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) organization: Id<Organization>,
    pub(crate) states: Vec<OrderState>,
    pub(crate) initial_state: Option<Id<State>>,
    /// The custom fields by key.
    pub(crate) fields: BTreeMap<String, KnownField>,
    pub(crate) references: References,
    /// What the settings name and the account does not have, where orders can be made without it.
    pub(crate) warnings: Vec<String>,
}

impl Setup {
    /// What orders that are there already need; none can be made with it.
    ///
    /// `initial_state` is the state in which they were made.
    pub(crate) async fn of_states(
        client: &Client,
        initial_state: Option<Id<State>>,
    ) -> Result<Self> {
        let metadata = client.customer_orders().metadata().send().await?;
        Ok(Self {
            organization: Id::new(Uuid::nil()),
            states: metadata.states.iter().map(OrderState::from).collect(),
            initial_state,
            fields: BTreeMap::new(),
            references: References::default(),
            warnings: Vec::new(),
        })
    }

    pub(crate) fn state(&self, id: Id<State>) -> Option<&OrderState> {
        self.states.iter().find(|state| state.id == id)
    }
}

/// Reads states and custom fields, creates the missing fields if the settings allow it, and looks
/// up what new orders refer to.
///
/// Returns the names of the fields that were created too.
pub(crate) async fn read(
    pen: &Pen<'_>,
    settings: &Orders,
    organization: Id<Organization>,
) -> Result<(Setup, Vec<String>)> {
    let client = pen.moysklad;
    let metadata = client.customer_orders().metadata().send().await?;
    let states: Vec<OrderState> = metadata.states.iter().map(OrderState::from).collect();
    let FoundFields {
        there: mut fields,
        missing,
        unusable,
        ..
    } = self::fields(&metadata, settings)?;
    if !missing.is_empty() && !settings.create_missing_fields {
        return Err(Error::account(format!(
            "the orders of the account lack the custom fields {}; run the preparation once, or set `orders.create_missing_fields = true`",
            quoted(&missing)
        )));
    }
    let initial_state = initial_state(&states, settings).map_err(Error::account)?;
    let references = references(client, settings).await?;
    let created = fields::create(pen, &missing).await?;
    if created.len() < missing.len() {
        let metadata = client.customer_orders().metadata().send().await?;
        let found = self::fields(&metadata, settings)?;
        if !found.missing.is_empty() {
            return Err(Error::account(format!(
                "the custom fields {} of orders cannot be created, since their names are taken",
                quoted(&found.missing)
            )));
        }
        fields = found.there;
    }
    fields.extend(
        created
            .iter()
            .map(|(field, known)| (field.key.clone(), *known)),
    );
    let created = created.into_iter().map(|(field, _)| field.name).collect();
    let setup = Setup {
        organization,
        states,
        initial_state,
        fields,
        references,
        warnings: unusable,
    };
    Ok((setup, created))
}

/// Names in quotation marks; of very many, the first ones.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.map(|name| format!("«{name}»")).collect();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let listed = names.join(", ");
    match (listed.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => listed,
        (false, more) => format!("{listed} and {more} more"),
    }
}
