//! The codes of the service's errors, each with its name.

use std::fmt;
use std::ops::RangeInclusive;

/// The code of a service error (код ошибки); the service may send one that has no name here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// Takes a code as the service numbers it.
    #[must_use]
    pub const fn new(code: i64) -> Self {
        Self(code)
    }

    /// The number the service gave.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<i64> for ErrorCode {
    fn from(code: i64) -> Self {
        Self(code)
    }
}

/// General errors.
impl ErrorCode {
    /// An element of the address is not an id.
    pub const NOT_AN_ID: Self = Self(1000);
    /// The id of the metadata (custom dictionary) is missing.
    pub const METADATA_ID_MISSING: Self = Self(1001);
    /// The address is unknown.
    pub const UNKNOWN_PATH: Self = Self(1002);
    /// The type has no metadata.
    pub const NO_METADATA: Self = Self(1003);
    /// The result could not be formed.
    pub const RESULT_FAILED: Self = Self(1004);
    /// The type of entity in the address is unknown.
    pub const UNKNOWN_TYPE: Self = Self(1005);
    /// An object may not be created with a given id.
    pub const CREATE_WITH_ID: Self = Self(1006);
    /// The field is unknown.
    pub const UNKNOWN_FIELD: Self = Self(1007);
    /// The object could not be loaded.
    pub const LOAD_FAILED: Self = Self(1008);
    /// Objects of the type cannot be edited.
    pub const EDIT_UNSUPPORTED: Self = Self(1009);
    /// Objects of the type cannot be deleted.
    pub const DELETE_UNSUPPORTED: Self = Self(1010);
    /// Objects of the type cannot be created.
    pub const CREATE_UNSUPPORTED: Self = Self(1011);
    /// The id of the object is missing.
    pub const ID_MISSING: Self = Self(1012);
    /// Nested objects cannot be deleted.
    pub const NESTED_DELETE_UNSUPPORTED: Self = Self(1013);
    /// The value of a filter parameter is wrong.
    pub const WRONG_FILTER_PARAMETER: Self = Self(1014);
    /// The version in the address is wrong.
    pub const WRONG_VERSION: Self = Self(1015);
    /// The user has no right to view the object.
    pub const NO_VIEW_RIGHT: Self = Self(1016);
    /// The user has no right to edit the object.
    pub const NO_EDIT_RIGHT: Self = Self(1017);
    /// The user has no right to delete the object.
    pub const NO_DELETE_RIGHT: Self = Self(1018);
    /// The field cannot be read.
    pub const READ_FIELD_UNSUPPORTED: Self = Self(1019);
    /// The parent object does not exist.
    pub const PARENT_MISSING: Self = Self(1020);
    /// The object is not found.
    pub const NOT_FOUND: Self = Self(1021);
    /// The object could not be created.
    pub const CREATE_FAILED: Self = Self(1022);
    /// The child object is in use and cannot be deleted.
    pub const CHILD_IN_USE: Self = Self(1023);
    /// Standard objects may not be changed.
    pub const STANDARD_IMMUTABLE: Self = Self(1024);
    /// Standard objects may not be deleted.
    pub const STANDARD_UNDELETABLE: Self = Self(1025);
    /// Objects of the type cannot be updated.
    pub const UPDATE_UNSUPPORTED: Self = Self(1026);
    /// The request has no objects.
    pub const NO_OBJECTS: Self = Self(1027);
    /// The object is in use and cannot be deleted.
    pub const IN_USE: Self = Self(1028);
    /// Templates of the type are not supported.
    pub const TEMPLATE_UNSUPPORTED: Self = Self(1029);
    /// The filter field may be given only once.
    pub const FILTER_FIELD_REPEATED: Self = Self(1030);
    /// A template cannot be made from the given fields.
    pub const TEMPLATE_FAILED: Self = Self(1031);
    /// The characteristic in the filter does not exist.
    pub const FILTER_CHARACTERISTIC_MISSING: Self = Self(1032);
    /// The filter is wrong.
    pub const FILTER: Self = Self(1034);
    /// A date in the filter has the wrong format.
    pub const FILTER_DATE: Self = Self(1035);
    /// The metadata could not be formed.
    pub const METADATA_FAILED: Self = Self(1036);
    /// The content type is wrong.
    pub const CONTENT_TYPE: Self = Self(1037);
    /// The address of the request is wrong.
    pub const ADDRESS: Self = Self(1038);
    /// The method is not supported for the resource.
    pub const METHOD_UNSUPPORTED: Self = Self(1039);
    /// The parameters of the request are wrong.
    pub const WRONG_PARAMETERS: Self = Self(1040);
    /// The filter value is not among the allowed ones.
    pub const WRONG_FILTER_VALUE: Self = Self(1041);
    /// The sort value is not among the allowed ones.
    pub const WRONG_SORT_VALUE: Self = Self(1042);
    /// The tariff has no CRM.
    pub const TARIFF_WITHOUT_CRM: Self = Self(1043);
    /// The request is too large.
    pub const TOO_LARGE: Self = Self(1044);
    /// The user has no right to create the object.
    pub const NO_CREATE_RIGHT: Self = Self(1045);
    /// A child may not change its parent.
    pub const PARENT_IMMUTABLE: Self = Self(1046);
    /// The syncId cannot be changed by an update.
    pub const SYNC_ID_IMMUTABLE: Self = Self(1047);
    /// There were too many login attempts.
    pub const TOO_MANY_LOGINS: Self = Self(1048);
    /// There were too many requests in the time unit.
    pub const RATE_LIMIT: Self = Self(1049);
    /// The UUID has the wrong format.
    pub const WRONG_UUID: Self = Self(1052);
    /// The credentials are wrong, or the user or account is blocked.
    pub const AUTHENTICATION: Self = Self(1056);
    /// The syncId is missing.
    pub const SYNC_ID_MISSING: Self = Self(1057);
    /// The query parameters cannot be decoded.
    pub const UNDECODABLE_QUERY: Self = Self(1058);
    /// A link leads to another server.
    pub const FOREIGN_HOST: Self = Self(1059);
    /// The type in a link is wrong.
    pub const WRONG_META_TYPE: Self = Self(1060);
    /// The user has no access to the API.
    pub const NO_API_ACCESS: Self = Self(1061);
    /// The `Accept` header is wrong.
    pub const ACCEPT: Self = Self(1062);
    /// The sort field is unknown or unsupported.
    pub const UNKNOWN_SORT_FIELD: Self = Self(1063);
    /// The user has no right to print.
    pub const NO_PRINT_RIGHT: Self = Self(1064);
    /// The object was changed or deleted by a parallel request.
    pub const CHANGED_IN_PARALLEL: Self = Self(1065);
    /// The object is no document and cannot be put into the trash.
    pub const NO_TRASH_FOR_TYPE: Self = Self(1066);
    /// The recycle bin is switched off.
    pub const TRASH_OFF: Self = Self(1067);
    /// The retail point is disabled.
    pub const RETAIL_POINT_DISABLED: Self = Self(1068);
    /// The query parameters are incompatible.
    pub const INCOMPATIBLE_PARAMETERS: Self = Self(1069);
    /// The tariff does not include the resource.
    pub const TARIFF_WITHOUT_RESOURCE: Self = Self(1070);
    /// There were too many registration attempts from one address.
    pub const REGISTRATION_ATTEMPTS: Self = Self(1071);
    /// There were too many registrations from one address.
    pub const REGISTRATIONS: Self = Self(1072);
    /// There are too many requests in parallel.
    pub const PARALLEL_LIMIT: Self = Self(1073);
    /// The service is under maintenance.
    pub const MAINTENANCE: Self = Self(1074);
    /// The user has no right to edit the field.
    pub const NO_FIELD_RIGHT: Self = Self(1075);
    /// The file has no name.
    pub const FILE_WITHOUT_NAME: Self = Self(1076);
    /// The file has no content.
    pub const FILE_WITHOUT_CONTENT: Self = Self(1077);
    /// The content of the file is not an image.
    pub const FILE_NOT_AN_IMAGE: Self = Self(1078);
    /// The file is larger than 10 MB.
    pub const FILE_TOO_LARGE: Self = Self(1079);
    /// The object has more than 100 files.
    pub const TOO_MANY_FILES: Self = Self(1080);
    /// There is no storage left for files.
    pub const NO_FILE_STORAGE: Self = Self(1081);
    /// More than 10 files are sent at once.
    pub const TOO_MANY_FILES_AT_ONCE: Self = Self(1082);
    /// The service failed to form its answer.
    pub const ANSWER_FAILED: Self = Self(1083);
    /// The value of a query parameter is not among the allowed ones.
    pub const WRONG_PARAMETER_VALUE: Self = Self(1084);
    /// The credentials hold no user.
    pub const NO_USER_IN_CREDENTIALS: Self = Self(1085);
    /// Processing took longer than allowed.
    pub const PROCESSING_TIMEOUT: Self = Self(1088);
    /// The field cannot be expanded.
    pub const EXPAND_UNSUPPORTED: Self = Self(1089);
    /// The custom dictionary is in use.
    pub const DICTIONARY_IN_USE: Self = Self(1090);
    /// The values are not allowed for the parameter.
    pub const VALUES_NOT_ALLOWED: Self = Self(1091);
    /// The user has no right to approve documents of the type.
    pub const NO_APPROVE_RIGHT: Self = Self(1092);
    /// A mandatory header is missing.
    pub const HEADER_MISSING: Self = Self(1093);
    /// The application is temporarily unavailable.
    pub const UNAVAILABLE: Self = Self(1095);
    /// The sorting is wrong.
    pub const SORT: Self = Self(1096);
    /// The domain online.moysklad.ru is no longer supported.
    pub const RETIRED_DOMAIN: Self = Self(1998);
    /// The service does not know what went wrong.
    pub const UNKNOWN: Self = Self(1999);
}

