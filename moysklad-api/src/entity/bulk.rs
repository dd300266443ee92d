//! Many objects in one request, and one result for each.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::read::expanding;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Effect, Error, ErrorCode, Kind, Result, RowError};
use crate::query::Expand;
use crate::transport::{Call, Sent, encode_failure};

/// The most elements of one request.
const ROWS: usize = 1000;
/// What the elements of one request may weigh; the service names 10 MB and 20 MB as its limit.
const BYTES: usize = 9_000_000;

/// One element as JSON.
#[derive(Clone)]
pub(crate) struct Row {
    /// The JSON, or why there is none.
    json: Result<Vec<u8>, String>,
    /// Whether carrying it out twice is the same as once.
    repeatable: bool,
}

impl Row {
    pub(crate) fn of(value: &impl Serialize, repeatable: bool) -> Self {
        let json = serde_json::to_vec(value).map_err(|error| encode_failure(&error));
        Self { json, repeatable }
    }
}

/// Many objects to be created or changed.
#[must_use = "a request does nothing until it is sent"]
pub struct SaveMany<T> {
    client: Client,
    call: Call,
    rows: Vec<Row>,
    expand: Vec<String>,
    of: PhantomData<fn() -> T>,
}

impl<T> SaveMany<T> {
    pub(crate) fn new(client: Client, call: Call, rows: Vec<Row>) -> Self {
        Self {
            client,
            call,
            rows,
            expand: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<T> SaveMany<T> {
    /// Puts the objects behind a reference into the answers, up to three levels.
    pub fn expand(mut self, path: impl Into<Expand<T>>) -> Self {
        self.expand.push(path.into().into_path());
        self
    }
}

impl<T: DeserializeOwned> SaveMany<T> {
    /// Saves the objects; the results stand in the order of the objects, one for each.
    ///
    /// The service saves what it accepts and refuses the rest, element by element.
    pub async fn send(self) -> Vec<Result<T, RowError>> {
        self.send_as().await
    }

    /// Saves the objects and reads each answer as any type.
    pub async fn send_as<U: DeserializeOwned>(self) -> Vec<Result<U, RowError>> {
        match expanding(self.call, &self.expand) {
            Ok(call) => send_rows(&self.client, &call, &self.rows, false).await,
            Err(error) => {
                let error = Arc::new(error);
                let unsent = |row: &Row| Err(RowError::unsent(Arc::clone(&error), row.repeatable));
                self.rows.iter().map(unsent).collect()
            }
        }
    }
}

impl<T> fmt::Debug for SaveMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SaveMany({}, {} rows)", self.call.path, self.rows.len())
    }
}

/// Many objects to be deleted.
#[must_use = "a request does nothing until it is sent"]
pub struct RemoveMany {
    client: Client,
    call: Call,
    rows: Vec<Row>,
    /// Whether the service may answer nothing at all when every row is gone.
    silent: bool,
}

impl RemoveMany {
    pub(crate) fn new(client: Client, call: Call, rows: Vec<Row>) -> Self {
        Self {
            client,
            call,
            rows,
            silent: false,
        }
    }

    /// Takes an empty answer for the removal of all rows, as addresses inside objects give it.
    pub(crate) fn silent(mut self) -> Self {
        self.silent = true;
        self
    }

    /// Deletes the objects; the results stand in the order of the ids, one for each.
    pub async fn send(self) -> Vec<Result<(), RowError>> {
        send_rows::<IgnoredAny>(&self.client, &self.call, &self.rows, self.silent)
            .await
            .into_iter()
            .map(|row| match row {
                Ok(_) => Ok(()),
                // An attempt before, whose answer was lost, deleted it.
                Err(error) if error.was_unclear_before() && is_gone(&error) => Ok(()),
                Err(error) => Err(error),
            })
            .collect()
    }
}

fn is_gone(error: &RowError) -> bool {
    error.is_refused() && error.code() == Some(ErrorCode::NOT_FOUND)
}

impl fmt::Debug for RemoveMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "RemoveMany({}, {} rows)",
            self.call.path,
            self.rows.len()
        )
    }
}

/// Sends the rows in as few requests as the limits allow; one result for each, in order.
async fn send_rows<U: DeserializeOwned>(
    client: &Client,
    call: &Call,
    rows: &[Row],
    silent: bool,
) -> Vec<Result<U, RowError>> {
    let mut results = Vec::with_capacity(rows.len());
    let mut useless: Option<Arc<Error>> = None;
    for chunk in chunks(rows) {
        if let Some(cause) = &useless {
            results.extend(
                chunk
                    .iter()
                    .map(|row| Err(RowError::unsent(Arc::clone(cause), row.repeatable))),
            );
            continue;
        }
        match send_chunk(client, call, chunk, silent).await {
            Ok(mut answered) => results.append(&mut answered),
            Err(error) => {
                let cause = Arc::new(error);
                let one = chunk.len() == 1;
                results.extend(
                    chunk
                        .iter()
                        .map(|row| Err(RowError::failed(Arc::clone(&cause), row.repeatable, one))),
                );
                // What the credentials may not do now they may not do a moment later.
                if cause.is_unauthorized() || cause.is_forbidden() {
                    useless = Some(cause);
                }
            }
        }
    }
    results
}

