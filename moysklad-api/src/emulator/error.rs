//! Refusals in the service's own form: HTTP status, codes, texts.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// Why the emulated service refused something, as it would answer over HTTP.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status}: {}", self.summary())]
pub struct ServiceErrors {
    status: u16,
    errors: Vec<ServiceError>,
}

/// One item of the service's `errors` array.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServiceError {
    code: u32,
    text: String,
    parameter: Option<String>,
    place: Option<(usize, usize)>,
    dependencies: Vec<Value>,
}

impl ServiceErrors {
    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The service's error codes, in the order of the answer.
    #[must_use]
    pub fn codes(&self) -> Vec<u32> {
        self.errors.iter().map(|error| error.code).collect()
    }

    /// The body of the answer: `{"errors": […]}`.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({"errors": self.errors.iter().map(ServiceError::body).collect::<Vec<_>>()})
    }

    /// Several refusals of one object as one answer; the first decides the status.
    pub(crate) fn all(problems: Vec<Self>) -> Result<(), Self> {
        problems
            .into_iter()
            .reduce(|mut first, next| {
                first.errors.extend(next.errors);
                first
            })
            .map_or(Ok(()), Err)
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn summary(&self) -> String {
        let items = self.errors.iter().map(|error| match &error.parameter {
            Some(parameter) => format!("{} ({parameter})", error.code),
            None => error.code.to_string(),
        });
        items.collect::<Vec<_>>().join(", ")
    }

    fn new(status: u16, code: u32, text: impl Into<String>) -> Self {
        let error = ServiceError {
            code,
            text: text.into(),
            ..ServiceError::default()
        };
        Self {
            status,
            errors: vec![error],
        }
    }

    fn with(mut self, change: impl FnOnce(&mut ServiceError)) -> Self {
        if let Some(error) = self.errors.first_mut() {
            change(error);
        }
        self
    }

    fn about(self, parameter: &str) -> Self {
        self.with(|error| error.parameter = Some(parameter.to_owned()))
    }
}

impl ServiceError {
    fn body(&self) -> Value {
        let mut body = json!({
            "error": self.text,
            "code": self.code,
            "moreInfo": format!("https://dev.moysklad.ru/doc/api/remap/1.2/#error_{}", self.code),
        });
        if let Some(map) = body.as_object_mut() {
            if let Some(parameter) = &self.parameter {
                map.insert("parameter".into(), parameter.as_str().into());
            }
            if let Some((line, column)) = self.place {
                map.insert("line".into(), line.into());
                map.insert("column".into(), column.into());
            }
            if !self.dependencies.is_empty() {
                map.insert("dependencies".into(), self.dependencies.clone().into());
            }
        }
        body
    }
}

/// What is wrong with an address or a query.
impl ServiceErrors {
    pub(crate) fn unknown_path(path: &str) -> Self {
        Self::new(404, 1002, format!("Неизвестный путь: '{path}'"))
    }

    pub(crate) fn unknown_type(keyword: &str) -> Self {
        Self::new(412, 1005, format!("Неизвестный тип: '{keyword}'"))
    }

    pub(crate) fn wrong_version(status: u16, version: &str) -> Self {
        Self::new(
            status,
            1015,
            format!("Указана неверная версия API: '{version}'"),
        )
    }

    pub(crate) fn not_found(keyword: &str, id: impl std::fmt::Display) -> Self {
        let text = format!("Объект с типом '{keyword}' и идентификатором '{id}' не найден");
        Self::new(404, 1021, text)
    }

    pub(crate) fn malformed_id(id: &str) -> Self {
        Self::new(400, 1052, format!("Неверный формат идентификатора: '{id}'"))
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(405, 1039, "Метод не поддерживается для данного ресурса")
    }

    pub(crate) fn undecodable_query() -> Self {
        Self::new(400, 1058, "Не удалось декодировать параметры запроса")
    }

