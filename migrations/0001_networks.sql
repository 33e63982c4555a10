-- A town's watch-over network, its keys, its centers. Every key begins with the town.
-- short: the town's name in addresses. operator: 'public' or 'private', which law applies.
CREATE TABLE networks (
  id INTEGER NOT NULL PRIMARY KEY,
  short TEXT NOT NULL,
  name TEXT NOT NULL,
  municipality_code TEXT NOT NULL,
  operator TEXT NOT NULL,
  day_phone TEXT NOT NULL,
  night_phone TEXT NOT NULL,
  idle_minutes INTEGER NOT NULL,
  second_factor TEXT NOT NULL,
  version INTEGER NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX networks_short ON networks (short);

CREATE TABLE network_keys (
  network INTEGER NOT NULL REFERENCES networks (id),
  version INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  retired_at INTEGER,
  PRIMARY KEY (network, version)
) STRICT;

-- Words a town has changed: legal bases, the public page, letters.
CREATE TABLE network_texts (
  network INTEGER NOT NULL REFERENCES networks (id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE centers (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  day_phone TEXT NOT NULL,
  night_phone TEXT NOT NULL,
  closed_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

-- kind: 'block' (町丁目) or 'postcode'; key: the folded block or seven digits.
CREATE TABLE center_areas (
  network INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  center INTEGER NOT NULL,
  PRIMARY KEY (network, kind, key),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;

-- weekday 1 (Monday) to 7; minutes after midnight. No row: closed that day.
CREATE TABLE center_hours (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  weekday INTEGER NOT NULL,
  opens INTEGER NOT NULL,
  closes INTEGER NOT NULL,
  PRIMARY KEY (network, center, weekday),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;

-- Days beyond public holidays on which a center is closed (no minutes), or open in spite of one.
CREATE TABLE center_days (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  day TEXT NOT NULL,
  opens INTEGER,
  closes INTEGER,
  reason TEXT NOT NULL,
  PRIMARY KEY (network, center, day),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;
