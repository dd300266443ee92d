//! Who sent a webhook: by its address, and by a secret in the path.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use subtle::ConstantTimeEq;

/// The network Calltouch sends webhooks from, `92.118.66.0/23`.
const NETWORK: Ipv4Addr = Ipv4Addr::new(92, 118, 66, 0);
const NETWORK_BITS: u32 = 23;

/// Whether an address is of the network Calltouch sends webhooks from, 92.118.66.0/23.
///
/// Behind a proxy this must be the address the proxy saw, and only if the proxy is one's own: a header
/// is written by anybody.
#[must_use]
pub fn is_calltouch(address: IpAddr) -> bool {
    let IpAddr::V4(address) = address.to_canonical() else {
        return false;
    };
    let network = |address: Ipv4Addr| address.to_bits() >> (Ipv4Addr::BITS - NETWORK_BITS);
    network(address) == network(NETWORK)
}

/// Guards the address of a receiver, since Calltouch signs nothing.
///
/// Put a long random word into the address that is set in the cabinet, and check it here. The check takes
/// as long for a near miss as for any other, so the word cannot be guessed letter by letter.
///
/// The value never shows in `Debug`. An empty secret guards nothing: it matches nothing.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Holds the secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(SecretString::from(secret.into()))
    }

    /// Whether a word is the secret.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        let secret = self.0.expose_secret().as_bytes();
        !secret.is_empty() && bool::from(secret.ct_eq(word.as_bytes()))
    }

    /// Whether the last part of a path is the secret, as in `/hooks/calltouch/SECRET`.
    #[must_use]
    pub fn guards(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let last = path.trim_end_matches('/').rsplit('/').next();
        last.is_some_and(|last| self.matches(last))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_ends_where_it_ends() {
        let table = [
            ("92.118.66.0", true),
            ("92.118.67.255", true),
            ("::ffff:92.118.66.7", true),
            ("92.118.65.255", false),
            ("92.118.68.0", false),
            ("127.0.0.1", false),
            ("::1", false),
        ];
        for (address, wanted) in table {
            assert_eq!(is_calltouch(address.parse().unwrap()), wanted, "{address}");
        }
    }

    #[test]
    fn only_the_whole_secret_at_the_end_of_the_path_opens() {
        let secret = Secret::new("s3cret");
        for path in ["/hooks/s3cret", "/hooks/s3cret/", "s3cret", "/s3cret?id=1"] {
            assert!(secret.guards(path), "{path}");
        }
        for path in [
            "/hooks/s3cre",
            "/hooks/s3crets",
            "/s3cret/x",
            "/x?s=/s3cret",
            "",
            "/",
        ] {
            assert!(!secret.guards(path), "{path}");
        }
    }

    #[test]
    fn an_empty_secret_opens_nothing() {
        let secret = Secret::new("");

        assert!(!secret.matches("") && !secret.guards("/hooks/"));
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("s3cret")), "Secret(…)");
    }
}
