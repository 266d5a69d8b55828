-- Which of the company's accounts a receipt says that the money went to; null where it is none, or several are like it. Only
-- that account's bank files show that the money did not come. The account may be deleted later.
ALTER TABLE receipt_readings ADD COLUMN account_id uuid;
