-- The word of four digits that opens a supporter's own page together with their card. pin: a keyed token
-- of the digits and whose they are. wrong: tries since it last opened; from five on the page stays shut
-- until a counter sets another. opened_at: when it last opened.
CREATE TABLE own_pins (
  network INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  pin INTEGER NOT NULL,
  wrong INTEGER NOT NULL,
  opened_at INTEGER,
  PRIMARY KEY (network, supporter),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;

-- Who has the page open. hash: of the cookie's secret. at: 'tablet' at the Station or 'home'. before_at:
-- when the page had been opened before.
CREATE TABLE own_visits (
  network INTEGER NOT NULL,
  hash BLOB NOT NULL,
  supporter INTEGER NOT NULL,
  card INTEGER NOT NULL,
  at TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  before_at INTEGER,
  PRIMARY KEY (network, hash),
  FOREIGN KEY (network, card) REFERENCES supporter_cards (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE INDEX own_visits_supporter ON own_visits (network, supporter);
CREATE INDEX own_visits_card ON own_visits (network, card);