    pub(crate) fn wrong_parameter(name: &str, allowed: &str) -> Self {
        let text = format!("Неверное значение параметра '{name}', допустимо: {allowed}");
        Self::new(400, 1084, text).about(name)
    }

    pub(crate) fn filter(text: impl std::fmt::Display) -> Self {
        Self::new(400, 1034, format!("Ошибка фильтрации: {text}")).about("filter")
    }

    pub(crate) fn filter_value(field: &str, value: &str) -> Self {
        let text = format!("Неверное значение '{value}' параметра фильтрации '{field}'");
        Self::new(400, 1014, text).about(field)
    }

    pub(crate) fn filter_choice(field: &str, allowed: &[&str]) -> Self {
        let text = format!(
            "Неверное значение фильтра, допустимо: {}",
            allowed.join(", ")
        );
        Self::new(400, 1041, text).about(field)
    }

    pub(crate) fn filter_date(field: &str) -> Self {
        let text = "Неверный формат даты в фильтре, ожидается 'yyyy-MM-dd HH:mm:ss'";
        Self::new(400, 1035, text).about(field)
    }

    pub(crate) fn unknown_order(field: &str) -> Self {
        Self::new(
            400,
            1063,
            format!("Сортировка по полю '{field}' не поддерживается"),
        )
        .about("order")
    }

    pub(crate) fn order_direction(word: &str) -> Self {
        let text = format!("Неверное значение сортировки '{word}', допустимо: asc, desc");
        Self::new(400, 1042, text).about("order")
    }

    pub(crate) fn expand(field: &str) -> Self {
        Self::new(
            400,
            1089,
            format!("Разворачивание поля '{field}' не поддерживается"),
        )
        .about("expand")
    }
}

/// What is wrong with who asks, how, or how often.
impl ServiceErrors {
    pub(crate) fn unauthorized(text: &str) -> Self {
        Self::new(401, 1056, format!("Ошибка аутентификации: {text}"))
    }

    pub(crate) fn no_access() -> Self {
        Self::new(
            403,
            1061,
            "Отсутствует доступ к API для данного пользователя",
        )
    }

    pub(crate) fn not_a_solution() -> Self {
        Self::new(403, 55005, "Контекст решения недоступен пользователю")
    }

    pub(crate) fn accept() -> Self {
        let text = "Неверное значение заголовка 'Accept', используйте \
                    'application/json;charset=utf-8'";
        Self::new(400, 1062, text)
    }

    pub(crate) fn content_type() -> Self {
        Self::new(415, 1037, "Неверное значение заголовка 'Content-Type'")
    }

    pub(crate) fn too_many_requests() -> Self {
        let text = "Превышено ограничение на количество запросов в единицу времени";
        Self::new(429, 1049, text)
    }

    pub(crate) fn too_many_parallel() -> Self {
        Self::new(
            429,
            1073,
            "Превышено ограничение на одновременное количество запросов",
        )
    }

    pub(crate) fn body_too_large() -> Self {
        Self::new(413, 1044, "Превышен допустимый размер запроса: 10 МБ")
    }

    /// A refusal that a fault asks for, with the code the status usually has.
    pub(crate) fn planned(status: u16) -> Self {
        let code = match status {
            401 => 1056,
            403 => 1061,
            404 => 1021,
            409 => 1065,
            429 => 1049,
            503 => 1074,
            502 | 504 => 1095,
            _ => 1999,
        };
        Self::new(status, code, format!("Ошибка по плану испытания: {status}"))
    }
}

/// What is wrong with the form of a body.
impl ServiceErrors {
    pub(crate) fn not_json(error: &serde_json::Error) -> Self {
        Self::new(
            400,
            2001,
            "Ошибка формата: входные данные запроса не являются JSON-объектом",
        )
        .with(|item| item.place = Some((error.line(), error.column())))
    }

