//! The tables of `instep.sqlite3`.

/// What `PRAGMA user_version` says; a higher one is of a newer Instep.
pub(crate) const VERSION: i64 = 3;

/// `words` and `names` are apart from `commands`, which holds nothing that anybody typed.
pub(crate) const CREATE: &str = "
CREATE TABLE headers (
    hash BLOB PRIMARY KEY,          -- SHA-256 of the text: the chain begins with it
    text TEXT NOT NULL              -- the record's `pack` object
) WITHOUT ROWID;
CREATE TABLE tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: invites and tokens name it
    header BLOB NOT NULL REFERENCES headers (hash),
    about BLOB NOT NULL,            -- TableSetup, postcard
    seed BLOB NOT NULL,
    salt BLOB NOT NULL,
    people BLOB NOT NULL,           -- Roster, postcard
    closed INTEGER NOT NULL DEFAULT 0,
    secret BLOB,                    -- of the invite; none until a server opens the table
    code TEXT NOT NULL DEFAULT '',  -- that can be read out; empty until a server opens the table
    public INTEGER NOT NULL DEFAULT 0,
    day INTEGER NOT NULL DEFAULT 0, -- the last on which something happened, from 1970-01-01
    warnings INTEGER NOT NULL DEFAULT 0
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
    person INTEGER,                 -- who said it in the chat
    reported INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (table_id, id)
) WITHOUT ROWID;
CREATE TABLE names (
    table_id INTEGER NOT NULL,
    person INTEGER NOT NULL,        -- 0 for what the table is called
    name TEXT NOT NULL,
    PRIMARY KEY (table_id, person)
) WITHOUT ROWID;
";

/// From the first format to the second, all but `tables.people`.
pub(crate) const FROM_FIRST: &str = "
ALTER TABLE tables ADD COLUMN secret BLOB;
ALTER TABLE tables ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE tables ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tables ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tables ADD COLUMN warnings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE words ADD COLUMN person INTEGER;
ALTER TABLE words ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
CREATE TABLE names (
    table_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (table_id, person)
) WITHOUT ROWID;
";

/// From the second format to this one, all but `tables.people`: numbers of tables are never used again.
pub(crate) const FROM_SECOND: &str = "
CREATE TABLE third (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    header BLOB NOT NULL REFERENCES headers (hash),
    about BLOB NOT NULL,
    seed BLOB NOT NULL,
    salt BLOB NOT NULL,
    people BLOB NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    secret BLOB,
    code TEXT NOT NULL DEFAULT '',
    public INTEGER NOT NULL DEFAULT 0,
    day INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0
);
INSERT INTO third SELECT id, header, about, seed, salt, people, closed, secret, code, public, day, warnings FROM tables;
DROP TABLE tables;
ALTER TABLE third RENAME TO tables;
";
