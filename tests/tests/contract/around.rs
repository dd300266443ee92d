//! Every request about the account, webhooks, files, templates and the trash.

use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::file::NewFile;
use moysklad_api::price_type::Entry;
use moysklad_api::webhook::{self, Action};
use moysklad_api::webhook_stock::{self, ReportType};
use moysklad_api::{Client, Id, company_settings};

use crate::tour::{Buyer, all};

pub(crate) async fn ask(client: &Client, buyer: Buyer, order: Id<CustomerOrder>) {
    let hooks = client.webhooks();
    let new = |path: &str| {
        let url = format!("https://shop.example/{path}");
        webhook::New::of::<CustomerOrder>(url, Action::Create)
    };
    let hook = hooks.create(new("a")).send().await.unwrap().id;
    all(hooks.create_many(vec![new("b"), new("c")]).send().await);
    let update = webhook::Update {
        enabled: Some(false),
        ..Default::default()
    };
    hooks.update(hook, update).send().await.unwrap();
    hooks.get(hook).send().await.unwrap();
    hooks.list().send().await.unwrap();
    hooks.delete(hook).send().await.unwrap();

    let hooks = client.stock_webhooks();
    let new = |path: &str| {
        let url = format!("https://shop.example/{path}");
        webhook_stock::New::new(url, ReportType::All)
    };
    let hook = hooks.create(new("a")).send().await.unwrap().id;
    all(hooks.create_many(vec![new("b"), new("c")]).send().await);
    let update = webhook_stock::Update {
        enabled: Some(false),
        ..Default::default()
    };
    hooks.update(hook, update).send().await.unwrap();
    hooks.get(hook).send().await.unwrap();
    hooks.list().send().await.unwrap();
    hooks.delete(hook).send().await.unwrap();

    let types = client.price_types();
    let usual = types.default_one().send().await.unwrap().id;
    let both = [Entry::keep(usual), Entry::new("Оптовая")];
    types.replace(&both).await.unwrap();
    types.get(usual).send().await.unwrap();
    types.list().await.unwrap();

    let settings = client.company_settings();
    settings.get().send().await.unwrap();
    let update = company_settings::Update {
        use_recycle_bin: Some(true),
        ..Default::default()
    };
    settings.update(update).send().await.unwrap();

    let file = || vec![NewFile::new("act.txt", &b"act"[..])];
    let of_buyer = client.counterparties().files(buyer);
    let sent = of_buyer.upload(file()).send().await.unwrap();
    of_buyer.list().send().await.unwrap();
    of_buyer.delete(sent[0].id().unwrap()).send().await.unwrap();
    let orders = client.customer_orders();
    orders.files(order).upload(file()).send().await.unwrap();
    orders.files(order).list().send().await.unwrap();

    orders.template().send().await.unwrap();
    let payments = client.payments_in();
    let draft = payments.template_from(order).send().await.unwrap();
    let payment = payments.create_draft(&draft).send().await.unwrap();
    let of_payment = payments.files(payment.id);
    let sent = of_payment.upload(file()).send().await.unwrap();
    of_payment.list().send().await.unwrap();
    of_payment
        .delete(sent[0].id().unwrap())
        .send()
        .await
        .unwrap();
    payments.trash(payment.id).send().await.unwrap();
    client.cash_ins().template().send().await.unwrap();

    orders.named_filters().send().await.unwrap();
    let audit = client.audit().contexts().send().await.unwrap();
    let context = audit.rows[0].id;
    client.audit().get(context).send().await.unwrap();
    client.audit().events(context).send().await.unwrap();
    client.audit().filter_words().send().await.unwrap();
    orders.audit(order).events().send().await.unwrap();
}
