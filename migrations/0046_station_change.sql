-- To what a supporter agreed being looked at, each signal by itself. until: the day on which it was taken
-- back. kept: how it was given, who wrote it down; sealed anew with every version.
CREATE TABLE rhythm_consents (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  signal TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE INDEX rhythm_consents_supporter ON rhythm_consents (network, supporter, id);
CREATE UNIQUE INDEX rhythm_consents_open ON rhythm_consents (network, supporter, signal)
  WHERE until IS NULL;
