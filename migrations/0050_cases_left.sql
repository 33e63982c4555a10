-- Who was taken out of a case again: what was written there may still name them, and goes when they
-- are erased. person: the same keyed token as in case_people.
CREATE TABLE case_left (
  network INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (network, person, case_id),
  FOREIGN KEY (network, case_id) REFERENCES cases (network, id)
) STRICT;
CREATE INDEX case_left_case ON case_left (network, case_id);
