-- Times away that supporters told of ahead. kept: from when to when, where and why; sealed anew with
-- every version, since it says when a home stands empty.
CREATE TABLE supporter_aways (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE INDEX supporter_aways_supporter ON supporter_aways (network, supporter);
