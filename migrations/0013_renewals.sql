-- The yearly renewal in the birth month. Nothing here names anybody or says how somebody lives:
-- what is counted of a person (living alone, in need, …) is sealed in `counted`, and the figures
-- stand in renewal_tallies without persons (docs/decisions/0013).

-- The month of each person, kept in step with the identity it was read from. why: 'born', or
-- 'registered' where the birth month is unknown.
CREATE TABLE renewal_months (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  month INTEGER NOT NULL,
  why TEXT NOT NULL,
  identity_v INTEGER NOT NULL,
  PRIMARY KEY (network, person),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX renewal_months_month ON renewal_months (network, month, person);

-- Finds who is not in step, who is gone and whose center it is without reading the people's rows,
-- whose sealed groups make them long.
CREATE INDEX people_renewal ON people (network, id, state, center, identity_v);

-- One renewal of one person: year and month are those of the renewal month. way: how the person
-- was asked first. step: how far it climbed without an answer; task: the open one of that step;
-- next_on: when the next step begins. walk_at, walk_way: since when and how the record is gone
-- through. counted: sealed to the version.
CREATE TABLE renewals (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  state TEXT NOT NULL,
  way TEXT,
  asked_on TEXT,
  step TEXT,
  next_on TEXT,
  task INTEGER,
  walk_at INTEGER,
  walk_way TEXT,
  renewed_on TEXT,
  counted BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, person, year),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT;
CREATE INDEX renewals_list ON renewals (network, year, month, state, person);
CREATE INDEX renewals_state ON renewals (network, state, next_on, person);
CREATE INDEX renewals_task ON renewals (network, task);

-- What was done in a renewal, by whom (0: the program), with sealed words where some were said.
CREATE TABLE renewal_acts (
  network INTEGER NOT NULL,
  person INTEGER NOT NULL,
  id INTEGER NOT NULL,
  year INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  act TEXT NOT NULL,
  way TEXT NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, person, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id)
) STRICT, WITHOUT ROWID;

-- Figures: how many, by center (0: none), renewal month, and living alone (1) and 75 or older (2)
-- together. Counted up and down in the transaction of the deed that is counted.
CREATE TABLE renewal_tallies (
  network INTEGER NOT NULL REFERENCES networks (id),
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  center INTEGER NOT NULL,
  cohort INTEGER NOT NULL,
  what TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (network, year, month, center, cohort, what)
) STRICT, WITHOUT ROWID;

-- What the town sets: after how many days each step without an answer follows (nothing: the step
-- is left out), and how many months after registration nobody is asked yet.
CREATE TABLE renewal_settings (
  network INTEGER NOT NULL PRIMARY KEY REFERENCES networks (id),
  postcard_days INTEGER,
  phone_days INTEGER,
  contacts_days INTEGER,
  visit_days INTEGER,
  silent_days INTEGER NOT NULL,
  quiet_months INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
