//! Webhooks (вебхуки) of МойСклад: which the sync listens to, and their registration.

use moysklad_api::cash_in::CashIn;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::entity::Entity;
use moysklad_api::payment_in::PaymentIn;
use moysklad_api::webhook::{self, Action, DiffType, Webhook};
use moysklad_api::{Ensured, ErrorCode, RowError};
use tracing::info;

use super::Sync;
use crate::check::{Check, Outcome, Verdict};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::webhook_secret::WebhookSecret;

/// The part of the address that names МойСклад.
const SERVICE: &str = "moysklad";

/// A webhook (вебхук) of МойСклад that the sync listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegisteredWebhook {
    /// Keyword of the type whose objects it tells of, such as `customerorder`.
    pub entity_type: &'static str,
    /// What has to happen to them.
    pub action: Action,
    /// Whether it was missing or switched off until now.
    pub is_new: bool,
}

/// What the flows have to hear of: orders of leads are made by the sync itself, so only what becomes
/// of them counts; payments may be made, changed and deleted.
fn wanted() -> Vec<(&'static str, Action)> {
    let (order, payment, receipt) = (CustomerOrder::TYPE, PaymentIn::TYPE, CashIn::TYPE);
    vec![
        (order, Action::Update),
        (order, Action::Delete),
        (payment, Action::Create),
        (payment, Action::Update),
        (payment, Action::Delete),
        (receipt, Action::Create),
        (receipt, Action::Update),
        (receipt, Action::Delete),
    ]
}

/// What the addresses of the sync's own webhooks begin with; nothing when none are configured.
pub(super) fn own_prefix(config: &Config) -> Option<String> {
    Some(format!("{}/{SERVICE}/", config.webhooks.base()?))
}

/// The secret, once it is found to be good; none is needed while no webhook is configured.
pub(super) fn secret(text: Option<String>, config: &Config) -> Result<Option<WebhookSecret>> {
    if text.is_none() && config.webhooks.url.is_some() {
        return Err(Error::config(
            "`webhooks.url` is set, so the program has to give the secret of webhooks too",
        ));
    }
    text.map(WebhookSecret::new).transpose()
}

impl Sync {
    /// Registers in МойСклад the webhooks (вебхуки) that the flows listen to, at `webhooks.url`.
    ///
    /// Without that setting there are none. Doing it again registers nothing; one of them that is
    /// switched off is switched on again, which МойСклад does not do by itself. Webhooks with other
    /// addresses stay as they are. Calltouch lets its webhooks be set up in the cabinet only.
    ///
    /// # Errors
    ///
    /// [`Error::is_refused`] when the credentials are refused or the user is no administrator,
    /// [`Error::is_config`] when the tariff has no webhooks or a type has as many as it may have.
    pub async fn register_webhooks(&self) -> Result<Vec<RegisteredWebhook>> {
        let Some(wanted_there) = self.webhooks_wanted() else {
            return Ok(Vec::new());
        };
        let moysklad = &self.inner.moysklad;
        let there = moysklad.ensure_webhooks(&wanted_there).await?;
        let mut registered = Vec::new();
        for ((entity_type, action), webhook) in wanted().into_iter().zip(there) {
            let is_new = match webhook {
                Ok(Ensured::Created(_)) => true,
                Ok(same) if same.differences().is_empty() => false,
                Ok(other) => {
                    let update = webhook::Update {
                        enabled: Some(true),
                        diff_type: (action == Action::Update).then_some(DiffType::None),
                        ..webhook::Update::default()
                    };
                    moysklad
                        .webhooks()
                        .update(other.get().id, update)
                        .send()
                        .await?;
                    true
                }
                Err(error) => return Err(refusal(entity_type, &action, &error)),
            };
            registered.push(RegisteredWebhook {
                entity_type,
                action,
                is_new,
            });
        }
        let new = registered.iter().filter(|webhook| webhook.is_new).count();
        info!(new, all = registered.len(), "webhooks are registered");
        Ok(registered)
    }

    #[cfg(feature = "webhooks")]
    pub(crate) fn webhook_secret(&self) -> Option<&WebhookSecret> {
        self.inner.webhook_secret.as_ref()
    }

