//! Making sure that webhooks are registered.

use url::Url;

use super::{DiffType, New, Webhook};
use crate::client::Client;
use crate::ensured::{self, Difference, Ensured, Wanted, compare};
use crate::error::{Result, RowError};

impl Wanted<Webhook> for New {
    fn is(&self, found: &Webhook) -> bool {
        self.action == found.action
            && self.entity_type == found.entity_type
            && is_same_address(&self.url, &found.url)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.action == other.action
            && self.entity_type == other.entity_type
            && is_same_address(&self.url, &other.url)
    }

    fn differences(&self, found: &Webhook) -> Vec<Difference> {
        let mut differences = Vec::new();
        let diff_type =
            |diff: &Option<DiffType>| diff.as_ref().map_or("NONE", DiffType::as_str).to_owned();
        compare(
            &mut differences,
            "diffType",
            Some(diff_type(&self.diff_type)),
            Some(diff_type(&found.diff_type)),
        );
        compare(
            &mut differences,
            "enabled",
            Some(true),
            Some(found.enabled.unwrap_or(true)),
        );
        differences
    }
}

/// One address can be spelt in several ways, which is no reason for a second webhook.
fn is_same_address(one: &str, other: &str) -> bool {
    one == other
        || matches!((Url::parse(one), Url::parse(other)), (Ok(one), Ok(other)) if one == other)
}

impl Client {
    /// Registers the webhooks that are missing, reports those that differ, and leaves all others
    /// alone.
    ///
    /// Called again it does nothing. The results stand in the order of what is wanted; a webhook
    /// that is there but switched off, or tells of changes in another way, is reported and not
    /// changed.
    ///
    /// # Errors
    ///
    /// If the webhooks cannot be listed; that of a result if one cannot be registered, for example
    /// because [`Error::is_tariff`](crate::Error::is_tariff).
    pub async fn ensure_webhooks(
        &self,
        wanted: &[New],
    ) -> Result<Vec<Result<Ensured<Webhook>, RowError>>> {
        let webhooks = self.webhooks();
        let there = webhooks.list().send_all().await?;
        let missing = ensured::missing(wanted, &there);
        if missing.is_empty() {
            return Ok(ensured::settle(wanted, &there, &[], Vec::new(), &[]));
        }
        let created = webhooks.create_many(missing.clone()).send().await;
        let again = if created.iter().any(Result::is_err) {
            // Somebody may have been faster, or the answer alone was lost.
            webhooks.list().send_all().await.unwrap_or_default()
        } else {
            Vec::new()
        };
        Ok(ensured::settle(wanted, &there, &missing, created, &again))
    }
}
