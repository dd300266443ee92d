//! Credentials, and what of them may be shown: nothing.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};

/// Proves who is asking: a token or a login with its password.
#[derive(Clone)]
pub struct Credentials(Arc<Kind>);

enum Kind {
    Token(SecretString),
    Login {
        login: String,
        password: SecretString,
    },
}

impl Credentials {
    /// Takes the access token (токен) of a user or of a solution (решение).
    #[must_use]
    pub fn token(token: impl Into<String>) -> Self {
        Self(Arc::new(Kind::Token(SecretString::from(token.into()))))
    }

    /// Takes the login, which has the form `name@account`, and the password.
    #[must_use]
    pub fn login(login: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Arc::new(Kind::Login {
            login: login.into(),
            password: SecretString::from(password.into()),
        }))
    }

    /// The header that proves who we are, marked sensitive; none if the secret fits in no header.
    pub(crate) fn header(&self, http: &reqwest::Client) -> Option<HeaderValue> {
        // reqwest knows how to encode both schemes; this request is never sent.
        let request = http.get("http://localhost");
        let request = match &*self.0 {
            Kind::Token(token) => request.bearer_auth(token.expose_secret()),
            Kind::Login { login, password } => {
                request.basic_auth(login, Some(password.expose_secret()))
            }
        };
        request.build().ok()?.headers_mut().remove(AUTHORIZATION)
    }

    /// Whether the secret is missing.
    pub(crate) fn is_empty(&self) -> bool {
        match &*self.0 {
            Kind::Token(token) => token.expose_secret().trim().is_empty(),
            Kind::Login { login, .. } => login.trim().is_empty(),
        }
    }

    /// Tells one token or login from another: half of a hash of a token that is far longer.
    pub(crate) fn mark(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        match &*self.0 {
            Kind::Token(token) => ("token", token.expose_secret()).hash(&mut hasher),
            Kind::Login { login, .. } => ("login", login.as_str()).hash(&mut hasher),
        }
        (hasher.finish() >> 32) as u32
    }

    /// Whether these are a login and its password.
    pub(crate) fn is_login(&self) -> bool {
        matches!(*self.0, Kind::Login { .. })
    }

    /// The text without the secret that a careless server put into it.
    pub(crate) fn scrub(&self, text: String) -> String {
        let (Kind::Token(secret)
        | Kind::Login {
            password: secret, ..
        }) = &*self.0;
        let secret = secret.expose_secret();
        // A secret of a few letters is part of many words and hides in none of them.
        if secret.len() < 4 {
            text
        } else {
            text.replace(secret, "…")
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self.0 {
            Kind::Token(_) => "Credentials::token(…)",
            Kind::Login { .. } => "Credentials::login(…)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_and_a_token_make_the_documented_headers() {
        let header = |credentials: Credentials| {
            let value = credentials.header(&reqwest::Client::new()).unwrap();
            assert!(value.is_sensitive());
            value.to_str().unwrap().to_owned()
        };

        assert_eq!(header(Credentials::token("abc")), "Bearer abc");
        assert_eq!(
            header(Credentials::login("admin@shop", "pw")),
            "Basic YWRtaW5Ac2hvcDpwdw=="
        );
    }

    #[test]
    fn a_token_that_fits_in_no_header_is_told() {
        assert!(
            Credentials::token("line\nbreak")
                .header(&reqwest::Client::new())
                .is_none()
        );
        assert!(Credentials::token("  ").is_empty());
    }

    #[test]
    fn a_mark_tells_credentials_apart_and_a_password_is_no_part_of_it() {
        let mark = |credentials: Credentials| credentials.mark();
        let token = || Credentials::token("abc");

        assert_eq!(mark(token()), mark(token()));
        assert_ne!(mark(token()), mark(Credentials::token("abd")));
        assert_ne!(mark(token()), mark(Credentials::login("abc", "pw")));
        assert_eq!(
            mark(Credentials::login("abc", "pw")),
            mark(Credentials::login("abc", "other"))
        );
    }

    #[test]
    fn credentials_never_show_themselves() {
        let shown = format!(
            "{:?}{:?}",
            Credentials::token("abc"),
            Credentials::login("me", "pw")
        );

        assert!(!shown.contains("abc") && !shown.contains("pw") && !shown.contains("me\""));
    }
}
