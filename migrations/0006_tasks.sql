-- Dated work. center NULL: the town's, which the night desk sees too. due: ISO date.
-- words: title and story, sealed to version 0 of the row since they never change.
-- state: 'open', 'done', 'moved' (open again on another day; the day it had is in task_acts).
CREATE TABLE tasks (
  network INTEGER NOT NULL REFERENCES networks (id),
  id INTEGER NOT NULL,
  center INTEGER,
  person INTEGER,
  kind TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  words BLOB NOT NULL,
  link TEXT NOT NULL,
  taken_by INTEGER,
  version INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, center) REFERENCES centers (network, id)
) STRICT;
CREATE INDEX tasks_due ON tasks (network, state, due, id);
CREATE INDEX tasks_person ON tasks (network, person, id);

-- What was done with a task, by whom (0: the program), with sealed words.
CREATE TABLE task_acts (
  network INTEGER NOT NULL,
  task INTEGER NOT NULL,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by INTEGER NOT NULL,
  act TEXT NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (network, task, id),
  FOREIGN KEY (network, task) REFERENCES tasks (network, id)
) STRICT;
