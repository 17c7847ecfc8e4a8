// Subjects beside the cases (core/subject.ts): sources, as they were last folded and judged. Derived, as rows of cases are.

export const LEDGER_0004 = `
CREATE TABLE subject (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  engine INTEGER NOT NULL,
  law INTEGER NOT NULL,
  judged_at INTEGER NOT NULL,
  next_turn_at INTEGER,
  apart TEXT,
  state TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
`
