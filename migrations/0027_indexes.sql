-- What was found by walking through a town (SQLite, decision 0031).
DROP INDEX people_merged;
CREATE INDEX people_merged ON people (network, merged_into, id) WHERE merged_into IS NOT NULL;
-- Everything that is asked of the desk about one person.
CREATE INDEX inquiries_person ON inquiries (network, person);
-- What somebody took on.
CREATE INDEX tasks_taken ON tasks (network, taken_by, id);
-- What a center offered to others.
CREATE INDEX case_handovers_from ON case_handovers (network, from_center, state, id);
