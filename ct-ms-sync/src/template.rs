//! Texts that the settings compose from a lead.
//!
//! [`Templates::check`] finds what is wrong before the first lead: unknown values wherever they
//! stand, and what does not work for a lead that lacks everything.

use std::collections::BTreeMap;

use jiff::tz::Offset;
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::config::{Config, FieldValue};
use crate::contact::Phone;
use crate::error::{Error, Result};
use crate::lead::{Lead, LeadKind};
use crate::source_field::SOURCE_FIELDS;

mod sample;

/// Steps one text may take; a loop without end stops here.
const FUEL: u64 = 50_000;

/// Values beside the source fields.
const VALUES: [&str; 12] = [
    "kind",
    "id",
    "site",
    "key",
    "date",
    "time",
    "moment",
    "phone",
    "phone_e164",
    "email",
    "name",
    "duration",
];

/// A text that a template of the settings gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    CounterpartyName,
    OrderName,
    /// The comment of an order made from a lead of this kind.
    Comment(LeadKind),
    /// The custom field under this key of `orders.fields`.
    Field(&'a str),
}

impl Text<'_> {
    fn setting(self) -> String {
        match self {
            Self::CounterpartyName => "counterparties.name".into(),
            Self::OrderName => "orders.name".into(),
            Self::Comment(LeadKind::Call) => "orders.call_comment".into(),
            Self::Comment(LeadKind::Request) => "orders.request_comment".into(),
            Self::Field(key) => format!("orders.fields.\"{key}\""),
        }
    }
}

/// Every template of a configuration, ready to be filled.
#[derive(Debug)]
pub(crate) struct Templates {
    environment: Environment<'static>,
}

/// The values of one lead.
#[derive(Clone, Debug)]
pub(crate) struct Values(Value);

impl Templates {
    /// Reads the templates.
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_fuel(Some(FUEL));
        // What the check could not foresee, such as the second half of a text without a second
        // half, is an empty text.
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        for (text, source) in sources(config) {
            let name = text.setting();
            environment
                .add_template_owned(name.clone(), source)
                .map_err(|error| wrong(&name, &error))?;
        }
        Ok(Self { environment })
    }

    /// Finds what is wrong in the templates.
    pub(crate) fn check(&self) -> Result<()> {
        let mut strict = self.environment.clone();
        strict.set_undefined_behavior(UndefinedBehavior::Strict);
        let samples = sample::leads().map(|lead| Values::of(&lead));
        let mut names: Vec<&str> = strict.templates().map(|(name, _)| name).collect();
        names.sort_unstable();
        for name in names {
            let template = strict
                .get_template(name)
                .map_err(|error| wrong(name, &error))?;
            let mut unknown: Vec<String> =
                template.undeclared_variables(false).into_iter().collect();
            unknown.retain(|variable| {
                !known_values().any(|known| known == variable)
                    && strict.globals().all(|(global, _)| global != variable)
            });
            unknown.sort_unstable();
            if let Some(variable) = unknown.first() {
                return Err(Error::config(format!(
                    "`{name}`, line {}: a lead has no value `{variable}`; it has {}",
                    line_of(template.source(), variable),
                    known_values().collect::<Vec<_>>().join(", ")
                )));
            }
            for sample in &samples {
                template
                    .render(sample.0.clone())
                    .map_err(|error| wrong(name, &error))?;
            }
        }
        Ok(())
    }

    /// The text for a lead; nothing when there is no such template, or it gives a blank text.
    ///
    /// The error is for people and holds no value of the lead.
    pub(crate) fn render(&self, text: Text<'_>, values: &Values) -> Result<Option<String>, String> {
        let setting = text.setting();
        let Ok(template) = self.environment.get_template(&setting) else {
            return Ok(None);
        };
        match template.render(values.0.clone()) {
            Ok(rendered) => Ok(Some(rendered.trim().to_owned()).filter(|text| !text.is_empty())),
            // The details of the error may quote a contact.
            Err(error) => Err(format!(
                "`{setting}`, line {}: {}",
                error.line().unwrap_or(1),
                error.kind()
            )),
        }
    }
}