    pub(crate) fn neither_object_nor_array() -> Self {
        Self::new(
            400,
            2005,
            "Ошибка формата: JSON должен начинаться с объекта или массива",
        )
    }

    pub(crate) fn nested_array() -> Self {
        Self::new(
            400,
            2004,
            "Ошибка формата: вложенные массивы не допускаются",
        )
    }

    pub(crate) fn too_deep() -> Self {
        Self::new(
            400,
            2006,
            "Ошибка формата: превышена допустимая вложенность",
        )
    }

    pub(crate) fn too_many_objects() -> Self {
        Self::new(
            413,
            2007,
            "Ошибка формата: слишком много объектов в запросе, допустимо 1000",
        )
    }

    pub(crate) fn too_many_elements(field: &str) -> Self {
        let text = format!("Ошибка формата: слишком много элементов в коллекции '{field}'");
        Self::new(413, 2022, text).about(field)
    }

    pub(crate) fn array_in_update() -> Self {
        Self::new(
            400,
            2009,
            "Ошибка формата: запрос не должен содержать массив",
        )
    }

    pub(crate) fn meta_without_href(field: &str) -> Self {
        Self::new(
            400,
            2010,
            format!("Ошибка формата: в meta поля '{field}' нет href"),
        )
        .about(field)
    }

    pub(crate) fn meta_without_type(field: &str) -> Self {
        Self::new(
            400,
            2011,
            format!("Ошибка формата: в meta поля '{field}' нет type"),
        )
        .about(field)
    }

    pub(crate) fn unknown_meta_type(field: &str, keyword: &str) -> Self {
        let text = format!("Ошибка формата: неизвестный тип '{keyword}' в meta поля '{field}'");
        Self::new(400, 2012, text).about(field)
    }

    pub(crate) fn meta_missing(field: &str) -> Self {
        Self::new(
            400,
            2014,
            format!("Ошибка формата: у поля '{field}' нет meta"),
        )
        .about(field)
    }

    pub(crate) fn wrong_type(field: &str, expected: &str) -> Self {
        let text =
            format!("Ошибка формата: значение поля '{field}' не соответствует типу {expected}");
        Self::new(400, 2016, text).about(field)
    }

    pub(crate) fn wrong_reference(field: &str, allowed: &[&str]) -> Self {
        let text = format!(
            "Ошибка формата: поле '{field}' должно ссылаться на тип: {}",
            allowed.join(", ")
        );
        Self::new(400, 2024, text).about(field)
    }

    pub(crate) fn reference_type(field: &str) -> Self {
        Self::new(
            400,
            1060,
            format!("Неверное значение meta.type поля '{field}'"),
        )
        .about(field)
    }

    pub(crate) fn foreign_host(href: &str) -> Self {
        if super::href::host(href) == Some("online.moysklad.ru") {
            return Self::new(
                400,
                1998,
                "Домен online.moysklad.ru больше не поддерживается",
            );
        }
        Self::new(400, 1059, "Указан неверный сервер в идентификаторе объекта")
    }
}

/// What is wrong with the values of an object.
impl ServiceErrors {
    pub(crate) fn required(field: &str) -> Self {
        let text = format!(
            "Ошибка сохранения объекта: поле '{field}' не может быть пустым или отсутствовать"
        );
        Self::new(412, 3000, text).about(field)
    }

    pub(crate) fn unchangeable(field: &str) -> Self {
        let text = format!("Ошибка сохранения объекта: поле '{field}' не может быть изменено");
        Self::new(412, 3001, text).about(field)
    }

    pub(crate) fn negative(field: &str) -> Self {
        let text = format!("Ошибка сохранения объекта: поле '{field}' не может быть отрицательным");
        Self::new(412, 3002, text).about(field)
    }

    pub(crate) fn not_positive(field: &str) -> Self {
        let text = format!("Ошибка сохранения объекта: поле '{field}' должно быть больше нуля");
        Self::new(412, 3003, text).about(field)
    }

