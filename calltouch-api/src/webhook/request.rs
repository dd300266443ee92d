//! A request as a webhook tells it.

use super::call::tags;
use super::fields::Fields;
use super::visit::Visit;
use crate::tag::TagGroup;
use crate::text::Text;
use jiff::Timestamp;

/// Describes a request that came or changed.
///
/// What was not chosen in the cabinet, or cannot be read, is `None` or empty; [`Request::fields`] has
/// everything as it was sent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// Id of the request in Calltouch.
    pub id: Option<u64>,
    /// Number of the request at its sender.
    pub number: Option<Text>,
    /// What changed, if this is about a change.
    pub changed_fields: Vec<String>,
    /// Name of the form.
    pub subject: Option<Text>,
    /// Name of the person (ФИО).
    pub fio: Option<Text>,
    /// Phone of the person (`callerphone`), digits.
    pub phone: Option<Text>,
    /// E-mail of the person; the name of this field is not documented.
    pub email: Option<Text>,
    /// When the request was made: by `requestDate`, else by `timestamp`.
    pub created_at: Option<Timestamp>,
    /// When the webhook was sent; of two about one request, the later one is right.
    pub sent_at: Option<Timestamp>,
    /// Whether the request is unique (уникальная).
    pub unique: Option<bool>,
    /// Whether the request is a target (целевая).
    pub target: Option<bool>,
    /// Whether the request is a unique target (уникально-целевая).
    pub unique_target: Option<bool>,
    /// Tags the request was sent with (`tags_request`).
    pub request_tags: Vec<String>,
    /// Tags by origin.
    pub tags: Vec<TagGroup>,
    /// Id of the deal in Calltouch.
    pub order_id: Option<u64>,
    /// Id of the site.
    pub site_id: Option<u64>,
    /// Name of the site.
    pub site_name: Option<Text>,
    /// Manager.
    pub manager: Option<Text>,
    /// The visit behind the request.
    pub visit: Visit,
    /// Everything that was sent, as it was sent.
    pub fields: Fields,
}

impl Request {
    pub(super) fn new(fields: Fields) -> Self {
        Self {
            id: fields.number("requestId").or_else(|| fields.number("id")),
            number: fields.text("requestNumber"),
            changed_fields: fields.list("changedFields"),
            subject: fields.text("subject"),
            fio: fields.text("fio"),
            phone: fields.text("callerphone"),
            email: fields.text("email"),
            created_at: fields
                .moment("requestDate")
                .or_else(|| fields.moment("timestamp")),
            sent_at: fields.moment("sendingTimestamp"),
            unique: fields.flag("uniquerequest", "unique"),
            target: fields.flag("targetrequest", "target"),
            unique_target: fields.flag("uniqtargetrequest", "uniqtarget"),
            request_tags: fields.list("tags_request"),
            tags: tags(&fields),
            order_id: fields.number("orderId"),
            site_id: fields.number("siteId"),
            site_name: fields.text("siteName"),
            manager: fields.text("manager"),
            visit: Visit::new(&fields),
            fields,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_service_finds_its_field() {
        let request = Request::new(Fields::from_pairs([
            ("requestId", "910001"),
            ("leadtype", "request"),
            ("requestNumber", "crm-77"),
            ("subject", "Форма"),
            ("fio", "Анна"),
            ("callerphone", "79990000001"),
            ("email", "a@b.example"),
            ("requestDate", "2023-11-15 01:13:20"),
            ("uniquerequest", "true"),
            ("targetrequest", "non-target"),
            ("uniqtargetrequest", "uniqtarget"),
            ("tags_request", "акция"),
            ("tags_manual", "VIP"),
            ("orderId", "9"),
            ("siteId", "12345"),
            ("siteName", "shop.example"),
            ("manager", "Олег"),
            ("source", "google"),
        ]));

        assert_eq!(request.id, Some(910_001));
        assert_eq!(
            request.created_at,
            Timestamp::from_second(1_700_000_000).ok()
        );
        assert_eq!(
            [request.unique, request.target, request.unique_target],
            [Some(true), Some(false), Some(true)]
        );
        assert_eq!(request.request_tags, ["акция"]);
        assert_eq!(request.tags.len(), 1);
        assert_eq!((request.order_id, request.site_id), (Some(9), Some(12_345)));
        let texts = [
            &request.number,
            &request.subject,
            &request.fio,
            &request.phone,
            &request.email,
            &request.site_name,
            &request.manager,
            &request.visit.source,
        ];
        assert!(texts.iter().all(|text| text.is_some()), "{texts:?}");
    }
}
