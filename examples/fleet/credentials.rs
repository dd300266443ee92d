//! Where the secrets of a pair come from: never the database.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use calltouch_api::Token;
use examples::accounts::variable;
use examples::failure::Failure;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use moysklad_api::Credentials;
use serde::Deserialize;

use crate::args;

/// What a pair proves itself with.
pub(crate) struct Secrets {
    pub(crate) calltouch: Token,
    pub(crate) moysklad: Credentials,
    /// Ends the addresses of its webhooks.
    pub(crate) webhook: Option<String>,
}

/// Finds secrets by name. A service with a vault has one of these of its own.
pub(crate) trait Provider: Send + Sync {
    /// Asked whenever a pair is set up, and again after its credentials were refused.
    fn secrets<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Secrets, Failure>>;
}

/// The provider that the command line names.
pub(crate) fn provider(args: &args::Secrets) -> Box<dyn Provider> {
    match &args.credentials {
        Some(file) => Box::new(File(file.clone())),
        None => Box::new(Environment),
    }
}

/// Secrets in the environment: `FLEET_NAME_CALLTOUCH_TOKEN`, `FLEET_NAME_MOYSKLAD_TOKEN` or `…_LOGIN`
/// and `…_PASSWORD`, `FLEET_NAME_WEBHOOK_SECRET`; the name in capitals, with `_` for what is no letter
/// or digit.
struct Environment;

impl Provider for Environment {
    fn secrets<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Secrets, Failure>> {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let stem: String = name.to_ascii_uppercase().chars().map(plain).collect();
        let value = |what: &str| variable(&format!("FLEET_{stem}_{what}"));
        let kept = Kept {
            calltouch_token: value("CALLTOUCH_TOKEN"),
            moysklad_token: value("MOYSKLAD_TOKEN"),
            moysklad_login: value("MOYSKLAD_LOGIN"),
            moysklad_password: value("MOYSKLAD_PASSWORD"),
            webhook_secret: value("WEBHOOK_SECRET"),
        };
        std::future::ready(kept.secrets(name)).boxed()
    }
}

/// Secrets in a file that only this program can read; it is read anew each time.
struct File(PathBuf);

impl Provider for File {
    fn secrets<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Secrets, Failure>> {
        async move {
            let wrong = |what: &dyn fmt::Display| {
                Failure::Setting(format!("the file of credentials: {what}"))
            };
            let text = tokio::fs::read_to_string(&self.0).await;
            let text = text.map_err(|error| wrong(&error))?;
            // What the parser says may quote a secret.
            let mut all: BTreeMap<String, Kept> =
                toml::from_str(&text).map_err(|_| wrong(&"it cannot be read as TOML"))?;
            let kept = all
                .remove(name)
                .ok_or_else(|| wrong(&format_args!("nothing is called `{name}`")))?;
            kept.secrets(name)
        }
        .boxed()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    calltouch_token: Option<String>,
    moysklad_token: Option<String>,
    moysklad_login: Option<String>,
    moysklad_password: Option<String>,
    webhook_secret: Option<String>,
}

impl Kept {
    fn secrets(self, name: &str) -> Result<Secrets, Failure> {
        let missing = |what| Failure::Setting(format!("the credentials `{name}` have no {what}"));
        let login = self.moysklad_login.zip(self.moysklad_password);
        let moysklad = match (self.moysklad_token, login) {
            (Some(token), _) => Credentials::token(token),
            (None, Some((login, password))) => Credentials::login(login, password),
            (None, None) => return Err(missing("МойСклад token, nor login and password")),
        };
        Ok(Secrets {
            calltouch: self
                .calltouch_token
                .ok_or_else(|| missing("Calltouch token"))?
                .into(),
            moysklad,
            webhook: self.webhook_secret,
        })
    }
}
