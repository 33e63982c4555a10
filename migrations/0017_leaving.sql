-- Moving away, death, withdrawal, the wish to be erased. One row for each, from the day somebody
-- asked until the record is erased or it was stopped.
-- due: the day from which the record may be erased, ISO date. approved_by: never who asked.
-- asker: who asked, sealed to version 0 since it never changes; empty once the record is erased.
CREATE TABLE leavings (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  since TEXT NOT NULL,
  due TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  asked_by INTEGER NOT NULL,
  approved_at INTEGER,
  approved_by INTEGER,
  ended_at INTEGER,
  task INTEGER,
  asker BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
CREATE INDEX leavings_state ON leavings (network, state, due, id);
CREATE INDEX leavings_person ON leavings (network, person, id);

-- How long each kind waits in this town, and why, where the town says otherwise than the default.
CREATE TABLE leaving_terms (
  network INTEGER NOT NULL REFERENCES networks (id),
  kind TEXT NOT NULL,
  days INTEGER NOT NULL,
  reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, kind)
) STRICT;

-- Whose records were erased: an id that leads nowhere any more.
CREATE TABLE erasures (
  network INTEGER NOT NULL REFERENCES networks (id),
  person INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (network, person)
) STRICT;

-- Keyed hashes of a name with a birth date, under a key that outlives the town's data keys: so an
-- old roster that names an erased person is asked about. Nothing leads back from them to a name.
CREATE TABLE erasure_traces (
  network INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (network, trace, person),
  FOREIGN KEY (network, person) REFERENCES erasures (network, person)
) STRICT, WITHOUT ROWID;
