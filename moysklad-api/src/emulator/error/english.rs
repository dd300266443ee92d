//! The texts of refusals for a client that asks for English.

use serde_json::Value;

/// Puts English texts into an answer with errors, also into the rows of a bulk answer.
pub(crate) fn translate(answer: &mut Value) {
    match answer {
        Value::Array(rows) => rows.iter_mut().for_each(translate),
        Value::Object(map) => {
            let errors = map.get_mut("errors").and_then(Value::as_array_mut);
            for error in errors
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                let code = error.get("code").and_then(Value::as_u64).unwrap_or(0);
                let parameter = error.get("parameter").and_then(Value::as_str);
                let text = match parameter {
                    Some(parameter) => format!("{}: '{parameter}'", english(code)),
                    None => english(code).to_owned(),
                };
                error.insert("error".into(), text.into());
            }
        }
        _ => {}
    }
}

const fn english(code: u64) -> &'static str {
    match code {
        1002 => "Unknown path",
        1005 => "Unknown entity type",
        1014 => "Wrong value of a filter parameter",
        1015 => "Wrong API version",
        1016 => "No right to view the object",
        1017 => "No right to edit the object",
        1018 => "No right to delete the object",
        1021 => "Object not found",
        1024 | 1025 => "Standard objects may not be changed or deleted",
        1028 => "The object is in use and cannot be deleted",
        1034 => "Filter error",
        1035 => "Wrong date format in a filter",
        1037 => "Wrong value of the header 'Content-Type'",
        1039 => "The method is not supported by the resource",
        1041 => "Wrong value of a filter",
        1042 => "Wrong sort direction",
        1044 => "The request is too large",
        1045 => "No right to create the object",
        1046 => "A child object cannot change its parent",
        1047 => "syncId cannot be updated",
        1048 => "Too many attempts to check the login and password",
        1049 => "Too many requests in a unit of time",
        1052 => "Malformed identifier",
        1056 => "Authentication error",
        1058 => "The query parameters cannot be decoded",
        1059 | 1998 => "Wrong server in an object identifier",
        1060 => "Wrong meta.type",
        1061 => "No access to the API for this user",
        1062 => "Wrong value of the header 'Accept', use 'application/json;charset=utf-8'",
        1063 => "Sorting by the field is not supported",
        1064 => "No right to print the object",
        1066 => "The object cannot be put into the recycle bin",
        1067 => "The recycle bin is off",
        1073 => "Too many parallel requests",
        1092 => "No right to approve the document",
        14010 | 30004 | 38000 | 60000 => "Only an administrator may do this",
        1079..=1082 => "File limit exceeded",
        1084 => "Wrong value of a query parameter",
        1089 => "Expanding the field is not supported",
        1090 => "The custom dictionary is in use",
        2000..=2029 => "Format error",
        3000 => "Save error: the field cannot be empty or missing",
        3001 => "Save error: the field cannot be changed",
        3002 => "Save error: the field cannot be negative",
        3003 => "Save error: the field must be greater than zero",
        3005 => "Save error: wrong value of the field",
        3006 => "Save error: the value of the field is not unique",
        3010 => "Save error: a deleted document cannot be paid",
        3015 => "Save error: wrong e-mail address",
        3023 => "A required field is empty",
        3028 => "The parameter contradicts another one",
        3030 => "Wrong value of a header",
        3040 => "Save error: the field is too long",
        3042 | 3043 => "Wrong value of the parameter 'fields'",
        10000..=10002 | 15000..=15001 => "Wrong characteristics of a variant",
        11000..=11999 => "Wrong state",
        14000..=14013 => "Wrong custom field",
        17000 | 17001 => "The account does not belong to the side of the document",
        17002..=17999 => "Wrong position",
        22000 | 22001 => "Wrong operations of a payment",
        28000 => "Price type not found",
        29000..=29003 => "Wrong components of a bundle",
        30000..=30010 => "Wrong webhook",
        42000 | 42001 => "Wrong list of price types",
        55005 => "The context of a solution is not available to users",
        61000..=61007 => "Asynchronous task error",
        63000..=63005 => "Named filter error",
        70000 => "The event feed is full",
        _ => "Unexpected error",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_texts_of_errors_are_translated() {
        let mut answer = json!([
            {"errors": [{"code": 3000, "error": "Ошибка", "parameter": "name"}]},
            {"name": "Кружка", "code": 1021},
        ]);

        translate(&mut answer);

        let text = "Save error: the field cannot be empty or missing: 'name'";
        assert_eq!(answer[0]["errors"][0]["error"], text);
        assert_eq!(answer[1], json!({"name": "Кружка", "code": 1021}));
    }
}
