-- For how many years after the last word about somebody who is not registered it is kept.
CREATE TABLE consultation_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  years INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;
