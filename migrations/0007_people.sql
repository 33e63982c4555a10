-- Registered residents. Each group of fields is a sealed text of its own with its own version, so
-- that opening one never opens another; all stand in one row, so that the desk's look-up is one
-- read by key. Nothing readable here names anybody.
CREATE TABLE people (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  state_on TEXT,
  center INTEGER,
  center_by_hand INTEGER NOT NULL,
  registered_on TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER NOT NULL,
  old_number_token INTEGER,
  photo_v INTEGER,
  identity_v INTEGER NOT NULL,
  contacts_v INTEGER NOT NULL,
  finder_v INTEGER NOT NULL,
  consent_v INTEGER NOT NULL,
  medical_v INTEGER NOT NULL,
  care_v INTEGER NOT NULL,
  identity BLOB NOT NULL,
  contacts BLOB NOT NULL,
  finder BLOB NOT NULL,
  consent BLOB NOT NULL,
  medical BLOB NOT NULL,
  care BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;
CREATE INDEX people_list ON people (network, state, registered_on, id);
CREATE INDEX people_center ON people (network, center, state, registered_on, id);
CREATE INDEX people_old_number ON people (network, old_number_token);

CREATE TABLE person_photos (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  version INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, person),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;

-- Every change: who, when, of what, and sealed from what to what. Never updated but by a new key.
CREATE TABLE person_changes (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor INTEGER NOT NULL,
  what TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (network, person, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;

-- Why somebody of another center may open a record, and until when.
CREATE TABLE person_openings (
  network INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  person INTEGER NOT NULL,
  until INTEGER NOT NULL,
  reason BLOB NOT NULL,
  PRIMARY KEY (network, staff, person),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
