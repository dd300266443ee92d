//! Tokens and the sites each of them opens.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::HeaderMap;

use super::{field, query::Query, refusal::Refusal};

/// The refusal of a token that does not open the site.
pub(super) const NO_ACCESS: Refusal = Refusal::Forbidden("Access to the site is denied");

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
        let site = header(headers, "SiteId").and_then(|site| field::id(Some(&site.into())));
        self.check(header(headers, "Access-Token"), site)
    }

    /// The statistics, which name the token in their own way.
    pub(super) fn by_access_token(&self, query: &Query, site: u64) -> Result<(), Refusal> {
        self.check(query.text("access_token"), Some(site)).map(drop)
    }

    /// The sites that the token of the query opens, for a method that names none.
    pub(super) fn sites(&self, query: &Query) -> Result<&BTreeSet<u64>, Refusal> {
        self.opened_by(query.text("clientApiId"))
    }

    /// The sites that the headers open: all of the token, or the one that is named.
    pub(super) fn sites_by_headers(&self, headers: &HeaderMap) -> Result<BTreeSet<u64>, Refusal> {
        if headers.contains_key("SiteId") {
            return self.by_headers(headers).map(|site| BTreeSet::from([site]));
        }
        self.opened_by(header(headers, "Access-Token")).cloned()
    }

    fn check(&self, token: Option<&str>, site: Option<u64>) -> Result<u64, Refusal> {
        let sites = self.opened_by(token)?;
        site.filter(|site| sites.contains(site)).ok_or(NO_ACCESS)
    }

    fn opened_by(&self, token: Option<&str>) -> Result<&BTreeSet<u64>, Refusal> {
        token
            .and_then(|token| self.0.get(token))
            .ok_or(Refusal::Forbidden("Invalid credentials"))
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
