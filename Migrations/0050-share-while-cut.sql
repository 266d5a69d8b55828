-- Which part of the price was charged for days on which a service was cut stays with the period that was charged: another
-- policy holds for what is invoiced from then on, and prices no invoiced month anew.

ALTER TABLE billed_periods ADD COLUMN cut_share integer CHECK (cut_share IN (0, 50, 100));
