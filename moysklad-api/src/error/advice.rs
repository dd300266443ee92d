//! What to do about an error, in a few words.

use super::service::is_about_tariff;
use super::{Error, ErrorCode};

/// The next step for whoever reads the error, when one can be named.
pub(super) fn advice(error: &Error) -> Option<&'static str> {
    by_code(error)
        .or_else(|| by_question(error))
        .or_else(|| by_status(error))
}

fn by_code(error: &Error) -> Option<&'static str> {
    error.codes().find_map(|code| match code {
        ErrorCode::NO_API_ACCESS => Some("only the support of МойСклад gives the access back"),
        ErrorCode::RETIRED_DOMAIN | ErrorCode::FOREIGN_HOST => Some("use links to api.moysklad.ru"),
        ErrorCode::ATTRIBUTES_NEED_ADMIN
        | ErrorCode::REQUIRED_NEEDS_ADMIN
        | ErrorCode::WEBHOOKS_NEED_ADMIN
        | ErrorCode::AUDIT_NEEDS_ADMIN => Some("use the credentials of an administrator"),
        ErrorCode::EMPLOYEE_CONTEXT_FOR_SOLUTION => Some("a solution's token has no employee"),
        ErrorCode::CHANGED_IN_PARALLEL => Some("read the object and try again"),
        code if is_about_tariff(code) => Some("the account's tariff has to include it"),
        _ => None,
    })
}

fn by_question(error: &Error) -> Option<&'static str> {
    if error.is_connect() {
        Some("check the base URL and the network")
    } else if error.is_unclear() {
        Some("look whether it was carried out before sending it again")
    } else if error.is_unauthorized() {
        Some("check the token, or the login and the password")
    } else if error.is_forbidden() {
        Some("give the user the right to do this in МойСклад")
    } else if error.is_parallel_limited() {
        Some("send fewer requests at the same time")
    } else if error.is_rate_limited() {
        Some("send fewer requests, or let all clients share one `Pace`")
    } else if error.is_maintenance() {
        Some("try again later")
    } else if error.is_in_use() {
        Some("archive it, or delete first what uses it")
    } else if error.is_not_found() {
        Some("check the id and the address")
    } else {
        None
    }
}

fn by_status(error: &Error) -> Option<&'static str> {
    match error.status()? {
        300..400 => Some("check the base URL"),
        413 => Some("send fewer objects at once"),
        414 => Some("shorten the filter"),
        415 => Some("let the HTTP client accept gzip"),
        400 | 412 | 422 => Some("correct the request"),
        500.. => Some("try again later"),
        _ => None,
    }
}
