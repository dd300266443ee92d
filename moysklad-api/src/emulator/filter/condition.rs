//! One condition: a field, an operator and a value, read from text.

use super::subject::{Atom, Value};
use crate::emulator::error::ServiceErrors;

/// A condition as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) operator: Operator,
    pub(crate) value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    Unequal,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Contains,
    Begins,
    Ends,
}

/// Operators by their text; of two that fit, the longer comes first.
const OPERATORS: [(&str, Operator); 9] = [
    ("!=", Operator::Unequal),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("~=", Operator::Begins),
    ("=~", Operator::Ends),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Contains),
];

impl Operator {
    pub(crate) fn text(self) -> &'static str {
        OPERATORS
            .iter()
            .find(|(_, operator)| *operator == self)
            .map_or("", |(text, _)| text)
    }

    pub(super) fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Greater | Self::Less | Self::GreaterOrEqual | Self::LessOrEqual
        )
    }

    pub(super) fn is_about_text(self) -> bool {
        matches!(self, Self::Contains | Self::Begins | Self::Ends)
    }

    /// Whether a stored value stands in this relation to the one in the filter.
    pub(super) fn holds(self, stored: &Value<'_>, given: &Atom) -> bool {
        if let (Value::Text(stored), Atom::Text(given)) = (stored, given) {
            let (stored, given) = (stored.to_lowercase(), given.to_lowercase());
            return match self {
                Self::Contains => stored.contains(&given),
                Self::Begins => stored.starts_with(&given),
                Self::Ends => stored.ends_with(&given),
                _ => false,
            };
        }
        let Some(order) = stored.compare(given) else {
            return false;
        };
        match self {
            Self::Greater => order.is_gt(),
            Self::Less => order.is_lt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::LessOrEqual => order.is_le(),
            _ => false,
        }
    }
}

/// Splits a filter at each `;` that no backslash stands before.
pub(crate) fn split(text: &str) -> Result<Vec<Condition>, ServiceErrors> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&';') => {
                letters.next();
                push(&mut parts, ';');
            }
            ';' => parts.push(String::new()),
            other => push(&mut parts, other),
        }
    }
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| read(part))
        .collect()
}

fn push(parts: &mut [String], letter: char) {
    if let Some(last) = parts.last_mut() {
        last.push(letter);
    }
}

fn read(part: &str) -> Result<Condition, ServiceErrors> {
    let wrong = || ServiceErrors::filter(format!("неверное условие '{part}'"));
    let at = part.find(['=', '!', '>', '<', '~']).ok_or_else(wrong)?;
    let (field, rest) = part.split_at_checked(at).ok_or_else(wrong)?;
    let known = OPERATORS
        .iter()
        .find_map(|(text, operator)| Some((*operator, rest.strip_prefix(text)?)));
    let (operator, value) = known.ok_or_else(wrong)?;
    if field.is_empty() {
        return Err(wrong());
    }
    Ok(Condition {
        field: field.to_owned(),
        operator,
        value: value.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Condition {
        split(text).unwrap().pop().unwrap()
    }

    #[test]
    fn an_escaped_semicolon_belongs_to_the_value() {
        let conditions = split(r"name=a\;b;phone~=7").unwrap();

        assert_eq!(conditions.len(), 2);
        assert_eq!(conditions[0].value, "a;b");
        assert_eq!(conditions[1].operator, Operator::Begins);
    }

    #[test]
    fn a_backslash_elsewhere_is_itself() {
        assert_eq!(one(r"name=a\b").value, r"a\b");
    }

    #[test]
    fn the_first_operator_splits_and_the_longest_wins() {
        for (text, operator, value) in [
            ("code=YQ==", Operator::Equal, "YQ=="),
            ("sum>=100", Operator::GreaterOrEqual, "100"),
            ("name=~end", Operator::Ends, "end"),
            ("name~=begin", Operator::Begins, "begin"),
            ("name!=", Operator::Unequal, ""),
        ] {
            let condition = one(text);
            assert_eq!(
                (condition.operator, condition.value.as_str()),
                (operator, value),
                "{text}"
            );
        }
    }

    #[test]
    fn a_condition_without_field_or_operator_is_refused() {
        for text in ["name", "=1", "name!~x"] {
            assert_eq!(split(text).unwrap_err().codes(), [1034], "{text}");
        }
    }
}
