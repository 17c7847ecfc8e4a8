// What waits in the quarantine knows by which import and on which row of its file it came (I14, I15): rows wait whole, and what an
// import brought is withdrawn with it. A row that came before this was kept bears neither.

export const LEDGER_0003 = `
ALTER TABLE quarantine ADD COLUMN import_no INTEGER;
ALTER TABLE quarantine ADD COLUMN row_no INTEGER;
CREATE INDEX quarantine_event ON quarantine (event_id, source) WHERE resolved_at IS NULL AND event_id IS NOT NULL;
CREATE INDEX quarantine_row ON quarantine (import_no, row_no) WHERE row_no IS NOT NULL;

-- Further imports that brought what waits already, and on which of their rows: it waits once.
CREATE TABLE quarantine_again (
  id INTEGER NOT NULL,
  import_no INTEGER NOT NULL,
  row_no INTEGER NOT NULL,
  PRIMARY KEY (id, import_no, row_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_again_row ON quarantine_again (import_no, row_no);
`
