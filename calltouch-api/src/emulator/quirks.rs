//! Oddities of real answers, which a test can switch on.

use serde_json::{Value, json};

use super::field::{self, Object};

/// Which oddities the answers show; all are off by default.
///
/// Each was met by published clients. What is stored does not change, only how it is answered.
///
/// ```
/// use calltouch_api::emulator::Quirks;
///
/// let quirks = Quirks { one_digit_hours: true, ..Quirks::default() };
/// # let _ = quirks;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, all combinations valid"
)]
pub struct Quirks {
    /// Writes the hours 0 to 9 with one digit: `15/11/2023 1:13:20`.
    pub one_digit_hours: bool,
    /// Writes every number as text: `"callId": "24000001"`.
    pub numbers_as_text: bool,
    /// Writes every flag as a word: `"successful": "True"`.
    pub text_flags: bool,
    /// Gives calls that were not answered a duration of −30 s, as PBX imports have it.
    pub negative_durations: bool,
    /// Answers an unknown path with 200 and a page of HTML instead of a redirect.
    pub html_answers: bool,
}

impl Quirks {
    /// Turns a record into what the journal answers.
    pub(super) fn record(self, mut record: Object) -> Value {
        let missed = record.contains_key("successful") && !field::is_set(&record, "successful");
        if self.negative_durations && missed {
            record.insert("duration".to_owned(), json!(-30));
        }
        let mut record = Value::Object(record);
        if self.one_digit_hours || self.numbers_as_text || self.text_flags {
            self.distort(&mut record);
        }
        record
    }

    fn distort(self, value: &mut Value) {
        match value {
            Value::Number(number) if self.numbers_as_text => {
                *value = Value::String(number.to_string());
            }
            Value::Bool(set) if self.text_flags => {
                *value = Value::String(if *set { "True" } else { "False" }.to_owned());
            }
            Value::String(text) if self.one_digit_hours && has_padded_hour(text) => {
                text.remove(11);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.distort(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.distort(field)),
            _ => {}
        }
    }
}

/// Whether the text is `dd/mm/yyyy 0H:MM:SS`.
fn has_padded_hour(text: &str) -> bool {
    let shape = matches!(
        text.as_bytes(),
        [
            _,
            _,
            b'/',
            _,
            _,
            b'/',
            _,
            _,
            _,
            _,
            b' ',
            b'0',
            _,
            b':',
            _,
            _,
            b':',
            _,
            _
        ]
    );
    shape && text.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Object {
        json!({"callId": 24_000_001, "date": "15/11/2023 01:13:20", "successful": false,
               "duration": 0, "nested": [{"when": "15/11/2023 11:13:20"}]})
        .as_object()
        .unwrap()
        .clone()
    }

    #[test]
    fn without_quirks_a_record_is_answered_as_it_is() {
        assert_eq!(Quirks::default().record(record()), Value::Object(record()));
    }

    #[test]
    fn each_quirk_changes_what_it_names() {
        let all = Quirks {
            one_digit_hours: true,
            numbers_as_text: true,
            text_flags: true,
            negative_durations: true,
            html_answers: true,
        };
        assert_eq!(
            all.record(record()),
            json!({"callId": "24000001", "date": "15/11/2023 1:13:20", "successful": "False",
                   "duration": "-30", "nested": [{"when": "15/11/2023 11:13:20"}]})
        );
    }
}
