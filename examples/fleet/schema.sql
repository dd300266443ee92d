-- Everything that the fleet adds to a database that holds the store and the job engine.
--
-- No secret is in here: a pair names its credentials, and workers ask for them elsewhere.

CREATE SCHEMA IF NOT EXISTS fleet;

CREATE TABLE IF NOT EXISTS fleet.pairs (
    name TEXT NOT NULL PRIMARY KEY,
    site_id BIGINT NOT NULL,
    -- The domain of the rate limit of МойСклад; jobs of one domain run one after the other.
    moysklad_user TEXT NOT NULL,
    -- Whether the pair has jobs beside its cycles.
    has_more_jobs BOOLEAN NOT NULL,
    paused BOOLEAN NOT NULL,
    definition TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS pairs_by_site ON fleet.pairs (site_id);
CREATE INDEX IF NOT EXISTS pairs_by_user ON fleet.pairs (moysklad_user);

-- How the last job of each kind went. Rows are rewritten in place, hence the room in the pages.
CREATE TABLE IF NOT EXISTS fleet.outcomes (
    pair TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    ended TIMESTAMPTZ NOT NULL,
    took_ms BIGINT NOT NULL,
    late_ms BIGINT NOT NULL,
    worst_late_ms BIGINT NOT NULL,
    runs BIGINT NOT NULL,
    failed_runs BIGINT NOT NULL,
    PRIMARY KEY (pair, kind)
) WITH (fillfactor = 70);

-- Has a job of a pair run at a moment, or earlier when it was to run earlier anyway.
--
-- A user with a single job at a time needs no queue, and looking for jobs costs as much as there are
-- queues, since the engine locks every free one.
CREATE OR REPLACE FUNCTION fleet.schedule(pair TEXT, kind TEXT, at TIMESTAMPTZ, mode TEXT) RETURNS void AS $$
    SELECT graphile_worker.add_job(
        'fleet_' || $2,
        payload => json_build_object('pair', p.name),
        queue_name => CASE WHEN p.has_more_jobs OR EXISTS (
            SELECT 1 FROM fleet.pairs o WHERE o.moysklad_user = p.moysklad_user AND o.name <> p.name
        ) THEN p.moysklad_user END,
        run_at => $3,
        max_attempts => 32767,
        job_key => $2 || ':' || p.name,
        priority => CASE $2 WHEN 'live' THEN 0 WHEN 'status' THEN 10 WHEN 'reconcile' THEN 20 ELSE 30 END,
        job_key_mode => $4)
    FROM fleet.pairs p WHERE p.name = $1 AND NOT p.paused
$$ LANGUAGE sql;

-- Writes down how a job went, and plans the next one, in one transaction.
CREATE OR REPLACE FUNCTION fleet.finish(pair TEXT, kind TEXT, state TEXT, note TEXT, took_ms BIGINT, late_ms BIGINT, next_ms BIGINT) RETURNS void AS $$
    -- A webhook that comes now waits, and finds the job planned or not running any more.
    SELECT 1 FROM fleet.pairs p WHERE p.name = $1 FOR UPDATE;
    INSERT INTO fleet.outcomes AS o VALUES ($1, $2, $3, $4, now(), $5, $6, $6, 1, CASE WHEN $3 = 'ok' THEN 0 ELSE 1 END)
    ON CONFLICT (pair, kind) DO UPDATE SET state = excluded.state, note = excluded.note, ended = excluded.ended,
        took_ms = excluded.took_ms, late_ms = excluded.late_ms, worst_late_ms = greatest(o.worst_late_ms, excluded.late_ms),
        runs = o.runs + 1, failed_runs = o.failed_runs + excluded.failed_runs;
    SELECT fleet.schedule($1, $2, CASE WHEN $2 = 'live' AND $3 = 'ok' AND EXISTS (
            -- Came while the cycle ran, too late for it.
            SELECT 1 FROM marks m JOIN fleet.pairs p ON m.pair = 'ct-' || p.site_id WHERE p.name = $1 AND m.received > m.handled
        ) THEN now() + interval '3 seconds' ELSE to_timestamp($7 / 1000.0) END, 'preserve_run_at')
    WHERE $7 IS NOT NULL
$$ LANGUAGE sql;

-- A webhook is marked in the store by whoever receives it; the mark and the job that answers it are
-- one transaction. A storm of them costs a cycle every three seconds.
CREATE OR REPLACE FUNCTION fleet.wake() RETURNS trigger AS $$
DECLARE
    woken TEXT;
BEGIN
    FOR woken IN
        SELECT p.name FROM fleet.pairs p
        WHERE p.site_id = CAST(substring(NEW.pair FROM '^ct-([0-9]+)$') AS BIGINT) ORDER BY p.name FOR UPDATE
    LOOP
        -- The end of a cycle that runs sees the mark.
        IF NOT EXISTS (SELECT 1 FROM graphile_worker._private_jobs WHERE key = 'live:' || woken AND locked_at IS NOT NULL) THEN
            PERFORM fleet.schedule(woken, 'live', greatest(now(), (
                SELECT o.ended + interval '3 seconds' FROM fleet.outcomes o WHERE o.pair = woken AND o.kind = 'live'
            )), 'replace');
        END IF;
    END LOOP;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER fleet_wake AFTER INSERT OR UPDATE OF received ON marks
    FOR EACH ROW EXECUTE FUNCTION fleet.wake();
