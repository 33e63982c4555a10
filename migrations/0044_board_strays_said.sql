-- said: a keyed token of what the form said. Sent once more with other words it is no repetition, and what
-- was added is not lost.
ALTER TABLE board_strays ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
DROP INDEX board_strays_hash;
CREATE UNIQUE INDEX board_strays_hash ON board_strays (network, hash, said);
