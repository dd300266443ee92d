//! Who may ask: the users of the account, their passwords and their current tokens.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::error::ServiceErrors;
use super::moment::Moment;

/// Wrong passwords in a row after which none is looked at any more, and for how long.
const MOST_GUESSES: u32 = 10;
const LOCKED_MS: i64 = 60_000;

/// The credentials of all users; the first one is the account's owner.
#[derive(Debug)]
pub(crate) struct Credentials {
    owner: User,
    colleagues: Vec<User>,
    guesses: Mutex<Guesses>,
}

/// The credentials of one user.
#[derive(Debug)]
pub(crate) struct User {
    pub(crate) login: String,
    pub(crate) password: SecretString,
    token: Mutex<SecretString>,
}

/// Wrong passwords in a row.
#[derive(Clone, Copy, Debug)]
struct Guesses {
    failed: u32,
    last: Moment,
}

impl User {
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
}

impl Credentials {
    pub(crate) fn new(owner: User, colleagues: Vec<User>) -> Self {
        let guesses = Guesses {
            failed: 0,
            last: Moment::from_millisecond(0),
        };
        Self {
            owner,
            colleagues,
            guesses: Mutex::new(guesses),
        }
    }

    /// The account's owner.
    pub(crate) fn owner(&self) -> &User {
        &self.owner
    }

    /// All users, the owner first.
    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        std::iter::once(&self.owner).chain(&self.colleagues)
    }

    /// The place of the user whom a header names rightly, without a word about wrong ones.
    pub(crate) fn place_of(&self, header: Option<&str>) -> Option<usize> {
        let (scheme, secret) = header?.split_once(' ')?;
        self.users().position(|user| match scheme {
            "Basic" => {
                decode(secret).split_once(':')
                    == Some((&*user.login, user.password.expose_secret()))
            }
            "Bearer" => user.token() == secret,
            _ => false,
        })
    }

    /// Checks an `Authorization` header.
    pub(crate) fn check(&self, header: Option<&str>, now: Moment) -> Result<&User, ServiceErrors> {
        let bearer = header.is_some_and(|header| header.starts_with("Bearer "));
        let found = self
            .place_of(header)
            .and_then(|place| self.users().nth(place));
        match (
            found,
            header.and_then(|header| header.strip_prefix("Basic ")),
        ) {
            (found, Some(encoded)) => self.check_password(found, encoded, now),
            (Some(user), None) => Ok(user),
            (None, None) if bearer => Err(ServiceErrors::unauthorized("Неверный токен доступа")),
            (None, None) => Err(ServiceErrors::unauthorized(
                "Отсутствует заголовок 'Authorization'",
            )),
        }
    }

    /// Checks that the header holds a login and its password, as a new token needs.
    pub(crate) fn check_basic(
        &self,
        header: Option<&str>,
        now: Moment,
    ) -> Result<&User, ServiceErrors> {
        if header.is_some_and(|header| header.starts_with("Basic ")) {
            return self.check(header, now);
        }
        Err(ServiceErrors::unauthorized(
            "Требуются имя пользователя и пароль",
        ))
    }

    /// Counts wrong passwords, and looks at none when there were too many of them.
    fn check_password<'a>(
        &self,
        found: Option<&'a User>,
        encoded: &str,
        now: Moment,
    ) -> Result<&'a User, ServiceErrors> {
        let mut guesses = self.guesses.lock().unwrap_or_else(PoisonError::into_inner);
        if now.millisecond() - guesses.last.millisecond() >= LOCKED_MS {
            guesses.failed = 0;
        }
        if guesses.failed >= MOST_GUESSES {
            return Err(ServiceErrors::too_many_guesses());
        }
        if let Some(user) = found {
            guesses.failed = 0;
            return Ok(user);
        }
        guesses.failed += 1;
        guesses.last = now;
        let text = decode(encoded);
        let (login, _) = text.split_once(':').unwrap_or((&text, ""));
        Err(ServiceErrors::unauthorized(if login.contains('@') {
            "Неправильный пароль или имя пользователя"
        } else {
            "Неверный формат имени пользователя. Укажите свою учетную запись, \
             например admin@romashka."
        }))
    }
}

/// The text of the Basic scheme: a login and a password.
fn decode(encoded: &str) -> String {
    let decoded = STANDARD.decode(encoded.trim()).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_millisecond(1_000_000);

    fn credentials() -> Credentials {
        let owner = User::new(
            "admin@shop".into(),
            "secret-word".into(),
            "secret-token".into(),
        );
        Credentials::new(owner, Vec::new())
    }

    #[test]
    fn neither_password_nor_token_shows_in_debug() {
        let shown = format!("{:?}", credentials());

        assert!(!shown.contains("secret"), "{shown}");
    }

    #[test]
    fn a_new_token_revokes_the_old_one() {
        let credentials = credentials();

        credentials.owner().replace_token("new".into());

        assert!(credentials.check(Some("Bearer new"), NOW).is_ok());
        assert!(credentials.check(Some("Bearer secret-token"), NOW).is_err());
    }

    #[test]
    fn after_too_many_wrong_passwords_even_the_right_one_waits() {
        let credentials = credentials();
        let basic = |password: &str| {
            let encoded = STANDARD.encode(format!("admin@shop:{password}"));
            format!("Basic {encoded}")
        };
        let later = Moment::from_millisecond(NOW.millisecond() + LOCKED_MS);
        for _ in 0..MOST_GUESSES {
            let refused = credentials.check(Some(&basic("guess")), NOW).unwrap_err();
            assert_eq!(refused.codes(), [1056]);
        }

        let locked = credentials
            .check(Some(&basic("secret-word")), NOW)
            .unwrap_err();

        assert_eq!((locked.status(), locked.codes()), (429, vec![1048]));
        assert!(credentials.check(Some("Bearer secret-token"), NOW).is_ok());
        assert!(
            credentials
                .check(Some(&basic("secret-word")), later)
                .is_ok()
        );
    }
}
