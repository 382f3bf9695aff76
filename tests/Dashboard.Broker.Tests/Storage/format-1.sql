-- A file as the first release wrote it: its tables, and a little of everything in them. It never changes.
CREATE TABLE session (
    key INTEGER PRIMARY KEY, client_id TEXT NOT NULL, version INTEGER NOT NULL, expiry_interval INTEGER NOT NULL,
    is_connected INTEGER NOT NULL, expires_at INTEGER NOT NULL, last_connected_at INTEGER NOT NULL, disconnected_at INTEGER NOT NULL,
    will_topic TEXT, will_payload BLOB, will_qos INTEGER, will_retain INTEGER, will_properties BLOB, will_delay INTEGER, will_due_at INTEGER NOT NULL);
CREATE TABLE subscription (
    session INTEGER NOT NULL, filter TEXT NOT NULL, options INTEGER NOT NULL, id INTEGER,
    PRIMARY KEY (session, filter)) WITHOUT ROWID;
CREATE TABLE message (
    key INTEGER PRIMARY KEY, topic TEXT NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL, publisher TEXT,
    received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, properties BLOB, payload BLOB);
CREATE TABLE delivery (
    session INTEGER NOT NULL, sequence INTEGER NOT NULL, message INTEGER, qos INTEGER NOT NULL, retain INTEGER NOT NULL,
    subscription_ids BLOB, stage INTEGER NOT NULL, packet_id INTEGER NOT NULL,
    PRIMARY KEY (session, sequence)) WITHOUT ROWID;
CREATE INDEX delivery_message ON delivery (message);
CREATE TABLE received (session INTEGER NOT NULL, packet_id INTEGER NOT NULL, PRIMARY KEY (session, packet_id)) WITHOUT ROWID;
CREATE TABLE retained (
    topic TEXT PRIMARY KEY, qos INTEGER NOT NULL, publisher TEXT, received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    properties BLOB, payload BLOB);
INSERT INTO session VALUES (7, 'kept', 5, 4294967295, 0, 9223372036854775807, 1767225600000, 1767225601000, NULL, NULL, NULL, NULL, NULL, NULL, 9223372036854775807);
INSERT INTO subscription VALUES (7, 'house/#', 1, 42);
INSERT INTO message VALUES (3, 'house/door', 1, 0, 'sensor', 1767225602000, 9223372036854775807, X'03000A746578742F706C61696E', CAST('open' AS BLOB));
INSERT INTO delivery VALUES (7, 1, 3, 1, 0, X'2A000000', 0, 0);
INSERT INTO received VALUES (7, 11);
INSERT INTO retained VALUES ('house/temperature', 1, 'sensor', 1767225602000, 9223372036854775807, NULL, CAST('21.5' AS BLOB));
PRAGMA user_version = 1;
