// Nothing can be forged unseen (A4): every column of every table, read from the file itself; a column that nobody checks fails
// here unless it is named below with its reason. And forgeries that agree with one another.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { openScratch, type Scratch } from '../../server/store/sqlite/scratch.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { openReplay } from '../../server/supervision/audit/replay.ts'
import {
  type Column,
  changeValue,
  columnsIn,
  type Db,
  deleteRow,
  doubleRow,
  finds,
  inCopy,
  openFile,
  swapRows,
  tablesIn,
} from './forging.ts'
import { writeLedger } from './ledger.ts'

/** Tables of one row, or of one at this size, and those whose rows are all key: there is nothing to swap. */
const NOTHING_TO_SWAP: ReadonlySet<string> = new Set(['stand', 'tile', 'flow_day', 'quarantine_again'])

/** Columns that verify and audit do not answer for, each with its reason. */
const UNANSWERED: Readonly<Record<string, string>> = {
  'access_key.key_id':
    'keys are A2: they lie beside the ledger, are shown once and revoked by hand; SQLite’s check is theirs',
  'access_key.hash': 'a changed hash shuts a key out and lets none in that was not made',
  'access_key.role': 'who can write the file can add a key as well: rights are held by the file’s mode (0600)',
  'access_key.source': 'as role',
  'access_key.department': 'as role',
  'access_key.created_at': 'said to people, read by nothing',
  'access_key.revoked_at': 'as role',
  'access_key.note': 'said to people, read by nothing',
  'access_key.declares_past': 'as role',
}

let folder: string
let replayed: Scratch
beforeAll(async () => {
  folder = await writeLedger()
  replayed = openScratch()
  const stored = openFrozen(folder)
  expect((await openReplay(replayed).catchUp(stored)).findings).toEqual([])
  stored.close()
})
afterAll(() => {
  replayed.close()
  rmSync(folder, { recursive: true, force: true })
})

const forged = (work: (db: Db) => boolean): Promise<string[]> =>
  inCopy(folder, async (copy) => {
    const db = openFile(copy)
    const done = work(db)
    db.close()
    return done ? finds(copy, replayed) : ['no row to forge']
  })

describe('forgery', () => {
  it('A4: a changed value of any column of any table is found [S9]', async () => {
    const db = openFile(folder)
    const columns: Column[] = columnsIn(db)
    db.close()
    expect(columns.length).toBeGreaterThan(100)
    const unseen: string[] = []
    for (const column of columns) {
      const found = await forged((copy) => changeValue(copy, column))
      if (found.length === 0 || found[0] === 'no row to forge') unseen.push(`${column.table}.${column.name} ${found}`)
    }
    expect(unseen).toEqual([])
  })

  it('A4: a row taken away, put in twice or swapped with another is found in every table [S9]', async () => {
    const db = openFile(folder)
    const tables = tablesIn(db)
    db.close()
    const unseen: string[] = []
    for (const table of tables)
      for (const [name, work] of Object.entries({ deleteRow, doubleRow, swapRows })) {
        if (name === 'swapRows' && NOTHING_TO_SWAP.has(table)) continue
        const found = await forged((copy) => work(copy, table))
        if (found.length === 0 || found[0] === 'no row to forge') unseen.push(`${name} ${table} ${found}`)
      }
    expect(unseen).toEqual([])
  })

  it('A4: what verify and audit do not answer for is the file of keys alone, column by column with a reason', () => {
    const db = openFile(folder, 'access.sqlite')
    const named = columnsIn(db).map(({ table, name }) => `${table}.${name}`)
    db.close()
    expect(named.sort()).toEqual(Object.keys(UNANSWERED).sort())
  })

  const composite: readonly [why: string, sql: readonly string[]][] = [
    [
      'A4: a case judged before its limit, with the card, flows and totals that followed taken away (B18)',
      [
        `CREATE TEMP TABLE victim AS SELECT project_no FROM card WHERE level = 3 AND project_no IS NOT NULL LIMIT 1`,
        `UPDATE total SET n = n - 1 WHERE kind IN (SELECT kind FROM flow WHERE project_no IN (SELECT * FROM victim))`,
        `DELETE FROM card_move WHERE card_id IN (SELECT card_id FROM card WHERE project_no IN (SELECT * FROM victim))`,
        `DELETE FROM card WHERE project_no IN (SELECT * FROM victim)`,
        `DELETE FROM flow WHERE project_no IN (SELECT * FROM victim) AND kind > 9`,
        `UPDATE cases SET judged_at = last_at, level = 0 WHERE project_no IN (SELECT * FROM victim)`,
        `UPDATE stand SET turned_to = at - 86400000`,
        `DROP TABLE victim`,
      ],
    ],
    [
      'A4: a card answered in its place [S9]',
      [`UPDATE card SET state = 'explained', body = json_set(body, '$.state', 'explained') WHERE state = 'notified'`],
    ],
    [
      'A4: a reply put off [S9]',
      [`UPDATE card SET body = json_set(body, '$.replyDueAt', json_extract(body, '$.replyDueAt') + 86400000)`],
    ],
    [
      'A4: a red card made one of record [S9]',
      [`UPDATE card SET body = json_set(body, '$.ofRecord', json('true')) WHERE level = 3`],
    ],
    ['A4: a move under another name [S9]', [`UPDATE card_move SET by_whom = 'somebody' WHERE by_whom = 'unit1'`]],
    ['A4: moves taken out of the history [S9]', [`DELETE FROM card_move WHERE by_whom = 'unit1'`]],
    ['A4: cards about codes taken away [S9]', [`DELETE FROM card WHERE rule = 'D-05'`]],
    ['A4: a quarantine emptied [S9]', ['DELETE FROM quarantine', 'DELETE FROM quarantine_held']],
    [
      'A4: a quarantine dismissed [S9]',
      [
        `UPDATE quarantine SET resolved_at = at, resolution = 'dismissed' WHERE resolved_at IS NULL`,
        'UPDATE quarantine_held SET resolved = n',
      ],
    ],
    ['A4: a source that was never heard [S9]', ['DELETE FROM source_seen']],
    [
      'A4: a commit at another instant [S9]',
      [
        'UPDATE commit_link SET at = at + 1 WHERE commit_no = 3',
        'UPDATE entry SET at = at + 1 WHERE seq IN (SELECT first_seq FROM commit_link WHERE commit_no = 3)',
      ],
    ],
    ['A4: turns not taken [S9]', ['UPDATE stand SET turned_to = NULL']],
    [
      'A4: an operator’s name in a state [S10]',
      [`UPDATE cases SET state = replace(state, '李玉梅', '李玉海') WHERE state LIKE '%李玉梅%'`],
    ],
    [
      'A4: a trigger that lies in wait',
      ['CREATE TRIGGER t AFTER INSERT ON card BEGIN DELETE FROM card WHERE card_id = new.card_id; END'],
    ],
    ['A4: a table of somebody else', ['CREATE TABLE more (x)']],
  ]
  it.each(composite)('%s: is found by verify and audit', async (_, sql) => {
    const found = await inCopy(folder, async (copy) => {
      const db = openFile(copy)
      let changed = 0
      for (const each of sql) changed += db.prepare(each).run().changes
      db.close()
      const audit = await auditLedger(copy)
      return { changed, quick: await finds(copy, replayed), audit: audit.count }
    })
    expect(found.quick).not.toEqual([])
    expect(found.audit).toBeGreaterThan(0)
  })
})
