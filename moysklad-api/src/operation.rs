//! What a payment pays for.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_with::{As, DefaultOnNull};

use crate::customer_order::CustomerOrder;
use crate::entity::Entity;
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::money::Money;

/// A document that a payment pays for, and the part of the payment that counts for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Operation {
    /// What the service tells about the document.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The part of the payment, in kopecks.
    pub linked_sum: Option<Money>,
}

impl Operation {
    /// Lets so much of a payment count for a document.
    #[must_use]
    pub fn new<T>(document: &Ref<T>, linked: Money) -> Self {
        Self {
            meta: document.meta().clone(),
            linked_sum: Some(linked),
        }
    }

    /// The order that is paid; none if the document is of another type.
    #[must_use]
    pub fn customer_order(&self) -> Option<Id<CustomerOrder>> {
        let reference = Ref::<CustomerOrder>::from_meta(self.meta.clone());
        (reference.entity_type() == Some(CustomerOrder::TYPE))
            .then(|| reference.id())
            .flatten()
    }
}

impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("meta", &Ref::<()>::from_meta(self.meta.clone()).short())?;
        if let Some(linked) = &self.linked_sum {
            map.serialize_entry("linkedSum", linked)?;
        }
        map.end()
    }
}