/// Errors in the format of a request.
impl ErrorCode {
    /// The JSON has no beginning of an object.
    pub const NO_OBJECT_BEGINNING: Self = Self(2000);
    /// The request is not JSON.
    pub const NOT_JSON: Self = Self(2001);
    /// The JSON has an unnamed inner array.
    pub const UNNAMED_ARRAY: Self = Self(2002);
    /// The JSON has an unnamed inner object.
    pub const UNNAMED_OBJECT: Self = Self(2003);
    /// Arrays of arrays are not allowed.
    pub const NESTED_ARRAYS: Self = Self(2004);
    /// The JSON must start with an object or an array.
    pub const NEITHER_OBJECT_NOR_ARRAY: Self = Self(2005);
    /// The JSON is nested too deep.
    pub const NESTING_TOO_DEEP: Self = Self(2006);
    /// There are too many nested objects.
    pub const TOO_MANY_NESTED: Self = Self(2007);
    /// A template request must not hold an array.
    pub const ARRAY_FOR_TEMPLATE: Self = Self(2008);
    /// A request for one object must not hold an array.
    pub const ARRAY_FOR_ONE: Self = Self(2009);
    /// A link has no `href`.
    pub const META_WITHOUT_HREF: Self = Self(2010);
    /// A link has no `type`.
    pub const META_WITHOUT_TYPE: Self = Self(2011);
    /// The type in a link is unknown.
    pub const META_UNKNOWN_TYPE: Self = Self(2012);
    /// The `href` of a link is wrong.
    pub const META_WRONG_HREF: Self = Self(2013);
    /// The field has no link.
    pub const META_MISSING: Self = Self(2014);
    /// The field has no id.
    pub const FIELD_ID_MISSING: Self = Self(2015);
    /// The value of the field has the wrong type.
    pub const WRONG_FIELD_TYPE: Self = Self(2016);
    /// The format is wrong in an unknown way.
    pub const UNKNOWN_FORMAT: Self = Self(2017);
    /// The link lacks a field.
    pub const META_FIELD_MISSING: Self = Self(2018);
    /// An object of the type cannot be assigned to the field.
    pub const WRONG_OBJECT_TYPE: Self = Self(2021);
    /// A nested collection has too many elements.
    pub const TOO_MANY_ELEMENTS: Self = Self(2022);
    /// The link leads to an object of the wrong type.
    pub const WRONG_LINK_TYPE: Self = Self(2024);
    /// The request must not hold an array.
    pub const ARRAY_NOT_ALLOWED: Self = Self(2026);
    /// The link leads to none of the allowed types.
    pub const LINK_TYPE_NOT_ALLOWED: Self = Self(2027);
    /// The attribute holds something other than a number.
    pub const ATTRIBUTE_NOT_A_NUMBER: Self = Self(2028);
    /// The value of the field is not among the allowed ones.
    pub const FIELD_VALUE_NOT_ALLOWED: Self = Self(2029);
}