/// Splits rows by number and weight; a row that has no JSON stands alone.
fn chunks(rows: &[Row]) -> impl Iterator<Item = &[Row]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (chunk, after) = rest.split_at_checked(fitting(rest)).unwrap_or((rest, &[]));
        rest = after;
        Some(chunk)
    })
}

/// How many rows at the beginning go into one request; at least one.
fn fitting(rows: &[Row]) -> usize {
    let mut bytes = 0;
    let fits = |row: &&Row| match &row.json {
        Ok(json) => {
            bytes += json.len() + 1;
            bytes <= BYTES
        }
        Err(_) => false,
    };
    rows.iter().take(ROWS).take_while(fits).count().max(1)
}

async fn send_chunk<U: DeserializeOwned>(
    client: &Client,
    call: &Call,
    rows: &[Row],
    silent: bool,
) -> Result<Vec<Result<U, RowError>>> {
    let mut body = BytesMut::from(&b"["[..]);
    for (place, row) in rows.iter().enumerate() {
        let json = row
            .json
            .as_ref()
            .map_err(|why| Error::unsendable(&call.operation, why))?;
        if place > 0 {
            body.put_u8(b',');
        }
        body.extend_from_slice(json);
    }
    body.put_u8(b']');
    let repeatable = rows.iter().all(|row| row.repeatable);
    let effect = if repeatable {
        Effect::RepeatableWrite
    } else {
        Effect::Write
    };
    let call = Call {
        body: Some(body.freeze()),
        effect,
        ..call.clone()
    };
    let read = |answer: &Answer| read_rows(answer, &call, rows, silent);
    let Sent {
        value,
        unclear_before,
    } = client.transport().call(&call, read).await?;
    let noted = |result: Result<U, RowError>| result.map_err(|error| error.after(unclear_before));
    Ok(value.into_iter().map(noted).collect())
}

/// Reads an answer element by element, whatever its status.
fn read_rows<U: DeserializeOwned>(
    answer: &Answer,
    call: &Call,
    rows: &[Row],
    silent: bool,
) -> Result<Vec<Result<U, RowError>>, Kind> {
    let answered: Vec<&RawValue> = if answer.is_array() {
        answer.rows()?
    } else if silent && answer.is_empty() {
        answer.agreed()?;
        vec![RawValue::NULL; rows.len()]
    } else {
        // Some addresses answer an array of one by a single object.
        answer.agreed()?;
        vec![answer.parse()?]
    };
    if answered.len() != rows.len() {
        let what = format!("{} elements for {}", answered.len(), rows.len());
        return Err(answer.unreadable(".", what));
    }
    let read = |(json, row): (&RawValue, &Row)| match answer.row_errors(json) {
        Some(errors) => Err(RowError::refused(errors, row.repeatable)),
        None => answer.decode_row(json).map_err(|kind| {
            let error = Error::new(&call.operation, call.effect, kind);
            RowError::failed(Arc::new(error), row.repeatable, false)
        }),
    };
    Ok(answered.into_iter().zip(rows).map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bytes: usize) -> Row {
        Row {
            json: Ok(vec![b' '; bytes]),
            repeatable: true,
        }
    }

    fn sizes(rows: &[Row]) -> Vec<usize> {
        chunks(rows).map(<[Row]>::len).collect()
    }

    #[test]
    fn rows_are_split_at_the_number_the_service_takes() {
        assert_eq!(sizes(&vec![row(2); 2001]), [1000, 1000, 1]);
        assert_eq!(sizes(&[]), [0; 0]);
    }

    #[test]
    fn rows_are_split_by_weight_and_a_giant_goes_alone() {
        assert_eq!(
            sizes(&[row(4_000_000), row(4_000_000), row(4_000_000)]),
            [2, 1]
        );
        assert_eq!(sizes(&[row(20_000_000), row(1)]), [1, 1]);
    }

    #[test]
    fn a_row_without_json_holds_up_no_other() {
        let bad = Row {
            json: Err("no".to_owned()),
            repeatable: true,
        };

        assert_eq!(
            sizes(&[row(1), bad.clone(), bad, row(1), row(1)]),
            [1, 1, 1, 2]
        );
    }
}
