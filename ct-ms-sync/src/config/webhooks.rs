//! Where the two services send their webhooks (вебхуки).

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The longest address of a webhook that МойСклад takes.
const LONGEST_URL: usize = 255;
/// What is added to the address: the name of the service, the secret, and three slashes.
const LONGEST_TAIL: usize = 80;

/// Webhooks (вебхуки) of both services; they wake the sync between two cycles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// Public address under which the receiver is mounted, as `https://shop.example.org/hooks`.
    ///
    /// With it the preparation registers webhooks in МойСклад, and the sync's own writes fire none
    /// of them. The secret that completes the addresses is no part of the configuration: the
    /// program gives it to [`SyncBuilder::webhook_secret`](crate::SyncBuilder::webhook_secret).
    pub url: Option<String>,
}

impl Webhooks {
    /// The address without the slash at its end.
    pub(crate) fn base(&self) -> Option<&str> {
        self.url.as_deref().map(|url| url.trim_end_matches('/'))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let Some(url) = self.base() else {
            return Ok(());
        };
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', ':']).next());
        // МойСклад takes no shorter name of a host for what it is told not to call.
        let has_domain = host.is_some_and(|host| host.trim_matches('.').contains('.'));
        let plain = !url.contains(['?', '#', '@']) && url.chars().all(|c| c.is_ascii_graphic());
        if has_domain && plain && url.len() + LONGEST_TAIL <= LONGEST_URL {
            return Ok(());
        }
        Err(Error::config(format!(
            "`webhooks.url` must be http:// or https:// with a full domain, without `?`, `#` and `@`, in at most {} ASCII characters",
            LONGEST_URL - LONGEST_TAIL
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_moysklad_can_call_is_taken() {
        let check = |url: &str| {
            let url = Some(url.to_owned());
            Webhooks { url }.check()
        };
        for good in [
            "https://shop.example.org",
            "https://shop.example.org:8443/hooks/",
            "http://127.0.0.1:8080/hooks",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        let long = format!("https://shop.example.org/{}", "x".repeat(200));
        for bad in [
            "",
            "shop.example.org",
            "ftp://shop.example.org",
            "https://localhost/hooks",
            "https://shop.example.org/a?b",
            "https://user:word@shop.example.org",
            "https://пример.рф",
            &long,
        ] {
            let error = check(bad).unwrap_err();
            assert!(error.is_config() && error.to_string().contains("webhooks.url"));
        }
        assert!(Webhooks::default().check().is_ok());
    }
}
