-- Lists on their way in again: the file as it came, sealed, until it is taken in, given up, or a day
-- has passed. Whoever brought it sees it, nobody else.
CREATE TABLE exchange_files (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  list TEXT NOT NULL,
  staff INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
