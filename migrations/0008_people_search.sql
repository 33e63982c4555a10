-- Finding people. Nothing here is readable: a form is sealed, everything else is a keyed token.
-- See docs/decisions/0005.

-- Each distinct half of a name, once a town, under its token. How many people have it is counted in
-- search_keys, so that registering two people of one name never waits for one row.
CREATE TABLE name_forms (
  network INTEGER NOT NULL REFERENCES networks (id),
  form INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, form)
) STRICT, WITHOUT ROWID;

-- What each form is near to: the tokens of its classes of sound, or of its kanji without variants.
CREATE TABLE name_near (
  network INTEGER NOT NULL REFERENCES networks (id),
  near INTEGER NOT NULL,
  form INTEGER NOT NULL,
  PRIMARY KEY (network, near, form)
) STRICT, WITHOUT ROWID;

-- Under what a person is found: half names, pairs of halves (both with the token of the birth year
-- beside them), phones, birth date, parts of the address, postcode.
CREATE TABLE search_keys (
  network INTEGER NOT NULL REFERENCES networks (id),
  key INTEGER NOT NULL,
  person INTEGER NOT NULL,
  born INTEGER,
  PRIMARY KEY (network, key, person)
) STRICT, WITHOUT ROWID;

-- The keys of one person, eight bytes each, so that they can be taken back without the old record.
-- A person can't be deleted while they stand.
CREATE TABLE person_keys (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  born INTEGER NOT NULL,
  forms BLOB NOT NULL,
  keys BLOB NOT NULL,
  PRIMARY KEY (network, person),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT, WITHOUT ROWID;
