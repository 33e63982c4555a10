-- What people said after a course: nobody's name, no hour. id: made from the key of the form, so that
-- whoever presses twice is counted once. words: sealed; nothing where nobody wrote any. version: 1, and
-- one more with every change of the words.
CREATE TABLE course_voices (
  network INTEGER NOT NULL,
  id INTEGER NOT NULL,
  lesson INTEGER NOT NULL,
  mark TEXT NOT NULL,
  words BLOB,
  version INTEGER NOT NULL,
  PRIMARY KEY (network, id),
  FOREIGN KEY (network, lesson) REFERENCES course_days (network, id)
) STRICT;
CREATE INDEX course_voices_lesson ON course_voices (network, lesson, id);
