-- Coming in: invitations, recovery codes, and how often it was tried. Only hashes and tokens.
CREATE TABLE invitations (
  network INTEGER NOT NULL,
  hash BLOB NOT NULL,
  staff INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (network, hash),
  FOREIGN KEY (network, staff) REFERENCES staff (network, id)
) STRICT;
CREATE INDEX invitations_staff ON invitations (network, staff);

CREATE TABLE recovery_codes (
  network INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  hash BLOB NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (network, staff, hash),
  FOREIGN KEY (network, staff) REFERENCES staff (network, id)
) STRICT;

-- kind: 'account', 'address', 'pair'; key: a keyed token of what was tried.
-- known_at: when this account last signed in from this address ('pair' only).
CREATE TABLE sign_in_tries (
  network INTEGER NOT NULL REFERENCES networks (id),
  kind TEXT NOT NULL,
  key INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  known_at INTEGER,
  PRIMARY KEY (network, kind, key)
) STRICT;
