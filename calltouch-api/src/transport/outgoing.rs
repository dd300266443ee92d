//! A request before it is sent: where it goes, who asks, what it carries.

use super::Transport;
use crate::query::Query;
use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Url};
use std::time::Duration;
use url::form_urlencoded;

/// A request of one of the two families, before anything is sent.
pub(crate) struct Outgoing<'a> {
    /// Names the call in errors, as `calls.list`.
    pub(crate) operation: &'static str,
    /// The path with `{siteId}` and `{id}` in it, which is also what a span shows.
    pub(crate) template: &'static str,
    /// What stands for `{id}`.
    pub(crate) id: Option<u64>,
    pub(crate) access: Access,
    pub(crate) content: Content<'a>,
    /// The kind of answer that is wanted.
    pub(crate) accept: &'static str,
    /// How long an attempt may take, if not as long as any.
    pub(crate) timeout: Option<Duration>,
    /// Whether a success may come without a body.
    pub(crate) may_be_empty: bool,
}

/// How the service learns who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Family A: the token among the pairs, under this name.
    Pair(&'static str),
    /// Family A: the methods that forms on a site call, without a token.
    Open,
    /// Family B: token and site in headers.
    Headers,
}

pub(crate) enum Content<'a> {
    /// GET with a query.
    Query(&'a Query),
    /// POST with a form. Carried out at most once.
    Form(&'a Query),
    /// POST with JSON. Carried out at most once.
    Json(Bytes),
}

impl Content<'_> {
    pub(super) fn method(&self) -> Method {
        match self {
            Self::Query(_) => Method::GET,
            Self::Form(_) | Self::Json(_) => Method::POST,
        }
    }

    pub(super) fn is_repeatable(&self) -> bool {
        matches!(self, Self::Query(_))
    }
}

impl<'a> Outgoing<'a> {
    /// A request with the token under the name most methods of family A know.
    pub(crate) fn new(
        operation: &'static str,
        template: &'static str,
        content: Content<'a>,
    ) -> Self {
        Self {
            operation,
            template,
            id: None,
            access: Access::Pair("clientApiId"),
            content,
            accept: "application/json",
            timeout: None,
            may_be_empty: false,
        }
    }
}

impl Transport {
    /// Where the family of the request is.
    pub(super) fn base(&self, outgoing: &Outgoing<'_>) -> &Url {
        match outgoing.access {
            Access::Headers => &self.services_base,
            Access::Pair(_) | Access::Open => &self.rest_base,
        }
    }

    pub(super) fn request(&self, outgoing: &Outgoing<'_>) -> (Url, RequestBuilder) {
        let mut url = self.base(outgoing).clone();
        let prefix = url.path().trim_end_matches('/');
        let id = outgoing.id.unwrap_or_default().to_string();
        let path = outgoing
            .template
            .replace("{siteId}", &self.site_id.to_string())
            .replace("{id}", &id);
        url.set_path(&format!("{prefix}{path}"));
        let token = match outgoing.access {
            Access::Pair(name) => Some((name, self.token.expose())),
            Access::Open | Access::Headers => None,
        };
        if let Content::Query(query) = &outgoing.content {
            url.query_pairs_mut()
                .extend_pairs(token.into_iter().chain(query.iter()));
        }
        let request = self
            .http
            .request(outgoing.content.method(), url.clone())
            .timeout(outgoing.timeout.unwrap_or(self.timeout))
            .header(ACCEPT, outgoing.accept);
        let request = match outgoing.access {
            Access::Headers => request
                .header("Access-Token", self.access_token.clone())
                .header("SiteId", self.site_id),
            Access::Pair(_) | Access::Open => request,
        };
        let request = match &outgoing.content {
            Content::Query(_) => request,
            Content::Form(form) => request
                .header(
                    CONTENT_TYPE,
                    "application/x-www-form-urlencoded;charset=utf-8",
                )
                .body(
                    form_urlencoded::Serializer::new(String::new())
                        .extend_pairs(token.into_iter().chain(form.iter()))
                        .finish(),
                ),
            Content::Json(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
        };
        (url, request)
    }
}
