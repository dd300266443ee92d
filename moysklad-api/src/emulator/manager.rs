//! What a manager does in the web interface: orders, payments, stock, dictionaries, filters.

use serde_json::{Value, json};

use super::Emulator;
use super::error::ServiceErrors;
use super::href::Links;
use super::world::{World, parse_id};

/// Orders.
impl Emulator {
    /// The id of a state (статус) of a type, by its name.
    #[must_use]
    pub fn state_id(&self, entity_type: &str, name: &str) -> Option<String> {
        let world = self.shared.world.lock();
        let states = world.registers.states(entity_type);
        states
            .iter()
            .find(|state| state.name == name)
            .map(|state| state.id.to_string())
    }

    /// Moves an order into a state (статус) by the state's name.
    ///
    /// # Errors
    ///
    /// When the order or the state does not exist.
    pub fn set_order_state(&self, order_id: &str, name: &str) -> Result<Value, ServiceErrors> {
        self.edit("customerorder", order_id, json!({"state": {"name": name}}))
    }

    /// Replaces the positions (позиции) of an order: a price in kopecks and a quantity each.
    ///
    /// # Errors
    ///
    /// When the order does not exist or a quantity is not above zero.
    pub fn set_positions(
        &self,
        order_id: &str,
        positions: &[(i64, f64)],
    ) -> Result<Value, ServiceErrors> {
        let product = match self.all("product").into_iter().next() {
            Some(product) => product,
            None => self.add("product", json!({"name": "Товар"}))?,
        };
        let assortment = json!({"meta": product.get("meta")});
        let positions = positions.iter().map(|(price, quantity)| {
            json!({"assortment": assortment, "price": price, "quantity": quantity})
        });
        let positions: Vec<Value> = positions.collect();
        self.edit("customerorder", order_id, json!({"positions": positions}))
    }

    /// Takes a payment through a bank (входящий платеж) for an order, in kopecks.
    ///
    /// # Errors
    ///
    /// When the order does not exist or lies in the trash.
    pub fn pay(&self, order_id: &str, kopecks: i64) -> Result<Value, ServiceErrors> {
        self.take_payment("paymentin", order_id, kopecks)
    }

    /// Takes a payment in cash (приходный ордер) for an order, in kopecks.
    ///
    /// # Errors
    ///
    /// When the order does not exist or lies in the trash.
    pub fn pay_cash(&self, order_id: &str, kopecks: i64) -> Result<Value, ServiceErrors> {
        self.take_payment("cashin", order_id, kopecks)
    }

    fn take_payment(
        &self,
        entity_type: &str,
        order_id: &str,
        kopecks: i64,
    ) -> Result<Value, ServiceErrors> {
        let order = self.show("customerorder", parse_id(order_id)?)?;
        let payment = json!({
            "organization": order.get("organization"),
            "agent": order.get("agent"),
            "sum": kopecks,
            "operations": [{"meta": order.get("meta"), "linkedSum": kopecks}],
        });
        self.add(entity_type, payment)
    }
}

/// What only the web interface sets up.
impl Emulator {
    /// Creates a custom dictionary (пользовательский справочник) with elements of these names.
    ///
    /// # Errors
    ///
    /// When a name is empty or too long.
    pub fn add_dictionary(&self, name: &str, elements: &[&str]) -> Result<Value, ServiceErrors> {
        let base = self.base_url();
        self.act(|world| {
            let at = world.clock.tick();
            let id = world.save_dictionary(None, &json!({"name": name}), at)?;
            for element in elements {
                world.save_element(id, None, &json!({"name": element}), at)?;
            }
            world.shown_dictionary(id, Links { base: &base })
        })
    }

    /// Puts so much of a product (товар) or a variant (модификация) into the stores: its stock
    /// (остаток) before anything is shipped.
    ///
    /// # Errors
    ///
    /// When the id is malformed.
    pub fn set_stock(&self, id: &str, quantity: f64) -> Result<(), ServiceErrors> {
        let id = parse_id(id)?;
        self.act(|world| {
            world.stocked.insert(id, quantity);
            world.stock_changed(world.clock.now());
        });
        Ok(())
    }

    /// Saves a filter of lists under a name (сохраненный фильтр); the conditions are written as
    /// in the `filter` of a request.
    ///
    /// # Errors
    ///
    /// When the type is unknown or the conditions are not good for it.
    pub fn add_named_filter(
        &self,
        entity_type: &str,
        name: &str,
        conditions: &str,
    ) -> Result<Value, ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let base = self.base_url();
        self.act(|world| {
            let id = world.save_filter(kind, name, conditions)?;
            let filter = world.named_filter(kind, id)?;
            Ok(world.shown_filter(filter, Links { base: &base }))
        })
    }
}
