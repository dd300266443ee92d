//! Leads: what a call (звонок) and a request (заявка) have in common, and which of them are carried.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::{Leads, Select, WithoutPhone};
use crate::contact::{Email, Phone};

/// Namespace of the `syncId` of orders; fixed for ever, since orders already made carry ids from it.
const ORDER_NAMESPACE: Uuid = Uuid::from_u128(0x6b1d_4a52_7c0e_5f0b_9a3d_2e8f_51c4_70a1);

/// Names one lead for ever: `ct-<siteId>-call-<callId>` or `ct-<siteId>-request-<requestId>`.
///
/// It is the external code (внешний код) of the order and the number of the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeadKey {
    site: u64,
    kind: LeadKind,
    id: u64,
}

/// What a lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadKind {
    /// A phone call (звонок).
    Call,
    /// A web form (заявка).
    Request,
}

impl LeadKind {
    /// The kind as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Request => "request",
        }
    }
}

impl LeadKey {
    /// The key of a call.
    #[must_use]
    pub fn call(site: u64, id: u64) -> Self {
        Self {
            site,
            kind: LeadKind::Call,
            id,
        }
    }

    /// The key of a request.
    #[must_use]
    pub fn request(site: u64, id: u64) -> Self {
        Self {
            site,
            kind: LeadKind::Request,
            id,
        }
    }

    /// Whether the lead is a call or a request.
    #[must_use]
    pub fn kind(self) -> LeadKind {
        self.kind
    }

    /// Number of the Calltouch site.
    pub(crate) fn site(self) -> u64 {
        self.site
    }

    /// Calltouch's own id of the call or request.
    #[must_use]
    pub fn id(self) -> u64 {
        self.id
    }

    /// The `syncId` of the order made from the lead.
    #[must_use]
    pub fn order_sync_id(self) -> Uuid {
        Uuid::new_v5(&ORDER_NAMESPACE, self.to_string().as_bytes())
    }
}

impl fmt::Display for LeadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ct-{}-{}-{}", self.site, self.kind.as_str(), self.id)
    }
}

impl LeadKey {
    /// Reads a key that is written exactly as the sync writes it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        text.parse()
            .ok()
            .filter(|key: &Self| key.to_string() == text)
    }
}

impl std::str::FromStr for LeadKey {
    type Err = NotALeadKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.strip_prefix("ct-").ok_or(NotALeadKey)?.split('-');
        let mut next = || parts.next().ok_or(NotALeadKey);
        let site = next()?.parse().map_err(|_| NotALeadKey)?;
        let kind = match next()? {
            "call" => LeadKind::Call,
            "request" => LeadKind::Request,
            _ => return Err(NotALeadKey),
        };
        let id = next()?.parse().map_err(|_| NotALeadKey)?;
        if parts.next().is_some() {
            return Err(NotALeadKey);
        }
        Ok(Self { site, kind, id })
    }
}

/// The text is no lead key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a lead key, which reads ct-<site>-call-<id> or ct-<site>-request-<id>")]
pub struct NotALeadKey;

/// A call or a request, as far as the flows need it.
///
/// The store keeps it until the lead is carried, so nothing is lost when Calltouch's journal
/// moves on.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lead {
    pub(crate) key: LeadKey,
    /// When the call started or the request was sent.
    pub(crate) at: Timestamp,
    pub(crate) phones: Vec<Phone>,
    pub(crate) emails: Vec<Email>,
    /// The person's name, when the form had it.
    pub(crate) name: Option<String>,
    /// Phone and e-mail as Calltouch gave them, for the comment.
    pub(crate) phone_text: Option<String>,
    pub(crate) email_text: Option<String>,
    /// Values of the source fields by code; absent ones are left out.
    pub(crate) source_fields: BTreeMap<String, String>,
    pub(crate) marks: Marks,
}

/// What the selection looks at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Marks {
    pub(crate) unique: bool,
    pub(crate) target: bool,
    pub(crate) unique_target: bool,
    /// Seconds; requests have none.
    pub(crate) duration: Option<i64>,
    pub(crate) tags: Vec<String>,
    pub(crate) source: Option<String>,
}

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lead({} at {})", self.key, self.at)
    }
}

