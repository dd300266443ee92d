//! Lists: one page, all pages, every object as a stream.

use std::fmt;

use async_stream::try_stream;
use futures_util::{Stream, StreamExt, TryStreamExt, pin_mut};
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::meta::Ref;
use crate::named_filter::NamedFilter;
use crate::page::Page;
use crate::query::{Condition, Expand, Filters, Order, Query};
use crate::transport::Call;

/// A list to be read: what to keep, in which order, from where on.
///
/// [`send`](Self::send) reads one page, [`stream`](Self::stream) every object and
/// [`send_all`](Self::send_all) every object at once. Trashed documents and, by habit of the
/// service, archived objects are listed only if a filter asks for them.
#[must_use = "a request does nothing until it is sent"]
pub struct List<T> {
    client: Client,
    path: String,
    operation: String,
    /// Whether the service can sort by id, which keeps long lists steady.
    sorts_by_id: bool,
    query: Query<T>,
}

impl<T: DeserializeOwned + Send + 'static> List<T> {
    pub(crate) fn new(client: Client, path: String, operation: String, sorts_by_id: bool) -> Self {
        Self {
            client,
            path,
            operation,
            sorts_by_id,
            query: Query::default(),
        }
    }

    /// Keeps objects that meet the condition, and those added before.
    ///
    /// Several conditions of equality on one field keep objects that meet any of them.
    pub fn filter(mut self, condition: Condition<T>) -> Self {
        self.query.conditions.push(condition);
        self
    }

    /// Keeps objects that meet a condition in the service's own grammar.
    ///
    /// The text is percent-encoded and otherwise sent as it is: `;` separates conditions.
    pub fn raw_filter(mut self, text: impl Into<String>) -> Self {
        self.query.add_raw(text.into());
        self
    }

    /// Sorts by a field; further calls break ties.
    pub fn order(mut self, order: Order<T>) -> Self {
        self.query.orders.push(order);
        self
    }

    /// Puts the objects behind references into the answer, up to three levels.
    ///
    /// Pages have 100 rows at most then.
    pub fn expand(mut self, path: impl Into<Expand<T>>) -> Self {
        self.query.expand.push(path.into().into_path());
        self
    }

    /// Reads pages of so many rows, from 1 to 1000; 1000 by default, 100 with expanded references.
    pub fn limit(mut self, rows: u32) -> Self {
        self.query.limit = Some(rows);
        self
    }

    /// Leaves out so many objects at the beginning.
    pub fn offset(mut self, rows: u32) -> Self {
        self.query.offset = rows;
        self
    }

    /// Keeps objects whose text fields match, best match first; which fields depends on the type.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.query.search = Some(text.into());
        self
    }

    /// Keeps objects that meet a named filter (сохранённый фильтр).
    ///
    /// The service takes it with no other filter, search or order.
    pub fn named_filter(mut self, filter: &Ref<NamedFilter>) -> Self {
        self.query.named_filter = filter.canonical_href();
        self
    }

    /// Reads one page.
    ///
    /// # Errors
    ///
    /// If the query cannot be sent as it is, for example with a filter too long for one request,
    /// or the service refuses it.
    pub async fn send(self) -> Result<Page<T>> {
        self.send_as().await
    }

    /// Reads one page with rows of any type, for fields that this crate does not model.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_as<U: DeserializeOwned>(self) -> Result<Page<U>> {
        match self
            .filters()?
            .unsplit()
            .map_err(|why| self.wrong(why))?
            .pop()
        {
            None => Ok(Page::empty()),
            Some(filter) => self.page(filter.as_deref(), self.query.offset).await,
        }
    }

    /// Reads every object, page after page.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); a long filter of [`any_of`](crate::query::Field::any_of) is split
    /// into several requests.
    pub async fn send_all(self) -> Result<Vec<T>> {
        self.stream().try_collect().await
    }

    /// Reads every object, page after page, as the caller asks for more.
    ///
    /// Where the service can sort by id, rows are sorted by it last, or first if no order is
    /// given, so that objects which change meanwhile are neither lost nor doubled. A search
    /// without an order keeps its own. A long filter of [`any_of`](crate::query::Field::any_of)
    /// is split into several requests, whose answers follow one another.
    ///
    /// After an error the stream ends. [`Page::next_offset`] of [`pages`](Self::pages) tells
    /// where to resume.
    pub fn stream(self) -> impl Stream<Item = Result<T>> + Send + use<T> {
        self.stream_as()
    }

    /// Reads every object as any type; see [`stream`](Self::stream).
    pub fn stream_as<U>(self) -> impl Stream<Item = Result<U>> + Send + use<T, U>
    where
        U: DeserializeOwned + Send + 'static,
    {
        try_stream! {
            let pages = self.pages_as::<U>();
            pin_mut!(pages);
            while let Some(page) = pages.next().await {
                for row in page?.rows {
                    yield row;
                }
            }
        }
    }

    /// Reads every page, as the caller asks for more; see [`stream`](Self::stream).
    pub fn pages(self) -> impl Stream<Item = Result<Page<T>>> + Send + use<T> {
        self.pages_as()
    }

    /// Reads every page with rows of any type; see [`stream`](Self::stream).
    pub fn pages_as<U>(mut self) -> impl Stream<Item = Result<Page<U>>> + Send + use<T, U>
    where
        U: DeserializeOwned + Send + 'static,
    {
        if self.sorts_by_id {
            self.query.settle_order();
        }
        try_stream! {
            let filters = self.filters()?;
            if filters.split_by.is_some() && self.query.offset > 0 {
                Err(self.wrong("an offset means nothing with a filter that takes several requests"))?;
            }
            for filter in filters.texts {
                let mut offset = Some(self.query.offset);
                while let Some(from) = offset {
                    let page: Page<U> = self.page(filter.as_deref(), from).await?;
                    offset = page.next_offset().and_then(|next| u32::try_from(next).ok());
                    yield page;
                }
            }
        }
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    /// The call for the list as one whole.
    pub(crate) fn whole(&self) -> Result<Call> {
        if self.query.limit.is_some() || self.query.offset > 0 {
            return Err(self.wrong("a list as a whole has neither limit nor offset"));
        }
        let filters = self.filters()?.unsplit();
        let filter = filters.map_err(|why| self.wrong(why))?.pop();
        let filter = filter.ok_or_else(|| self.wrong("the filter can match nothing"))?;
        let mut call = Call::get(&self.operation, &self.path);
        call.query = self.query.params(filter.as_deref(), 0);
        call.query
            .retain(|(name, _)| !matches!(*name, "limit" | "offset"));
        Ok(call)
    }

    fn filters(&self) -> Result<Filters> {
        let limit = self.client.transport().query_limit(&self.path);
        self.query
            .check()
            .and_then(|()| self.query.filters(limit))
            .map_err(|why| self.wrong(why))
    }

    async fn page<U: DeserializeOwned>(
        &self,
        filter: Option<&str>,
        offset: u32,
    ) -> Result<Page<U>> {
        let mut call = Call::get(&self.operation, &self.path);
        call.query = self.query.params(filter, offset);
        let sent = self
            .client
            .transport()
            .call(&call, Answer::decode::<Page<U>>)
            .await?;
        Ok(Page {
            offset: offset.into(),
            ..sent.value
        })
    }

    fn wrong(&self, why: impl Into<String>) -> Error {
        Error::unsendable(&self.operation, why)
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            path: self.path.clone(),
            operation: self.operation.clone(),
            sorts_by_id: self.sorts_by_id,
            query: self.query.clone(),
        }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}
