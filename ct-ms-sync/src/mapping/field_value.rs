//! A text of a lead as the value of a custom field.

use jiff::civil::{Date, DateTime};
use moysklad_api::Moment;
use moysklad_api::attribute::Value;
use rust_decimal::Decimal;

use crate::setup::FieldKind;

/// Most characters of a line (Строка), and of a name, a phone or an e-mail in МойСклад.
pub(super) const LINE: usize = 255;
/// Most characters of a text (Текст), and of a comment, in МойСклад.
pub(super) const TEXT: usize = 4096;

/// The value of a field of this kind; nothing when the text is none.
pub(super) fn field_value(kind: FieldKind, text: &str) -> Option<Value> {
    let text = text.trim();
    match kind {
        FieldKind::Line => Some(cut(text, LINE).into()),
        FieldKind::Text => Some(cut(text, TEXT).into()),
        FieldKind::Link => is_link(text).then(|| text.into()),
        FieldKind::Long => number(text)
            .filter(Decimal::is_integer)
            .and_then(|number| i64::try_from(number).ok())
            .map(Value::Long),
        FieldKind::Double => number(text).map(Value::Double),
        FieldKind::Boolean => flag(text).map(Value::Flag),
        FieldKind::Time => moment(text).map(Value::Time),
    }
}

/// The text, cut to so many characters; a cut shows as «…».
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars()
        .take(most.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// An address cannot be cut and still lead somewhere.
fn is_link(text: &str) -> bool {
    let after = ["http://", "https://"]
        .iter()
        .find_map(|start| text.strip_prefix(start));
    after.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
        && text.chars().count() <= LINE
}

/// A number as people write it: blanks between the digits, a comma before the fraction.
fn number(text: &str) -> Option<Decimal> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    plain.parse().ok()
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "да" | "true" | "yes" | "1" => Some(true),
        "нет" | "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// A moment in Moscow, with or without its time.
fn moment(text: &str) -> Option<Moment> {
    let with_time = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"];
    let days = ["%Y-%m-%d", "%d.%m.%Y"];
    with_time
        .iter()
        .find_map(|format| DateTime::strptime(format, text).ok())
        .or_else(|| {
            days.iter()
                .find_map(|format| Date::strptime(format, text).ok())
                .map(|day| day.at(0, 0, 0, 0))
        })
        .map(Moment::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_becomes_what_the_field_takes_or_nothing() {
        let shown = |kind, text: &str| {
            field_value(kind, text).map(|value| serde_json::to_value(value).unwrap().to_string())
        };
        for (kind, text, expected) in [
            (FieldKind::Line, " google ", Some("\"google\"")),
            (FieldKind::Long, "95", Some("95")),
            (FieldKind::Long, "1 250,00", Some("1250")),
            (FieldKind::Long, "1,5", None),
            (FieldKind::Long, "много", None),
            (FieldKind::Long, "99999999999999999999", None),
            (FieldKind::Double, "1 250,75", Some("1250.75")),
            (FieldKind::Double, "", None),
            (FieldKind::Boolean, "Да", Some("true")),
            (FieldKind::Boolean, "false", Some("false")),
            (FieldKind::Boolean, "может быть", None),
            (
                FieldKind::Link,
                "https://shop.example/?a=1",
                Some("\"https://shop.example/?a=1\""),
            ),
            (FieldKind::Link, "shop.example", None),
            (FieldKind::Link, "https://", None),
            (
                FieldKind::Time,
                "2026-11-20 09:12:44",
                Some("\"2026-11-20 09:12:44.000\""),
            ),
            (
                FieldKind::Time,
                "20.11.2026 09:12",
                Some("\"2026-11-20 09:12:00.000\""),
            ),
            (
                FieldKind::Time,
                "20.11.2026",
                Some("\"2026-11-20 00:00:00.000\""),
            ),
            (FieldKind::Time, "завтра", None),
        ] {
            assert_eq!(shown(kind, text).as_deref(), expected, "{kind:?} {text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_to_what_the_field_takes() {
        for (kind, most) in [(FieldKind::Line, LINE), (FieldKind::Text, TEXT)] {
            let Some(Value::Text(text)) = field_value(kind, &"ж".repeat(5000)) else {
                panic!("a text");
            };
            assert_eq!(text.chars().count(), most);
            assert!(text.ends_with('…'));
        }
        let link = format!("https://shop.example/{}", "x".repeat(300));
        assert_eq!(field_value(FieldKind::Link, &link), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,300}") {
            for kind in [FieldKind::Line, FieldKind::Text, FieldKind::Link, FieldKind::Long, FieldKind::Double, FieldKind::Boolean, FieldKind::Time] {
                let _ = field_value(kind, &text);
            }
        }
    }
}
