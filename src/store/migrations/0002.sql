-- What the last reading of all sources could not use or had doubts about, in the order in which it was said. Like `source`
-- it only remembers; it follows from no event.

CREATE TABLE remark (place INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