/// Errors that validation finds.
impl ErrorCode {
    /// The field must not be empty or absent.
    pub const REQUIRED: Self = Self(3000);
    /// The field cannot be changed.
    pub const IMMUTABLE: Self = Self(3001);
    /// The field must not be negative.
    pub const NEGATIVE: Self = Self(3002);
    /// The field must be greater than zero.
    pub const NOT_POSITIVE: Self = Self(3003);
    /// The field does not correspond to the linked object.
    pub const LINK_MISMATCH: Self = Self(3004);
    /// The value of the field is not among the allowed ones.
    pub const WRONG_VALUE: Self = Self(3005);
    /// The value of the field must be unique and is not.
    pub const NOT_UNIQUE: Self = Self(3006);
    /// The saved object does not pass validation.
    pub const OBJECT_INVALID: Self = Self(3007);
    /// The value of the field exceeds the maximum.
    pub const TOO_BIG: Self = Self(3008);
    /// The field must not be empty or absent to pass validation.
    pub const REQUIRED_BY_VALIDATION: Self = Self(3009);
    /// A trashed document cannot be linked to a payment.
    pub const TRASHED_DOCUMENT: Self = Self(3010);
    /// The barcode is longer than 255 characters.
    pub const BARCODE_TOO_LONG: Self = Self(3011);
    /// The array must not hold plain values or null.
    pub const ARRAY_WITH_ATOMS: Self = Self(3012);
    /// The array must not hold objects with equal ids.
    pub const ARRAY_WITH_EQUAL_IDS: Self = Self(3013);
    /// The GTIN is wrong.
    pub const WRONG_GTIN: Self = Self(3014);
    /// The e-mail address is wrong.
    pub const WRONG_EMAIL: Self = Self(3015);
    /// The field does not match its format.
    pub const WRONG_FORMAT: Self = Self(3016);
    /// A required field of the object is not filled in.
    pub const REQUIRED_FIELD_EMPTY: Self = Self(3023);
    /// The value of the object's field is not among the allowed ones.
    pub const WRONG_FIELD_VALUE: Self = Self(3024);
    /// The value of a header is not among the allowed ones.
    pub const WRONG_HEADER_VALUE: Self = Self(3027);
    /// The values of two fields conflict.
    pub const CONFLICTING_VALUES: Self = Self(3028);
    /// A header does not pass validation.
    pub const HEADER_INVALID: Self = Self(3030);
    /// The document is already linked to another one.
    pub const DOCUMENT_ALREADY_LINKED: Self = Self(3031);
    /// The deleted child belongs to another parent.
    pub const CHILD_OF_ANOTHER_PARENT: Self = Self(3033);
    /// The field cannot be assigned the value.
    pub const UNASSIGNABLE_VALUE: Self = Self(3034);
    /// There are fewer elements than allowed.
    pub const TOO_FEW: Self = Self(3035);
    /// There are more elements than allowed.
    pub const TOO_MANY: Self = Self(3036);
    /// The account's deletion needs the owner's e-mail.
    pub const OWNER_EMAIL: Self = Self(3037);
    /// The link between the documents cannot be removed.
    pub const LINK_UNREMOVABLE: Self = Self(3038);
    /// Serial-tracked assortment cannot be replaced.
    pub const SERIAL_TRACKED: Self = Self(3039);
    /// The text of the field is too long.
    pub const TOO_LONG: Self = Self(3040);
    /// The field cannot be changed while another has its value.
    pub const IMMUTABLE_FOR_VALUE: Self = Self(3041);
    /// The `fields` parameter takes only one value.
    pub const ONE_FIELDS_VALUE: Self = Self(3042);
    /// The value of the `fields` parameter is not supported.
    pub const WRONG_FIELDS_VALUE: Self = Self(3043);
    /// The user has no access to the objects the fields name.
    pub const NO_ACCESS_TO_LINKED: Self = Self(3046);
    /// The groups of the counterparty are longer than 255 characters in all.
    pub const TAGS_TOO_LONG: Self = Self(3051);
    /// The end of the period is before its start.
    pub const PERIOD_REVERSED: Self = Self(3052);
}

