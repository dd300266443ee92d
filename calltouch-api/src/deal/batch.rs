//! Sending rows a hundred at a time, and telling what became of each.

use super::Saved;
use crate::client::Client;
use crate::error::{self, Error, Reason, Said};
use crate::lenient;
use crate::row::RowError;
use crate::secret::Token;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The most rows Calltouch takes in one request.
const MOST_ROWS: usize = 100;

/// One of the methods that take a batch.
pub(super) struct Method {
    operation: &'static str,
    path: &'static str,
    /// Whether a row of the answer must say yes; otherwise it is enough that it does not say no.
    wants_yes: bool,
}

pub(super) const CREATE: Method = Method {
    operation: "deals.create",
    path: "/lead-service/v1/api/client-order/create",
    wants_yes: true,
};

pub(super) const UPDATE: Method = Method {
    operation: "deals.update",
    path: "/lead-service/v1/api/client-order/update",
    wants_yes: false,
};

pub(super) const DELETE: Method = Method {
    operation: "deals.delete",
    path: "/lead-service/v1/api/client-order/delete",
    wants_yes: false,
};

/// The body of the two methods that take whole deals.
#[serde_with::skip_serializing_none]
#[derive(Serialize)]
pub(super) struct Orders<'a, R> {
    pub(super) crm: Option<&'a str>,
    pub(super) orders: Vec<&'a R>,
}

/// A row of a batch.
pub(super) trait Row {
    /// What the row is known by.
    fn order_number(&self) -> &str;
    /// What the service is sure to refuse.
    fn problem(&self) -> Option<String>;
}

/// The answer to a batch.
#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    /// Read one by one, so that an odd row leaves the others readable.
    #[serde(deserialize_with = "lenient::list")]
    orders: Vec<Value>,
}

/// Sends the rows and answers in their order; a row that cannot be right is not sent.
pub(super) async fn send<'a, R: Row, B: Serialize>(
    client: &Client,
    method: &Method,
    rows: &'a [R],
    body: impl Fn(Vec<&'a R>) -> B,
) -> Vec<Result<Saved, RowError>> {
    let mut outcomes: Vec<Option<Result<Saved, RowError>>> = rows
        .iter()
        .map(|row| check(client, method, row).map(Err))
        .collect();
    let good: Vec<(usize, &R)> = rows
        .iter()
        .enumerate()
        .zip(&outcomes)
        .filter(|(_, bad)| bad.is_none())
        .map(|(row, _)| row)
        .collect();
    // Why nothing more is sent, once a chunk was turned away at the door for good.
    let mut locked_out: Option<Arc<Error>> = None;
    for chunk in good.chunks(MOST_ROWS) {
        let chunk_rows: Vec<&R> = chunk.iter().map(|(_, row)| *row).collect();
        let results = match &locked_out {
            Some(cause) => failed(cause, chunk.len()),
            None => match client
                .transport()
                .post(method.operation, method.path, &body(chunk_rows.clone()))
                .await
            {
                Ok(answer) => settle(method, &chunk_rows, answer, client.token()),
                Err(error) => {
                    let cause = Arc::new(error);
                    let results = failed(&cause, chunk.len());
                    locked_out = cause.is_unauthorized().then_some(cause);
                    results
                }
            },
        };
        for ((place, _), result) in chunk.iter().zip(results) {
            if let Some(outcome) = outcomes.get_mut(*place) {
                *outcome = Some(result);
            }
        }
    }
    let unsettled = || {
        Err(RowError::unclear(
            method.operation,
            "the row was not settled",
        ))
    };
    outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap_or_else(unsettled))
        .collect()
}

/// Refuses a row that the service could not even name in its answer, or is sure to refuse.
fn check<R: Row>(client: &Client, method: &Method, row: &R) -> Option<RowError> {
    let problem = if row.order_number().trim().is_empty() {
        "the order number is empty".to_owned()
    } else {
        row.problem()?
    };
    let error = Error::new(
        method.operation,
        client.site_id(),
        false,
        Reason::Input(problem),
    );
    Some(RowError::failed(Arc::new(error)))
}

fn failed(cause: &Arc<Error>, rows: usize) -> Vec<Result<Saved, RowError>> {
    (0..rows)
        .map(|_| Err(RowError::failed(Arc::clone(cause))))
        .collect()
}

/// Gives every row its part of the answer.
fn settle<R: Row>(
    method: &Method,
    rows: &[&R],
    answer: Answer,
    token: &Token,
) -> Vec<Result<Saved, RowError>> {
    let numbers: Vec<&str> = rows.iter().map(|row| row.order_number()).collect();
    align(&numbers, answer.data.orders)
        .into_iter()
        .map(|item| {
            let silent =
                || RowError::unclear(method.operation, "the answer does not mention the row");
            item.ok_or_else(silent)
                .and_then(|item| judge(method, item, token))
        })
        .collect()
}

