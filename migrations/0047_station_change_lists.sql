-- Figures of the weekly list that the town changed, by a deliberate act.
CREATE TABLE change_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  strength INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  weeks INTEGER NOT NULL,
  rest INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;

-- How many a week each center can follow up.
CREATE TABLE change_numbers (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (network, center),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;

-- The weeks, by their Mondays, of which the list was drawn up.
CREATE TABLE change_weeks (
  network INTEGER NOT NULL REFERENCES networks (id),
  week TEXT NOT NULL,
  drawn_at INTEGER NOT NULL,
  PRIMARY KEY (network, week)
) STRICT;

-- Who is on the list of a week, and what was answered. kept: why, how often they came, on which consents
-- that rests; sealed anew with every version. No sum is kept.
CREATE TABLE change_lines (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  week TEXT NOT NULL,
  center INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  state TEXT NOT NULL,
  notice INTEGER,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, week) REFERENCES change_weeks (network, week),
  FOREIGN KEY (network, center) REFERENCES centers (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id),
  FOREIGN KEY (network, notice) REFERENCES notices (network, id)
) STRICT;
CREATE UNIQUE INDEX change_lines_week ON change_lines (network, week, supporter);
CREATE INDEX change_lines_center ON change_lines (network, center, week, id);
CREATE INDEX change_lines_supporter ON change_lines (network, supporter, id);
