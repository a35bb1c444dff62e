//! The tables of `instep.sqlite3`.

/// What `PRAGMA user_version` says; a higher one is of a newer Instep.
pub(crate) const VERSION: i64 = 1;

/// `words` is apart from `commands`, which holds nothing that anybody typed.
pub(crate) const CREATE: &str = "
CREATE TABLE headers (
    hash BLOB PRIMARY KEY,          -- SHA-256 of the text: the chain begins with it
    text TEXT NOT NULL              -- the record's `pack` object
) WITHOUT ROWID;
CREATE TABLE tables (
    id INTEGER PRIMARY KEY,
    header BLOB NOT NULL REFERENCES headers (hash),
    about BLOB NOT NULL,            -- TableSetup, postcard
    seed BLOB NOT NULL,
    salt BLOB NOT NULL,
    people BLOB NOT NULL,           -- Roster, postcard
    closed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE commands (
    table_id INTEGER NOT NULL,
    first INTEGER NOT NULL,         -- the number of its first event
    events BLOB NOT NULL,           -- postcard
    hash BLOB NOT NULL,             -- of the chain, after its last event
    person INTEGER,                 -- whose request it was; none for a pass
    number INTEGER,
    word INTEGER,
    PRIMARY KEY (table_id, first)
) WITHOUT ROWID;
CREATE TABLE words (
    table_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    seat INTEGER,
    card INTEGER,
    audience INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    text TEXT,                      -- none once erased
    PRIMARY KEY (table_id, id)
) WITHOUT ROWID;
";
