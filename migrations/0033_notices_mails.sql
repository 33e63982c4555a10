-- To whom a mail to who told goes, as a keyed token that outlives the town's keys: how many one
-- address got in a day.
ALTER TABLE notice_mails ADD COLUMN recipient INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notice_mails_recipient ON notice_mails (network, recipient, next_at);
