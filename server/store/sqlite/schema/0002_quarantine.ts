// The ledger's file, second version: the quarantine knows what was resolved and how much it holds of each source (I5, I6).
// The sums stand in a table of their own, so that a start does not read the texts.

export const LEDGER_0002 = `
ALTER TABLE quarantine ADD COLUMN resolved_at INTEGER;
ALTER TABLE quarantine ADD COLUMN resolution TEXT;
CREATE INDEX quarantine_resolved ON quarantine (source, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX quarantine_waiting ON quarantine (source, id) WHERE resolved_at IS NULL;

CREATE TABLE quarantine_held (
  source TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  resolved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO quarantine_held
  SELECT source, count(*), sum(length(CAST(raw AS BLOB))), 0 FROM quarantine GROUP BY source;
`
