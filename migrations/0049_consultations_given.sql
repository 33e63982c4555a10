-- What left the town of a month, as it was first given: a month that is over still changes by what is
-- keyed late, corrected or struck out, and two papers of it would differ by single people.
--
-- day: on which the paper was made first. paper: the numbers on it, readable since they left the
-- town; what was hidden is not among them.
CREATE TABLE consultation_given (
  network INTEGER NOT NULL REFERENCES networks (id),
  month TEXT NOT NULL,
  day TEXT NOT NULL,
  paper TEXT NOT NULL,
  PRIMARY KEY (network, month)
) STRICT;