/// Puts the items of an answer beside the rows they are about: by number, and where an item has none
/// and nothing is missing, by place.
fn align(numbers: &[&str], items: Vec<Value>) -> Vec<Option<Value>> {
    let complete = items.len() == numbers.len();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    // Backwards, so that the first of equal numbers is taken first.
    for (place, number) in numbers.iter().enumerate().rev() {
        places.entry(number.trim()).or_default().push(place);
    }
    let mut aligned: Vec<Option<Value>> = numbers.iter().map(|_| None).collect();
    let mut nameless = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        let Some(number) = item
            .get("orderNumber")
            .cloned()
            .and_then(lenient::to_string)
        else {
            nameless.push((place, item));
            continue;
        };
        let known = places.get_mut(number.trim()).and_then(Vec::pop);
        if let Some(slot) = known.and_then(|place| aligned.get_mut(place)) {
            *slot = Some(item);
        }
    }
    for (place, item) in nameless.into_iter().filter(|_| complete) {
        if let Some(slot @ None) = aligned.get_mut(place) {
            *slot = Some(item);
        }
    }
    aligned
}

/// Says whether a row of the answer is a yes, a no, or neither.
fn judge(method: &Method, item: Value, token: &Token) -> Result<Saved, RowError> {
    let told = ["error", "errors"]
        .iter()
        .find_map(|name| item.get(name).filter(|told| says_something(told)));
    if let Some(error) = told {
        return Err(RowError::refused(
            method.operation,
            error::element(error, Some(token)),
        ));
    }
    let imported = item
        .get("imported")
        .and_then(|flag| lenient::to_flag(flag).ok().flatten());
    let Ok(saved) = Saved::deserialize(item) else {
        return Err(RowError::unclear(
            method.operation,
            "the answer about the row cannot be read",
        ));
    };
    match imported {
        Some(true) => Ok(saved),
        _ if saved.calltouch_order_id.is_some() => Ok(saved),
        Some(false) => {
            let said = Said {
                message: Some("not imported".to_owned()),
                ..Said::default()
            };
            Err(RowError::refused(method.operation, said))
        }
        None if method.wants_yes => {
            let why = "the answer gives the row neither an id nor an error";
            Err(RowError::unclear(method.operation, why))
        }
        None => Ok(saved),
    }
}

/// Whether an `error` is one: servers also write empty ones.
fn says_something(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Number(_) | Value::Bool(true) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judged(method: &Method, item: Value) -> &'static str {
        match judge(method, item, &Token::from("t")) {
            Ok(_) => "saved",
            Err(error) if error.is_refused() => "refused",
            Err(error) if error.is_unclear() => "unclear",
            Err(_) => "unsent",
        }
    }

    #[test]
    fn a_row_is_saved_refused_or_unclear_by_what_its_answer_says() {
        // (answer, created, updated or deleted)
        let table = [
            (json!({"calltouchOrderId": 7}), "saved", "saved"),
            (
                json!({"calltouchOrderId": "7", "error": null}),
                "saved",
                "saved",
            ),
            (
                json!({"calltouchOrderId": 7, "error": ""}),
                "saved",
                "saved",
            ),
            (json!({"imported": true}), "saved", "saved"),
            (json!({"imported": "true", "errors": []}), "saved", "saved"),
            (
                json!({"calltouchOrderId": null, "error": "no lead"}),
                "refused",
                "refused",
            ),
            (
                json!({"calltouchOrderId": 7, "error": {"message": "no lead"}}),
                "refused",
                "refused",
            ),
            (json!({"errors": ["no lead"]}), "refused", "refused"),
            (json!({"imported": false}), "refused", "refused"),
            (json!({"orderNumber": "1"}), "unclear", "saved"),
            (json!({"calltouchOrderId": null}), "unclear", "saved"),
            (json!({"calltouchOrderId": {}}), "unclear", "unclear"),
            (json!("odd"), "unclear", "unclear"),
        ];
        for (item, created, updated) in table {
            assert_eq!(judged(&CREATE, item.clone()), created, "{item}");
            assert_eq!(judged(&UPDATE, item.clone()), updated, "{item}");
            assert_eq!(judged(&DELETE, item.clone()), updated, "{item}");
        }
    }

    fn aligned(numbers: &[&str], items: Value) -> Vec<Option<u64>> {
        let items = serde_json::from_value(items).unwrap();
        align(numbers, items)
            .into_iter()
            .map(|item| item?.get("n")?.as_u64())
            .collect()
    }

    #[test]
    fn an_answer_in_any_order_finds_its_rows() {
        let items = json!([{"orderNumber": "b", "n": 1}, {"orderNumber": 5, "n": 2}]);

        assert_eq!(aligned(&["5", "b", "c"], items), [Some(2), Some(1), None]);
    }

    #[test]
    fn items_without_a_number_go_by_place_only_if_none_is_missing() {
        let items = json!([{"n": 1}, {"orderNumber": "b", "n": 2}]);

        assert_eq!(aligned(&["a", "b"], items.clone()), [Some(1), Some(2)]);
        assert_eq!(aligned(&["a", "b", "c"], items), [None, Some(2), None]);
    }

    #[test]
    fn equal_numbers_take_their_items_in_order() {
        let items = json!([{"orderNumber": "a", "n": 1}, {"orderNumber": "a", "n": 2}]);

        assert_eq!(aligned(&["a", "a"], items), [Some(1), Some(2)]);
    }

    #[test]
    fn an_item_about_nobody_is_nobodys() {
        let items = json!([{"orderNumber": "x", "n": 1}, {"orderNumber": "a", "n": 2}]);

        assert_eq!(aligned(&["a", "b"], items), [Some(2), None]);
    }
}
