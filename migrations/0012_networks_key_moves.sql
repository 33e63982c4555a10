-- How far the rotation to a key version is: the part of the program whose rows are sealed anew, and
-- the row after which it goes on; 'check' once every part was walked. Gone when the older key is.
CREATE TABLE key_moves (
  network INTEGER NOT NULL REFERENCES networks (id),
  version INTEGER NOT NULL,
  part TEXT NOT NULL,
  after INTEGER NOT NULL,
  PRIMARY KEY (network, version)
) STRICT;
