-- What a case came from (a notice, a consultation) as a keyed token: whoever has the key finds the cases
-- of a notice; without it no row says whose case it is (docs/decisions/0022).
ALTER TABLE cases ADD COLUMN origin INTEGER;
CREATE INDEX cases_origin ON cases (network, origin);
