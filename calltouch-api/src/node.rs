//! The node look-up of the old scheme, in which every site lived on a server of its own.

use crate::client::Client;
use crate::error::Result;
use crate::lenient;
use crate::query::Query;
use crate::transport::{Access, Content, Outgoing};
use serde::{Deserialize, Serialize};

const PATH: &str = "/calls-service/RestAPI/{siteId}/getnodeid/";

/// Names the server a site lives on in the old scheme (нода).
///
/// The address of today, `https://api.calltouch.ru`, serves every site; a node is for old set-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Node {
    /// Number of the node.
    #[serde(deserialize_with = "lenient::id")]
    pub node_id: u64,
}

impl Node {
    /// Shows the address of the node, for
    /// [`ClientBuilder::rest_base_url`](crate::ClientBuilder::rest_base_url).
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("https://api-node{}.calltouch.ru", self.node_id)
    }
}

impl Client {
    /// Looks up the node of the site; the token stays at home.
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the service does not know the site.
    pub async fn node(&self) -> Result<Node> {
        let query = Query::default();
        let outgoing = Outgoing {
            access: Access::Open,
            ..Outgoing::new("node", PATH, Content::Query(&query))
        };
        self.transport().call(&outgoing).await
    }
}
