-- What papers need beyond the register, and papers by the thousand on their way.

-- The town's own sign, made small and bare: what stands on every poster is not sealed.
CREATE TABLE paper_signs (
  network INTEGER NOT NULL PRIMARY KEY REFERENCES networks (id),
  png BLOB NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- How far the printer of a center (0: none) is off, in tenths of a millimetre, and the sheet it
-- was last used with.
CREATE TABLE paper_printers (
  network INTEGER NOT NULL REFERENCES networks (id),
  center INTEGER NOT NULL,
  layout TEXT NOT NULL,
  to_right INTEGER NOT NULL,
  down INTEGER NOT NULL,
  PRIMARY KEY (network, center)
) STRICT, WITHOUT ROWID;

-- A run of papers. job: what to print and for whom, sealed. total and done count people or faces.
CREATE TABLE paper_runs (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  staff INTEGER NOT NULL,
  at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  total INTEGER NOT NULL,
  done INTEGER NOT NULL,
  job BLOB NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- One file of a run. listed: whom it is for and what could not be printed; pdf: empty until made.
-- Both are sealed, and gone after a week.
CREATE TABLE paper_parts (
  network INTEGER NOT NULL,
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  count INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  listed BLOB NOT NULL,
  pdf BLOB NOT NULL,
  PRIMARY KEY (network, run, number),
  FOREIGN KEY (network, run) REFERENCES paper_runs (network, id)
) STRICT;
