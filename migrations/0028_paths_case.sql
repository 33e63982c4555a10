-- Out of which case a path was begun, as a keyed token: from the case its paths are found. Which case it
-- is stands sealed in kept, since a path names its person and a case must not (docs/decisions/0022).
ALTER TABLE paths ADD COLUMN support INTEGER;
CREATE INDEX paths_support ON paths (network, support);
