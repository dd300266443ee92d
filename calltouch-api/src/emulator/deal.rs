//! One deal (сделка) as a client sends it, read and checked.

use serde_json::Value;

use super::{
    field::{self, Object},
    moment,
};

/// Which method the deal was sent to; their shapes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Create,
    Update,
}

/// Orders to the service that an update carries beside the fields it changes.
const INSTRUCTIONS: [&str; 10] = [
    "addTags",
    "addNewComment",
    "addTagsToLead",
    "addTagsToLeads",
    "addCustomFieldsToLead",
    "leadManager",
    "customFields",
    "reMatching",
    // Fields of the other method: the service takes no notice of them.
    "matching",
    "comment",
];

/// What one item of a batch asks for.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) number: String,
    /// The fields to store as they are.
    pub(super) fields: Object,
    pub(super) custom_fields: Vec<Value>,
    pub(super) tags: Option<Tags>,
    pub(super) comment: Option<String>,
    pub(super) matching: Option<Value>,
    pub(super) lead_tags: Option<Tags>,
    pub(super) lead_fields: Option<(Vec<Value>, bool)>,
    pub(super) lead_manager: Option<(String, bool)>,
}

/// Tags to add, after the old ones are removed if so asked.
#[derive(Debug)]
pub(super) struct Tags {
    pub(super) names: Vec<String>,
    pub(super) overwrite: bool,
}

impl Given {
    /// Reads one item; the error is the text for its `error`.
    pub(super) fn read(order: &Object, method: Method) -> Result<Self, String> {
        let number = field::text(order.get("orderNumber")).ok_or("orderNumber is required")?;
        if method == Method::Create {
            field::text(order.get("status")).ok_or("status is required")?;
            for key in ["orderDate", "statusDate"] {
                field::text(order.get(key)).ok_or_else(|| format!("{key} is required"))?;
            }
        }
        check(order)?;
        let (tags, comment, matching) = match method {
            Method::Create => ("addTags", "comment", "matching"),
            Method::Update => ("addTags", "addNewComment", "reMatching"),
        };
        let lead_tags = order
            .get("addTagsToLead")
            .or_else(|| order.get("addTagsToLeads"));
        Ok(Self {
            number,
            fields: stored(order, method),
            custom_fields: custom_fields(order.get("customFields"))?,
            tags: given(order.get(tags))
                .map(|tags| Tags::read(tags, method))
                .transpose()?,
            comment: given(order.get(comment)).map(comment_text).transpose()?,
            matching: given(order.get(matching)).cloned(),
            lead_tags: given(lead_tags).map(Tags::read_any).transpose()?,
            lead_fields: given(order.get("addCustomFieldsToLead"))
                .map(|add| {
                    Ok::<_, String>((custom_fields(add.get("customFields"))?, overwrites(add)))
                })
                .transpose()?,
            lead_manager: order.get("leadManager").and_then(|manager| {
                Some((field::text(manager.get("manager"))?, overwrites(manager)))
            }),
        })
    }
}

impl Tags {
    /// A plain list on create, an object with `overwrite` on update.
    fn read(value: &Value, method: Method) -> Result<Self, String> {
        match (method, value) {
            (Method::Create, Value::Array(list)) => Self::list(list, false),
            (Method::Update, Value::Object(_)) => Self::object(value),
            (Method::Create, _) => Err("addTags must be a list".to_owned()),
            (Method::Update, _) => Err("addTags must be an object with tags".to_owned()),
        }
    }

    /// Either shape: for tags of the lead the service's pages show both.
    fn read_any(value: &Value) -> Result<Self, String> {
        match value {
            Value::Array(list) => Self::list(list, false),
            _ => Self::object(value),
        }
    }

    /// The shape with `overwrite`.
    pub(super) fn object(value: &Value) -> Result<Self, String> {
        let list = value
            .get("tags")
            .and_then(Value::as_array)
            .ok_or("tags must be a list")?;
        Self::list(list, overwrites(value))
    }

