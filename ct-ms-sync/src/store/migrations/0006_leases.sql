CREATE TABLE leases (
    pair TEXT NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    until_ms BIGINT NOT NULL
);
