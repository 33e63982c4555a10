-- A sheet of paper on which people mark that they are there. state: 'printed'; 'read' back and still to
-- be confirmed; 'taken' down. kept: who stands in which row, and what was read until it is confirmed.
CREATE TABLE roll_sheets (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  page INTEGER NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id)
) STRICT;
CREATE INDEX roll_sheets_day ON roll_sheets (network, day, id);
CREATE INDEX roll_sheets_read ON roll_sheets (network, at) WHERE state = 'read';
