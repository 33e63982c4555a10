-- When whoever supports said that help had arrived, in milliseconds; by it the way from a notice to help
-- is measured (docs/decisions/0028).
ALTER TABLE cases ADD COLUMN helped_at INTEGER;
