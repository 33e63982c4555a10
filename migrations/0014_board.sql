-- The finder's board: what somebody says who scanned a QR, and what is answered. Everything that is
-- said is sealed, and erased so many days after the inquiry ended (keep_days). Addresses that were
-- handed out stand here as hashes only.

-- How the desk's inquiry came: 'call', 'qr' (a finder wrote), 'drill' (practice; erased after a day).
ALTER TABLE inquiries ADD COLUMN came TEXT NOT NULL DEFAULT 'call';

-- What a town settled; a town without a row has the defaults.
CREATE TABLE board_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  keep_days INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;

-- The newest finding of a person. Writing it first keeps two finders of one person at the same
-- moment one after another, so that they meet in one inquiry.
CREATE TABLE board_people (
  network INTEGER NOT NULL REFERENCES networks (id),
  person INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (network, person)
) STRICT, WITHOUT ROWID;

-- One finding: all that finders say about one person until the desk's inquiry ends. drill: the
-- drill it belongs to. mailed_at: when contacts were mailed last. false_at: marked as a false alarm.
-- forgotten_at: when what was said was erased; the row stays to be counted, a drill's does not.
CREATE TABLE board_finds (
  network INTEGER NOT NULL REFERENCES networks (id),
  inquiry INTEGER NOT NULL,
  person INTEGER NOT NULL,
  in_use INTEGER NOT NULL,
  drill INTEGER,
  opened_at INTEGER NOT NULL,
  mailed_at INTEGER,
  mails INTEGER NOT NULL,
  answered_at INTEGER,
  false_at INTEGER,
  false_by INTEGER,
  forgotten_at INTEGER,
  PRIMARY KEY (network, inquiry)
) STRICT;
CREATE INDEX board_finds_opened ON board_finds (network, opened_at);

-- One finder, and the hash of the address where the answers appear.
CREATE TABLE board_finders (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  hash BLOB NOT NULL,
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, inquiry) REFERENCES board_finds (network, inquiry)
) STRICT;
CREATE UNIQUE INDEX board_finders_hash ON board_finders (network, hash);
CREATE INDEX board_finders_inquiry ON board_finders (network, inquiry);

-- The link that one contact got. whom is sealed: name, mail address, what they may be told.
CREATE TABLE board_links (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  hash BLOB NOT NULL,
  whom BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  opened_at INTEGER,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, inquiry) REFERENCES board_finds (network, inquiry)
) STRICT;
CREATE UNIQUE INDEX board_links_hash ON board_links (network, hash);
CREATE INDEX board_links_inquiry ON board_links (network, inquiry);

-- What was said, to or by one finder. side: 'finder', 'contact' (by the link in link), 'desk' (by the
-- account in by). origin: a keyed token of the finder's network address, to slow floods. words is
-- sealed.
CREATE TABLE board_messages (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  person INTEGER NOT NULL,
  finder INTEGER NOT NULL,
  side TEXT NOT NULL,
  link INTEGER,
  by INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  at INTEGER NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, inquiry) REFERENCES board_finds (network, inquiry)
) STRICT;
CREATE INDEX board_messages_inquiry ON board_messages (network, inquiry, id);
CREATE INDEX board_messages_at ON board_messages (network, at);

-- Test mails by which contacts prove that an address is theirs. address is sealed.
CREATE TABLE board_proofs (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  hash BLOB NOT NULL,
  person INTEGER NOT NULL,
  address BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
CREATE UNIQUE INDEX board_proofs_hash ON board_proofs (network, hash);

-- A practice of one day, and who takes part.
CREATE TABLE board_drills (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  started_by INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;

CREATE TABLE board_drill_people (
  network INTEGER NOT NULL,
  drill INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (network, drill, person),
  FOREIGN KEY (network, drill) REFERENCES board_drills (network, id)
) STRICT, WITHOUT ROWID;
