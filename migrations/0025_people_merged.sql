-- Nearly nobody was merged. With everybody else in it, the index drew the engine away from the ids
-- that a statement names, through the whole town (SQLite, "merged_into IS NULL AND id IN …").
DROP INDEX people_merged;
CREATE INDEX people_merged ON people (network, merged_into) WHERE merged_into IS NOT NULL;