    pub(super) fn list(list: &[Value], overwrite: bool) -> Result<Self, String> {
        let name = |item: &Value| {
            field::text(item.get("tag"))
                .ok_or_else(|| "a tag must be an object with tag".to_owned())
        };
        Ok(Self {
            names: list.iter().map(name).collect::<Result<_, _>>()?,
            overwrite,
        })
    }
}

/// Checks the values whose form is known.
fn check(order: &Object) -> Result<(), String> {
    for key in ["orderDate", "statusDate", "updateDate"] {
        let date = given(order.get(key));
        if date.is_some_and(|date| date.as_str().and_then(moment::from_deal).is_none()) {
            return Err(format!("{key} must be dd-mm-yyyy HH:MM:SS"));
        }
    }
    for key in ["revenue", "margin"] {
        let sum = given(order.get(key));
        if sum.is_some_and(|sum| field::decimal(sum).is_none()) {
            return Err(format!("{key} must be a decimal number"));
        }
    }
    if given(order.get("products")).is_some_and(|products| !products.is_array()) {
        return Err("products must be a list".to_owned());
    }
    Ok(())
}

/// The fields that are stored as they are.
fn stored(order: &Object, method: Method) -> Object {
    let mut fields = order.clone();
    match method {
        // The service takes no notice of a date that belongs to the other method.
        Method::Create => drop(fields.remove("updateDate")),
        Method::Update => fields.retain(|key, _| {
            key != "orderDate" && key != "orderNumber" && !INSTRUCTIONS.contains(&key.as_str())
        }),
    }
    fields.remove("customFields");
    fields
}

/// Reads `[{field, value}]`; an absent list is empty.
pub(super) fn custom_fields(value: Option<&Value>) -> Result<Vec<Value>, String> {
    let Some(value) = given(value) else {
        return Ok(Vec::new());
    };
    let list = value.as_array().ok_or("customFields must be a list")?;
    if list
        .iter()
        .any(|item| field::text(item.get("field")).is_none())
    {
        return Err("a custom field must be an object with field and value".to_owned());
    }
    Ok(list.clone())
}

/// Reads `{text}`.
pub(super) fn comment_text(comment: &Value) -> Result<String, String> {
    let text = comment.get("text").and_then(Value::as_str);
    text.map(str::to_owned)
        .ok_or_else(|| "a comment must be an object with text".to_owned())
}

/// Reads `overwrite`.
pub(super) fn overwrites(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|object| field::is_set(object, "overwrite"))
}

/// A value that is there and not null.
pub(super) fn given(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(key: &str, value: Value) -> Object {
        let mut order = json!({"orderNumber": "1", "status": "s",
            "orderDate": "01-10-2020 12:00:00", "statusDate": "01-10-2020 12:00:00"});
        order[key] = value;
        order.as_object().unwrap().clone()
    }

    #[test]
    fn each_wrong_field_of_a_new_deal_is_named() {
        let cases = [
            ("orderNumber", json!("")),
            ("status", Value::Null),
            ("orderDate", json!("2020-10-01 12:00:00")),
            ("statusDate", Value::Null),
            ("revenue", json!("сто")),
            ("addTags", json!({"overwrite": false, "tags": []})),
            ("products", json!({})),
            ("customFields", json!({"a": "b"})),
        ];
        for (key, value) in cases {
            let error = Given::read(&with(key, value), Method::Create).unwrap_err();
            assert!(error.contains(key), "{key}: {error}");
        }
    }

    #[test]
    fn tags_of_an_update_have_another_shape() {
        let list = with("addTags", json!([{"tag": "a"}]));
        let object = with(
            "addTags",
            json!({"overwrite": true, "tags": [{"tag": "a"}]}),
        );

        assert!(Given::read(&list, Method::Create).is_ok());
        assert!(Given::read(&list, Method::Update).is_err());
        assert!(
            Given::read(&object, Method::Update)
                .unwrap()
                .tags
                .unwrap()
                .overwrite
        );
    }
}
