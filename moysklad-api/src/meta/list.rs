//! What stands beside the rows of a list.

use serde::Deserialize;

/// What the service tells about a list (метаданные).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListMeta {
    /// Link to the list; may carry the query of the request it came with.
    pub href: Option<String>,
    /// The keyword of its objects' type, for example `customerorder`.
    #[serde(rename = "type")]
    pub entity_type: Option<String>,
    /// How many objects the whole list has.
    pub size: Option<u64>,
    /// How many rows a page may have.
    pub limit: Option<u64>,
    /// How many rows stand before this page.
    pub offset: Option<u64>,
    /// Link to the next page.
    pub next_href: Option<String>,
    /// Link to the page before.
    pub previous_href: Option<String>,
}
