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

-- A town's own kinds of paths. steps: JSON, the town's words, nobody's data. base: what the program
-- knows more about ('certification', …), or empty.
CREATE TABLE path_plans (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  base TEXT NOT NULL,
  word TEXT NOT NULL,
  steps TEXT NOT NULL,
  open INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- Paths. plan: the code of a kind of the program, or the id of the town's own. kept: its word, its
-- steps with what was said, why it was stopped; sealed anew with every version. due: the day of the
-- step that is due first. renew_on: from this day a certified level may be renewed; renewed: 1 once
-- that was seen to.
CREATE TABLE paths (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER NOT NULL,
  plan TEXT NOT NULL,
  base TEXT NOT NULL,
  state TEXT NOT NULL,
  began TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  begun_by INTEGER NOT NULL,
  ended TEXT,
  due TEXT,
  renew_on TEXT,
  renewed INTEGER NOT NULL,
  task INTEGER,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX paths_person ON paths (network, person, id);
CREATE INDEX paths_state ON paths (network, state, due, id);
CREATE INDEX paths_renewal ON paths (network, renewed, renew_on);

-- Which organisations of the directory offer what, with how many places, and from when to when they
-- support the network with money. places: JSON, service code to number.
CREATE TABLE referral_organisations (
  network INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  since TEXT,
  until TEXT,
  places TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, organisation),
  FOREIGN KEY (network, organisation) REFERENCES organisations (network, id)
) STRICT;

-- Who was referred where. sponsor: whether who was chosen was one on that day; places: of all that
-- were offered; sponsor_places: of the sponsors among them. told: among which, who chose, words;
-- sealed to version 0 since it never changes; empty, and person nothing, once the person was erased.
CREATE TABLE referrals (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER,
  service TEXT NOT NULL,
  organisation INTEGER NOT NULL,
  made_on TEXT NOT NULL,
  sponsor INTEGER NOT NULL,
  places INTEGER NOT NULL,
  sponsor_places INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  void INTEGER NOT NULL,
  told BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX referrals_person ON referrals (network, person, id);
CREATE INDEX referrals_day ON referrals (network, made_on, id);
