-- When a day begins (HH:MM, in Japan) and how many it holds (nothing where nobody counts), for what counts
-- and orders in the database; the rest of it stays sealed. pinned: 1 once something hangs on the day. Such
-- a day is called off where its rule gives it no more, and never taken out.
ALTER TABLE course_days ADD COLUMN starts TEXT NOT NULL DEFAULT '00:00';
ALTER TABLE course_days ADD COLUMN holds INTEGER;
ALTER TABLE course_days ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
