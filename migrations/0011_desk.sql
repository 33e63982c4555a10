-- One call to the desk. kind: who calls ('' while it is not known). caller and ending are sealed;
-- caller_version counts the saves of caller, ending is written once. The id comes from the form
-- that opened it, so that a form sent twice opens one inquiry.
-- told_basis: the legal basis on which the first tier was opened with the call itself, as most are;
-- what is opened later stands in disclosures.
-- holder: who has it. Nobody while it is offered: to somebody (offered_to) or a role, or to all.
CREATE TABLE inquiries (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL,
  person INTEGER NOT NULL,
  tag INTEGER,
  center INTEGER,
  kind TEXT NOT NULL,
  told_basis TEXT,
  state TEXT NOT NULL,
  holder INTEGER,
  offered_to INTEGER,
  offered_role TEXT,
  caller BLOB NOT NULL,
  caller_version INTEGER NOT NULL,
  ending BLOB,
  ended_at INTEGER,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id)
) STRICT;
CREATE INDEX inquiries_state ON inquiries (network, state, opened_at);

-- What was opened for the caller after the call began, once a tier, with the code of the legal basis.
CREATE TABLE disclosures (
  network INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  tier TEXT NOT NULL,
  basis TEXT NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  PRIMARY KEY (network, inquiry, tier),
  FOREIGN KEY (network, inquiry) REFERENCES inquiries (network, id)
) STRICT, WITHOUT ROWID;

-- What was done: calls to contacts (contact: the place in the calling order), notes, hand-overs,
-- mails. words is sealed.
CREATE TABLE inquiry_steps (
  network INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  kind TEXT NOT NULL,
  contact INTEGER,
  outcome TEXT NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, inquiry, id),
  FOREIGN KEY (network, inquiry) REFERENCES inquiries (network, id)
) STRICT;

-- Mail to contacts who agreed to it, until it is sent or given up. mail is sealed.
CREATE TABLE desk_mails (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  inquiry INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  state TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  mail BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, inquiry) REFERENCES inquiries (network, id)
) STRICT;
CREATE INDEX desk_mails_state ON desk_mails (network, state, next_at);
CREATE INDEX desk_mails_inquiry ON desk_mails (network, inquiry, contact);

-- How often a number was tried that led to nobody: by account, by address, by town, and at the
-- desk. key: the account, or a keyed token of the address, or 0 for the town. since: when the
-- counting of this window began.
CREATE TABLE number_tries (
  network INTEGER NOT NULL REFERENCES networks (id),
  kind TEXT NOT NULL,
  key INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (network, kind, key)
) STRICT;
