//! Lists of the audit, whose pages are shorter than others.

use std::fmt;
use std::marker::PhantomData;

use async_stream::try_stream;
use futures_util::{Stream, TryStreamExt};
use serde::de::DeserializeOwned;

use super::{Context, EventType, Source};
use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::meta::Ref;
use crate::moment::Moment;
use crate::page::Page;
use crate::query::{Condition, Literal, Query};
use crate::transport::Call;

/// The most rows of a page.
const PAGE_LIMIT: u32 = 100;

/// A list of the audit to be read: of contexts or of events.
#[must_use = "a request does nothing until it is sent"]
pub struct ListAudit<R> {
    client: Client,
    call: Call,
    query: Query<Context>,
    of: PhantomData<fn() -> R>,
}

impl<R> ListAudit<R> {
    pub(super) fn new(client: Client, call: Call) -> Self {
        Self {
            client,
            call,
            query: Query {
                limit: Some(PAGE_LIMIT),
                ..Query::default()
            },
            of: PhantomData,
        }
    }

    /// Reads pages of so many rows, from 1 to 100; 100 by default.
    pub fn limit(mut self, rows: u32) -> Self {
        self.query.limit = Some(rows);
        self
    }

    /// Leaves out so many rows at the beginning.
    pub fn offset(mut self, rows: u32) -> Self {
        self.query.offset = rows;
        self
    }
}

impl ListAudit<Context> {
    /// Keeps what was done at this moment or later, in Moscow time.
    pub fn since(self, moment: Moment) -> Self {
        self.keep("moment", ">=", &moment.literal())
    }

    /// Keeps what was done at this moment or earlier, in Moscow time.
    pub fn until(self, moment: Moment) -> Self {
        self.keep("moment", "<=", &moment.literal())
    }

    /// Keeps what this employee (сотрудник) did.
    pub fn employee<E>(self, employee: &Ref<E>) -> Self {
        self.keep("employee", "=", &employee.literal())
    }

    /// Keeps what this solution (решение) did.
    pub fn application<E>(self, application: &Ref<E>) -> Self {
        self.keep("application", "=", &application.literal())
    }

    /// Keeps what was done with this login, or by the solution of this name.
    pub fn uid(self, uid: &str) -> Self {
        self.keep("uid", "=", uid)
    }

    /// Keeps what was done so to objects.
    pub fn event_type(self, event_type: &EventType) -> Self {
        self.keep("eventType", "=", event_type.as_str())
    }

    /// Keeps what was done in this way.
    pub fn source(self, source: &Source) -> Self {
        self.keep("source", "=", source.as_str())
    }

    /// Keeps what was done to objects of the type with this keyword, or to settings of this kind:
    /// `customerorder`, `statesettings`.
    pub fn entity_type(self, keyword: &str) -> Self {
        self.keep("entityType", "=", keyword)
    }

    fn keep(mut self, field: &str, operator: &str, value: &str) -> Self {
        let condition = Condition::new(field, operator, value);
        self.query.conditions.push(condition);
        self
    }
}

impl<R: DeserializeOwned + Send + 'static> ListAudit<R> {
    /// Reads one page.
    ///
    /// # Errors
    ///
    /// If the service refuses, for example because the caller may not see the audit.
    pub async fn send(self) -> Result<Page<R>> {
        let filter = self.filter()?;
        self.page(filter.as_deref(), self.query.offset).await
    }

    /// Reads all rows.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_all(self) -> Result<Vec<R>> {
        self.stream().try_collect().await
    }

    /// Reads all rows, page after page, as the caller asks for more.
    ///
    /// What is done meanwhile moves the rows, so that one may come twice; after an error the
    /// stream ends.
    pub fn stream(self) -> impl Stream<Item = Result<R>> + Send + use<R> {
        try_stream! {
            let filter = self.filter()?;
            let mut offset = Some(self.query.offset);
            while let Some(from) = offset {
                let page = self.page(filter.as_deref(), from).await?;
                offset = page.next_offset().and_then(|next| u32::try_from(next).ok());
                for row in page.rows {
                    yield row;
                }
            }
        }
    }

    fn filter(&self) -> Result<Option<String>> {
        let wrong = |why| Error::unsendable(&self.call.operation, why);
        if self.query.limit.is_some_and(|limit| limit > PAGE_LIMIT) {
            return Err(wrong(format!(
                "pages of the audit have {PAGE_LIMIT} rows at most"
            )));
        }
        let limit = self.client.transport().query_limit(&self.call.path);
        let filters = self
            .query
            .check()
            .and_then(|()| self.query.filters(limit))
            .and_then(crate::query::Filters::unsplit)
            .map_err(wrong)?;
        Ok(filters.into_iter().next().flatten())
    }

    async fn page(&self, filter: Option<&str>, offset: u32) -> Result<Page<R>> {
        let mut call = self.call.clone();
        call.query = self.query.params(filter, offset);
        let sent = self
            .client
            .transport()
            .call(&call, Answer::decode::<Page<R>>)
            .await?;
        Ok(Page {
            offset: offset.into(),
            ..sent.value
        })
    }
}

impl<R> Clone for ListAudit<R> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            call: self.call.clone(),
            query: self.query.clone(),
            of: PhantomData,
        }
    }
}

impl<R> fmt::Debug for ListAudit<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListAudit({}, {:?})", self.call.path, self.query)
    }
}
