ALTER TABLE deals ADD COLUMN checked_ms BIGINT NOT NULL DEFAULT 0;

CREATE INDEX deals_by_check ON deals (pair, checked_ms);
