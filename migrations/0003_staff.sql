-- Accounts. Names, addresses and second-factor secrets are sealed; log-in names are found by token.
CREATE TABLE staff (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  role TEXT NOT NULL,
  center INTEGER,
  organisation INTEGER,
  state TEXT NOT NULL,
  login_token INTEGER NOT NULL,
  card BLOB NOT NULL,
  password TEXT,
  second_factor BLOB,
  second_factor_step INTEGER NOT NULL,
  version INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX staff_login ON staff (network, login_token);

CREATE TABLE sessions (
  network INTEGER NOT NULL,
  hash BLOB NOT NULL,
  staff INTEGER NOT NULL,
  stage TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  agent TEXT NOT NULL,
  PRIMARY KEY (network, hash),
  FOREIGN KEY (network, staff) REFERENCES staff (network, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_staff ON sessions (network, staff);
