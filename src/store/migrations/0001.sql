-- The study file, first form. `event` and `blob` are precious; every other table follows from them by replay,
-- except `source`, which only remembers what was read so that an unchanged file need not be read again.

CREATE TABLE secret (salt BLOB NOT NULL CHECK (length(salt) = 32)) STRICT;
INSERT INTO secret VALUES (randomblob(32));

CREATE TABLE event (
  id BLOB PRIMARY KEY CHECK (length(id) = 32),
  lamport INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_order ON event (lamport, id);
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

CREATE TABLE blob (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  content BLOB NOT NULL
) STRICT;

CREATE TABLE head (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  text BLOB NOT NULL,
  sha256 BLOB NOT NULL,
  record BLOB NOT NULL,
  family TEXT NOT NULL,
  source TEXT NOT NULL,
  date TEXT,
  language TEXT,
  attributes TEXT NOT NULL,
  missing INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE reading (
  path TEXT PRIMARY KEY,
  rank INTEGER NOT NULL,
  entries TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE register (one INTEGER PRIMARY KEY CHECK (one = 1), record BLOB NOT NULL) STRICT;

CREATE TABLE codebook (fingerprint BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  path TEXT PRIMARY KEY,
  sha256 BLOB NOT NULL,
  settings BLOB NOT NULL,
  encoding TEXT NOT NULL
) STRICT, WITHOUT ROWID;