impl Lead {
    /// The rule that leaves the lead out, if one does.
    pub(crate) fn left_out_by(&self, rules: &Leads) -> Option<LeftOut> {
        let marks = &self.marks;
        let selected = match rules.select {
            Select::All => true,
            Select::Target => marks.target,
            Select::Unique => marks.unique,
            Select::UniqueTarget => marks.unique_target,
        };
        let same =
            |one: &str, other: &String| one.trim().to_lowercase() == other.trim().to_lowercase();
        if !selected {
            Some(LeftOut::Select)
        } else if marks
            .duration
            .is_some_and(|seconds| seconds < i64::from(rules.min_duration_seconds))
            && rules.min_duration_seconds > 0
        {
            Some(LeftOut::MinDuration)
        } else if marks
            .tags
            .iter()
            .any(|tag| rules.excluded_tags.iter().any(|no| same(tag, no)))
        {
            Some(LeftOut::ExcludedTag)
        } else if marks
            .source
            .iter()
            .any(|source| rules.excluded_sources.iter().any(|no| same(source, no)))
        {
            Some(LeftOut::ExcludedSource)
        } else {
            self.without_phone(rules)
                .filter(|(policy, _)| *policy == WithoutPhone::LeaveOut)
                .map(|(_, rule)| rule)
        }
    }

    /// What becomes of the lead when it has no phone, and the rule that says so.
    fn without_phone(&self, rules: &Leads) -> Option<(WithoutPhone, LeftOut)> {
        if !self.phones.is_empty() {
            None
        } else if !self.emails.is_empty() {
            Some((rules.email_only, LeftOut::EmailOnly))
        } else if self.name.is_some() {
            Some((rules.name_only, LeftOut::NameOnly))
        } else {
            Some((rules.hidden_number, LeftOut::HiddenNumber))
        }
    }

    /// Whether the lead goes to the counterparty that leads without a phone share.
    pub(crate) fn shares_counterparty(&self, rules: &Leads) -> bool {
        self.without_phone(rules)
            .is_some_and(|(policy, _)| policy == WithoutPhone::SharedCounterparty)
    }

    /// Every contact, phones first, in one spelling.
    pub(crate) fn contacts(&self) -> impl Iterator<Item = &str> {
        let phones = self.phones.iter().map(Phone::as_str);
        phones.chain(self.emails.iter().map(Email::as_str))
    }
}

/// The rule of the configuration that left a lead out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeftOut {
    /// `leads.select`.
    Select,
    /// `leads.min_duration_seconds`.
    MinDuration,
    /// `leads.excluded_tags`.
    ExcludedTag,
    /// `leads.excluded_sources`.
    ExcludedSource,
    /// `leads.hidden_number`.
    HiddenNumber,
    /// `leads.name_only`.
    NameOnly,
    /// `leads.email_only`.
    EmailOnly,
}

impl LeftOut {
    const ALL: [Self; 7] = [
        Self::Select,
        Self::MinDuration,
        Self::ExcludedTag,
        Self::ExcludedSource,
        Self::HiddenNumber,
        Self::NameOnly,
        Self::EmailOnly,
    ];