    pub(crate) fn choice(field: &str, value: &str, allowed: &[&str]) -> Self {
        let text = format!(
            "Ошибка сохранения объекта: неверное значение '{value}' поля '{field}', допустимо: {}",
            allowed.join(", ")
        );
        Self::new(412, 3005, text).about(field)
    }

    pub(crate) fn not_unique(field: &str) -> Self {
        let text = format!(
            "Ошибка сохранения объекта: нарушено ограничение уникальности параметра '{field}'"
        );
        Self::new(412, 3006, text).about(field)
    }

    pub(crate) fn too_large(field: &str) -> Self {
        let text = format!("Ошибка сохранения объекта: поле '{field}' превышает максимум");
        Self::new(412, 3008, text).about(field)
    }

    pub(crate) fn trashed_document(id: Uuid) -> Self {
        let text = format!("Ошибка сохранения объекта: удаленный документ {id} нельзя оплатить");
        Self::new(412, 3010, text).about("operations")
    }

    pub(crate) fn email(field: &str) -> Self {
        let text = "Ошибка сохранения объекта: некорректный адрес E-mail";
        Self::new(412, 3015, text).about(field)
    }

    pub(crate) fn too_long(field: &str, most: usize) -> Self {
        let text = format!(
            "Ошибка сохранения объекта: поле '{field}' не может быть более {most} символов"
        );
        Self::new(412, 3040, text).about(field)
    }

    pub(crate) fn conflict(field: &str, other: &str) -> Self {
        let text = format!("Значение параметра '{field}' противоречит параметру '{other}'");
        Self::new(412, 3028, text).about(field)
    }

    pub(crate) fn tags_too_long() -> Self {
        Self::new(
            412,
            3051,
            "Общая длина групп не может превышать 255 символов",
        )
        .about("tags")
    }

    pub(crate) fn sync_id_update() -> Self {
        let text = "Вы не можете обновить поле syncId в запросе на обновление сущности";
        Self::new(412, 1047, text).about("syncId")
    }

    pub(crate) fn foreign_parent(field: &str) -> Self {
        Self::new(412, 1046, "Дочерний объект не может изменить родителя").about(field)
    }

    pub(crate) fn in_use(dependencies: Vec<Value>) -> Self {
        Self::new(409, 1028, "Объект используется и не может быть удален")
            .with(|error| error.dependencies = dependencies)
    }

    pub(crate) fn not_trashable() -> Self {
        Self::new(412, 1066, "Объект не может быть помещен в корзину")
    }

    pub(crate) fn no_recycle_bin() -> Self {
        Self::new(412, 1067, "Корзина отключена")
    }

    pub(crate) fn unknown_state(name: &str) -> Self {
        Self::new(412, 11001, format!("Статус с именем '{name}' не найден")).about("state")
    }

    pub(crate) fn foreign_state(id: Uuid) -> Self {
        Self::new(
            412,
            11002,
            format!("Статус {id} не относится к данному типу"),
        )
        .about("state")
    }

    /// A refusal about custom fields (дополнительные поля), codes 14000 to 14013.
    pub(crate) fn attribute(code: u32, text: &str) -> Self {
        Self::new(412, code, text).about("attributes")
    }

    /// A refusal about positions (позиции), codes 17003 to 17021.
    pub(crate) fn position(code: u32, field: &str, text: &str) -> Self {
        Self::new(412, code, text).about(field)
    }

    pub(crate) fn overpaid_operations() -> Self {
        Self::new(412, 22000, "Распределенная сумма превышает сумму платежа").about("operations")
    }

    pub(crate) fn repeated_operations() -> Self {
        Self::new(412, 22001, "Платеж содержит повторяющиеся документы").about("operations")
    }

    pub(crate) fn unknown_price_type() -> Self {
        Self::new(412, 28000, "Тип цены не найден").about("priceType")
    }
}
