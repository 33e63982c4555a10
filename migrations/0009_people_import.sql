-- Rosters on their way in. The file and what became of each row are sealed; the file is kept only
-- until it is taken in or a day has passed, the rows for a month.
CREATE TABLE import_runs (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  state TEXT NOT NULL,
  staff INTEGER NOT NULL,
  at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  mode TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  to_do INTEGER NOT NULL,
  done INTEGER NOT NULL,
  mapping TEXT NOT NULL,
  name BLOB NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- kind: 'given' (the roster as it came), 'refused' (the rows that were not taken).
CREATE TABLE import_files (
  network INTEGER NOT NULL,
  run INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, run, kind),
  FOREIGN KEY (network, run) REFERENCES import_runs (network, id)
) STRICT;

CREATE TABLE import_rows (
  network INTEGER NOT NULL,
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  choice TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, run, number),
  FOREIGN KEY (network, run) REFERENCES import_runs (network, id)
) STRICT;
CREATE INDEX import_rows_outcome ON import_rows (network, run, outcome, number);

-- Which heading goes where in this town, where somebody chose otherwise than was guessed. Headings
-- name columns, nobody.
CREATE TABLE import_headings (
  network INTEGER NOT NULL REFERENCES networks (id),
  heading TEXT NOT NULL,
  field TEXT NOT NULL,
  PRIMARY KEY (network, heading)
) STRICT;
