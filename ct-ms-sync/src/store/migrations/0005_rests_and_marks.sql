CREATE TABLE rests (
    pair TEXT NOT NULL PRIMARY KEY,
    since_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    probes BIGINT NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE marks (
    pair TEXT NOT NULL PRIMARY KEY,
    received BIGINT NOT NULL,
    handled BIGINT NOT NULL,
    first_ms BIGINT NOT NULL
);
