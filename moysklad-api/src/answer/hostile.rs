//! Bytes that no service sends: every decoder of answers ends with a result, never with a panic.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::Answer;
use crate::async_task::AsyncTask;
use crate::attribute::Attribute;
use crate::audit::Event;
use crate::company_settings::Settings;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::page::Page;
use crate::product::Product;
use crate::secret::Credentials;
use crate::state::State;

/// Answers of every shape that is read, to be damaged.
const WHOLE: [&str; 6] = [
    r#"{"meta": {"size": 1, "offset": 0}, "rows": [{"id": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "name": "1", "sum": 254000.0, "moment": "2026-08-14 12:31:05.214", "agent": {"meta": {"href": "h", "type": "counterparty"}}, "attributes": [{"meta": {}, "id": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "type": "long", "value": 7}], "positions": {"meta": {"size": 2}}}]}"#,
    r#"{"id": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "name": "ООО Вектор", "companyType": "legal", "tags": ["a"], "phone": "+79151234567"}"#,
    r#"{"errors": [{"error": "нет", "code": 3000, "parameter": "name", "line": 1, "column": 17, "dependencies": [{"meta": {"type": "demand"}}]}]}"#,
    r#"[{"errors": [{"error": "a@b.example", "code": "1056", "error_message": "x"}]}, {"id": 1}]"#,
    r#"{"id": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "name": "utm", "type": "customentity", "customEntityMeta": {"href": "h"}}"#,
    r#"{"id": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "name": "Новый", "color": 1, "stateType": "Regular"}"#,
];

/// Arbitrary bytes, and answers with some bytes replaced and the end cut off.
fn hostile(whole: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let damaged = (
        proptest::sample::select(whole),
        vec((any::<Index>(), any::<u8>()), 0..6),
        any::<Index>(),
        any::<bool>(),
    )
        .prop_map(|(text, changes, end, cut)| {
            let mut bytes = text.as_bytes().to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        });
    // JSON from the signs that it is made of, which random bytes seldom hit.
    let signs = vec(
        proptest::sample::select(&br#"[]{}",:\ue-+.019tfn"#[..]),
        0..200,
    );
    prop_oneof![vec(any::<u8>(), 0..300), damaged, signs]
}

/// Lets every decoder read the body, whatever comes of it.
fn decode_all(status: u16, body: Vec<u8>) {
    let answer = Answer {
        status: StatusCode::from_u16(status).unwrap(),
        wait: None,
        headers: HeaderMap::new(),
        body: Bytes::from(body),
        credentials: Credentials::token("s3cret"),
    };
    if let Ok(page) = answer.decode::<Page<CustomerOrder>>() {
        // Nothing is made up: every row took at least the bytes of an id and a name.
        let least = r#"{"id":"","name":""}"#.len();
        assert!(page.rows.len() * least <= answer.body.len());
    }
    answer.decode::<Page<Event>>().ok();
    answer.decode::<Page<AsyncTask>>().ok();
    answer.decode::<Settings>().ok();
    answer.decode::<Page<Attribute>>().ok();
    answer.decode_one::<Counterparty>().ok();
    answer.decode_one::<Attribute>().ok();
    answer.decode_one::<State>().ok();
    answer.decode_one::<Product>().ok();
    if let Ok(rows) = answer.rows() {
        for row in rows {
            let refused = answer.row_errors(row);
            assert!(refused.is_none_or(|errors| errors.len() <= answer.body.len()));
            answer.decode_row::<CustomerOrder>(row).ok();
        }
    }
    answer.decode::<Vec<serde_json::Value>>().ok();
    answer.is_parallel_limit();
    let refusal = crate::error::Error::new("t", crate::error::Effect::Read, answer.refusal());
    assert!(!format!("{refusal}{refusal:?}").contains("s3cret"));
}

proptest! {
    #[test]
    fn no_bytes_make_a_decoder_panic(status in 100_u16..600, body in hostile(&WHOLE)) {
        decode_all(status, body);
    }
}

#[test]
fn nesting_without_end_is_refused_before_the_stack_is() {
    for open in ["[", r#"{"rows":["#, r#"{"errors":"#, r#"{"agent":"#] {
        let body = open.repeat(2_000_000 / open.len());
        decode_all(200, body.clone().into_bytes());
        decode_all(400, body.into_bytes());
    }
}

#[test]
fn numbers_out_of_range_are_refused_or_kept_and_never_wrap() {
    for number in ["1e400", "-1e400", "9".repeat(400).as_str(), "1e-400", "-0"] {
        let id = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";
        let order = format!(r#"{{"rows": [{{"id": "{id}", "name": "n", "sum": {number}}}]}}"#);
        let error =
            format!(r#"{{"errors": [{{"error": "e", "code": {number}, "line": {number}}}]}}"#);
        decode_all(200, order.into_bytes());
        decode_all(400, error.into_bytes());
    }
}
