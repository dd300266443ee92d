//! Showing that there is a contact, without showing it.

/// Fewest digits in a row that may be a phone.
const PHONE_DIGITS: usize = 7;

/// The text with all but the last two digits of each phone, and all but the domain of each e-mail,
/// hidden.
pub(crate) fn masked(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(without_email).collect();
    without_phones(&words.join(" "))
}

/// The first letter of a name; a name that is a contact shows nothing of it but its end.
pub(crate) fn shortened(name: &str) -> String {
    if name.contains('@') || name.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS {
        return masked(name);
    }
    name.chars().take(1).chain(['…']).collect()
}

fn without_email(word: &str) -> String {
    match word.rsplit_once('@') {
        Some((_, domain)) => format!("…@{domain}"),
        None => word.to_owned(),
    }
}

fn without_phones(text: &str) -> String {
    let mut shown = String::new();
    let mut run = String::new();
    for c in text.chars() {
        // People write all kinds of blanks, dots and dashes between the digits of a number.
        let belongs = c.is_ascii_digit() || (!run.is_empty() && !c.is_alphabetic());
        if belongs {
            run.push(c);
        } else {
            shown.push_str(&hidden(&run));
            run.clear();
            shown.push(c);
        }
    }
    shown.push_str(&hidden(&run));
    shown
}

/// The run of digits, or only its end when it may be a phone.
fn hidden(run: &str) -> String {
    let digits: Vec<char> = run.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < PHONE_DIGITS {
        return run.to_owned();
    }
    let after = run.trim_start_matches(|c: char| !c.is_ascii_digit());
    let after = after.rsplit(|c: char| c.is_ascii_digit()).next();
    let end: String = digits.iter().skip(digits.len() - 2).collect();
    format!("…{end}{}", after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_hidden_and_everything_else_stays() {
        for (text, shown) in [
            ("+79150000001", "+…01"),
            ("звонок 8 (915) 000-00-11 утром", "звонок …11 утром"),
            ("8.915.000.00.11, утром", "…11, утром"),
            ("8\u{a0}915\u{a0}000–00–11", "…11"),
            ("anna@mail.example", "…@mail.example"),
            ("кухни|мск 2026", "кухни|мск 2026"),
            ("", ""),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
    }

    #[test]
    fn a_name_shows_its_first_letter_and_a_number_in_its_place_its_end() {
        for (name, shown) in [
            ("Анна Смирнова", "А…"),
            ("+79150000001", "+…01"),
            ("anna@mail.example", "…@mail.example"),
            ("", "…"),
        ] {
            assert_eq!(shortened(name), shown);
        }
    }
}
