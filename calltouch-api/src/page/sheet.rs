//! A page as it is read: every record by itself, so that one that is odd costs only itself.

use crate::error::RecordError;
use crate::lenient;
use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

/// What a journal is made of.
pub(crate) trait Record: DeserializeOwned + Send {
    /// The name of its id on the wire.
    const ID: &'static str;

    /// What two records of one thing have in common.
    fn id(&self) -> Option<u64>;
}

/// The counts of a page, and each of its records or why there is none.
#[derive(Debug)]
pub(crate) struct Sheet<T> {
    pub(crate) page: Option<u32>,
    pub(crate) page_total: Option<u32>,
    pub(crate) page_size: Option<u32>,
    pub(crate) records_total: Option<u64>,
    pub(crate) records: Vec<Result<T, RecordError>>,
}

impl<'de, T: Record> Deserialize<'de> for Sheet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SheetVisitor(PhantomData))
    }
}

/// Reads the envelope of a page, or a bare list as a whole journal on one page.
struct SheetVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for SheetVisitor<T> {
    type Value = Sheet<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sheet<T>, A::Error> {
        let (mut page, mut page_total, mut page_size, mut total) = (None, None, None, None);
        let mut records = None;
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "page" => page = map.next_value::<Count<u32>>()?.0,
                "pageTotal" | "totalPage" => {
                    page_total = map.next_value::<Count<u32>>()?.0.or(page_total);
                }
                "pageSize" => page_size = map.next_value::<Count<u32>>()?.0,
                "recordsTotal" | "recordsCount" => {
                    total = map.next_value::<Count<u64>>()?.0.or(total);
                }
                "records" => records = Some(map.next_value::<Records<T>>()?.0),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Sheet {
            page,
            page_total,
            page_size,
            records_total: total,
            records: records.ok_or_else(|| A::Error::missing_field("records"))?,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Sheet<T>, A::Error> {
        let records = RecordsVisitor(PhantomData).visit_seq(seq)?.0;
        Ok(Sheet {
            page: Some(1),
            page_total: Some(1),
            page_size: None,
            records_total: u64::try_from(records.len()).ok(),
            records,
        })
    }
}

/// A count, or nothing.
struct Count<N>(Option<N>);

impl<'de, N: TryFrom<u64>> Deserialize<'de> for Count<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::unsigned(deserializer)?
            .map(N::try_from)
            .transpose()
            .map(Self)
            .map_err(|_| lenient::expected("a small number"))
    }
}

/// The records in their order; a null is none.
struct Records<T>(Vec<Result<T, RecordError>>);

impl<'de, T: Record> Deserialize<'de> for Records<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RecordsVisitor(PhantomData))
    }
}

struct RecordsVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for RecordsVisitor<T> {
    type Value = Records<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Records<T>, A::Error> {
        let mut records = Vec::new();
        let mut index = 0;
        while let Some(record) = seq.next_element::<Value>()? {
            if !record.is_null() {
                records.push(read(index, record));
            }
            index += 1;
        }
        Ok(Records(records))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Records<T>, A::Error> {
        let record = Map::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Records(vec![read(0, Value::Object(record))]))
    }

    fn visit_unit<E: Error>(self) -> Result<Records<T>, E> {
        Ok(Records(Vec::new()))
    }
}

