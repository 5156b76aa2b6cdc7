--@ revision: audit0013
--@ revises: audit0012
--@ message: findings that wait, and the newest ones, found without reading all of them

--@ upgrade
CREATE INDEX finding_over ON finding (id) WHERE over_at IS NOT NULL;
CREATE INDEX finding_seen ON finding (first_seen DESC, id);

--@ downgrade
DROP INDEX finding_seen, finding_over;
