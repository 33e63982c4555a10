-- The row that a day's sign-ups meet at: whoever writes one takes it first, so that a capacity holds and
-- numbers follow the order of arrival. calling: how the day stood when somebody was asked to call those
-- who had been told otherwise; task: that work, while it is open.
CREATE TABLE signup_days (
  network INTEGER NOT NULL REFERENCES networks (id),
  day INTEGER NOT NULL,
  given INTEGER NOT NULL,
  calling TEXT NOT NULL DEFAULT '',
  task INTEGER,
  PRIMARY KEY (network, day),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id)
) STRICT;
CREATE INDEX signup_days_task ON signup_days (network, task) WHERE task IS NOT NULL;

-- Who says that they come to a day. number: the order of arrival. who: a supporter's id or a keyed token
-- of a guest's name and telephone, so that nobody stands there twice. told: how the day stood when they
-- were told of it last. until: by when a place that was offered is answered. nonce: of the form, so that
-- what is sent twice is kept once. kept: a guest's name and telephone, a note, what happened and why.
CREATE TABLE signups (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  number INTEGER NOT NULL,
  supporter INTEGER,
  who INTEGER NOT NULL,
  state TEXT NOT NULL,
  until INTEGER,
  told TEXT NOT NULL,
  center INTEGER,
  task INTEGER,
  nonce INTEGER NOT NULL,
  kept BLOB NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, day) REFERENCES course_days (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE UNIQUE INDEX signups_number ON signups (network, day, number);
CREATE UNIQUE INDEX signups_nonce ON signups (network, nonce);
CREATE UNIQUE INDEX signups_who ON signups (network, day, who) WHERE state <> 'gone';
CREATE INDEX signups_state ON signups (network, day, state, number);
CREATE INDEX signups_supporter ON signups (network, supporter, day);
CREATE INDEX signups_task ON signups (network, task) WHERE task IS NOT NULL;

-- What a town has set: how many hours there are to answer when a place falls free.
CREATE TABLE signup_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  hours INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;
