//! Documents that the service fills in before they are saved (шаблоны).

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::write::Save;
use super::{Create, Entity, Resource, Update, operation};
use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Effect, Error, Result};
use crate::id::Id;
use crate::meta::Ref;
use crate::transport::Call;

/// Documents that the service fills in on request.
pub trait Template: Create {}

/// Documents that a new `D` can be filled in from.
pub trait Base<D: Template>: Entity {
    /// The field of the new document that names its base.
    const FIELD: &'static str;
    /// Whether the field is a list.
    const MANY: bool = false;
}

/// A document that is filled in and not saved yet.
///
/// It has no id. [`with`](Self::with) changes it, [`Resource::create_draft`] saves it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(transparent, bound = "")]
pub struct Draft<D> {
    fields: Map<String, Value>,
    #[serde(skip)]
    of: PhantomData<fn() -> D>,
}

impl<D> Draft<D> {
    /// The fields as the service filled them in, by their names on the wire.
    #[must_use]
    pub const fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    /// Reads one field; none if it is absent or of another type.
    #[must_use]
    pub fn field<V: DeserializeOwned>(&self, name: &str) -> Option<V> {
        V::deserialize(self.fields.get(name)?).ok()
    }
}

impl<D: Update> Draft<D> {
    /// Changes the fields that the update names.
    ///
    /// # Errors
    ///
    /// If the update is no JSON object, which those of this crate always are.
    pub fn with(mut self, update: &D::Update) -> Result<Self> {
        let wrong = |why| Error::unsendable(operation::<D>("draft"), why);
        match serde_json::to_value(update) {
            Ok(Value::Object(changed)) => self.fields.extend(changed),
            Ok(_) => return Err(wrong("the update is no JSON object".to_owned())),
            Err(error) => return Err(wrong(error.to_string())),
        }
        Ok(self)
    }
}

/// A document to be filled in.
#[must_use = "a request does nothing until it is sent"]
pub struct GetTemplate<D> {
    client: Client,
    call: Result<Call>,
    of: PhantomData<fn() -> D>,
}

impl<D: Template> GetTemplate<D> {
    fn new(client: Client, base: &Map<String, Value>) -> Self {
        let path = format!("{}/new", D::path());
        // Nothing is saved, so that asking twice does no harm.
        let call = Call::new(operation::<D>("template"), Method::PUT, path, Effect::Read);
        Self {
            client,
            call: call.json(base),
            of: PhantomData,
        }
    }

    /// Reads the document that the service filled in; it saves nothing.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the base is gone.
    pub async fn send(self) -> Result<Draft<D>> {
        let sent = self
            .client
            .transport()
            .call(&self.call?, Answer::decode)
            .await?;
        Ok(sent.value)
    }
}

impl<D: Template> fmt::Debug for GetTemplate<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GetTemplate({})", D::TYPE)
    }
}

impl<D: Template> Resource<D> {
    /// Fills in a new document with the account's defaults; nothing is saved.
    pub fn template(&self) -> GetTemplate<D> {
        GetTemplate::new(self.client.clone(), &Map::new())
    }

    /// Fills in a new document from one that is there, such as a shipment from an order.
    ///
    /// ```no_run
    /// # use moysklad_api::{Client, Error, Id, customer_order::CustomerOrder, demand};
    /// # async fn run(client: Client, order: Id<CustomerOrder>) -> Result<(), Error> {
    /// let draft = client.demands().template_from(order).send().await?;
    /// let draft = draft.with(&demand::Update {
    ///     description: "К отгрузке".to_owned().into(),
    ///     ..Default::default()
    /// })?;
    /// let demand = client.demands().create_draft(&draft).send().await?;
    /// # Ok(()) }
    /// ```
    pub fn template_from<B: Base<D>>(&self, base: Id<B>) -> GetTemplate<D> {
        let reference = serde_json::to_value(Ref::new(base)).unwrap_or_default();
        let value = if B::MANY {
            Value::Array(vec![reference])
        } else {
            reference
        };
        let base = Map::from_iter([(B::FIELD.to_owned(), value)]);
        GetTemplate::new(self.client.clone(), &base)
    }

    /// Saves a document that was filled in.
    ///
    /// It is sent again only if it surely was not carried out.
    pub fn create_draft(&self, draft: &Draft<D>) -> Save<D> {
        let call = Call::new(
            operation::<D>("create"),
            Method::POST,
            D::path(),
            Effect::Write,
        );
        Save::new(self.client.clone(), call, draft)
    }
}
