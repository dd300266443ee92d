//! Reading the words of a webhook; what cannot be read is nothing, and stays in the fields.

use super::fields::Fields;
use crate::period;
use crate::text::Text;
use jiff::Timestamp;
use std::str::FromStr;

impl Fields {
    pub(super) fn text(&self, name: &str) -> Option<Text> {
        self.value(name).map(Text::from)
    }

    pub(super) fn number<N: FromStr>(&self, name: &str) -> Option<N> {
        self.value(name)?.parse().ok()
    }

    pub(super) fn moment(&self, name: &str) -> Option<Timestamp> {
        period::parse_moment(self.value(name)?)
    }

    /// A flag, which some fields say by `true` and some by a word of their own, as `target`.
    pub(super) fn flag(&self, name: &str, yes: &str) -> Option<bool> {
        let word = self.value(name)?.to_ascii_lowercase();
        match word.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            word if word == yes => Some(true),
            word if [format!("non-{yes}"), format!("un{yes}")]
                .iter()
                .any(|no| no == word) =>
            {
                Some(false)
            }
            _ => None,
        }
    }

    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.text(name)
            .as_ref()
            .map(super::list)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_reads_from_every_word_of_the_service() {
        let table = [
            ("true", "unique", Some(true)),
            ("FALSE", "unique", Some(false)),
            ("1", "target", Some(true)),
            ("target", "target", Some(true)),
            ("non-target", "target", Some(false)),
            ("non-uniqtarget", "uniqtarget", Some(false)),
            ("successful", "successful", Some(true)),
            ("unsuccessful", "successful", Some(false)),
            ("non-callback", "callback", Some(false)),
            ("maybe", "target", None),
            ("", "target", None),
        ];
        for (word, yes, wanted) in table {
            let fields = Fields::from_pairs([("flag", word)]);
            assert_eq!(fields.flag("flag", yes), wanted, "{word}");
        }
    }

    #[test]
    fn a_list_is_cut_at_its_commas() {
        let fields = Fields::from_pairs([("tags", " Лид, VIP;x,,")]);

        assert_eq!(fields.list("tags"), ["Лид", "VIP", "x"]);
    }
}
