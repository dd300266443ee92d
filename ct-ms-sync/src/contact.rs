//! Phones and e-mails in one spelling, so that one person is met again however the contact was typed.
//!
//! [`Phone::all_in`] and [`Email::all_in`] read a free-text field, which may hold several.

use std::fmt;

use phonenumber::{Mode, PhoneNumber, country};
use serde::{Deserialize, Serialize};

/// Words that announce an extension: what follows them is no part of the number (добавочный).
const EXTENSION_WORDS: [&str; 6] = ["доб", "внутр", "вн.", "ext", "#", ";ext="];

/// Fewest digits of a number that can be dialled from outside; shorter ones are extensions.
const SHORTEST: usize = 7;

/// A phone number in one spelling: E.164 when it can be parsed, its digits otherwise.
///
/// `Debug` hides all but the last two digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Reads every number of a free-text field, in the order they stand there.
    ///
    /// Numbers without a country code are taken as numbers of `region`. Extensions and words
    /// around a number («тел.», «доб. 12») are ignored.
    #[must_use]
    pub fn all_in(text: &str, region: Region) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for part in text.to_lowercase().split([',', ';', '/', '|', '\n']) {
            let part = sip_user(part);
            if is_extension(part) {
                continue;
            }
            for number in numbers(part) {
                if let Some(number) =
                    Self::parse(&number, region).filter(|one| !found.contains(one))
                {
                    found.push(number);
                }
            }
        }
        found
    }

    fn parse(text: &str, region: Region) -> Option<Self> {
        let digits: String = text
            .chars()
            .filter_map(|c| c.to_digit(10))
            .filter_map(|d| char::from_digit(d, 10))
            .collect();
        if digits.is_empty() {
            return None;
        }
        let international = text.contains('+').then(|| digits.clone()).or_else(|| {
            digits
                .strip_prefix("00")
                .filter(|rest| rest.len() > 7)
                .map(str::to_owned)
        });
        let dialled = match international {
            // «+8 915 …» is a Russian trunk prefix behind a plus: no country has the code 89.
            Some(number) if number.len() == 11 && number.starts_with("89") => {
                format!("+7{}", &number[1..])
            }
            Some(number) => format!("+{number}"),
            None => region.dialled(&digits),
        };
        // Most numbers are Russian, and one of eleven digits with +7 is in E.164 already.
        if dialled.len() == 12 && dialled.starts_with("+7") {
            return Some(Self(dialled));
        }
        if digits.len() < SHORTEST {
            return Some(Self(digits));
        }
        let parsed = phonenumber::parse(Some(region.id()), &dialled)
            .ok()
            .filter(|number| dialled.starts_with('+') || number.is_valid())
            // Calltouch writes numbers of other countries without a plus too.
            .or_else(|| {
                phonenumber::parse(None, format!("+{digits}"))
                    .ok()
                    .filter(PhoneNumber::is_valid)
            });
        Some(Self(parsed.map_or(digits, |number| {
            number.format().mode(Mode::E164).to_string()
        })))
    }

    /// The number in E.164 (`+79151234567`), or its digits when it could not be parsed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tail: String = self
            .0
            .chars()
            .skip(self.0.chars().count().saturating_sub(2))
            .collect();
        write!(f, "Phone(…{tail})")
    }
}

/// An e-mail address, lower-cased and trimmed.
///
/// `Debug` hides all but the domain.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Reads every address of a free-text field; what is no address is left out.
    #[must_use]
    pub fn all_in(text: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for part in text
            .to_lowercase()
            .split(|c: char| c.is_whitespace() || [',', ';', '<', '>'].contains(&c))
        {
            let email = Self(part.trim_matches('.').to_owned());
            if is_address(&email.0) && !found.contains(&email) {
                found.push(email);
            }
        }
        found
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Email(…@{})",
            self.0.split_once('@').map_or("", |(_, domain)| domain)
        )
    }
}

/// The country whose numbers are written without a country code, as an ISO 3166 code (`RU`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region(country::Id);

impl Region {
    fn id(self) -> country::Id {
        self.0
    }

