//! A fresh account: what a new user of the service finds.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::clock::Clock;
use super::datum::{Datum, Reference};
use super::delivery::Delivery;
use super::dictionaries::Dictionaries;
use super::entity_types;
use super::error::ServiceErrors;
use super::files::Files;
use super::journal::Journal;
use super::mint::Mint;
use super::register::{Registers, State, StateType};
use super::rights::{Actor, Rights};
use super::store::Store;
use super::world::{Account, Company, PriceType, Settings, UniqueCodes, World};

/// The order states of a new account, in their order.
const ORDER_STATES: [(&str, i64, StateType); 7] = [
    ("Новый", 15_106_326, StateType::Regular),
    ("Подтвержден", 40_931, StateType::Regular),
    ("Собран", 8_767_198, StateType::Regular),
    ("Отгружен", 10_774_205, StateType::Regular),
    ("Доставлен", 8_825_440, StateType::Successful),
    ("Возврат", 10_667_543, StateType::Unsuccessful),
    ("Отменен", 15_280_409, StateType::Unsuccessful),
];

impl World {
    /// Opens an account with one employee, one group, one organization, one store, the rouble,
    /// the usual order states and one price type.
    pub(crate) fn fresh(
        settings: Settings,
        clock: Arc<Clock>,
        mint: Mint,
        logins: &[String],
        outbox: UnboundedSender<Delivery>,
    ) -> Result<Self, ServiceErrors> {
        let at = clock.now();
        let mut registers = Registers::default();
        for (name, color, finality) in ORDER_STATES {
            let state = State {
                id: mint.id(at),
                name: name.to_owned(),
                color,
                finality,
            };
            registers.states_mut("customerorder").push(state);
        }
        let price_type = PriceType {
            id: mint.id(at),
            name: "Цена продажи".to_owned(),
            external_code: "cbcf493b-55bc-11d9-848a-00112f43529a".to_owned(),
        };
        let switches = [
            ("globalOperationNumbering", true),
            ("checkShippingStock", false),
            ("checkMinPrice", false),
            ("useRecycleBin", true),
            ("useCompanyAddress", false),
        ];
        let account = Account {
            id: mint.id(at),
            login: logins.first().cloned().unwrap_or_default(),
            employee: Uuid::nil(),
            group: Uuid::nil(),
            currency: Uuid::nil(),
            price_types: vec![price_type],
            company: Company {
                discount_strategy: "bySum".to_owned(),
                address: None,
                switches: switches.to_vec(),
            },
            unique_codes: UniqueCodes::default(),
            user_settings: Map::new(),
        };
        let mut world = Self {
            settings,
            clock,
            mint,
            store: Store::new(),
            registers,
            account,
            rights: Rights::default(),
            actor: Actor {
                login: logins.first().cloned().unwrap_or_default(),
                employee: Uuid::nil(),
                group: Uuid::nil(),
            },
            journal: Journal::default(),
            files: Files::default(),
            dictionaries: Dictionaries::default(),
            named_filters: Vec::new(),
            tasks: Vec::new(),
            stocked: HashMap::new(),
            stock_news: None,
            outbox,
        };
        world.furnish()?;
        for login in logins.iter().skip(1) {
            world.hire(login)?;
        }
        // What a new account comes with was done by nobody.
        world.journal = Journal::default();
        Ok(world)
    }

    fn furnish(&mut self) -> Result<(), ServiceErrors> {
        let rouble = json!({
            "name": "руб", "fullName": "Российский рубль", "code": "643", "isoCode": "RUB",
            "system": true,
            "majorUnit": {"gender": "masculine", "s1": "рубль", "s2": "рубля", "s5": "рублей"},
            "minorUnit": {"gender": "feminine", "s1": "копейка", "s2": "копейки", "s5": "копеек"},
        });
        self.account.group = self.seed("group", &json!({"name": "Основной"}))?;
        self.actor.group = self.account.group;
        // The first employee owns himself, so his id is fixed before anything refers to it.
        let employee = json!({"lastName": "Администратор"});
        self.account.employee = self.seed("employee", &employee)?;
        self.actor.employee = self.account.employee;
        self.account.currency = self.seed("currency", &rouble)?;
        self.adopt_first_employee();
        self.plant_standards()?;
        self.seed(
            "organization",
            &json!({"name": "Моя организация", "shared": true}),
        )?;
        self.seed("store", &json!({"name": "Основной склад", "shared": true}))?;
        self.seed(
            "expenseitem",
            &json!({"name": "Закупка товаров", "shared": true}),
        )?;
        Ok(())
    }

    /// Adds an employee who may use the API under a login of his own.
    fn hire(&mut self, login: &str) -> Result<(), ServiceErrors> {
        let kind = Self::kind("employee")?;
        let id = self.seed("employee", &json!({"lastName": login}))?;
        let mut row = self.row(kind, id)?.clone();
        row.fields.set("uid", Datum::Text(login.to_owned()));
        self.store.put(kind, row);
        Ok(())
    }

    /// Stores a new object as a request would.
    pub(crate) fn seed(&mut self, keyword: &str, body: &Value) -> Result<Uuid, ServiceErrors> {
        let kind = Self::kind(keyword)?;
        let at = self.clock.tick();
        self.save(kind, None, body, at)
    }

    /// Gives the first employee his login and himself as owner, which no request could set.
    fn adopt_first_employee(&mut self) {
        let (id, currency) = (self.account.employee, self.account.currency);
        let login = self.account.login.clone();
        for (keyword, object) in [("employee", id), ("currency", currency)] {
            let Some(kind) = entity_types::find(keyword) else {
                continue;
            };
            let Some(mut row) = self.store.row(kind, object).cloned() else {
                continue;
            };
            if keyword == "employee" {
                let owner = Reference {
                    kind: "employee",
                    id,
                };
                row.fields.set("owner", Datum::Link(owner));
                row.fields.set("uid", Datum::Text(login.clone()));
                row.fields.set("shared", Datum::Flag(true));
            } else {
                row.fields.set("default", Datum::Flag(true));
            }
            self.store.put(kind, row);
        }
    }
}
