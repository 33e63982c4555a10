-- Who runs a center, and until when its accounts hold.
--
-- placed_at: since when the account's place holds; it lies ahead for somebody who begins together
-- with a new contractor.
ALTER TABLE staff ADD COLUMN placed_at INTEGER NOT NULL DEFAULT 0;
UPDATE staff SET placed_at = made_at;

-- The organisation that a center is entrusted to, from an instant on (00:00 in Japan of its first
-- day). ends: 1 where the accounts of the one before end with it; 0 for the first that was written
-- down. settled_at: when what those accounts held was given back.
CREATE TABLE center_contractors (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  ends INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  settled_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, center, at),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;

-- Who goes on working under the new one, by name.
CREATE TABLE contractor_stays (
  network INTEGER NOT NULL,
  center INTEGER NOT NULL,
  at INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  PRIMARY KEY (network, center, at, staff),
  FOREIGN KEY (network, center, at) REFERENCES center_contractors (network, center, at),
  FOREIGN KEY (network, staff) REFERENCES staff (network, id)
) STRICT, WITHOUT ROWID;
