//! Custom dictionaries (пользовательские справочники) and their elements.
//!
//! [`Client::custom_entities`](crate::Client::custom_entities) creates, renames and deletes
//! dictionaries; [`elements`](CustomEntities::elements) leads to what one holds, and
//! [`attributes`](CustomEntities::attributes) to the additional fields of the elements. The service
//! has no list of dictionaries apart from the company's settings
//! ([`custom_dictionaries`](crate::company_settings::CompanySettings::custom_dictionaries)):
//!
//! ```compile_fail,E0599
//! # fn run(client: moysklad_api::Client) {
//! client.custom_entities().list();
//! # }
//! ```
//!
//! See [МойСклад: пользовательский справочник](https://dev.moysklad.ru/doc/api/remap/1.2/).

use http::Method;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull};

use crate::attribute::{self, Attribute};
use crate::client::Client;
use crate::company_settings::CustomDictionary;
use crate::ensured::Ensured;
use crate::entity::{Addressed, Definitions, Get, Parts, Remove, Save};
use crate::error::{Effect, Result, RowError};
use crate::id::Id;
use crate::meta::Meta;
use crate::transport::Call;

pub mod element;

use element::Element;

const PATH: &str = "entity/customentity";

/// A dictionary that the account made itself (пользовательский справочник).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomEntity {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<CustomEntity>,
    /// The name (наименование).
    pub name: String,
}

/// A dictionary to be created; the same, sent to a dictionary, renames it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
}

impl New {
    /// Names the dictionary.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

impl Addressed for CustomEntity {
    const KEYWORD: &'static str = "customentity";

    fn address() -> String {
        PATH.to_owned()
    }
}

/// The custom dictionaries (пользовательские справочники) of the account.
#[derive(Clone, Debug)]
pub struct CustomEntities {
    client: Client,
}

impl CustomEntities {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Creates a dictionary.
    ///
    /// It is sent again only if it surely was not carried out.
    pub fn create(&self, new: New) -> Save<CustomEntity> {
        let call = Call::new("customentity.create", Method::POST, PATH, Effect::Write);
        Save::new(self.client.clone(), call, &new)
    }

    /// Renames a dictionary.
    pub fn update(&self, id: Id<CustomEntity>, update: New) -> Save<CustomEntity> {
        let effect = Effect::RepeatableWrite;
        let call = Call::new("customentity.update", Method::PUT, PATH, effect).id(id);
        Save::new(self.client.clone(), call, &update)
    }

    /// Deletes a dictionary for good, unless an additional field holds its elements.
    pub fn delete(&self, id: Id<CustomEntity>) -> Remove {
        let effect = Effect::RepeatableWrite;
        let call = Call::new("customentity.delete", Method::DELETE, PATH, effect).id(id);
        Remove::new(self.client.clone(), call)
    }

    /// Reads the name of a dictionary and what is set up for its elements (метаданные).
    pub fn describe(&self, id: Id<CustomEntity>) -> Get<CustomDictionary> {
        let call = Call::get("customentity.metadata", PATH).id(id);
        Get::new(self.client.clone(), call.then("metadata"))
    }

    /// The elements (элементы) of one dictionary.
    #[must_use]
    pub fn elements(&self, dictionary: Id<CustomEntity>) -> Parts<CustomEntity, Element> {
        Parts::new(self.client.clone(), dictionary)
    }

    /// The definitions of the additional fields that elements of one dictionary have.
    #[must_use]
    pub fn attributes(&self, dictionary: Id<CustomEntity>) -> Definitions<Element, Attribute> {
        let (path, template) = (format!("{PATH}/{dictionary}"), format!("{PATH}/{{id}}"));
        Definitions::under(self.client.clone(), CustomEntity::KEYWORD, path, template)
    }

    /// Creates the additional fields that elements of one dictionary lack, and changes nothing
    /// else; see [`ensure_attributes`](crate::entity::Resource::ensure_attributes).
    ///
    /// # Errors
    ///
    /// If the fields cannot be listed; that of a result if one cannot be created.
    pub async fn ensure_attributes(
        &self,
        dictionary: Id<CustomEntity>,
        wanted: &[attribute::New],
    ) -> Result<Vec<Result<Ensured<Attribute>, RowError>>> {
        self.attributes(dictionary).ensure(wanted).await
    }
}
