//! The word that ends the addresses of webhooks, which nobody else may know.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
#[cfg(feature = "webhooks")]
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};

/// Fewest characters: sixteen random ones cannot be guessed.
const SHORTEST: usize = 16;
/// Most characters, so that every address is short enough for МойСклад.
const LONGEST: usize = 64;

/// A secret that stands in an address as it is.
#[derive(Clone)]
pub(crate) struct WebhookSecret(SecretString);

impl WebhookSecret {
    pub(crate) fn new(text: String) -> Result<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if (SHORTEST..=LONGEST).contains(&text.len()) && text.chars().all(plain) {
            return Ok(Self(text.into()));
        }
        Err(Error::config(format!(
            "the secret of webhooks must have {SHORTEST} to {LONGEST} letters, digits, `-` or `_`"
        )))
    }

    /// Whether a word is the secret; it takes as long for a near miss as for any other.
    #[cfg(feature = "webhooks")]
    pub(crate) fn matches(&self, word: &str) -> bool {
        let secret = self.0.expose_secret().as_bytes();
        secret.ct_eq(word.as_bytes()).into()
    }

    /// The address that the secret ends.
    pub(crate) fn address(&self, base: &str, service: &str) -> String {
        format!("{base}/{service}/{}", self.0.expose_secret())
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_can_be_guessed_or_breaks_an_address_is_refused_and_not_shown() {
        for bad in [
            "",
            "short",
            "with a blank in it",
            "with/a/slash/in/it",
            "пароль-пароль-пароль",
        ] {
            let error = WebhookSecret::new(bad.to_owned()).unwrap_err();
            assert!(error.is_config());
            assert!(
                bad.is_empty() || !error.to_string().contains(bad),
                "{error}"
            );
        }
        assert!(WebhookSecret::new("x".repeat(65)).is_err());

        let good = WebhookSecret::new("0123456789-Abc_def".to_owned()).unwrap();

        assert_eq!(format!("{good:?}"), "WebhookSecret(…)");
    }

    #[cfg(feature = "webhooks")]
    #[test]
    fn only_the_whole_secret_matches() {
        let secret = WebhookSecret::new("0123456789abcdef".to_owned()).unwrap();

        assert!(secret.matches("0123456789abcdef"));
        for other in [
            "",
            "0123456789abcde",
            "0123456789abcdef0",
            "0123456789abcdeF",
        ] {
            assert!(!secret.matches(other), "{other}");
        }
    }
}