    #[cfg(feature = "webhooks")]
    pub(crate) fn site_id(&self) -> u64 {
        self.inner.config.calltouch.site_id
    }

    #[cfg(feature = "webhooks")]
    pub(crate) fn now(&self) -> jiff::Timestamp {
        (self.inner.clock)()
    }

    fn webhooks_wanted(&self) -> Option<Vec<webhook::New>> {
        let base = self.inner.config.webhooks.base()?;
        let secret = self.inner.webhook_secret.as_ref()?;
        let url = secret.address(base, SERVICE);
        let all = wanted().into_iter();
        Some(
            all.map(|(entity_type, action)| webhook::New::new(&url, entity_type, action))
                .collect(),
        )
    }

    /// How the webhooks stand, if there are to be any and МойСклад can be asked at all.
    pub(super) async fn webhooks_verdict(&self, check: &Check) -> Option<Verdict> {
        let wanted = self.webhooks_wanted()?;
        if check.has(Outcome::Refused) {
            return None;
        }
        let there = self.inner.moysklad.webhooks().list().send_all().await;
        let (outcome, text) = match there.map_err(Error::from) {
            Ok(there) => {
                let missing = wanted.iter().filter(|wanted| !is_there(wanted, &there));
                match missing.count() {
                    0 => (
                        Outcome::Good,
                        format!("all {} are registered", wanted.len()),
                    ),
                    n => (
                        Outcome::ToPrepare,
                        format!(
                            "{n} of {} are missing or switched off; the preparation registers them",
                            wanted.len()
                        ),
                    ),
                }
            }
            Err(error) if error.is_refused() => (Outcome::Refused, error.to_string()),
            Err(error) => (Outcome::Unknown, error.to_string()),
        };
        Some(Verdict {
            item: "МойСклад webhooks",
            outcome,
            text,
        })
    }
}

fn is_there(wanted: &webhook::New, there: &[Webhook]) -> bool {
    there.iter().any(|found| {
        found.url == wanted.url
            && found.action == wanted.action
            && found.entity_type == wanted.entity_type
            && found.enabled != Some(false)
    })
}

/// Why a webhook cannot be registered, without its address.
fn refusal(entity_type: &str, action: &Action, error: &RowError) -> Error {
    let what = format!("the webhook {entity_type} {}", action.as_str());
    let code = error.code();
    let known = |text: &str| {
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        format!("{what} cannot be registered{code}: {text}")
    };
    match code {
        Some(ErrorCode::TOO_MANY_WEBHOOKS) => Error::account(known(
            "МойСклад has as many webhooks of this kind as it allows; remove one that nobody needs",
        )),
        Some(ErrorCode::WEBHOOK_TARIFF) => Error::account(known(
            "the tariff of the account has no webhooks; remove `webhooks.url`, the sync then looks by itself",
        )),
        Some(ErrorCode::WEBHOOK_URL | ErrorCode::WEBHOOK_URL_TOO_LONG) => Error::account(known(
            "МойСклад does not take the address; correct `webhooks.url`",
        )),
        Some(ErrorCode::WEBHOOKS_NEED_ADMIN) => Error::rights(known(
            "let an administrator of the account run the preparation",
        )),
        _ if error.is_unclear() || error.is_retryable() => {
            Error::passing(known("try the preparation again"))
        }
        _ if error
            .cause()
            .is_some_and(moysklad_api::Error::is_unauthorized) =>
        {
            Error::rights(known("the credentials are refused"))
        }
        _ => Error::account(known("МойСклад refuses it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_secret_is_refused_and_a_secret_without_an_address_is_not() {
        let mut config = Config::new(7);
        let good = || Some("0123456789abcdef".to_owned());
        assert!(secret(None, &config).unwrap().is_none());
        assert!(secret(good(), &config).unwrap().is_some());

        config.webhooks.url = Some("https://shop.example.org/hooks/".into());

        assert!(secret(None, &config).unwrap_err().is_config());
        assert_eq!(
            own_prefix(&config).as_deref(),
            Some("https://shop.example.org/hooks/moysklad/")
        );
    }
}
