-- Sights of records that the program can't explain by somebody's work, gathered by week, account and
-- person: so that the head of a center reads a short list, not the audit. Whose record was seen by
-- whom stands in audit_lines in plain as well; why somebody says they looked is sealed.
--
-- week: its Monday. center: where who looked works. sights: so many times, half an hour apart.
-- odd: how many of them while the center was closed. purposes: how often a purpose was stated, as
-- it was another center's person. canary: 1 where the record is one that nobody has a reason to
-- open. purpose: the last one that was stated, sealed to their number; empty where none was. words:
-- question and answer, sealed to the version.
CREATE TABLE person_views (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  week TEXT NOT NULL,
  center INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  person INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  sights INTEGER NOT NULL,
  odd INTEGER NOT NULL,
  purposes INTEGER NOT NULL,
  canary INTEGER NOT NULL,
  state TEXT NOT NULL,
  purpose BLOB NOT NULL,
  words BLOB NOT NULL,
  judged_by INTEGER,
  judged_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE UNIQUE INDEX person_views_one ON person_views (network, week, staff, person);
CREATE INDEX person_views_center ON person_views (network, center, state, week);
CREATE INDEX person_views_staff ON person_views (network, staff, state);
CREATE INDEX person_views_person ON person_views (network, person);

-- Records of invented people, put there to see who opens them.
CREATE TABLE person_canaries (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  since INTEGER NOT NULL,
  by INTEGER NOT NULL,
  PRIMARY KEY (network, person),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
