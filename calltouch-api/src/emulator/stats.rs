//! What the emulator counted: requests, refusals for pace, requests at the same time.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counts of the requests since the start, or since they were last reset.
///
/// Requests to `/__emulator/…` are not counted. Everything else is, also what was turned away or
/// cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Requests that arrived.
    pub requests: u64,
    /// Requests answered with HTTP 429, by the limit or by a fault.
    pub answered_429: u64,
    /// The most requests that were under way at the same time.
    pub max_parallel: u64,
    /// Requests by method and path; ids are written `{id}`, a trailing slash is left out.
    pub routes: BTreeMap<String, u64>,
}

/// Writes the route of a request: method and path, every number as `{id}`.
pub(super) fn route(method: &str, path: &str) -> String {
    let mut route = format!("{method} ");
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let number = segment.bytes().all(|byte| byte.is_ascii_digit());
        route.push('/');
        route.push_str(if number { "{id}" } else { segment });
    }
    if route.ends_with(' ') {
        route.push('/');
    }
    route
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_hides_numbers_and_the_trailing_slash() {
        let cases = [
            (
                "/calls-service/RestAPI/25918/calls-diary/calls",
                "GET /calls-service/RestAPI/{id}/calls-diary/calls",
            ),
            (
                "/calls-service/RestAPI/requests/",
                "GET /calls-service/RestAPI/requests",
            ),
            ("/lead-service/v1/api", "GET /lead-service/v1/api"),
            ("/", "GET /"),
        ];
        for (path, expected) in cases {
            assert_eq!(route("GET", path), expected);
        }
    }
}
