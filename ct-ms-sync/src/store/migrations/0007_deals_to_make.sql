-- Deals that are not made yet are few among all that are.
CREATE INDEX deals_to_make ON deals (pair, lead_ms, lead) WHERE stage <> 'made';
