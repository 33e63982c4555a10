-- Consultations (総合相談): who asked what about whom, and what was answered.
--
-- What is counted (way, source, contents, age, household) is sealed with the row, since beside a
-- person it tells of somebody who can be found; readable are only the center, the day, who took it,
-- where it stands and when the next step is due, by which lists are made.

-- The town's own list of contents. A code is never removed and never reused; see rules/topics.rs
-- for what a town begins with.
CREATE TABLE consultation_topics (
  network INTEGER NOT NULL REFERENCES networks (id),
  code INTEGER NOT NULL,
  word TEXT NOT NULL,
  place INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, code)
) STRICT, WITHOUT ROWID;

-- Somebody who is not in the register, as far as a center has heard of them.
CREATE TABLE consultation_strangers (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  center INTEGER NOT NULL,
  card BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;

-- By what such a one is found again: keyed hashes of name, phone, address.
CREATE TABLE consultation_keys (
  network INTEGER NOT NULL,
  key INTEGER NOT NULL,
  stranger INTEGER NOT NULL,
  PRIMARY KEY (network, key, stranger),
  FOREIGN KEY (network, stranger) REFERENCES consultation_strangers (network, id)
) STRICT;
CREATE INDEX consultation_keys_stranger ON consultation_keys (network, stranger);

-- at: when it was received, and day the same in Japan. state: 'open', 'closed', or 'struck' (entered
-- by mistake: kept, not counted). stranger stays when the person is known later. month is that of the
-- day, so that a month is counted by one index.
CREATE TABLE consultations (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  center INTEGER NOT NULL,
  day TEXT NOT NULL,
  month TEXT NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  person INTEGER,
  stranger INTEGER,
  state TEXT NOT NULL,
  next_on TEXT,
  task INTEGER,
  codes BLOB NOT NULL,
  words BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, center) REFERENCES centers (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id),
  FOREIGN KEY (network, stranger) REFERENCES consultation_strangers (network, id)
) STRICT;
CREATE INDEX consultations_day ON consultations (network, center, day, id);
CREATE INDEX consultations_taken ON consultations (network, center, by, day, id);
CREATE INDEX consultations_state ON consultations (network, center, state, day, id);
CREATE INDEX consultations_next ON consultations (network, center, next_on, id);
CREATE INDEX consultations_person ON consultations (network, person, day, id);
CREATE INDEX consultations_stranger ON consultations (network, stranger, day, id);
CREATE INDEX consultations_month ON consultations (network, month, version);

-- What stood there before each change, with who changed it and why.
CREATE TABLE consultation_changes (
  network INTEGER NOT NULL,
  consultation INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  act TEXT NOT NULL,
  before BLOB NOT NULL,
  PRIMARY KEY (network, consultation, id),
  FOREIGN KEY (network, consultation) REFERENCES consultations (network, id)
) STRICT, WITHOUT ROWID;
