-- Whose roll was taken to its end. A day without a row was not recorded, which is not "nobody came".
CREATE TABLE rolls_taken (
  network INTEGER NOT NULL REFERENCES networks (id),
  day INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (network, day),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id)
) STRICT;

-- Who came, as what and by which way it was written down. who: the supporter, else the sign-up, else the
-- row itself. kept: the name of somebody who just came by.
CREATE TABLE attendances (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  who INTEGER NOT NULL,
  supporter INTEGER,
  signup INTEGER,
  part TEXT NOT NULL,
  way TEXT NOT NULL,
  at INTEGER NOT NULL,
  left_at INTEGER,
  state TEXT NOT NULL,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id),
  FOREIGN KEY (network, signup) REFERENCES signups (network, id)
) STRICT;
CREATE UNIQUE INDEX attendances_who ON attendances (network, day, who, part) WHERE state = 'here';
CREATE INDEX attendances_day ON attendances (network, day, at);
CREATE INDEX attendances_supporter ON attendances (network, supporter, day);

-- Every try at a door and what came of it. nonce: of the press or the reading, so that what is sent twice
-- is kept once. by: whose hand.
CREATE TABLE door_tries (
  network INTEGER NOT NULL REFERENCES networks (id),
  nonce INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER,
  part TEXT NOT NULL,
  way TEXT NOT NULL,
  outcome TEXT NOT NULL,
  attendance INTEGER,
  PRIMARY KEY (network, nonce),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id)
) STRICT;
CREATE INDEX door_tries_day ON door_tries (network, day, at);
CREATE INDEX door_tries_at ON door_tries (network, at);
