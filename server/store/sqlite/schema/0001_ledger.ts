// The ledger's file, format 3. A string and not a .sql file, so that node, vite and vitest load it alike.
// Numbers for kinds and dimensions are their places in FLOW_KINDS and DIMENSIONS, whose order is append only.

export const LEDGER_0001 = `
-- Every input (A4), facts and others, in the order they came: seq is dense from 1. Never updated but for erasing.
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  event_id TEXT,
  project_no TEXT,
  occurred_at INTEGER,
  voids TEXT,
  -- a VOID that supersedes as well names two (F3); this is the second
  voids_too TEXT,
  personal_digest BLOB,
  salt BLOB,
  personal TEXT,
  body TEXT NOT NULL,
  -- How a fact first came (I8, I14): the entry of its import (null: live) and the declared instant of a past record
  -- (null: live). No part of its content, so they stand beside the body; they say something, so they must be sealed.
  import_no INTEGER,
  historical INTEGER
) STRICT;
-- event_id first: one index answers both "is it known" (I2) and "does another source hold this id" (F3).
CREATE UNIQUE INDEX entry_id ON entry (event_id, source) WHERE event_id IS NOT NULL;
CREATE INDEX entry_project ON entry (project_no) WHERE project_no IS NOT NULL;
CREATE INDEX entry_voids ON entry (voids, source) WHERE voids IS NOT NULL;
CREATE INDEX entry_voids_too ON entry (voids_too, source) WHERE voids_too IS NOT NULL;
CREATE INDEX entry_import ON entry (import_no, seq) WHERE import_no IS NOT NULL;
CREATE INDEX entry_input ON entry (kind) WHERE event_id IS NULL;

-- The further ways of facts that were known when they came again (I8, I14): derived from the entries of kind bringing, of
-- which entry_seq names the one. A fact stands while one of its ways does.
CREATE TABLE bringing (
  seq INTEGER NOT NULL,
  entry_seq INTEGER NOT NULL,
  import_no INTEGER,
  historical INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (seq, entry_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX bringing_import ON bringing (import_no, seq) WHERE import_no IS NOT NULL;

-- Every commit, dense from 1, with or without entries: its link in the chain and its step (A4): what it was, who did it,
-- under which law and engine, and in params (JSON) all a replay needs beside the entries. Digests of what was refused lie
-- in rejects. first_seq never falls as commit_no grows; where count is 0 it names the entry to come.
CREATE TABLE commit_link (
  commit_no INTEGER PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  law INTEGER NOT NULL,
  engine INTEGER NOT NULL,
  params TEXT NOT NULL,
  hash TEXT NOT NULL,
  prev BLOB NOT NULL,
  link BLOB NOT NULL,
  leaves BLOB NOT NULL,
  rejects BLOB NOT NULL
) STRICT;

-- Level 1 and up: hash i of tile (level, index) is the root of 256^level leaves.
CREATE TABLE tile (
  level INTEGER NOT NULL,
  tile_index INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, tile_index)
) STRICT, WITHOUT ROWID;

-- The one row that every commit moves.
CREATE TABLE stand (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  commit_no INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  link BLOB NOT NULL,
  at INTEGER,
  turned_to INTEGER,
  cases INTEGER NOT NULL,
  -- the last flow that is in the totals
  rolled INTEGER NOT NULL
) STRICT;
INSERT INTO stand VALUES (1, 0, 0, zeroblob(32), NULL, NULL, 0, 0);

-- due_at of an undated case is the largest safe integer, so that undated sorts last in every index.
CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  project_no TEXT NOT NULL,
  in_hand INTEGER NOT NULL,
  level INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  next_turn_at INTEGER,
  window TEXT NOT NULL,
  department TEXT NOT NULL,
  engine INTEGER NOT NULL,
  law INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  judged_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  region TEXT NOT NULL,
  item TEXT NOT NULL,
  source TEXT NOT NULL,
  apart TEXT,
  flows TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_project ON cases (project_no);
CREATE INDEX case_turn ON cases (next_turn_at) WHERE next_turn_at IS NOT NULL;
CREATE INDEX case_head ON cases (window, level, due_at) WHERE in_hand = 1;
CREATE INDEX case_due ON cases (due_at, department, level) WHERE in_hand = 1;
CREATE INDEX case_judged ON cases (engine, law);
CREATE INDEX case_apart ON cases (id) WHERE apart IS NOT NULL;

-- Where a flow counts, each such place once. Ids are never compared; a word may hold personal text: erasing replaces it.
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  region TEXT NOT NULL,
  department TEXT NOT NULL,
  window TEXT NOT NULL,
  operator TEXT NOT NULL,
  item TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX place_words ON place (operator, item, window, department, region, source);

-- Changes of the flows of cases, appended: a flow that went away stands here a second time with -n, so a sum over any
-- rows is right and no page in the middle is ever touched. Each names the commit that caused it. For totals, click-through
-- and audit; the row of a case carries its present flows besides, for planning. hour -1 and code '' stand for null.
-- member: 1 of a member of a joint handling, else 0 (M1).
CREATE TABLE flow (
  id INTEGER PRIMARY KEY,
  commit_no INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  n INTEGER NOT NULL,
  project_no TEXT NOT NULL,
  place INTEGER NOT NULL,
  member INTEGER NOT NULL,
  code TEXT NOT NULL
) STRICT;

-- Totals and the way from a day to its flows are made from the flows in the writer's pauses (roll.ts) and end where stand
-- says; what came after that is added when they are read.
CREATE TABLE flow_day (
  kind INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  flow_id INTEGER NOT NULL,
  PRIMARY KEY (kind, on_day, flow_id)
) STRICT, WITHOUT ROWID;

-- Day before key: what is rolled up at once is mostly of today and lies on few pages, and a period is one range. No row is 0.
CREATE TABLE total (
  dimension INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  on_day INTEGER NOT NULL,
  key TEXT NOT NULL,
  department TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (dimension, kind, on_day, key, department)
) STRICT, WITHOUT ROWID;
-- Dimension code (7) is asked by key over all days (D-05), and is small.
CREATE INDEX total_code ON total (key, kind, on_day) WHERE dimension = 7;

CREATE TABLE card (
  id INTEGER PRIMARY KEY,
  card_id TEXT NOT NULL UNIQUE,
  project_no TEXT,
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  rule TEXT NOT NULL,
  level INTEGER NOT NULL,
  state TEXT NOT NULL,
  window TEXT NOT NULL,
  department TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX card_project ON card (project_no) WHERE project_no IS NOT NULL;
CREATE INDEX card_subject ON card (subject, subject_kind) WHERE subject_kind <> 'case';
CREATE INDEX card_window ON card (window);
-- What waits for a person or for a source is few among very many.
CREATE INDEX card_state ON card (state, id);

CREATE TABLE card_move (
  card_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  move TEXT NOT NULL,
  state TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (card_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  event_id TEXT,
  project_no TEXT,
  code TEXT NOT NULL,
  field TEXT,
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  resolved_at INTEGER,
  resolution TEXT
) STRICT;
CREATE INDEX quarantine_resolved ON quarantine (source, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX quarantine_waiting ON quarantine (source, id) WHERE resolved_at IS NULL;

-- How much it holds of each source, so that a start does not read the texts.
CREATE TABLE quarantine_held (
  source TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  resolved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source_seen (
  source TEXT PRIMARY KEY,
  last_at INTEGER NOT NULL,
  last_event_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