fn read<T: Record>(index: usize, record: Value) -> Result<T, RecordError> {
    let id = record
        .get(T::ID)
        .and_then(|id| lenient::to_unsigned(id).ok().flatten());
    serde_path_to_error::deserialize(record).map_err(|error| RecordError::new(index, id, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::deal::Deal;
    use crate::request::Request;
    use proptest::prelude::*;

    fn sheet(json: &str) -> Sheet<Call> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_odd_record_costs_only_itself_and_is_named() {
        let sheet = sheet(
            r#"{"pageTotal":1,"records":[{"callId":7},{"callId":"8","duration":"long"},{"duration":1},null,5,{"callId":9}]}"#,
        );

        let read: Vec<String> = sheet
            .records
            .iter()
            .map(|record| match record {
                Ok(call) => call.call_id.to_string(),
                Err(error) => format!("{} {:?} {error}", error.index(), error.id()),
            })
            .collect();

        assert_eq!(
            read,
            [
                "7",
                "1 Some(8) cannot read `duration` of the record 8: expected a whole number",
                "2 None cannot read the record at place 2: missing field `callId`",
                "4 None cannot read the record at place 4: expected struct Call",
                "9",
            ]
        );
    }

    #[test]
    fn a_page_reads_from_its_envelope_its_aliases_and_a_bare_list() {
        let records = r#"[{"callId":7},{"callId":8}]"#;
        let table = [
            format!(r#"{{"page":1,"pageTotal":1,"recordsTotal":2,"records":{records}}}"#),
            format!(
                r#"{{"page":"1","totalPage":"1","recordsCount":"2","records":{records},"new":[{{}}]}}"#
            ),
            format!(
                r#"{{"totalPage":1,"pageTotal":1,"recordsTotal":2,"recordsCount":null,"records":{records}}}"#
            ),
            records.to_owned(),
        ];
        for json in table {
            let sheet = sheet(&json);
            assert_eq!(
                (sheet.page_total, sheet.records_total),
                (Some(1), Some(2)),
                "{json}"
            );
            assert_eq!(sheet.records.len(), 2, "{json}");
        }
    }

    #[test]
    fn no_records_are_null_or_an_empty_list_and_never_an_absent_one() {
        for json in [
            r#"{"pageTotal":0,"records":null}"#,
            r#"{"records":[]}"#,
            "[]",
        ] {
            assert!(sheet(json).records.is_empty(), "{json}");
        }
        assert_eq!(sheet(r#"{"records":{"callId":1}}"#).records.len(), 1);
        for json in [
            r#"{"message":"no"}"#,
            r#"{"records":true}"#,
            "5",
            r#""79990000001""#,
        ] {
            assert!(serde_json::from_str::<Sheet<Call>>(json).is_err(), "{json}");
        }
    }

    /// Bytes near JSON: pieces of pages in any order, and any bytes.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just(br#"{"page":1,"pageTotal":"2","records":["#.to_vec()),
            Just(br#"{"callId":7,"requestId":8,"callTags":[{"names":"#.to_vec()),
            Just(br#"{"client":{"phones":[{"phoneNumber":7999"#.to_vec()),
            Just(b"[".to_vec()),
            Just(b"]".to_vec()),
            Just(b"}".to_vec()),
            Just(b"null,".to_vec()),
            Just(b"-1e400".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..20),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_of_a_page_panic(bytes in bytes()) {
            let _ = serde_json::from_slice::<Sheet<Call>>(&bytes);
            let _ = serde_json::from_slice::<Sheet<Request>>(&bytes);
            let _ = serde_json::from_slice::<Sheet<Deal>>(&bytes);
        }

        #[test]
        fn any_json_in_the_place_of_a_record_costs_only_that_record(
            odd in prop_oneof![
                any::<bool>().prop_map(Value::from), any::<i64>().prop_map(Value::from),
                "\\PC{0,20}".prop_map(Value::from), Just(serde_json::json!({})), Just(serde_json::json!([[1]])),
                any::<f64>().prop_map(|float| serde_json::json!({"callId": float, "duration": [float]})),
            ],
        ) {
            let page = serde_json::json!([{"callId": 1}, odd, {"callId": 2}]).to_string();
            let sheet: Sheet<Call> = serde_json::from_str(&page).unwrap();
            let ids: Vec<u64> = sheet.records.iter().flatten().map(|call| call.call_id).collect();
            prop_assert!(ids.starts_with(&[1]) && ids.ends_with(&[2]));
        }
    }
}
