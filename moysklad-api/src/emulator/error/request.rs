//! Refusals of a request: its address, its sender, its pace.

use super::ServiceErrors;

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

    pub(crate) fn no_dictionary() -> Self {
        Self::new(400, 1001, "Не указан идентификатор справочника")
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

    pub(crate) fn no_right(code: u32, text: &str) -> Self {
        Self::new(403, code, text)
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

    pub(crate) fn header(name: &str) -> Self {
        let text = format!("Ошибка валидации заголовка '{name}'");
        Self::new(400, 3030, text).about(name)
    }

    pub(crate) fn too_many_guesses() -> Self {
        let text = "Превышено ограничение на количество попыток проверки имени и пароля";
        Self::new(429, 1048, text)
    }

    /// A wrong value of `fields`, codes 3042 and 3043.
    pub(crate) fn fields(code: u32) -> Self {
        Self::new(400, code, "Неверное значение параметра 'fields'").about("fields")
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
