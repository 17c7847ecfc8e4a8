// The file of access rows, first version: hashes of keys, never a key (A2). It lies beside the ledger and not in it.

export const ACCESS_0001 = `
CREATE TABLE access_key (
  key_id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  source TEXT,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
