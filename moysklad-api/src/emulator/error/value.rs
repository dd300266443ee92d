//! Refusals of the values of an object.

use serde_json::Value;
use uuid::Uuid;

use super::ServiceErrors;

/// What is wrong with the values of an object.
impl ServiceErrors {
    pub(crate) fn required(field: &str) -> Self {
        let text = format!(
            "Ошибка сохранения объекта: поле '{field}' не может быть пустым или отсутствовать"
        );
        Self::new(412, 3000, text).about(field)
    }

    pub(crate) fn required_attribute(field: &str) -> Self {
        let text = format!("Не заполнено обязательное поле '{field}'");
        Self::new(412, 3023, text).about(field)
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

    /// A refusal of a variant (модификация), codes 10000 to 10002 and 15000 to 15001.
    pub(crate) fn variant(code: u32, text: &str) -> Self {
        Self::new(412, code, text).about("characteristics")
    }

    /// A refusal of a bundle (комплект), codes 29000 to 29003.
    pub(crate) fn bundle(code: u32, text: &str) -> Self {
        Self::new(412, code, text).about("components")
    }

    /// A bank account of somebody else, codes 17000 and 17001.
    pub(crate) fn account(code: u32, field: &str) -> Self {
        let text = "Расчетный счет не принадлежит указанной стороне документа";
        Self::new(412, code, text).about(field)
    }

    /// A change of what belongs to the service, codes 1024 and 1025.
    pub(crate) fn standard(code: u32) -> Self {
        Self::new(412, code, "Стандартные объекты нельзя изменить или удалить")
    }

    pub(crate) fn dictionary_in_use() -> Self {
        Self::new(409, 1090, "Пользовательский справочник используется")
    }

    /// Too many or too large files, codes 1079 to 1082.
    pub(crate) fn files(code: u32, text: &str) -> Self {
        Self::new(412, code, text)
    }

    pub(crate) fn feed_full() -> Self {
        Self::new(412, 70000, "Превышено количество событий в ленте")
    }

    pub(crate) fn named_filter() -> Self {
        let text = "Сохраненный фильтр несовместим с параметрами filter, search и order";
        Self::new(400, 63000, text).about("namedfilter")
    }

    /// A refusal of an asynchronous task (асинхронная задача), codes 61000 to 61007.
    pub(crate) fn task(code: u32, text: &str) -> Self {
        Self::new(412, code, text)
    }

    /// A refusal of the list of price types (типы цен), codes 42000 and 42001.
    pub(crate) fn price_types(code: u32, text: &str) -> Self {
        Self::new(412, code, text)
    }

    /// A refusal of a webhook (вебхук), codes 30000 to 30010.
    pub(crate) fn webhook(code: u32, text: &str) -> Self {
        Self::new(412, code, text)
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
