//! One way in for each type of object that the crate models.

use super::Client;
use crate::bundle::Bundle;
use crate::cash_out::CashOut;
use crate::contract::Contract;
use crate::country::Country;
use crate::currency::Currency;
use crate::custom_entity::CustomEntities;
use crate::demand::Demand;
use crate::employee::Employee;
use crate::entity::Resource;
use crate::expense_item::ExpenseItem;
use crate::group::Group;
use crate::invoice_out::InvoiceOut;
use crate::payment_out::PaymentOut;
use crate::price_type::PriceTypes;
use crate::product::Product;
use crate::product_folder::ProductFolder;
use crate::project::Project;
use crate::region::Region;
use crate::sales_channel::SalesChannel;
use crate::service::Service;
use crate::store::Store;
use crate::task::Task;
use crate::tax_rate::TaxRate;
use crate::uom::Uom;
use crate::variant::Variant;

impl Client {
    /// Stores (склады).
    #[must_use]
    pub fn stores(&self) -> Resource<Store> {
        self.entity()
    }

    /// Currencies (валюты).
    #[must_use]
    pub fn currencies(&self) -> Resource<Currency> {
        self.entity()
    }

    /// Employees (сотрудники).
    #[must_use]
    pub fn employees(&self) -> Resource<Employee> {
        self.entity()
    }

    /// Departments (отделы).
    #[must_use]
    pub fn groups(&self) -> Resource<Group> {
        self.entity()
    }

    /// Sales channels (каналы продаж).
    #[must_use]
    pub fn sales_channels(&self) -> Resource<SalesChannel> {
        self.entity()
    }

    /// Projects (проекты).
    #[must_use]
    pub fn projects(&self) -> Resource<Project> {
        self.entity()
    }

    /// Contracts (договоры).
    #[must_use]
    pub fn contracts(&self) -> Resource<Contract> {
        self.entity()
    }

    /// Countries (страны).
    #[must_use]
    pub fn countries(&self) -> Resource<Country> {
        self.entity()
    }

    /// Regions of Russia (регионы).
    #[must_use]
    pub fn regions(&self) -> Resource<Region> {
        self.entity()
    }

    /// Products (товары).
    #[must_use]
    pub fn products(&self) -> Resource<Product> {
        self.entity()
    }

    /// Services (услуги).
    #[must_use]
    pub fn services(&self) -> Resource<Service> {
        self.entity()
    }

    /// Variants of products (модификации).
    #[must_use]
    pub fn variants(&self) -> Resource<Variant> {
        self.entity()
    }

    /// Bundles (комплекты).
    #[must_use]
    pub fn bundles(&self) -> Resource<Bundle> {
        self.entity()
    }

    /// Groups of products (группы товаров).
    #[must_use]
    pub fn product_folders(&self) -> Resource<ProductFolder> {
        self.entity()
    }

    /// Units of measure (единицы измерения).
    #[must_use]
    pub fn uoms(&self) -> Resource<Uom> {
        self.entity()
    }

    /// VAT rates (ставки НДС).
    #[must_use]
    pub fn tax_rates(&self) -> Resource<TaxRate> {
        self.entity()
    }

    /// Expense items (статьи расходов).
    #[must_use]
    pub fn expense_items(&self) -> Resource<ExpenseItem> {
        self.entity()
    }

    /// Outgoing payments by bank (исходящие платежи).
    #[must_use]
    pub fn payments_out(&self) -> Resource<PaymentOut> {
        self.entity()
    }

    /// Outgoing payments in cash (расходные ордера).
    #[must_use]
    pub fn cash_outs(&self) -> Resource<CashOut> {
        self.entity()
    }

    /// Invoices to customers (счета покупателям).
    #[must_use]
    pub fn invoices_out(&self) -> Resource<InvoiceOut> {
        self.entity()
    }

    /// Shipments to customers (отгрузки).
    #[must_use]
    pub fn demands(&self) -> Resource<Demand> {
        self.entity()
    }

    /// Tasks (задачи).
    #[must_use]
    pub fn tasks(&self) -> Resource<Task> {
        self.entity()
    }

    /// Custom dictionaries (пользовательские справочники).
    #[must_use]
    pub fn custom_entities(&self) -> CustomEntities {
        CustomEntities::new(self.clone())
    }

    /// The price types (типы цен) of the account.
    #[must_use]
    pub fn price_types(&self) -> PriceTypes {
        PriceTypes::new(self.clone())
    }
}
