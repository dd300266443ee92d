//! What a person can do about a row that a service did not save.

use moysklad_api::ErrorCode;

/// Nothing: the next cycles see to it.
const WAIT: &str = "nothing to do, it is tried again by itself";

/// What to do about a row that МойСклад did not save.
pub(super) fn moysklad(error: &moysklad_api::RowError) -> &'static str {
    if !error.is_refused() {
        return WAIT;
    }
    let Some(code) = error.code() else {
        return "correct what МойСклад named, then replay it";
    };
    match code {
        ErrorCode::REQUIRED
        | ErrorCode::REQUIRED_BY_VALIDATION
        | ErrorCode::REQUIRED_FIELD_EMPTY => {
            "make the field optional in МойСклад, or fill it by the configuration, then replay it"
        }
        ErrorCode::NOT_UNIQUE => {
            "free the value in МойСклад, or switch its check of uniqueness off there, then replay it"
        }
        ErrorCode::NOT_FOUND
        | ErrorCode::LOAD_FAILED
        | ErrorCode::STATE_UNKNOWN
        | ErrorCode::STATE_OF_ANOTHER_TYPE
        | ErrorCode::ATTRIBUTE_UNKNOWN
        | ErrorCode::ATTRIBUTE_OF_ANOTHER_TYPE => {
            "something it names is gone from МойСклад; the account is read again before the next try"
        }
        ErrorCode::TOO_LONG => "shorten what the configuration puts into the field, then replay it",
        ErrorCode::TRASHED_DOCUMENT => "take the document out of the trash in МойСклад",
        ErrorCode::CHANGED_IN_PARALLEL
        | ErrorCode::RATE_LIMIT
        | ErrorCode::PARALLEL_LIMIT
        | ErrorCode::MAINTENANCE => WAIT,
        _ => "correct what МойСклад named, then replay it",
    }
}

/// What to do about a row that Calltouch did not save.
pub(super) fn calltouch(error: &calltouch_api::RowError) -> &'static str {
    if error.is_refused() {
        "correct what Calltouch named (the deals' settings are under `deals`), then replay it"
    } else {
        WAIT
    }
}
