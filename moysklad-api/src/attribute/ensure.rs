//! Making sure that additional fields exist.

use super::{Attribute, New};
use crate::ensured::{self, Difference, Ensured, Wanted, compare};
use crate::entity::{Definitions, Resource, WithAttributes};
use crate::error::{Result, RowError};
use crate::meta::{Meta, Ref, Untyped};

impl Wanted<Attribute> for New {
    fn is(&self, found: &Attribute) -> bool {
        self.name == found.name
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
    }

    fn differences(&self, found: &Attribute) -> Vec<Difference> {
        let mut all = Vec::new();
        let kind = Some(self.kind.as_str());
        compare(&mut all, "type", kind, Some(found.kind.as_str()));
        compare(&mut all, "required", self.required, found.required);
        compare(&mut all, "show", self.show, found.show);
        let description = |text: &Option<String>| Some(text.clone().unwrap_or_default());
        if self.description.is_some() {
            let (wanted, found) = (&self.description, &found.description);
            compare(
                &mut all,
                "description",
                description(wanted),
                description(found),
            );
        }
        // One dictionary has links of two forms, which end with the same id or `metadata` after it.
        let dictionary = |meta: &Option<Meta>| meta.as_ref().map(dictionary_of);
        let (wanted, found) = (&self.custom_entity_meta, &found.custom_entity_meta);
        compare(
            &mut all,
            "customEntityMeta",
            dictionary(wanted),
            dictionary(found),
        );
        all
    }
}

/// The id of a custom dictionary, whichever way its link is written.
fn dictionary_of(meta: &Meta) -> String {
    let link = meta.href.as_deref().unwrap_or_default();
    let link = link.trim_end_matches('/').trim_end_matches("/metadata");
    let meta = Meta {
        href: Some(link.to_owned()),
        ..Meta::default()
    };
    let id = Ref::<Untyped>::from_meta(meta).id();
    id.map_or_else(|| link.to_owned(), |id| id.to_string())
}

impl<T> Definitions<T, Attribute> {
    pub(crate) async fn ensure(
        &self,
        wanted: &[New],
    ) -> Result<Vec<Result<Ensured<Attribute>, RowError>>> {
        let there = self.list().send().await?;
        let missing = ensured::missing(wanted, &there);
        if missing.is_empty() {
            return Ok(ensured::settle(wanted, &there, &[], Vec::new(), &[]));
        }
        let created = self.create_many(missing.clone()).send().await;
        let again = if created.iter().any(Result::is_err) {
            // Somebody may have been faster, or the answer alone was lost.
            self.list().send().await.unwrap_or_default()
        } else {
            Vec::new()
        };
        Ok(ensured::settle(wanted, &there, &missing, created, &again))
    }
}

impl<T: WithAttributes> Resource<T> {
    /// Creates the additional fields (дополнительные поля) that are missing, and changes nothing
    /// else.
    ///
    /// Fields go by their names. Called again it does nothing. The results stand in the order of
    /// what is wanted; a field that is there but differs is reported and not changed.
    ///
    /// # Errors
    ///
    /// If the fields cannot be listed; that of a result if one cannot be created, for example
    /// because the caller is no administrator.
    pub async fn ensure_attributes(
        &self,
        wanted: &[New],
    ) -> Result<Vec<Result<Ensured<Attribute>, RowError>>> {
        self.attributes().ensure(wanted).await
    }
}
