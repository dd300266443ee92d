CREATE TABLE pairs (
    pair TEXT NOT NULL PRIMARY KEY,
    start_ms BIGINT NOT NULL,
    setup TEXT,
    setup_key TEXT,
    setup_ms BIGINT
);

CREATE TABLE cursors (
    pair TEXT NOT NULL,
    name TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (pair, name)
);

CREATE TABLE leads (
    pair TEXT NOT NULL,
    lead TEXT NOT NULL,
    stage TEXT NOT NULL,
    left_out_by TEXT,
    body TEXT,
    counterparty TEXT,
    PRIMARY KEY (pair, lead)
);

CREATE INDEX leads_by_stage ON leads (pair, stage);

CREATE TABLE deals (
    pair TEXT NOT NULL,
    lead TEXT NOT NULL,
    lead_ms BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    seen TEXT NOT NULL,
    told TEXT,
    changed BIGINT NOT NULL,
    PRIMARY KEY (pair, lead)
);

CREATE INDEX deals_by_order ON deals (pair, order_id);
CREATE INDEX deals_by_change ON deals (pair, changed);

CREATE TABLE payments (
    pair TEXT NOT NULL,
    payment TEXT NOT NULL,
    updated_ms BIGINT NOT NULL,
    orders TEXT NOT NULL,
    PRIMARY KEY (pair, payment)
);

CREATE TABLE contacts (
    pair TEXT NOT NULL,
    contact TEXT NOT NULL,
    counterparty TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    PRIMARY KEY (pair, contact, counterparty)
);

CREATE INDEX contacts_by_counterparty ON contacts (pair, counterparty);

CREATE TABLE dead_letters (
    pair TEXT NOT NULL,
    lead TEXT NOT NULL,
    step TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_try_ms BIGINT NOT NULL,
    PRIMARY KEY (pair, lead, step)
);
