-- Hospitals, fire stations, police stations a town works with, and the numbers they are called back on.
CREATE TABLE organisations (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  phones TEXT NOT NULL,
  closed_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
