-- Numbers, what carries them, and what was done with them. Numbers are sealed; they are found by
-- token. A number never changes, so it is sealed to version 0 of its row.
--
-- Only tables without another index are WITHOUT ROWID: beside such a key that begins with the town,
-- SQLite passes over the other indexes and reads the whole town.

-- A batch of numbers made ahead. made: how many of count exist so far, so that making can go on
-- after an interruption. The four kinds say how many carriers of each a number gets.
CREATE TABLE tag_batches (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  made INTEGER NOT NULL,
  key_holders INTEGER NOT NULL,
  magnets INTEGER NOT NULL,
  stickers INTEGER NOT NULL,
  iron_ons INTEGER NOT NULL,
  ordered_at INTEGER NOT NULL,
  ordered_by INTEGER NOT NULL,
  note BLOB NOT NULL,
  taken_at INTEGER,
  PRIMARY KEY (network, id)
) STRICT;

-- kind: 'ours' or 'older'. since: when it came into its state. person is kept when a tag is lost,
-- replaced, returned or void, so that the desk still knows whose it was.
CREATE TABLE tags (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number_token INTEGER NOT NULL,
  number BLOB NOT NULL,
  state TEXT NOT NULL,
  since INTEGER NOT NULL,
  person INTEGER,
  batch INTEGER,
  replaced_by INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id),
  FOREIGN KEY (network, batch) REFERENCES tag_batches (network, id)
) STRICT;
CREATE INDEX tags_number ON tags (network, number_token);
CREATE INDEX tags_person ON tags (network, person, id);
CREATE INDEX tags_state ON tags (network, state, id);
CREATE INDEX tags_batch ON tags (network, batch, id);

-- One thing that carries a number: a key holder, a magnet, a sheet of stickers, an iron-on label.
-- address: the sealed secret of its QR, so that it can be printed again.
CREATE TABLE carriers (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  tag INTEGER NOT NULL,
  kind TEXT NOT NULL,
  address BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  shut_at INTEGER,
  shut_why TEXT,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, tag) REFERENCES tags (network, id)
) STRICT;
CREATE INDEX carriers_tag ON carriers (network, tag, id);

-- What was done with a tag, by whom (0: the program), with a sealed remark where one was made.
CREATE TABLE tag_acts (
  network INTEGER NOT NULL,
  tag INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  act TEXT NOT NULL,
  carrier INTEGER,
  remark BLOB NOT NULL,
  PRIMARY KEY (network, tag, id),
  FOREIGN KEY (network, tag) REFERENCES tags (network, id)
) STRICT, WITHOUT ROWID;

-- The two crossings (docs/decisions/0010-crossings.md): the only tables of towns whose keys do not
-- begin with the town. Neither names a tag or a person; the first key is a keyed hash of a number
-- under a key of the whole installation, the second the hash of a secret address.
CREATE TABLE tag_towns (
  number_token INTEGER NOT NULL PRIMARY KEY,
  network INTEGER NOT NULL REFERENCES networks (id)
) STRICT;

CREATE TABLE carrier_towns (
  address_hash BLOB NOT NULL PRIMARY KEY,
  network INTEGER NOT NULL REFERENCES networks (id),
  carrier INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
