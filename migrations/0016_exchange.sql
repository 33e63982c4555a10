-- Other programs that speak with this one. Each has an account (staff) without a log-in name; here
-- stands what it may do within its role, and its tokens, of which only hashes are kept.
--
-- grants: codes, one a line. addresses: networks it may come from, one a line; empty for any.
-- per_minute: requests a minute.
CREATE TABLE systems (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  grants TEXT NOT NULL,
  addresses TEXT NOT NULL,
  per_minute INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, id) REFERENCES staff (network, id)
) STRICT, WITHOUT ROWID;

-- hint: the first letters of the secret, to tell tokens apart by. A program may have two at a time,
-- so that it can change over.
CREATE TABLE system_tokens (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  system INTEGER NOT NULL,
  hash BLOB NOT NULL,
  hint TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  seen_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, system) REFERENCES systems (network, id)
) STRICT;
CREATE UNIQUE INDEX system_tokens_hash ON system_tokens (network, hash);
CREATE INDEX system_tokens_system ON system_tokens (network, system, id);
