-- A town's rules for the yearly fee of supporters.
CREATE TABLE supporter_settings (
  network INTEGER NOT NULL REFERENCES networks (id),
  amount INTEGER NOT NULL,
  part_from INTEGER NOT NULL,
  part_amount INTEGER NOT NULL,
  grace INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (network)
) STRICT;

-- Years of work that are paid or waived; one row a year and supporter, so that none is paid twice.
-- state: 'paid', 'waived'. receipt_year and receipt: of what was paid. kept: why it was waived.
CREATE TABLE supporter_years (
  network INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  year INTEGER NOT NULL,
  state TEXT NOT NULL,
  amount INTEGER NOT NULL,
  paid_on TEXT,
  receipt_year INTEGER,
  receipt INTEGER,
  kept BLOB NOT NULL,
  PRIMARY KEY (network, supporter, year),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;

-- The last number of a year's receipts: it grows in the transaction that pays, so that there is no gap.
CREATE TABLE supporter_receipt_counts (
  network INTEGER NOT NULL REFERENCES networks (id),
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (network, year)
) STRICT;

-- Receipts. fee_year: what was paid for. state: 'good', 'undone' (taken back; the number is not given
-- again). printed: how often; the second time it says so. kept: why it was taken back.
CREATE TABLE supporter_receipts (
  network INTEGER NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  supporter INTEGER NOT NULL,
  fee_year INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  paid_on TEXT NOT NULL,
  state TEXT NOT NULL,
  printed INTEGER NOT NULL,
  kept BLOB NOT NULL,
  PRIMARY KEY (network, year, number),
  FOREIGN KEY (network, supporter) REFERENCES supporters (network, id)
) STRICT;
CREATE INDEX supporter_receipts_supporter ON supporter_receipts (network, supporter);
