//! The МойСклад account as the flows need it: organization, states, source fields.

use std::collections::BTreeMap;

use moysklad_api::attribute::{self, Attribute, AttributeKind};
use moysklad_api::metadata::Metadata;
use moysklad_api::organization::Organization;
use moysklad_api::state::{State, StateType};
use moysklad_api::{Client, ErrorCode, Id};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Orders;
use crate::error::{Error, Result};
use crate::source_field::{SOURCE_FIELDS, SourceField};

/// State (статус) of new orders when the configuration names none.
const USUAL_INITIAL_STATE: &str = "Новый";

/// What stays the same from cycle to cycle; the store keeps it for an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) organization: Id<Organization>,
    pub(crate) states: Vec<OrderState>,
    pub(crate) initial_state: Option<Id<State>>,
    /// The source fields by code.
    pub(crate) fields: BTreeMap<String, KnownField>,
}

/// A source field as the account has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KnownField {
    pub(crate) id: Id<Attribute>,
    /// Most characters the field takes: 255 in a line (Строка), 4096 in a text (Текст).
    pub(crate) capacity: usize,
}

impl KnownField {
    /// Nothing when the field takes no text.
    fn new(attribute: &Attribute) -> Option<Self> {
        let capacity = match attribute.kind {
            AttributeKind::String => 255,
            AttributeKind::Text => 4096,
            _ => return None,
        };
        Some(Self {
            id: attribute.id,
            capacity,
        })
    }
}

/// A state (статус) of orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderState {
    pub(crate) id: Id<State>,
    pub(crate) name: String,
    pub(crate) state_type: StateType,
}

impl From<&State> for OrderState {
    fn from(state: &State) -> Self {
        Self {
            id: state.id,
            name: state.name.clone(),
            state_type: state.state_type.clone(),
        }
    }
}

impl Setup {
    pub(crate) fn state(&self, id: Id<State>) -> Option<&OrderState> {
        self.states.iter().find(|state| state.id == id)
    }
}

/// The organization (юрлицо) of new orders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChosenOrganization {
    pub(crate) id: Id<Organization>,
    pub(crate) account: Uuid,
}

/// Finds the organization that the settings mean.
pub(crate) async fn organization(client: &Client, settings: &Orders) -> Result<ChosenOrganization> {
    let all = client.organizations().list().send().await?.rows;
    let chosen = |organization: &Organization| match organization.account_id {
        Some(account) => Ok(ChosenOrganization {
            id: organization.id,
            account,
        }),
        None => Err(Error::account(
            "МойСклад does not say which account the organization belongs to",
        )),
    };
    let names = || {
        all.iter()
            .map(|one| format!("«{}»", one.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
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

/// Reads states and source fields, and creates the missing fields if the settings allow it.
///
/// Returns the names of the fields that were created too.
pub(crate) async fn read(
    client: &Client,
    settings: &Orders,
    organization: Id<Organization>,
) -> Result<(Setup, Vec<String>)> {
    let metadata = client.customer_orders().metadata().send().await?;
    let states: Vec<OrderState> = metadata.states.iter().map(OrderState::from).collect();
    let initial_state = initial_state(&states, settings)?;
    let FoundFields {
        there: mut fields,
        missing,
    } = fields(&metadata)?;
    if !missing.is_empty() && !settings.create_missing_fields {
        return Err(Error::account(format!(
            "the orders of the account lack the custom fields {}; run the preparation once, or set `orders.create_missing_fields = true`",
            quoted(&missing)
        )));
    }
    let created = create(client, &missing).await?;
    if created.len() < missing.len() {
        let metadata = client.customer_orders().metadata().send().await?;
        let found = self::fields(&metadata)?;
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
            .map(|(field, known)| (field.code.to_owned(), *known)),
    );
    let created = created
        .iter()
        .map(|(field, _)| field.name.to_owned())
        .collect();
    Ok((
        Setup {
            organization,
            states,
            initial_state,
            fields,
        },
        created,
    ))
}

/// The state of new orders; nothing when the account has no states at all.
pub(crate) fn initial_state(states: &[OrderState], settings: &Orders) -> Result<Option<Id<State>>> {
    let named = |name: &str| states.iter().find(|state| state.name == name);
    match &settings.initial_state {
        Some(name) => named(name).map(|state| Some(state.id)).ok_or_else(|| {
            let all: Vec<String> = states
                .iter()
                .map(|state| format!("«{}»", state.name))
                .collect();
            Error::account(format!(
                "`orders.initial_state`: orders have no state «{name}»; they have {}",
                all.join(", ")
            ))
        }),
        None => Ok(named(USUAL_INITIAL_STATE)
            .or(states.first())
            .map(|state| state.id)),
    }
}

/// The source fields that are there, and those that are not.
#[derive(Debug, Default)]
pub(crate) struct FoundFields {
    /// By code.
    pub(crate) there: BTreeMap<String, KnownField>,
    pub(crate) missing: Vec<SourceField>,
}

/// Looks for the source fields among the custom fields of orders.
pub(crate) fn fields(metadata: &Metadata) -> Result<FoundFields> {
    let mut found = FoundFields::default();
    for field in SOURCE_FIELDS {
        match find(&metadata.attributes, field).map(|found| (found, KnownField::new(found))) {
            Some((_, Some(known))) => {
                found.there.insert(field.code.to_owned(), known);
            }
            Some((attribute, None)) => {
                return Err(Error::account(format!(
                    "the custom field «{}» of orders holds no text; rename it, so that a text field can take its place",
                    attribute.name
                )));
            }
            None => found.missing.push(field),
        }
    }
    Ok(found)
}

/// A field by its description, else by its name: a manager may have renamed it.
fn find(attributes: &[Attribute], field: SourceField) -> Option<&Attribute> {
    let described = |attribute: &&Attribute| {
        attribute.description.as_ref().is_some_and(|text| {
            text.split_whitespace()
                .any(|word| word == field.description())
        })
    };
    attributes.iter().find(described).or_else(|| {
        attributes
            .iter()
            .find(|attribute| attribute.name == field.name)
    })
}

/// Creates source fields, all in one request.
///
/// Leaves out those whose name is taken: another program has made them in the meantime.
async fn create(client: &Client, fields: &[SourceField]) -> Result<Vec<(SourceField, KnownField)>> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let new = fields
        .iter()
        .map(|field| attribute::New::new(field.name, field.kind()).description(field.description()))
        .collect();
    let rows = client
        .customer_orders()
        .attributes()
        .create_many(new)
        .send()
        .await;
    fields
        .iter()
        .zip(rows)
        .filter_map(|(field, row)| match row {
            Ok(attribute) => KnownField::new(&attribute).map(|known| Ok((*field, known))),
            Err(error) if error.code() == Some(ErrorCode::NOT_UNIQUE) => None,
            Err(error) if error.is_unclear() || error.is_retryable() => {
                Some(Err(Error::passing(format!(
                    "the custom field «{}» of orders could not be created: {error}",
                    field.name
                ))))
            }
            Err(error) => Some(Err(Error::rights(format!(
                "the custom field «{}» of orders cannot be created ({error}); let an administrator of the account run the preparation",
                field.name
            )))),
        })
        .collect()
}

pub(crate) fn quoted(fields: &[SourceField]) -> String {
    fields
        .iter()
        .map(|field| format!("«{}»", field.name))
        .collect::<Vec<_>>()
        .join(", ")
}
