-- Where courses are held: on every poster, and so not sealed. holds: nothing where nobody counts.
CREATE TABLE course_places (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  word TEXT NOT NULL,
  address TEXT NOT NULL,
  access TEXT NOT NULL,
  holds INTEGER,
  open INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- From when to when the Station is closed, both days included.
CREATE TABLE course_closures (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- Series of courses. begins: weeks are counted from here. until: up to here its days are planned.
-- kept: when it falls and what it is, a teacher's name among it; sealed anew with every version.
CREATE TABLE course_series (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  begins TEXT NOT NULL,
  until TEXT NOT NULL,
  ended_on TEXT,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- Their days, each with a copy of its own: what was held stays as it was. planned_on: the day that the
-- rule gave; day: the day on which it is held. state: 'planned', 'off', 'ended'. kept: what it is, how
-- it was to be, why it is off; sealed anew with every version.
CREATE TABLE course_days (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  series INTEGER NOT NULL,
  planned_on TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, series) REFERENCES course_series (network, id)
) STRICT;
CREATE UNIQUE INDEX course_days_series ON course_days (network, series, planned_on);
CREATE INDEX course_days_day ON course_days (network, day, id);