    /// A number without `+` as it is dialled in the region: Russia and Kazakhstan write one
    /// number with 8, with 7 or with neither.
    fn dialled(self, digits: &str) -> String {
        match (self.0, digits.len()) {
            (country::RU | country::KZ, 11) if digits.starts_with(['7', '8']) => {
                format!("+7{}", &digits[1..])
            }
            (country::RU | country::KZ, 10) => format!("+7{digits}"),
            _ => digits.to_owned(),
        }
    }
}

impl Default for Region {
    fn default() -> Self {
        Self(country::RU)
    }
}

impl std::str::FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        code.parse().map(Self).map_err(|_| UnknownRegion)
    }
}

impl Serialize for Region {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_ref())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is no ISO 3166 country code of two capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a country code of two capital letters, such as RU")]
pub struct UnknownRegion;

/// The user part of a SIP address; any other text as it is.
fn sip_user(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("sip:")
        .map_or(text, |address| address.split('@').next().unwrap_or(address))
}

/// Whether the text is about an extension and holds no number of its own.
fn is_extension(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '(', '.']);
    EXTENSION_WORDS.iter().any(|word| text.starts_with(word))
}

/// Cuts a text into its numbers: one ends where another begins, and where it is complete and
/// something else than a number follows.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    let mut add = |c: char, anew: bool| match numbers.last_mut() {
        Some(number) if !anew || number.is_empty() => number.push(c),
        _ => numbers.push(c.to_string()),
    };
    let mut so_far = String::new();
    let mut rest_is_other = false;
    let mut after_gap = false;
    for c in text.chars() {
        let complete = is_complete(&so_far);
        if c == '+' || (c.is_ascii_digit() && complete && after_gap && starts_number(&so_far)) {
            // A plus begins a number; so does a digit behind a gap when the number before is whole.
            if c == '+' || !rest_is_other {
                add(c, true);
                so_far = c.to_string();
                rest_is_other = false;
            }
        } else if c.is_ascii_digit() && !rest_is_other {
            add(c, false);
            so_far.push(c);
        } else if c.is_alphabetic() && (complete || is_national(&so_far)) {
            // «доб. 12», «до 18:00», «кв. 5»: what follows is no part of the number.
            rest_is_other = true;
        }
        after_gap = c.is_whitespace() || (after_gap && !c.is_ascii_digit());
    }
    numbers
}

/// Whether the number so far is one whose length is known, so that what follows a gap is another.
fn starts_number(number: &str) -> bool {
    number.starts_with("+7") || !number.starts_with('+')
}

/// Whether the digits so far can be a whole number.
fn is_complete(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    // «00» is a plus dialled.
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    digits.len()
        >= if digits.starts_with(['7', '8']) {
            11
        } else {
            10
        }
}

