//! Which addresses a client may keep webhooks from being sent to.

use http::HeaderValue;
use url::Url;

use crate::error::{Error, Result};

/// The prefix as a header, if the service takes it.
pub(crate) fn prefix(prefix: &str) -> Result<HeaderValue> {
    let is_full = |url: Url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| host.contains('.'))
    };
    let header = HeaderValue::try_from(prefix).ok();
    header
        .filter(|header| header.to_str().is_ok() && prefix.parse().is_ok_and(is_full))
        .ok_or_else(|| {
            Error::unsendable(
                "client.suppress_webhooks",
                "a webhook prefix needs its scheme and full domain, in ASCII",
            )
        })
}