/// Errors of single entity types.
impl ErrorCode {
    /// The characteristic of a variant has neither id nor name.
    pub const CHARACTERISTIC_EMPTY: Self = Self(10_000);
    /// The characteristic of a variant has an unknown id.
    pub const CHARACTERISTIC_UNKNOWN: Self = Self(10_001);
    /// A characteristic of this name exists.
    pub const CHARACTERISTIC_EXISTS: Self = Self(10_002);
    /// The state has no information on its entity type.
    pub const STATE_WITHOUT_PARENT: Self = Self(11_000);
    /// No state has this name.
    pub const STATE_UNKNOWN: Self = Self(11_001);
    /// The state belongs to another entity type.
    pub const STATE_OF_ANOTHER_TYPE: Self = Self(11_002);
    /// The attribute belongs to another entity type.
    pub const ATTRIBUTE_OF_ANOTHER_TYPE: Self = Self(14_000);
    /// Attributes of the file type cannot be updated.
    pub const ATTRIBUTE_FILE_UPDATE: Self = Self(14_001);
    /// The entity has no attributes.
    pub const NO_ATTRIBUTES: Self = Self(14_002);
    /// No attribute has this id.
    pub const ATTRIBUTE_UNKNOWN: Self = Self(14_003);
    /// The element of a custom dictionary needs a link or a name.
    pub const ATTRIBUTE_ELEMENT_MISSING: Self = Self(14_004);
    /// The attribute's file is larger than 10 MB.
    pub const ATTRIBUTE_FILE_TOO_LARGE: Self = Self(14_005);
    /// The attribute's file has no name.
    pub const ATTRIBUTE_FILE_WITHOUT_NAME: Self = Self(14_006);
    /// The attribute's file has no content.
    pub const ATTRIBUTE_FILE_WITHOUT_CONTENT: Self = Self(14_007);
    /// There is no storage left for the attribute's file.
    pub const ATTRIBUTE_FILE_STORAGE: Self = Self(14_008);
    /// The attribute has no value.
    pub const ATTRIBUTE_WITHOUT_VALUE: Self = Self(14_009);
    /// Only an administrator may manage attributes.
    pub const ATTRIBUTES_NEED_ADMIN: Self = Self(14_010);
    /// The link of an attribute to delete is wrong.
    pub const ATTRIBUTE_WRONG_META: Self = Self(14_011);
    /// An attribute that a scenario clears cannot be required.
    pub const ATTRIBUTE_CLEARED_BY_SCENARIO: Self = Self(14_012);
    /// Only an administrator may make an attribute required.
    pub const REQUIRED_NEEDS_ADMIN: Self = Self(14_013);
    /// A product with VAT needs its rate.
    pub const PRODUCT_VAT_MISSING: Self = Self(16_010);
    /// The account does not belong to the organization.
    pub const ORGANIZATION_ACCOUNT: Self = Self(17_000);
    /// The account does not belong to the agent.
    pub const AGENT_ACCOUNT: Self = Self(17_001);
    /// The serial number is empty.
    pub const SERIAL_NUMBER_EMPTY: Self = Self(17_002);
    /// The reserve exceeds the quantity.
    pub const RESERVE_EXCEEDS_QUANTITY: Self = Self(17_003);
    /// What is in transit exceeds the quantity.
    pub const TRANSIT_EXCEEDS_QUANTITY: Self = Self(17_004);
    /// The linked document has no base.
    pub const LINKED_WITHOUT_BASE: Self = Self(17_005);
    /// The linked documents have incompatible types.
    pub const LINKED_INCOMPATIBLE: Self = Self(17_006);
    /// The VAT rate exceeds 100 percent.
    pub const VAT_OVER_HUNDRED: Self = Self(17_007);
    /// The discount exceeds 100 percent.
    pub const DISCOUNT_OVER_HUNDRED: Self = Self(17_008);
    /// The date lies outside the open period.
    pub const CLOSED_PERIOD: Self = Self(17_009);
    /// The document cannot be un-approved: there is a return.
    pub const RETURN_EXISTS: Self = Self(17_014);
    /// A bundle is not allowed in the positions.
    pub const BUNDLE_NOT_ALLOWED: Self = Self(17_016);
    /// The quantity of a bundle must be whole.
    pub const BUNDLE_QUANTITY: Self = Self(17_018);
    /// The pack belongs to another product.
    pub const PACK_OF_ANOTHER_PRODUCT: Self = Self(17_020);
    /// A position with VAT needs its rate.
    pub const POSITION_VAT_MISSING: Self = Self(17_021);
    /// The assortment is not allowed in the document.
    pub const ASSORTMENT_NOT_ALLOWED: Self = Self(17_022);
    /// The user has no permission for the field.
    pub const NO_FIELD_PERMISSION: Self = Self(17_023);
    /// A document cannot be base and dependent at once.
    pub const BASE_AND_DEPENDENT: Self = Self(17_024);
    /// The distributed sum exceeds the payment.
    pub const DISTRIBUTED_EXCEEDS_PAYMENT: Self = Self(22_000);
    /// The payment names a document twice.
    pub const REPEATED_LINKED_DOCUMENT: Self = Self(22_001);
    /// The expense item is wrong.
    pub const WRONG_EXPENSE_ITEM: Self = Self(22_002);
    /// The payment cannot be linked without closing documents.
    pub const NO_CLOSING_DOCUMENTS: Self = Self(22_003);
    /// The currency of the document differs from that of the account.
    pub const CURRENCY_MISMATCH: Self = Self(22_004);
    /// No price type has this name.
    pub const PRICE_TYPE_UNKNOWN: Self = Self(28_000);
    /// Webhooks do not support the entity type.
    pub const WEBHOOK_TYPE: Self = Self(30_000);
    /// Webhooks support only POST.
    pub const WEBHOOK_METHOD: Self = Self(30_001);
    /// The action of the webhook is unknown.
    pub const WEBHOOK_ACTION: Self = Self(30_002);
    /// A webhook with these parameters exists.
    pub const WEBHOOK_EXISTS: Self = Self(30_003);
    /// Only an administrator may manage webhooks.
    pub const WEBHOOKS_NEED_ADMIN: Self = Self(30_004);
    /// The address of the webhook is wrong.
    pub const WEBHOOK_URL: Self = Self(30_005);
    /// The tariff does not allow creating or updating webhooks.
    pub const WEBHOOK_TARIFF: Self = Self(30_006);
    /// There are more than five webhooks of one kind.
    pub const TOO_MANY_WEBHOOKS: Self = Self(30_007);
    /// The entity type does not support the webhook's action.
    pub const WEBHOOK_ACTION_OF_TYPE: Self = Self(30_008);
    /// The action does not support the webhook's `diffType`.
    pub const WEBHOOK_DIFF_TYPE: Self = Self(30_009);
    /// The address of the webhook is longer than 255 characters.
    pub const WEBHOOK_URL_TOO_LONG: Self = Self(30_010);
    /// The accounting currency cannot be deleted.
    pub const CURRENCY_UNDELETABLE: Self = Self(31_000);
    /// The system currency is not found.
    pub const SYSTEM_CURRENCY_MISSING: Self = Self(31_001);
    /// The currency needs its code or ISO code.
    pub const CURRENCY_CODE_MISSING: Self = Self(31_002);
    /// The rate of the accounting currency is fixed.
    pub const ACCOUNTING_RATE: Self = Self(31_003);
    /// The type of the contract is wrong.
    pub const CONTRACT_TYPE: Self = Self(32_001);
    /// The type of the contract does not suit the document.
    pub const CONTRACT_TYPE_MISMATCH: Self = Self(32_002);
    /// The invoice-facture has a wrong base.
    pub const FACTURE_BASE: Self = Self(35_000);
    /// The invoice-facture has incompatible bases.
    pub const FACTURE_BASES: Self = Self(35_001);
    /// The template has more than one base.
    pub const TEMPLATE_BASES: Self = Self(36_000);
    /// The template cannot be made.
    pub const TEMPLATE: Self = Self(36_001);
    /// The audit needs an administrator.
    pub const AUDIT_NEEDS_ADMIN: Self = Self(38_000);
    /// The custom dictionary is not found.
    pub const DICTIONARY_UNKNOWN: Self = Self(41_000);
    /// The tariff has no custom dictionaries.
    pub const DICTIONARY_TARIFF: Self = Self(41_001);
    /// There are too many price types.
    pub const TOO_MANY_PRICE_TYPES: Self = Self(42_000);
    /// At least one price type must stay.
    pub const NO_PRICE_TYPE_LEFT: Self = Self(42_001);
    /// The tariff does not allow it.
    pub const TARIFF: Self = Self(47_000);
    /// Notifications are not available to solutions.
    pub const NOTIFICATIONS_FOR_SOLUTION: Self = Self(55_000);
    /// The context of the application is not available to users.
    pub const APPLICATION_CONTEXT_FOR_USER: Self = Self(55_005);
    /// The context of the employee is not available to solutions.
    pub const EMPLOYEE_CONTEXT_FOR_SOLUTION: Self = Self(55_006);
    /// Autofill needs the field.
    pub const AUTOFILL_FIELD: Self = Self(56_000);
    /// Only an administrator may manage departments.
    pub const GROUPS_NEED_ADMIN: Self = Self(60_000);
    /// The department's name must be unique.
    pub const GROUP_NOT_UNIQUE: Self = Self(60_001);
    /// The department's index is wrong.
    pub const GROUP_INDEX: Self = Self(60_002);
    /// The last department cannot be deleted.
    pub const LAST_GROUP: Self = Self(60_003);
    /// The request cannot run asynchronously.
    pub const ASYNC_UNSUPPORTED: Self = Self(61_000);
    /// An asynchronous request takes neither limit nor offset.
    pub const ASYNC_WITH_PAGE: Self = Self(61_001);
    /// There are too many asynchronous tasks in the queue.
    pub const ASYNC_QUEUE_FULL: Self = Self(61_002);
    /// The result of the asynchronous task is removed.
    pub const ASYNC_RESULT_REMOVED: Self = Self(61_003);
    /// The asynchronous task failed.
    pub const ASYNC_FAILED: Self = Self(61_004);
    /// The asynchronous task was cancelled.
    pub const ASYNC_CANCELLED: Self = Self(61_005);
    /// The asynchronous task is not ready.
    pub const ASYNC_NOT_READY: Self = Self(61_006);
    /// The asynchronous task cannot be cancelled any more.
    pub const ASYNC_UNCANCELLABLE: Self = Self(61_007);
    /// A named filter excludes filter, search and order.
    pub const NAMED_FILTER_INCOMPATIBLE: Self = Self(63_000);
    /// A named filter needs its owner for solutions.
    pub const NAMED_FILTER_OWNER: Self = Self(63_005);
    /// The type of an automatic sales channel is fixed.
    pub const SALES_CHANNEL_TYPE: Self = Self(64_000);
    /// There are more than 2000 active stores.
    pub const TOO_MANY_STORES: Self = Self(67_007);
    /// The event feed of the document is full.
    pub const EVENT_FEED_FULL: Self = Self(70_000);
    /// One account must be in the accounting currency.
    pub const ACCOUNTING_ACCOUNT: Self = Self(72_000);
    /// The content card is wrong.
    pub const CONTENT_CARD: Self = Self(75_000);
    /// The content cards are wrong.
    pub const CONTENT_CARDS: Self = Self(75_001);
}

