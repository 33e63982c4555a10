-- Supporters of the Station. person: whom of the register somebody said that they are; never guessed.
-- kept: name, telephone, what they like, from when to when they were in; sealed anew with every version.
CREATE TABLE supporters (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX supporters_person ON supporters (network, person);

-- Tokens under which they are found: names and telephones.
CREATE TABLE supporter_keys (
  network INTEGER NOT NULL,
  key INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  PRIMARY KEY (network, key, supporter),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE INDEX supporter_keys_supporter ON supporter_keys (network, supporter);
