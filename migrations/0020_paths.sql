-- Checklists: a questionnaire about one person, its answers sealed anew with every version.
-- way: who writes the answers down. state: 'begun', 'done', 'void' (a slip, not counted). link: the
-- hash of the address that a tablet answers at; empty where there is none, and then link_until is 0.
CREATE TABLE checklists (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  way TEXT NOT NULL,
  state TEXT NOT NULL,
  answered_on TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  begun_by INTEGER NOT NULL,
  answers BLOB NOT NULL,
  link BLOB NOT NULL,
  link_until INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX checklists_person ON checklists (network, person, id);
CREATE INDEX checklists_link ON checklists (network, link);
