-- Support of somebody over weeks and years. What is said of anybody is sealed; readable are codes,
-- days, centers and accounts, by which lists are made and counted. Whose case it is can't be read
-- here: a case hangs on its people by keyed tokens (docs/decisions/0022).

-- access: 'center' (the staff of its center) or 'named' (whoever is named, and the head).
-- touched_day: days since 1970 of the last contact, or of the opening. quiet_days: after how many
-- days without a contact it counts as silent, where that differs from the center's setting.
-- moved_task: the open task that asks to hand it over, since the person's center has changed.
CREATE TABLE cases (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  center INTEGER NOT NULL,
  lead INTEGER,
  second INTEGER,
  access TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL,
  closed_at INTEGER,
  touched_day INTEGER NOT NULL,
  quiet_days INTEGER,
  moved_task INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;
CREATE UNIQUE INDEX cases_number ON cases (network, number);
CREATE INDEX cases_center ON cases (network, center, state, id);

-- The last number given in a town.
CREATE TABLE case_numbers (
  network INTEGER NOT NULL PRIMARY KEY REFERENCES networks (id),
  last INTEGER NOT NULL
) STRICT;

-- Whose case it is, one row a person. person is a keyed token, not an id: with the key it is found,
-- without it nobody is. whose: the id, sealed.
CREATE TABLE case_people (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  person INTEGER NOT NULL,
  whose BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, case_id) REFERENCES cases (network, id)
) STRICT;
CREATE INDEX case_people_case ON case_people (network, case_id, id);
CREATE UNIQUE INDEX case_people_person ON case_people (network, person, case_id);

-- What belongs to a case: contacts, steps, flags, named viewers, linked cases, consents, reviews,
-- the basic form. day: when a step is due, until when a flag, a viewer or a consent holds. staff:
-- the viewer, or who reviewed. other: the linked case. task: that of a step or a review.
CREATE TABLE case_entries (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  day TEXT,
  staff INTEGER,
  other INTEGER,
  task INTEGER,
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, case_id) REFERENCES cases (network, id)
) STRICT;
CREATE INDEX case_entries_case ON case_entries (network, case_id, kind, id);
CREATE INDEX case_entries_kind ON case_entries (network, kind, state, day, id);
CREATE INDEX case_entries_other ON case_entries (network, other);

-- Assigning, transferring to another center, referring to an organisation: one row each.
-- consent: the entry of the consent it stands on; overridden: 1 where it was done without.
-- told: what the receiver may read before accepting, and what was answered; sealed.
CREATE TABLE case_handovers (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  from_center INTEGER NOT NULL,
  to_center INTEGER,
  organisation INTEGER,
  consent INTEGER,
  overridden INTEGER NOT NULL,
  task INTEGER,
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER,
  told BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, case_id) REFERENCES cases (network, id)
) STRICT;
CREATE INDEX case_handovers_case ON case_handovers (network, case_id, id);
CREATE INDEX case_handovers_to ON case_handovers (network, to_center, state, id);

-- Files of a case: how they are called and what they are is sealed, their bytes in parts.
CREATE TABLE case_documents (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  head BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, case_id) REFERENCES cases (network, id)
) STRICT;
CREATE INDEX case_documents_case ON case_documents (network, case_id, id);

CREATE TABLE case_document_parts (
  network INTEGER NOT NULL,
  document INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (network, document, number),
  FOREIGN KEY (network, document) REFERENCES case_documents (network, id)
) STRICT, WITHOUT ROWID;

-- What a center's head sets: after how many days without a contact a case is silent, and whether
-- plans and closures need a second pair of eyes.
CREATE TABLE case_settings (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  quiet_days INTEGER NOT NULL,
  plan_second INTEGER NOT NULL,
  closing_second INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, center),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;
