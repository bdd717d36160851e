-- The book of budgets: one row for every budget and period, and for every alert that has gone out.

CREATE TABLE IF NOT EXISTS account (
    budget  TEXT NOT NULL,           -- the feature; empty for the budget of everything
    span    TEXT NOT NULL,           -- 2026-11 or 2026-11-22
    page    INTEGER UNIQUE,          -- of the counters while the account is open
    settled INTEGER,                 -- nano-USD, once the account is closed
    PRIMARY KEY (budget, span)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS alert (
    budget      TEXT NOT NULL,
    span        TEXT NOT NULL,
    share       TEXT NOT NULL,       -- of the limit, or 'blocked' for the first call that was refused
    limit_nano  INTEGER NOT NULL,
    spent_nano  INTEGER NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (budget, span, share)
) WITHOUT ROWID;
