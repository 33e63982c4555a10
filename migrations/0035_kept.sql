-- What was kept long enough is found at night without walking through what is kept.
CREATE INDEX cases_closed ON cases (network, closed_at, id) WHERE closed_at IS NOT NULL;
