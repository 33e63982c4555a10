-- By what whoever signed up on the web finds their sign-up again: a keyed token of the number that they
-- were given. Nothing where the counter took it.
ALTER TABLE signups ADD COLUMN code INTEGER;
CREATE UNIQUE INDEX signups_code ON signups (network, code) WHERE code IS NOT NULL;
