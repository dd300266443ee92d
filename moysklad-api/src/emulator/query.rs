//! The query of a request: decoded, with the paging rules of lists.

use url::form_urlencoded;

use super::error::ServiceErrors;

/// With a larger page than this the service ignores `expand`.
const LARGEST_EXPANDED_PAGE: usize = 100;

/// The decoded query of one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    /// Whether all rows are wanted on one page.
    whole: bool,
}

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

impl Query {
    /// Decodes a raw query.
    pub(crate) fn parse(raw: &str) -> Result<Self, ServiceErrors> {
        let mut bytes = raw.bytes();
        while let Some(byte) = bytes.next() {
            let hex = |digit: Option<u8>| digit.is_some_and(|digit| digit.is_ascii_hexdigit());
            if byte == b'%' && !(hex(bytes.next()) && hex(bytes.next())) {
                return Err(ServiceErrors::undecodable_query());
            }
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes())
            .into_owned()
            .collect();
        // The decoder marks what is not UTF-8 with this character.
        if pairs.iter().any(|(_, value)| value.contains('\u{fffd}')) {
            return Err(ServiceErrors::undecodable_query());
        }
        Ok(Self {
            pairs,
            whole: false,
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The same query for all rows at once.
    pub(crate) fn whole(&self) -> Self {
        Self {
            whole: true,
            ..self.clone()
        }
    }

    /// The query as text.
    pub(crate) fn text(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.pairs).finish()
    }

    /// All values of a parameter as one, joined as conditions are.
    pub(crate) fn joined(&self, name: &str) -> String {
        let values = self.pairs.iter().filter(|(known, _)| known == name);
        values
            .map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
            .join(";")
    }

    /// The page of a list: at most 1000 rows from an offset.
    pub(crate) fn page(&self, largest: usize) -> Result<Page, ServiceErrors> {
        if self.whole {
            return Ok(Page {
                limit: usize::MAX,
                offset: 0,
            });
        }
        let page = self.page_of((1000, 1000))?;
        Ok(Page {
            limit: page.limit.min(largest),
            ..page
        })
    }

    /// The page of a list with its own usual and largest size.
    pub(crate) fn page_of(&self, (usual, most): (usize, usize)) -> Result<Page, ServiceErrors> {
        let limit = match self.get("limit") {
            None => usual,
            Some(text) => match text.parse() {
                Ok(limit) if (1..=most).contains(&limit) => limit,
                _ => {
                    return Err(ServiceErrors::wrong_parameter(
                        "limit",
                        &format!("1..{most}"),
                    ));
                }
            },
        };
        let offset = match self.get("offset") {
            None => 0,
            Some(text) => {
                let offset = text.parse();
                offset.map_err(|_| ServiceErrors::wrong_parameter("offset", "0.."))?
            }
        };
        Ok(Page { limit, offset })
    }

    /// Whether a list of this page size may expand references.
    pub(crate) fn may_expand(&self) -> bool {
        let limit = self
            .get("limit")
            .and_then(|text| text.parse::<usize>().ok());
        limit.is_some_and(|limit| limit <= LARGEST_EXPANDED_PAGE)
    }

    /// The same query for another page.
    pub(crate) fn with_page(&self, page: Page) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("limit", &page.limit.to_string());
        text.append_pair("offset", &page.offset.to_string());
        for (name, value) in &self.pairs {
            if name != "limit" && name != "offset" {
                text.append_pair(name, value);
            }
        }
        text.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        for raw in ["filter=%", "filter=%2", "filter=%zz", "search=%ff"] {
            assert_eq!(Query::parse(raw).unwrap_err().codes(), [1058], "{raw}");
        }
    }

    #[test]
    fn the_next_page_keeps_the_other_parameters() {
        let query = Query::parse("filter=name%3D%D0%AF&limit=2&order=id").unwrap();

        let next = query.with_page(Page {
            limit: 2,
            offset: 2,
        });

        assert_eq!(next, "limit=2&offset=2&filter=name%3D%D0%AF&order=id");
    }
}