/// Whether the digits so far are a whole number without its country, of an area that begins like a
/// country code: «812» is Saint Petersburg.
fn is_national(number: &str) -> bool {
    number.len() == 10 && number.starts_with(['7', '8'])
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let named = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    !local.is_empty()
        && local
            .chars()
            .all(|c| named(c) || "!#$&'*/=?^`{|}~".contains(c))
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phones(text: &str) -> Vec<String> {
        Phone::all_in(text, Region::default())
            .into_iter()
            .map(|phone| phone.0)
            .collect()
    }

    #[test]
    fn every_usual_spelling_of_a_number_is_one_number() {
        for text in [
            "79151234567",
            "+7 (915) 123-45-67",
            "8 915 123 45 67",
            "8(915)1234567",
            "9151234567",
            "+7\u{a0}915\u{a0}123\u{2011}45\u{2011}67",
            "тел. 8-915-123-45-67",
            "моб.: +7 915 123 45 67 доб. 12",
            "8 (915) 123-45-67 ext 5",
            "915 123-45-67 доб. 12",
            "007 915 123 45 67",
            "sip:79151234567@pbx.example",
            "+8 915 123 45 67",
        ] {
            assert_eq!(phones(text), ["+79151234567"], "{text}");
        }
    }

    #[test]
    fn an_area_that_begins_like_a_country_code_may_have_an_extension() {
        assert_eq!(phones("812 123-45-67 доб. 12"), ["+78121234567"]);
        assert_eq!(phones("(843) 123-45-67 кв. 5"), ["+78431234567"]);
    }

    #[test]
    fn a_field_with_several_numbers_counts_for_each() {
        for text in [
            "+79151234567, 8 926 765-43-21",
            "89151234567;89267654321",
            "8 915 123 45 67 8 926 765 43 21",
            "9151234567 9267654321",
            "+7 915 123 45 67 +7 926 765 43 21",
            "8 (915) 123-45-67 / 8 (926) 765-43-21",
        ] {
            assert_eq!(phones(text), ["+79151234567", "+79267654321"], "{text}");
        }
    }

    #[test]
    fn what_stands_around_a_number_is_no_part_of_it() {
        for text in [
            "8 (915) 123 45 67 до 18:00",
            "89151234567 с 9 до 18",
            "8 915 123 45 67, доб. 12",
            "+7 915 123-45-67 кв 12",
            "удобное время: 8 915 123 45 67",
        ] {
            assert_eq!(phones(text), ["+79151234567"], "{text}");
        }
        assert_eq!(phones("495 123-45-67 Анна 12"), ["+74951234567"]);
    }

    #[test]
    fn numbers_of_other_countries_meet_with_and_without_a_plus() {
        for digits in ["375291234567", "380441234567", "998901234567"] {
            assert_eq!(phones(digits), [format!("+{digits}")]);
            assert_eq!(phones(&format!("+{digits}")), [format!("+{digits}")]);
        }
        assert_eq!(
            phones("+375 29 123 45 67 +7 915 123 45 67"),
            ["+375291234567", "+79151234567"]
        );
    }

    #[test]
    fn numbers_of_other_countries_keep_their_code() {
        assert_eq!(phones("+375 29 123-45-67"), ["+375291234567"]);
        assert_eq!(phones("+49 30 901820"), ["+4930901820"]);
    }

    #[test]
    fn what_is_no_number_is_compared_by_its_digits_or_not_at_all() {
        assert_eq!(phones("12"), ["12"]);
        assert!(phones("anonymous").is_empty());
        assert!(phones("").is_empty());
        assert!(phones("скрыт").is_empty());
    }

    #[test]
    fn e_mails_are_compared_without_case_and_blanks() {
        let all = |text: &str| {
            Email::all_in(text)
                .into_iter()
                .map(|e| e.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(all(" I_V+Shop@Mail.Example "), ["i_v+shop@mail.example"]);
        assert_eq!(
            all("a@b.example; C@d.example"),
            ["a@b.example", "c@d.example"]
        );
        assert!(all("нет почты").is_empty());
        assert!(all("a@b").is_empty());
        assert!(all("@b.example").is_empty());
    }

    #[test]
    fn debug_shows_no_whole_contact() {
        let phone = Phone::all_in("+79151234567", Region::default());
        let email = Email::all_in("ivan@mail.example");
        let shown = format!("{phone:?} {email:?}");
        assert!(!shown.contains("915") && !shown.contains("ivan"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_rendering_of_a_number_meets_the_same_person(
            national in "9[0-9]{9}",
            prefix in prop::sample::select(vec!["+7", "7", "8", "", "+7 ", "8 "]),
            gap in prop::sample::select(vec!["", " ", "-", "\u{a0}", "."]),
            brackets in any::<bool>(),
            before in prop::sample::select(vec!["", "тел. ", "моб.: ", "звонить: "]),
            after in prop::sample::select(vec!["", " доб. 12", " ext. 7", " (Анна)"]),
        ) {
            let (open, close) = if brackets { ("(", ")") } else { ("", "") };
            let text = format!(
                "{before}{prefix}{open}{}{close}{gap}{}{gap}{}{gap}{}{after}",
                &national[..3], &national[3..6], &national[6..8], &national[8..],
            );
            prop_assert_eq!(phones(&text), [format!("+7{national}")]);
        }

        #[test]
        fn different_numbers_never_meet(one in "9[0-9]{9}", other in "9[0-9]{9}") {
            prop_assume!(one != other);
            prop_assert_ne!(phones(&format!("8{one}")), phones(&format!("+7{other}")));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,80}") {
            let _ = (phones(&text), Email::all_in(&text));
        }
    }
}