impl Values {
    /// What templates may use of a lead.
    pub(crate) fn of(lead: &Lead) -> Self {
        let moscow = Offset::constant(3).to_datetime(lead.at);
        let shown = |format: &str| Value::from(moscow.strftime(format).to_string());
        let text = |text: Option<&str>| Value::from(text.unwrap_or_default());
        let kind = match lead.key.kind() {
            LeadKind::Call => "call",
            LeadKind::Request => "request",
        };
        let mut values = BTreeMap::from([
            ("kind", Value::from(kind)),
            ("id", Value::from(lead.key.id())),
            ("site", Value::from(lead.key.site())),
            ("key", Value::from(lead.key.to_string())),
            ("date", shown("%d.%m.%Y")),
            ("time", shown("%H:%M")),
            ("moment", shown("%Y-%m-%d %H:%M:%S")),
            ("phone", text(lead.phone_text.as_deref())),
            ("phone_e164", text(lead.phones.first().map(Phone::as_str))),
            ("email", text(lead.email_text.as_deref())),
            ("name", text(lead.name.as_deref())),
            (
                "duration",
                lead.marks
                    .duration
                    .map_or_else(|| Value::from(""), Value::from),
            ),
        ]);
        for field in SOURCE_FIELDS {
            let value = lead.source_fields.get(field.code).map(String::as_str);
            values.insert(field.code, text(value));
        }
        Self(Value::from(values))
    }
}

fn known_values() -> impl Iterator<Item = &'static str> {
    VALUES
        .into_iter()
        .chain(SOURCE_FIELDS.iter().map(|field| field.code))
}

/// Every template that the settings hold.
fn sources(config: &Config) -> Vec<(Text<'_>, String)> {
    let orders = &config.orders;
    let mut sources = vec![
        (Text::Comment(LeadKind::Call), orders.call_comment.clone()),
        (
            Text::Comment(LeadKind::Request),
            orders.request_comment.clone(),
        ),
    ];
    let optional = [
        (Text::CounterpartyName, &config.counterparties.name),
        (Text::OrderName, &orders.name),
    ];
    sources.extend(
        optional
            .into_iter()
            .filter_map(|(text, template)| Some((text, template.clone()?))),
    );
    for (key, value) in &orders.fields {
        if let FieldValue::Template(template) = value {
            let alone = known_values().any(|known| known == template.trim());
            let source = if alone {
                format!("{{{{ {} }}}}", template.trim())
            } else {
                template.clone()
            };
            sources.push((Text::Field(key), source));
        }
    }
    sources
}

fn wrong(setting: &str, error: &minijinja::Error) -> Error {
    let line = error.line().unwrap_or(1);
    let detail = error
        .detail()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default();
    Error::config(format!(
        "`{setting}`, line {line}: {}{detail}",
        error.kind()
    ))
}