/// Groups of codes that the service documents only as a whole.
impl ErrorCode {
    /// Discounts and bonus programmes.
    pub const DISCOUNTS: RangeInclusive<Self> = Self(3017)..=Self(3022);
    /// More on discounts and bonus programmes.
    pub const BONUS_PROGRAMMES: RangeInclusive<Self> = Self(3025)..=Self(3026);
    /// Serial numbers.
    pub const SERIAL_NUMBERS: RangeInclusive<Self> = Self(3048)..=Self(3050);
    /// Stock reports.
    pub const STOCK_REPORTS: RangeInclusive<Self> = Self(13_000)..=Self(13_005);
    /// Variants (модификации).
    pub const VARIANTS: RangeInclusive<Self> = Self(15_000)..=Self(15_009);
    /// Products (товары).
    pub const PRODUCTS: RangeInclusive<Self> = Self(16_000)..=Self(16_114);
    /// Stores of another department.
    pub const STORES_OF_OTHERS: RangeInclusive<Self> = Self(17_010)..=Self(17_013);
    /// Marking codes.
    pub const MARKING: RangeInclusive<Self> = Self(17_101)..=Self(17_108);
    /// Retail sales.
    pub const RETAIL_SALES: RangeInclusive<Self> = Self(18_000)..=Self(18_007);
    /// Retail returns.
    pub const RETAIL_RETURNS: RangeInclusive<Self> = Self(19_000)..=Self(19_005);
    /// Bundles (комплекты).
    pub const BUNDLES: RangeInclusive<Self> = Self(29_000)..=Self(29_009);
    /// Print forms.
    pub const PRINT_FORMS: RangeInclusive<Self> = Self(33_000)..=Self(33_013);
    /// Publications.
    pub const PUBLICATIONS: RangeInclusive<Self> = Self(34_000)..=Self(34_003);
    /// Tasks (задачи).
    pub const TASKS: RangeInclusive<Self> = Self(37_000)..=Self(37_003);
    /// Employees and their rights.
    pub const EMPLOYEES: RangeInclusive<Self> = Self(43_001)..=Self(43_036);
    /// Images.
    pub const IMAGES: RangeInclusive<Self> = Self(51_001)..=Self(51_007);
    /// Notifications.
    pub const NOTIFICATIONS: RangeInclusive<Self> = Self(55_000)..=Self(55_004);
    /// Asynchronous tasks.
    pub const ASYNC_TASKS: RangeInclusive<Self> = Self(61_000)..=Self(61_008);
    /// Named filters.
    pub const NAMED_FILTERS: RangeInclusive<Self> = Self(63_000)..=Self(63_005);
    /// Stores (склады).
    pub const STORES: RangeInclusive<Self> = Self(67_000)..=Self(67_007);
}
