--@ revision: audit0017
--@ revises: audit0016
--@ message: findings page by page, and what ended long ago

--@ upgrade
CREATE INDEX finding_open_page ON finding (cohort COLLATE "C", id) WHERE state = 'open';
CREATE INDEX finding_page ON finding (cohort COLLATE "C", id);
CREATE INDEX finding_uid ON finding (uid);
CREATE INDEX finding_ended ON finding (ended_at) WHERE state <> 'open';
CREATE INDEX dead_letter_settled ON dead_letter (settled_at) WHERE state <> 'waiting';
CREATE INDEX fleet_name ON fleet (name);

--@ downgrade
DROP INDEX fleet_name, dead_letter_settled, finding_ended, finding_uid, finding_page, finding_open_page;
