-- A whole database as the first Dateline wrote it, with rows in every table.
-- Chat -1002000000001, person 501, questions "When did Kim and Putin meet?", "Who is x?" and "Who is Maduro?".
PRAGMA journal_mode=WAL;
BEGIN TRANSACTION;
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO meta VALUES('schema','1');
INSERT INTO meta VALUES('salt','c985b2b41f1896b431c27c1e1e5f2a31d45f436f895b94c255236aa4181224a0');
CREATE TABLE answers (
	chat BLOB NOT NULL, 
	question_id BIGINT NOT NULL, 
	answer_id BIGINT NOT NULL, 
	digest BLOB NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (chat, question_id)
);
INSERT INTO answers VALUES(X'f49e0d1868b874e01bbb37453f84fb63',8000001,8000002,X'4d3950bc39e8ec2d44640ebbdc89021b','2026-05-01 12:00:00.000000');
CREATE TABLE feedback (
	chat BLOB NOT NULL, 
	message_id BIGINT NOT NULL, 
	person BLOB NOT NULL, 
	vote VARCHAR NOT NULL, 
	topic BLOB, 
	question VARCHAR, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (chat, message_id, person)
);
INSERT INTO feedback VALUES(X'f49e0d1868b874e01bbb37453f84fb63',8000002,X'40ec0bfea6d2ba3ffbaa3369c2e1067a','down',X'acf09d02a9f7a49eaee5e1cfc3562ff5','Who is x?','2026-05-01 12:00:00.000000');
INSERT INTO feedback VALUES(X'f49e0d1868b874e01bbb37453f84fb63',8000003,X'40ec0bfea6d2ba3ffbaa3369c2e1067a','up',NULL,NULL,'2026-05-01 12:00:00.000000');
CREATE TABLE missed (
	topic BLOB NOT NULL, 
	question VARCHAR NOT NULL, 
	times INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (topic)
);
INSERT INTO missed VALUES(X'a7dc0b92757647f42ffec88502457a05','Who is Maduro?',1,'2026-05-01 12:00:00.000000');
CREATE TABLE options (
	chat BLOB NOT NULL, 
	answer_mentions BOOLEAN, 
	excerpts INTEGER, 
	language VARCHAR, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (chat)
);
INSERT INTO options VALUES(X'f49e0d1868b874e01bbb37453f84fb63',1,5,'de','2026-05-01 12:00:00.000000');
CREATE INDEX ix_answers_at ON answers (at);
COMMIT;
