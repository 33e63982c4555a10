-- Cards of supporters. number: what stands on the card; it leads to a sealed row. hash: of the secret in
-- its QR; secret: the same sealed, for printing the card. state: 'in_use', 'lost', 'void'.
CREATE TABLE supporter_cards (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  secret BLOB NOT NULL,
  state TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE UNIQUE INDEX supporter_cards_number ON supporter_cards (network, number);
CREATE UNIQUE INDEX supporter_cards_hash ON supporter_cards (network, hash);
CREATE INDEX supporter_cards_supporter ON supporter_cards (network, supporter);
