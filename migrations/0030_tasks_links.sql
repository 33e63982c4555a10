-- Tasks are found by where they lead, so that they go with what stood there.
CREATE INDEX tasks_link ON tasks (network, link, id);
