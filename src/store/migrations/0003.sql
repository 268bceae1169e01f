-- What people do: acts with what follows from each, all by replay. An act that was taken back stays, and is not live.

CREATE TABLE act (
  number INTEGER PRIMARY KEY,
  event BLOB NOT NULL UNIQUE,
  coder TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  live INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX act_of_coder ON act (coder, number);

-- What an undo took back, and what a redo gave back.
CREATE TABLE taken_back (
  number INTEGER NOT NULL,
  event BLOB NOT NULL,
  PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
  act INTEGER NOT NULL,
  entry TEXT NOT NULL,
  text BLOB NOT NULL,
  "from" INTEGER NOT NULL,
  "to" INTEGER NOT NULL,
  code TEXT NOT NULL,
  verdict TEXT NOT NULL,
  rule BLOB,
  adjudicated INTEGER NOT NULL,
  codebook BLOB NOT NULL
) STRICT;
CREATE INDEX mark_of_entry ON mark (entry);

CREATE TABLE memo (
  act INTEGER NOT NULL,
  memo BLOB NOT NULL,
  "on" TEXT,
  kind TEXT,
  words BLOB,
  text BLOB
) STRICT;

CREATE TABLE exemplar (
  act INTEGER NOT NULL,
  entry TEXT NOT NULL,
  text BLOB NOT NULL,
  "from" INTEGER NOT NULL,
  "to" INTEGER NOT NULL,
  code TEXT NOT NULL,
  "on" INTEGER NOT NULL
) STRICT;

CREATE TABLE entry_read (
  act INTEGER NOT NULL,
  entry TEXT NOT NULL,
  text BLOB NOT NULL,
  "on" INTEGER NOT NULL
) STRICT;

CREATE TABLE operation (
  act INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  "into" TEXT,
  "before" BLOB NOT NULL,
  "after" BLOB NOT NULL
) STRICT;

CREATE TABLE recode (
  act INTEGER NOT NULL,
  entry TEXT NOT NULL,
  text BLOB NOT NULL,
  "from" INTEGER NOT NULL,
  "to" INTEGER NOT NULL
) STRICT;

-- Words that are gone because a participant withdrew, by the names that events know.
CREATE TABLE withheld (name BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- The same words under other names: copies of a study that began apart have secrets of their own.
CREATE TABLE alias (name BLOB PRIMARY KEY, blob BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- The order in which codebooks came into use, by the number of the event; 0 for those that were only asked for.
ALTER TABLE codebook ADD COLUMN used INTEGER NOT NULL DEFAULT 0;

-- These only remember: which bundles were merged, and which codebook file is being written.
CREATE TABLE merged (path TEXT PRIMARY KEY, sha256 BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pending (one INTEGER PRIMARY KEY CHECK (one = 1), "before" BLOB NOT NULL, "after" BLOB NOT NULL) STRICT;
