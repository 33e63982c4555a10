-- One line for every sight and every change; never updated, never deleted.
CREATE TABLE audit_lines (
  network INTEGER NOT NULL,
  ticket INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor INTEGER NOT NULL,
  whose INTEGER NOT NULL,
  verb TEXT NOT NULL,
  fields INTEGER NOT NULL,
  why TEXT NOT NULL,
  origin TEXT NOT NULL,
  detail BLOB NOT NULL,
  mac BLOB NOT NULL,
  PRIMARY KEY (network, ticket)
) STRICT;
CREATE INDEX audit_lines_whose ON audit_lines (network, whose, ticket);
CREATE INDEX audit_lines_actor ON audit_lines (network, actor, ticket);

-- Every few seconds the lines so far are sealed in order, each seal upon the last.
-- tickets: the numbers of the lines under the seal, as steps from one to the next,
-- so that a missing or added line can be named.
CREATE TABLE audit_seals (
  network INTEGER NOT NULL,
  number INTEGER NOT NULL,
  first_ticket INTEGER NOT NULL,
  last_ticket INTEGER NOT NULL,
  tickets BLOB NOT NULL,
  at INTEGER NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (network, number)
) STRICT;
