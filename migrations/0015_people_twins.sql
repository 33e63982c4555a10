-- One person once. Two records of one person are found by comparison, looked at by somebody, and
-- merged: the record that goes stays as it was, says into which it went, and comes back whole.
ALTER TABLE people ADD COLUMN merged_into INTEGER;
CREATE INDEX people_merged ON people (network, merged_into);
-- The comparison walks in this order and so meets only who was changed since.
CREATE INDEX people_updated ON people (network, updated_at, id);

-- How far the comparison is.
CREATE TABLE twin_walks (
  network INTEGER NOT NULL REFERENCES networks (id),
  updated_at INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;

-- Two records that may be one person; one < two. state: 'open', 'later', 'other' (two people, as
-- somebody said). score: tenths of a bit. words: what compared how, and what was said; sealed.
CREATE TABLE twin_pairs (
  network INTEGER NOT NULL,
  one INTEGER NOT NULL,
  two INTEGER NOT NULL,
  state TEXT NOT NULL,
  score INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, one, two),
  FOREIGN KEY (network, one) REFERENCES people (network, id),
  FOREIGN KEY (network, two) REFERENCES people (network, id)
) STRICT;
CREATE INDEX twin_pairs_two ON twin_pairs (network, two);
CREATE INDEX twin_pairs_state ON twin_pairs (network, state, score);

-- What was merged. kept is the record that stays, gone the other. before: the groups of the record
-- that stays as they were, with the versions the merging gave them; sealed, so that all of it can
-- be undone. photo: the face it replaced, if it did; sealed.
CREATE TABLE twin_merges (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  undone_at INTEGER,
  undone_by INTEGER,
  before BLOB NOT NULL,
  photo BLOB,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, kept) REFERENCES people (network, id),
  FOREIGN KEY (network, gone) REFERENCES people (network, id)
) STRICT;
CREATE INDEX twin_merges_kept ON twin_merges (network, kept, undone_at);
CREATE INDEX twin_merges_gone ON twin_merges (network, gone, undone_at);

-- What other rooms held of the record that went (tags, inquiries, tasks …), row by row, so that
-- each goes back to whom it came from. place: the table.
CREATE TABLE twin_moves (
  network INTEGER NOT NULL,
  merge INTEGER NOT NULL,
  place TEXT NOT NULL,
  moved INTEGER NOT NULL,
  PRIMARY KEY (network, merge, place, moved),
  FOREIGN KEY (network, merge) REFERENCES twin_merges (network, id)
) STRICT, WITHOUT ROWID;
