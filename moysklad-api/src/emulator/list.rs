//! Lists: filtered, searched, sorted, paged.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::datum::Row;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::expand::Expand;
use super::filter::{Filter, conditions as split};
use super::href::{Links, Target};
use super::json::object;
use super::order::Order;
use super::query::{Page, Query};
use super::render::Renderer;
use super::search::Search;
use super::world::World;
use crate::context::Right;

/// Which rows of a table a list is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scope {
    All,
    /// The elements of one custom dictionary (пользовательский справочник).
    Dictionary(Uuid),
}

impl Scope {
    fn holds(self, world: &World, kind: &EntityType, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Dictionary(id) => world.is_element(kind, id, row.id),
        }
    }
}

impl World {
    /// A page of the objects of one type that meet the query.
    pub(crate) fn list(
        &mut self,
        kind: &'static EntityType,
        scope: Scope,
        query: &Query,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        self.permit(kind.keyword, Right::View)?;
        let page = query.page(self.settings.page_limit)?;
        let conditions = split(&self.conditions(kind, query)?)?;
        // What a user may not see has nothing that is linked to it, and that is no error.
        let hidden = conditions.iter().any(|condition| {
            let target = Target::parse(&condition.value);
            let of = |target| matches!(target, Target::Object { kind, .. } if !self.may(kind, Right::View));
            target.is_some_and(of)
        });
        let filter = Filter::of(conditions, kind, self)?;
        let order = Order::parse(query.get("order"), kind)?;
        let expand = Expand::parse(query.get("expand").unwrap_or_default(), kind)?;
        let expand = if query.may_expand() {
            expand
        } else {
            Expand::default()
        };
        let search = query
            .get("search")
            .filter(|text| !text.is_empty())
            .map(|text| Search::new(text, self.settings.switches.documents_by_word));
        let Some(table) = self.store.table_mut(kind) else {
            return Err(ServiceErrors::unknown_type(kind.keyword));
        };
        let named: Option<Vec<usize>> = if let Some(ids) = filter.ids() {
            Some(ids.filter_map(|id| table.place_of(id)).collect())
        } else {
            let sync_ids = filter.sync_ids();
            sync_ids.map(|ids| ids.filter_map(|id| table.place_of_sync_id(id)).collect())
        };
        let view = table.view(&order.text, |rows| order.sort(rows));
        let table = self.store.table(kind);
        let candidates: Vec<usize> = match named {
            // What the filter names is few: it is put in order by its places in the view.
            Some(mut places) => {
                places.sort_unstable();
                view.iter()
                    .copied()
                    .filter(|place| places.binary_search(place).is_ok())
                    .collect()
            }
            None if hidden => Vec::new(),
            None => view.to_vec(),
        };
        let mut size = 0;
        let mut rows = Vec::new();
        let renderer = Renderer { world: self, links };
        let shown = candidates
            .iter()
            .filter_map(|place| table?.at(*place))
            .filter(|row| {
                scope.holds(self, kind, row)
                    && filter.matches(kind, row, self)
                    && search
                        .as_ref()
                        .is_none_or(|search| search.matches(kind, row))
            });
        for row in shown {
            if size >= page.offset && rows.len() < page.limit {
                rows.push(renderer.row(kind, row, &expand));
            }
            size += 1;
        }
        let path = match scope {
            Scope::All => format!("entity/{}", kind.keyword),
            Scope::Dictionary(id) => format!("entity/{}/{id}", kind.keyword),
        };
        let meta = list_meta(links, &path, kind.keyword, query, (page, size));
        Ok(object([
            ("context", renderer.context()),
            ("meta", meta),
            ("rows", rows.into()),
        ]))
    }
}

/// The `meta` of a list, with the addresses of the pages beside it.
pub(crate) fn list_meta(
    links: Links<'_>,
    path: &str,
    row_type: &str,
    query: &Query,
    (page, size): (Page, usize),
) -> Value {
    // A list of all rows at once has no limit of its own.
    let page = Page {
        limit: page.limit.min(size.max(1000)),
        ..page
    };
    let address =
        |page: Page| Value::from(format!("{}/{path}?{}", links.base, query.with_page(page)));
    let Page { limit, offset } = page;
    let mut meta = Map::new();
    meta.insert("href".into(), address(page));
    meta.insert("type".into(), row_type.into());
    meta.insert("mediaType".into(), "application/json".into());
    meta.insert("size".into(), size.into());
    meta.insert("limit".into(), limit.into());
    meta.insert("offset".into(), offset.into());
    if offset.saturating_add(limit) < size {
        let next = Page {
            limit,
            offset: offset + limit,
        };
        meta.insert("nextHref".into(), address(next));
    }
    if offset > 0 {
        let previous = Page {
            limit,
            offset: offset.saturating_sub(limit),
        };
        meta.insert("previousHref".into(), address(previous));
    }
    meta.into()
}

/// A page of rows that are all at hand.
pub(crate) fn nested_page(
    links: Links<'_>,
    path: &str,
    row_type: &str,
    query: &Query,
    rows: Vec<Value>,
    largest: usize,
) -> Result<Value, ServiceErrors> {
    let page = query.page(largest)?;
    let meta = list_meta(links, path, row_type, query, (page, rows.len()));
    let rows: Vec<Value> = rows
        .into_iter()
        .skip(page.offset)
        .take(page.limit)
        .collect();
    Ok(object([("meta", meta), ("rows", rows.into())]))
}
