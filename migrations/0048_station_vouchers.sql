-- What a town gives for a role at a course, in yen of the shopping street's vouchers.
CREATE TABLE voucher_rules (
  network INTEGER NOT NULL REFERENCES networks (id),
  role TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (network, role)
) STRICT;

-- Vouchers: what was given to whom, what shops handed in, what was taken back. Nothing is summed up
-- anywhere: a balance is the sum of its lines. id: made with the form, so that a form sent twice is one
-- line. kind: 'given', 'handed_in', 'undone'. undoes: the line that this one takes back, once at most.
-- by: the account that wrote it. kept: course, role, words.
CREATE TABLE voucher_lines (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  supporter INTEGER,
  shop INTEGER,
  undoes INTEGER,
  amount INTEGER NOT NULL,
  by INTEGER NOT NULL,
  kept BLOB NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id),
  FOREIGN KEY (network, shop) REFERENCES organisations (network, id),
  FOREIGN KEY (network, undoes) REFERENCES voucher_lines (network, id)
) STRICT;
CREATE UNIQUE INDEX voucher_lines_undoes ON voucher_lines (network, undoes);
CREATE INDEX voucher_lines_day ON voucher_lines (network, day, id);
CREATE INDEX voucher_lines_supporter ON voucher_lines (network, supporter, id);
