-- To whom a mail about a change was sent or tried, for each way in which the day stood: whoever keeps the
-- row first sends, and no second server does.
CREATE TABLE signup_mails (
  network INTEGER NOT NULL,
  signup INTEGER NOT NULL,
  stands TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (network, signup, stands),
  FOREIGN KEY (network, signup) REFERENCES signups (network, id)
) STRICT;
