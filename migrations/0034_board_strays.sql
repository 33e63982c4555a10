-- What was written about a number of nobody, for an hour's count: the words stand in the task. hash: of the
-- secret the form was made with, so that sent twice it is one. origin: as in board_messages.
CREATE TABLE board_strays (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  hash BLOB NOT NULL,
  origin INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
CREATE UNIQUE INDEX board_strays_hash ON board_strays (network, hash);
CREATE INDEX board_strays_origin ON board_strays (network, origin, at);
