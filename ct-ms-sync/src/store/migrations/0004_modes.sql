-- Where a lead stands in the order of work, and the configuration it is handled under.
ALTER TABLE leads ADD COLUMN work_order TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN config TEXT NOT NULL DEFAULT '';

DROP INDEX leads_by_stage;
CREATE INDEX leads_by_work ON leads (pair, stage, work_order, lead);

ALTER TABLE dead_letters ADD COLUMN code BIGINT;
ALTER TABLE dead_letters ADD COLUMN field TEXT;
ALTER TABLE dead_letters ADD COLUMN remedy TEXT;

CREATE INDEX dead_letters_by_step ON dead_letters (pair, step, next_try_ms);

CREATE TABLE history (
    pair TEXT NOT NULL,
    lead TEXT NOT NULL,
    nth BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    config TEXT NOT NULL,
    PRIMARY KEY (pair, lead, nth)
);