/// The line on which a word first stands.
fn line_of(source: &str, word: &str) -> usize {
    let holds = |line: &str| {
        line.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|part| part == word)
    };
    source.lines().position(holds).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::LeadKey;

    fn config(setting: &str, template: &str) -> Config {
        let mut config = Config::new(7);
        match setting {
            "counterparties.name" => config.counterparties.name = Some(template.into()),
            "orders.name" => config.orders.name = Some(template.into()),
            "orders.call_comment" => config.orders.call_comment = template.into(),
            "orders.request_comment" => config.orders.request_comment = template.into(),
            field => {
                let value = FieldValue::Template(template.into());
                config.orders.fields.insert(field.into(), value);
            }
        }
        config
    }

    fn refusal(setting: &str, template: &str) -> String {
        let error = config(setting, template).check().unwrap_err();
        assert!(error.is_config());
        error.to_string()
    }

    fn rendered(template: &str, lead: &Lead) -> Result<Option<String>, String> {
        let templates = Templates::new(&config("orders.name", template)).unwrap();
        templates.render(Text::OrderName, &Values::of(lead))
    }

    #[test]
    fn an_unknown_value_is_named_with_its_setting_and_line_wherever_it_stands() {
        for setting in [
            "counterparties.name",
            "orders.name",
            "orders.call_comment",
            "orders.request_comment",
            "Кампания",
        ] {
            let error = refusal(
                setting,
                "{{ phone }}\n{% if not phone %}{{ fone }}{% endif %}",
            );
            for part in [setting, "line 2", "`fone`", "phone_e164, email"] {
                assert!(error.contains(part), "{error}");
            }
        }
    }

    #[test]
    fn a_template_that_cannot_be_read_is_named_with_its_line() {
        let error = refusal("orders.call_comment", "Звонок\n{{ phone");
        assert!(
            error.contains("`orders.call_comment`, line 2: syntax error"),
            "{error}"
        );
        let error = refusal("Кампания", "{{ phone | shout }}");
        assert!(
            error.contains("`orders.fields.\"Кампания\"`") && error.contains("shout"),
            "{error}"
        );
    }

    #[test]
    fn what_fails_for_a_lead_that_lacks_the_value_is_refused_before_the_first_lead() {
        let error = refusal("orders.name", "{{ duration // 60 }}");
        assert!(error.contains("`orders.name`, line 1"), "{error}");
        let guarded = "{% if duration %}{{ duration // 60 }}{% endif %}";
        config("orders.name", guarded).check().unwrap();
    }

    #[test]
    fn a_loop_without_end_is_refused() {
        let endless =
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(refusal("orders.name", endless).contains("fuel"));
    }

    #[test]
    fn absent_values_are_empty_texts_and_blank_texts_are_nothing() {
        let [call, .., bare] = sample::leads();
        assert_eq!(
            rendered(
                "{{ kind }} {{ id }} {{ date }} {{ time }} {{ duration }}",
                &call
            ),
            Ok(Some("call 1 20.11.2026 09:12 95".into()))
        );
        assert_eq!(rendered(" {{ phone }} {{ utm_term }} \n", &bare), Ok(None));
        assert_eq!(
            rendered("{{ (utm_term | split(\"-\"))[7] }}", &call),
            Ok(None),
            "what the value lacks is empty too"
        );
    }

    #[test]
    fn what_fails_all_the_same_is_told_without_the_contact() {
        let mut lead = sample::leads()[0].clone();
        lead.phone_text = Some("79150000001x".into());
        let error = rendered("\n{{ phone | int }}", &lead).unwrap_err();
        assert!(error.contains("`orders.name`, line 2"), "{error}");
        assert!(!error.contains("7915"), "{error}");
    }

    #[test]
    fn the_name_of_a_value_alone_is_that_value() {
        let templates = Templates::new(&config("Кампания", "utm_campaign")).unwrap();
        let mut lead = sample::leads()[0].clone();
        lead.source_fields
            .insert("utm_campaign".into(), "зима".into());
        assert_eq!(
            templates.render(Text::Field("Кампания"), &Values::of(&lead)),
            Ok(Some("зима".into()))
        );
    }

    #[test]
    fn the_usual_comments_name_the_contacts_or_say_that_there_are_none() {
        let templates = Templates::new(&Config::new(7)).unwrap();
        let comment = |kind, phone: Option<&str>, email: Option<&str>| {
            let mut lead = sample::leads()[3].clone();
            lead.key = match kind {
                LeadKind::Call => LeadKey::call(7, 1),
                LeadKind::Request => LeadKey::request(7, 1),
            };
            lead.phone_text = phone.map(str::to_owned);
            lead.email_text = email.map(str::to_owned);
            let text = templates.render(Text::Comment(kind), &Values::of(&lead));
            text.unwrap().unwrap()
        };
        let (call, request) = (LeadKind::Call, LeadKind::Request);
        let by_call = "Заказ по звонку из Calltouch с номера";
        let by_request = "Заказ по заявке из Calltouch с номера и почты";
        for (text, expected) in [
            (comment(call, Some("7915"), None), format!("{by_call} 7915")),
            (comment(call, None, None), format!("{by_call} скрыт")),
            (
                comment(request, Some("7915"), Some("a@b.example")),
                format!("{by_request} 7915, a@b.example"),
            ),
            (
                comment(request, None, Some("a@b.example")),
                format!("{by_request} a@b.example"),
            ),
            (
                comment(request, None, None),
                format!("{by_request} не указаны"),
            ),
        ] {
            assert_eq!(text, expected);
        }
    }
}
