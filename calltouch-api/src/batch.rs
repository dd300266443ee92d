//! Sending rows a hundred at a time, and telling what became of each.

use crate::client::Client;
use crate::error::{self, Error, Reason, Said};
use crate::lenient;
use crate::row::RowError;
use crate::secret::Token;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The most rows Calltouch takes in one request.
const MOST_ROWS: usize = 100;

/// One of the methods that take a batch.
pub(crate) struct Method {
    pub(crate) operation: &'static str,
    pub(crate) path: &'static str,
    /// The name of the list in the answer.
    pub(crate) list: &'static str,
    /// The name of what a row is known by; without one, items go by place.
    pub(crate) key: Option<&'static str>,
    /// The name of the id that only a saved row has.
    pub(crate) id: &'static str,
    /// Whether a row of the answer must say yes; otherwise it is enough that it does not say no.
    pub(crate) wants_yes: bool,
}

/// A row of a batch.
pub(crate) trait Row {
    /// What the row is known by, if by anything.
    fn key(&self) -> Option<&str>;
    /// What the service is sure to refuse.
    fn problem(&self) -> Option<String>;
}

/// Whether a text that must be there is not.
pub(crate) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Sends the rows and answers in their order; a row that cannot be right is not sent.
pub(crate) async fn send<'a, R: Row, B: Serialize, S: DeserializeOwned>(
    client: &Client,
    method: &Method,
    rows: &'a [R],
    body: impl Fn(Vec<&'a R>) -> B,
) -> Vec<Result<S, RowError>> {
    each_chunk(client, method, rows, |chunk| {
        let body = body(chunk.clone());
        async move {
            let sent = client
                .transport()
                .post(method.operation, method.path, &body);
            let items = items(client, method, sent.await?)?;
            Ok(settle(method, &chunk, items, client.token()))
        }
    })
    .await
}

/// Gives every chunk of good rows to `carry_out`, and puts what comes in the order of the rows.
pub(crate) async fn each_chunk<'a, R: Row, S, Fut>(
    client: &Client,
    method: &Method,
    rows: &'a [R],
    carry_out: impl Fn(Vec<&'a R>) -> Fut,
) -> Vec<Result<S, RowError>>
where
    Fut: Future<Output = Result<Vec<Result<S, RowError>>, Error>>,
{
    let mut outcomes: Vec<Option<Result<S, RowError>>> = rows
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
            None => match carry_out(chunk_rows).await {
                Ok(results) => results,
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
    let problem = match (row.key(), method.key) {
        (Some(key), Some(name)) if is_blank(key) => format!("{name} is empty"),
        _ => row.problem()?,
    };
    let error = Error::new(
        method.operation,
        client.site_id(),
        false,
        Reason::Input(problem),
    );
    Some(RowError::failed(Arc::new(error)))
}

fn failed<S>(cause: &Arc<Error>, rows: usize) -> Vec<Result<S, RowError>> {
    (0..rows)
        .map(|_| Err(RowError::failed(Arc::clone(cause))))
        .collect()
}

/// Takes the list out of an answer; one without it is a refusal, or not the answer it should be.
fn items(client: &Client, method: &Method, mut answer: Value) -> Result<Vec<Value>, Error> {
    let denied = client.transport().denial(method.operation, &answer);
    if let Some(error) = denied {
        return Err(error);
    }
    let list = answer
        .get_mut("data")
        .and_then(|data| data.get_mut(method.list))
        .map(Value::take);
    match list {
        Some(Value::Array(items)) => Ok(items),
        Some(item @ Value::Object(_)) => Ok(vec![item]),
        Some(Value::Null) => Ok(Vec::new()),
        _ => Err(Error::new(
            method.operation,
            client.site_id(),
            false,
            Reason::Unreadable {
                status: 200,
                path: format!("data.{}", method.list),
                wanted: "expected a list of what became of each row".to_owned(),
            },
        )),
    }
}

/// Gives every row its part of the answer.
fn settle<R: Row, S: DeserializeOwned>(
    method: &Method,
    rows: &[&R],
    items: Vec<Value>,
    token: &Token,
) -> Vec<Result<S, RowError>> {
    let keys: Vec<&str> = rows
        .iter()
        .map(|row| row.key().unwrap_or_default())
        .collect();
    align(&keys, method.key, items)
        .into_iter()
        .map(|item| {
            let silent =
                || RowError::unclear(method.operation, "the answer does not mention the row");
            item.ok_or_else(silent)
                .and_then(|item| judge(method, item, token))
        })
        .collect()
}

/// Puts the items of an answer beside the rows they are about: by key, and where an item has none
/// and nothing is missing, by place.
fn align(keys: &[&str], name: Option<&str>, items: Vec<Value>) -> Vec<Option<Value>> {
    let complete = items.len() == keys.len();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    // Backwards, so that the first of equal keys is taken first.
    for (place, key) in keys.iter().enumerate().rev() {
        places.entry(key.trim()).or_default().push(place);
    }
    let mut aligned: Vec<Option<Value>> = keys.iter().map(|_| None).collect();
    let mut nameless = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        let key = name.and_then(|name| item.get(name).cloned());
        let Some(key) = key.and_then(lenient::to_string) else {
            nameless.push((place, item));
            continue;
        };
        let known = places.get_mut(key.trim()).and_then(Vec::pop);
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
fn judge<S: DeserializeOwned>(method: &Method, item: Value, token: &Token) -> Result<S, RowError> {
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
    let id = item
        .get(method.id)
        .and_then(|id| lenient::to_unsigned(id).ok().flatten());
    let Ok(saved) = S::deserialize(item) else {
        return Err(RowError::unclear(
            method.operation,
            "the answer about the row cannot be read",
        ));
    };
    match imported {
        Some(true) => Ok(saved),
        _ if id.is_some() => Ok(saved),
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
    use crate::deal::Saved;
    use serde_json::json;

    fn method(wants_yes: bool) -> Method {
        Method {
            operation: "test",
            path: "/",
            list: "orders",
            key: Some("orderNumber"),
            id: "calltouchOrderId",
            wants_yes,
        }
    }

    fn judged(wants_yes: bool, item: Value) -> &'static str {
        match judge::<Saved>(&method(wants_yes), item, &Token::from("t")) {
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
            assert_eq!(judged(true, item.clone()), created, "{item}");
            assert_eq!(judged(false, item.clone()), updated, "{item}");
        }
    }

    fn aligned(numbers: &[&str], items: Value) -> Vec<Option<u64>> {
        let items = serde_json::from_value(items).unwrap();
        align(numbers, Some("orderNumber"), items)
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
