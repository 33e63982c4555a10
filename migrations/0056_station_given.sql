-- What left the town of a fiscal year of the Station, as it was first given: a year that is over still
-- changes by what is keyed late or corrected, and two papers of it would differ by single people.
--
-- year: the one in which it begins. day: on which the paper was made first. paper: the numbers on it,
-- readable since they left the town; what was hidden is not among them.
CREATE TABLE station_given (
  network INTEGER NOT NULL REFERENCES networks (id),
  year INTEGER NOT NULL,
  day TEXT NOT NULL,
  paper TEXT NOT NULL,
  PRIMARY KEY (network, year)
) STRICT;
