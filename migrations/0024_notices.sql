-- Notices: what somebody noticed, what was done about it, and the organisations that agreed to tell.
-- Words, signs, places and tellers are sealed. What is added up is found by tokens: place (the house
-- that was told of) and household (the home of whom it was tied to) are 0 where there is none.

-- What a town settled; a town without a row has the defaults. look_minutes: 0 for the same day.
CREATE TABLE notice_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  look_minutes INTEGER NOT NULL,
  danger_minutes INTEGER NOT NULL,
  town_hours INTEGER NOT NULL,
  keep_days INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;

-- Signs that a town changed or added; the others are as the program has them. weight in tenths.
CREATE TABLE notice_signs (
  network INTEGER NOT NULL REFERENCES networks (id),
  code TEXT NOT NULL,
  ja TEXT NOT NULL,
  easy TEXT NOT NULL,
  en TEXT NOT NULL,
  weight INTEGER NOT NULL,
  half_life INTEGER NOT NULL,
  danger INTEGER NOT NULL,
  used INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, code)
) STRICT, WITHOUT ROWID;

-- Organisations of a watch-over agreement (見守り協定), not of residents. contact is sealed. hash: of
-- the secret of the link that stands now. asked_for: the end of the term for which a renewal is a
-- task already.
CREATE TABLE notice_agreements (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  contact BLOB NOT NULL,
  began_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  trained_on TEXT,
  hash BLOB,
  link_at INTEGER,
  asked_for TEXT,
  closed_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
CREATE UNIQUE INDEX notice_agreements_hash ON notice_agreements (network, hash);

-- One notice. hash: of the key of the form it was sent with, so that sent twice it is one. source: a
-- token of who told, origin: of the network address it came from, both 0 for none. flood: one of many
-- from one address. due_at: by when somebody first looks into it. climbed: 0, 1 the head of the center
-- knows that it is late, 2 the town. known: whether the person was registered before. told_at: when
-- the teller heard of the outcome.
CREATE TABLE notices (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  way TEXT NOT NULL,
  hash BLOB,
  agreement INTEGER,
  source INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  flood INTEGER NOT NULL,
  danger INTEGER NOT NULL,
  center INTEGER,
  place INTEGER NOT NULL,
  household INTEGER NOT NULL,
  person INTEGER,
  known INTEGER,
  state TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  climbed INTEGER NOT NULL,
  task INTEGER,
  looked_at INTEGER,
  visited_at INTEGER,
  ended_at INTEGER,
  ending TEXT,
  told_at INTEGER,
  words BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, person) REFERENCES people (network, id),
  FOREIGN KEY (network, agreement) REFERENCES notice_agreements (network, id)
) STRICT;
CREATE UNIQUE INDEX notices_hash ON notices (network, hash);
CREATE INDEX notices_state ON notices (network, state, due_at);
CREATE INDEX notices_place ON notices (network, place);
CREATE INDEX notices_household ON notices (network, household);
CREATE INDEX notices_person ON notices (network, person);
CREATE INDEX notices_origin ON notices (network, origin, received_at);
CREATE INDEX notices_received ON notices (network, received_at);
CREATE INDEX notices_ended ON notices (network, ended_at);

-- What was done about a notice, by whom (0: the program). words is sealed.
CREATE TABLE notice_steps (
  network INTEGER NOT NULL,
  notice INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  kind TEXT NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, notice, id),
  FOREIGN KEY (network, notice) REFERENCES notices (network, id)
) STRICT, WITHOUT ROWID;

-- Mail to who told: thanks, and the outcome. mail is sealed.
CREATE TABLE notice_mails (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  notice INTEGER NOT NULL,
  state TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  mail BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, notice) REFERENCES notices (network, id)
) STRICT;
CREATE INDEX notice_mails_due ON notice_mails (network, state, next_at);
CREATE INDEX notice_mails_notice ON notice_mails (network, notice);
