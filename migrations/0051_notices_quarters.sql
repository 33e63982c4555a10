-- The way from a notice to help in a quarter that is over, as it was first shown: what is undone or
-- passed on later would change it, and the difference would be one person's. center: whose figures;
-- 0 for the whole town's. first: the quarter's first day. count: 0 where there were too few to say;
-- median and ninetieth in minutes.
CREATE TABLE notice_quarters (
  network INTEGER NOT NULL REFERENCES networks (id),
  center INTEGER NOT NULL,
  first TEXT NOT NULL,
  count INTEGER NOT NULL,
  median INTEGER NOT NULL,
  ninetieth INTEGER NOT NULL,
  PRIMARY KEY (network, center, first)
) STRICT;
