//! Who is asking: the employee (контекст сотрудника) or the solution (контекст решения) behind
//! the credentials.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

use crate::answer::Answer;
use crate::client::Client;
use crate::employee::Employee;
use crate::error::Result;
use crate::meta::Meta;
use crate::transport::Call;

/// The employee (сотрудник) on whose behalf requests run, and his rights.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct CurrentEmployee {
    /// The employee as among all others.
    #[serde(flatten)]
    pub employee: Employee,
    /// What the employee may do.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub permissions: Permissions,
}

/// The solution (решение) on whose behalf requests run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Application {
    /// What the service tells about the solution.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Uuid,
    /// The name in audits and in filters by who changed an object:
    /// `<solution>.<vendor>@<account>`.
    pub app_uid: Option<String>,
}

/// What an employee may do, by type of object (права).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Permissions(Map<String, Value>);

impl Permissions {
    /// To which objects of the type the right extends; none if the employee lacks it.
    ///
    /// Types go by their keywords (`customerorder`), general rights by the service's names
    /// (`admin`, `customAttributes`), which know only [`Right::View`].
    #[must_use]
    pub fn scope(&self, of: &str, right: Right) -> Option<Scope> {
        let scope = self.0.get(of)?.get(right.as_str())?;
        Scope::deserialize(scope).ok()
    }

    /// Whether the employee has the right to at least some objects of the type.
    #[must_use]
    pub fn allows(&self, of: &str, right: Right) -> bool {
        self.scope(of, right).is_some()
    }

    /// Whether the employee is an administrator.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.allows("admin", Right::View)
    }
}

/// What can be allowed for a type of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// To see.
    View,
    /// To create.
    Create,
    /// To change.
    Update,
    /// To delete.
    Delete,
    /// To print.
    Print,
    /// To let documents count (проводить).
    Approve,
}

impl Right {
    /// The right as the service writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Print => "print",
            Self::Approve => "approve",
        }
    }
}

/// To which objects a right extends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Scope {
    /// The employee's own.
    Own,
    /// The employee's own and shared ones.
    OwnShared,
    /// Those of the department.
    OwnGroup,
    /// Those of the department and shared ones.
    OwnGroupShared,
    /// All.
    All,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl Scope {
    /// The scope as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Own => "OWN",
            Self::OwnShared => "OWN_SHARED",
            Self::OwnGroup => "OWN_GROUP",
            Self::OwnGroupShared => "OWN_GROUP_SHARED",
            Self::All => "ALL",
            Self::Unknown(word) => word,
        }
    }
}

/// The question who the credentials belong to.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetCurrentEmployee {
    client: Client,
}

impl GetCurrentEmployee {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Asks who the credentials belong to.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the credentials are wrong. A
    /// solution's token belongs to no employee and is refused too, with the code
    /// [`EMPLOYEE_CONTEXT_FOR_SOLUTION`](crate::ErrorCode::EMPLOYEE_CONTEXT_FOR_SOLUTION).
    pub async fn send(self) -> Result<CurrentEmployee> {
        let call = Call::get("context.employee", "context/employee");
        let sent = self.client.transport().call(&call, Answer::decode).await?;
        Ok(sent.value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rights_are_read_and_what_is_absent_is_not_allowed() {
        let permissions: Permissions = serde_json::from_value(json!({
            "admin": {"view": "ALL"},
            "customerorder": {"view": "ALL", "create": "OWN_GROUP_SHARED", "update": "MOON"},
            "oddity": true,
        }))
        .unwrap();

        assert!(permissions.is_admin());
        assert_eq!(
            permissions.scope("customerorder", Right::Create),
            Some(Scope::OwnGroupShared)
        );
        assert_eq!(
            permissions.scope("customerorder", Right::Update),
            Some(Scope::Unknown("MOON".to_owned()))
        );
        assert!(!permissions.allows("customerorder", Right::Delete));
        assert!(!permissions.allows("counterparty", Right::View));
        assert!(!permissions.allows("oddity", Right::View));
    }
}
