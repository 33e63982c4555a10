-- What professionals observed at the Station about somebody: person or supporter, one of the two.
-- lesson: the day of a course, gone perhaps with a rule that was changed. state: 'stands', 'taken_back'.
-- notice: what was made of it. kept: signs, a sentence, why it was taken back; sealed anew with every
-- version.
CREATE TABLE observations (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  person INTEGER,
  supporter INTEGER,
  day TEXT NOT NULL,
  lesson INTEGER,
  by INTEGER NOT NULL,
  state TEXT NOT NULL,
  notice INTEGER,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id),
  FOREIGN KEY (network, notice) REFERENCES notices (network, id)
) STRICT;
CREATE INDEX observations_person ON observations (network, person, id);
CREATE INDEX observations_supporter ON observations (network, supporter, id);
CREATE INDEX observations_day ON observations (network, day, id);
