//! Who may ask: the login with its password, and the current token.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::error::ServiceErrors;

/// The credentials of the account's one user.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub(crate) login: String,
    pub(crate) password: SecretString,
    token: Mutex<SecretString>,
}

impl Credentials {
    pub(crate) fn new(login: String, password: String, token: String) -> Self {
        Self {
            login,
            password: password.into(),
            token: Mutex::new(token.into()),
        }
    }

    /// The token that is valid now.
    pub(crate) fn token(&self) -> String {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        token.expose_secret().to_owned()
    }

    /// Replaces the token; the one before is no longer valid.
    pub(crate) fn replace_token(&self, token: String) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token.into();
    }

    /// Checks an `Authorization` header.
    pub(crate) fn check(&self, header: Option<&str>) -> Result<(), ServiceErrors> {
        let header = header.unwrap_or_default();
        match header.split_once(' ') {
            Some(("Basic", encoded)) => self.check_password(encoded),
            Some(("Bearer", token)) if token == self.token() => Ok(()),
            Some(("Bearer", _)) => Err(ServiceErrors::unauthorized("Неверный токен доступа")),
            _ => Err(ServiceErrors::unauthorized(
                "Отсутствует заголовок 'Authorization'",
            )),
        }
    }

    /// Checks that the header holds the login and the password, as a new token needs.
    pub(crate) fn check_basic(&self, header: Option<&str>) -> Result<(), ServiceErrors> {
        match header.and_then(|header| header.strip_prefix("Basic ")) {
            Some(encoded) => self.check_password(encoded),
            None => Err(ServiceErrors::unauthorized(
                "Требуются имя пользователя и пароль",
            )),
        }
    }

    fn check_password(&self, encoded: &str) -> Result<(), ServiceErrors> {
        let decoded = STANDARD.decode(encoded.trim()).ok();
        let text = decoded
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let (login, password) = text.split_once(':').unwrap_or((&text, ""));
        if login == self.login && password == self.password.expose_secret() {
            Ok(())
        } else if login.contains('@') {
            Err(ServiceErrors::unauthorized(
                "Неправильный пароль или имя пользователя",
            ))
        } else {
            let text = "Неверный формат имени пользователя. Укажите свою учетную запись, \
                        например admin@romashka.";
            Err(ServiceErrors::unauthorized(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> Credentials {
        Credentials::new(
            "admin@shop".into(),
            "secret-word".into(),
            "secret-token".into(),
        )
    }

    #[test]
    fn neither_password_nor_token_shows_in_debug() {
        let shown = format!("{:?}", credentials());

        assert!(!shown.contains("secret"), "{shown}");
    }

    #[test]
    fn a_new_token_revokes_the_old_one() {
        let credentials = credentials();

        credentials.replace_token("new".into());

        assert!(credentials.check(Some("Bearer new")).is_ok());
        assert!(credentials.check(Some("Bearer secret-token")).is_err());
    }
}