    /// The setting's name in the configuration.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Self::Select => "leads.select",
            Self::MinDuration => "leads.min_duration_seconds",
            Self::ExcludedTag => "leads.excluded_tags",
            Self::ExcludedSource => "leads.excluded_sources",
            Self::HiddenNumber => "leads.hidden_number",
            Self::NameOnly => "leads.name_only",
            Self::EmailOnly => "leads.email_only",
        }
    }

    /// The rule whose setting has this name.
    pub(crate) fn read(setting: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.setting() == setting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(marks: Marks) -> Lead {
        Lead {
            key: LeadKey::call(7, 1),
            at: Timestamp::UNIX_EPOCH,
            phones: Vec::new(),
            emails: Vec::new(),
            name: None,
            phone_text: None,
            email_text: None,
            source_fields: BTreeMap::new(),
            marks,
        }
    }

    #[test]
    fn every_rule_reads_back_by_its_setting() {
        for rule in LeftOut::ALL {
            assert_eq!(LeftOut::read(rule.setting()), Some(rule));
        }
    }

    #[test]
    fn a_key_reads_back_as_itself() {
        for key in [LeadKey::call(25918, 24_000_001), LeadKey::request(1, 2)] {
            assert_eq!(key.to_string().parse::<LeadKey>().unwrap(), key);
        }
        for text in [
            "",
            "ct-1-call",
            "ct-1-chat-2",
            "ct-1-call-2-3",
            "ct-x-call-2",
            "1-call-2",
        ] {
            assert!(text.parse::<LeadKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_sync_id_of_an_order_never_changes() {
        let id = LeadKey::call(25918, 24_000_001).order_sync_id();
        assert_eq!(id.to_string(), "a9f9c397-4b08-5e25-bae4-99dc89d604e3");
        assert_ne!(id, LeadKey::request(25918, 24_000_001).order_sync_id());
    }

    #[test]
    fn each_rule_leaves_out_what_it_names_and_nothing_else() {
        let marks = Marks {
            unique: true,
            target: false,
            unique_target: false,
            duration: Some(12),
            tags: vec!["Спам ".into()],
            source: Some("avito.ru".into()),
        };
        let all = Leads::default();
        let table = [
            (all.clone(), None),
            (
                Leads {
                    select: Select::Unique,
                    ..all.clone()
                },
                None,
            ),
            (
                Leads {
                    select: Select::Target,
                    ..all.clone()
                },
                Some(LeftOut::Select),
            ),
            (
                Leads {
                    select: Select::UniqueTarget,
                    ..all.clone()
                },
                Some(LeftOut::Select),
            ),
            (
                Leads {
                    min_duration_seconds: 12,
                    ..all.clone()
                },
                None,
            ),
            (
                Leads {
                    min_duration_seconds: 13,
                    ..all.clone()
                },
                Some(LeftOut::MinDuration),
            ),
            (
                Leads {
                    excluded_tags: vec!["спам".into()],
                    ..all.clone()
                },
                Some(LeftOut::ExcludedTag),
            ),
            (
                Leads {
                    excluded_sources: vec!["Avito.ru".into()],
                    ..all.clone()
                },
                Some(LeftOut::ExcludedSource),
            ),
            (
                Leads {
                    excluded_sources: vec!["avito".into()],
                    ..all
                },
                None,
            ),
        ];
        for (rules, expected) in table {
            assert_eq!(
                lead(marks.clone()).left_out_by(&rules),
                expected,
                "{rules:?}"
            );
        }
    }

    #[test]
    fn a_negative_duration_is_left_out_only_when_a_minimum_is_set() {
        let lead = lead(Marks {
            duration: Some(-30),
            ..Marks::default()
        });
        assert_eq!(lead.left_out_by(&Leads::default()), None);
        let rules = Leads {
            min_duration_seconds: 1,
            ..Leads::default()
        };
        assert_eq!(lead.left_out_by(&rules), Some(LeftOut::MinDuration));
    }

    #[test]
    fn each_kind_of_lead_without_a_phone_has_its_own_rule() {
        let with = |phone: &str, email: &str, name: Option<&str>| Lead {
            phones: Phone::all_in(phone, crate::contact::Region::default()),
            emails: Email::all_in(email),
            name: name.map(str::to_owned),
            ..lead(Marks::default())
        };
        let full = with("79150000001", "a@b.example", Some("Анна"));
        let hidden = with("anonymous", "", None);
        let named = with("", "", Some("Анна"));
        let mail = with("", "a@b.example", Some("Анна"));
        let rules = |policy| Leads {
            hidden_number: policy,
            name_only: policy,
            email_only: policy,
            ..Leads::default()
        };
        for (lead, left_out_by) in [
            (&full, None),
            (&hidden, Some(LeftOut::HiddenNumber)),
            (&named, Some(LeftOut::NameOnly)),
            (&mail, Some(LeftOut::EmailOnly)),
        ] {
            let left_out = rules(WithoutPhone::LeaveOut);
            assert_eq!(lead.left_out_by(&left_out), left_out_by);
            let shared = rules(WithoutPhone::SharedCounterparty);
            assert_eq!(lead.left_out_by(&shared), None);
            assert_eq!(lead.shares_counterparty(&shared), left_out_by.is_some());
            assert!(!lead.shares_counterparty(&Leads::default()));
        }
    }

    #[test]
    fn debug_of_a_lead_shows_no_contact() {
        let mut lead = lead(Marks::default());
        lead.phone_text = Some("79151234567".into());
        assert!(!format!("{lead:?}").contains("915"));
    }
}
