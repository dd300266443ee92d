ALTER TABLE contacts ADD COLUMN has_phone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN has_email BIGINT NOT NULL DEFAULT 0;

-- Contacts of contact persons count too, so every counterparty is read once more.
DELETE FROM contacts;
DELETE FROM cursors WHERE name = 'counterparties';

-- Whether the lead gets an order of its own: decided before the order is asked for, and kept.
ALTER TABLE leads ADD COLUMN own_order BIGINT NOT NULL DEFAULT 0;
