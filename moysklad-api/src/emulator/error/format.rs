//! Refusals of the form of a body, codes 2000 to 2029.

use super::ServiceErrors;

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
        if crate::emulator::href::host(href) == Some("online.moysklad.ru") {
            return Self::new(
                400,
                1998,
                "Домен online.moysklad.ru больше не поддерживается",
            );
        }
        Self::new(400, 1059, "Указан неверный сервер в идентификаторе объекта")
    }
}
