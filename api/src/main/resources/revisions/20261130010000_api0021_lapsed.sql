--@ revision: api0021
--@ revises: api0020
--@ message: questions without an answer found without reading all of them

--@ upgrade
CREATE INDEX request_unanswered ON request (asked_at) WHERE answered_at IS NULL;

--@ downgrade
DROP INDEX request_unanswered;
