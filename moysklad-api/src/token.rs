//! Access tokens (токены доступа), issued for a login and its password.
//!
//! [`Client::issue_token`](crate::Client::issue_token) is the way to them.

use std::fmt;

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_with::{As, FromInto};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Effect, Error, Result};
use crate::secret::Credentials;
use crate::transport::Call;

const OPERATION: &str = "token.issue";

/// A new access token; it does not show itself.
#[derive(Clone, Deserialize)]
pub struct Token {
    #[serde(with = "As::<FromInto<String>>")]
    access_token: SecretString,
}

impl Token {
    /// The credentials of a client that uses the token.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials::token(self.access_token.expose_secret())
    }

    /// The token itself, to be kept somewhere safe.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.access_token.expose_secret()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A token to be issued.
///
/// **Issuing a token revokes all tokens that the user was issued before**, those of other programs
/// too.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct IssueToken {
    client: Client,
}

impl IssueToken {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Issues a token and revokes all earlier ones of the user.
    ///
    /// # Errors
    ///
    /// If the client's credentials are a token instead of a login with its password;
    /// [`Error::is_unauthorized`] if login or password are wrong. After an error that
    /// [`is_unclear`](Error::is_unclear) the earlier tokens may be revoked all the same.
    pub async fn send(self) -> Result<Token> {
        let transport = self.client.transport();
        if !transport.credentials.is_login() {
            let why = "a token is issued for a login and its password alone";
            return Err(Error::unsendable(OPERATION, why));
        }
        let call = Call::new(OPERATION, Method::POST, "security/token", Effect::Write);
        Ok(transport.call(&call, Answer::decode).await?.value)
    }
}
