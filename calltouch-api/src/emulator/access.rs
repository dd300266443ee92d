//! Tokens and the sites each of them opens.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::HeaderMap;

use super::{field, query::Query, refusal::Refusal};

/// Which token opens which sites.
#[derive(Clone, Default)]
pub(super) struct Access(BTreeMap<String, BTreeSet<u64>>);

impl Access {
    pub(super) fn grant(&mut self, token: String, site: u64) {
        self.0.entry(token).or_default().insert(site);
    }

    /// Whether any token opens the site.
    pub(super) fn knows(&self, site: u64) -> bool {
        self.0.values().any(|sites| sites.contains(&site))
    }

    /// The older family: the token in the query, the site in the path or the query.
    pub(super) fn by_query(&self, query: &Query, site: u64) -> Result<(), Refusal> {
        self.check(query.text("clientApiId"), Some(site)).map(drop)
    }

    /// The newer family: token and site in headers; returns the site.
    pub(super) fn by_headers(&self, headers: &HeaderMap) -> Result<u64, Refusal> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let site = text("SiteId").and_then(|site| field::id(Some(&site.into())));
        self.check(text("Access-Token"), site)
    }

    fn check(&self, token: Option<&str>, site: Option<u64>) -> Result<u64, Refusal> {
        let sites = token
            .and_then(|token| self.0.get(token))
            .ok_or(Refusal::Forbidden("Invalid credentials"))?;
        site.filter(|site| sites.contains(site))
            .ok_or(Refusal::Forbidden("Access to the site is denied"))
    }
}
