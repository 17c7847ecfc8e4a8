// Records over SQLite: one read-only connection, so nothing here can change a byte. It sees every commit that has
// returned (read your writes). Synchronous inside, promises outside: the port is the same for a database far away.

import { factKey } from '../../core/case/event.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { InputEntry, InputKind, Records } from '../port.ts'
import { prepareGather } from './gather.ts'
import { asTrouble, type Connection, LEDGER_FILE, openToRead } from './open.ts'
import { prepareCardReads, prepareDoorReads } from './read-cards.ts'
import { prepareCaseLists, prepareCaseReads } from './read-cases.ts'
import { prepareFactReads } from './read-facts.ts'
import { prepareImportReads } from './read-imports.ts'
import { prepareAudit, prepareHeads, prepareTotalReads } from './read-measures.ts'
import { prepareQuarantineReads } from './read-quarantine.ts'
import { prepareSubjectReads } from './subjects.ts'

const CACHE_MEGABYTES = 64

function prepareLedgerReads(db: Connection) {
  const inputs = db.prepare(
    'SELECT seq, at, source AS by, body FROM entry WHERE event_id IS NULL AND kind = ? ORDER BY seq',
  )
  const laws = db.prepare(
    `SELECT seq, at, source AS by, body FROM entry WHERE event_id IS NULL AND kind = 'law' AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const stand = db.prepare('SELECT commit_no AS "commit", seq, at, turned_to AS turnedTo, cases FROM stand')
  const commitAt = db.prepare('SELECT at FROM commit_link WHERE commit_no = ?').pluck()
  return {
    // commits are dense and their instants never fall: a dozen look-ups by number, whatever there is of them
    committedBy: (at: Instant): Instant | null => {
      let [low, high] = [0, (stand.get() as { commit: number }).commit]
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((commitAt.get(middle) as Instant) <= at) low = middle
        else high = middle - 1
      }
      return low === 0 ? null : (commitAt.get(low) as Instant)
    },
    laws: (asked = { after: 0, limit: -1 }) => laws.all(asked.after, asked.limit) as InputEntry[],
    inputs: (kind: 'alias' | InputKind) => inputs.all(kind) as InputEntry[],
    head: () =>
      stand.get() as { commit: number; seq: number; at: Instant | null; turnedTo: Instant | null; cases: number },
  }
}

export interface RecordsOptions {
  /** One state of the store for as long as the records are open, whatever is committed meanwhile (audit, exports). */
  readonly frozen?: boolean
}

export function openRecords(folder: string, options: RecordsOptions = {}): Records {
  const db = openToRead(folder, LEDGER_FILE, CACHE_MEGABYTES)
  if (options.frozen === true) db.exec('BEGIN')
  return recordsOn(db)
}

/** Records over an open connection, which they close. */
export function recordsOn(db: Connection): Records {
  const gather = prepareGather(db)
  const cases = prepareCaseReads(db)
  const facts = prepareFactReads(db)
  const imports = prepareImportReads(db)
  const listCases = prepareCaseLists(db)
  const cards = prepareCardReads(db)
  const door = prepareDoorReads(db)
  const quarantine = prepareQuarantineReads(db)
  const totals = prepareTotalReads(db)
  const heads = prepareHeads(db)
  const audit = prepareAudit(db)
  const ledger = prepareLedgerReads(db)
  const subjects = prepareSubjectReads(db)
  /** A promise of what `read` returns at once, or of the trouble it meets. */
  const soon = async <T>(read: () => T): Promise<T> => {
    try {
      return read()
    } catch (error) {
      throw asTrouble(error, db.name)
    }
  }
  return {
    gather: (keys) => soon(() => gather(keys)),
    cases: (projectNos) => soon(() => cases.cases(projectNos)),
    factsOf: (projectNo) => soon(() => facts.ofCases([projectNo]).get(projectNo) ?? []),
    factsOfMany: (projectNos) => soon(() => facts.ofCases(projectNos)),
    due: (at, limit) => soon(() => cases.due(at, limit)),
    nextTurnAt: () => soon(() => cases.nextTurnAt()),
    stale: (law, engine, after, limit) => soon(() => cases.stale(law, engine, after, limit)),
    strays: (limit, of) => soon(() => facts.strays(limit, of)),
    numbersSaid: (source, after, upTo) => soon(() => facts.said(source, after, upTo)),
    listCases: (query) => soon(() => listCases(query)),
    card: (cardId) => soon(() => cards.card(cardId)),
    countCards: (state, within) => soon(() => cards.count(state, within)),
    cardsOf: (subjectKind, subjects) => soon(() => cards.cardsOf(subjectKind, subjects)),
    listCards: (query) => soon(() => cards.list(query)),
    totals: (dimension, from, to, department) => soon(() => totals.totals(dimension, from, to, department)),
    daily: (dimension, keys, kinds, from, to) => soon(() => totals.daily(dimension, keys, kinds, from, to)),
    heads: (windows, now, untils) => soon(() => heads.heads(windows, now, untils)),
    dueBetween: (bounds, department) => soon(() => heads.dueBetween(bounds, department)),
    auditFlows: (limit) => soon(() => audit.auditFlows(limit)),
    casesBehind: (query) => soon(() => audit.casesBehind(query)),
    subjects: () => soon(subjects),
    laws: (asked) => soon(() => ledger.laws(asked)),
    aliases: () => soon(() => ledger.inputs('alias')),
    inputs: (kind) => soon(() => ledger.inputs(kind)),
    importedFacts: (importNo, afterSeq, limit) => soon(() => facts.imported(importNo, afterSeq, limit)),
    importCounts: (importNo) =>
      soon(() => ({ ...imports.counts(importNo), waiting: quarantine.waitingOfImport(importNo) })),
    absentCases: (query) => soon(() => imports.absent(query)),
    factCounts: (projectNos) => soon(() => facts.counts(projectNos)),
    placesOf: (asked) =>
      soon(() => {
        const wanted = new Set(asked.map(({ source, eventId }) => factKey(source, eventId)))
        const places = facts.placesOf(asked.map(({ eventId }) => eventId))
        const keyed = places.map(({ source, eventId, projectNo }) => [factKey(source, eventId), { projectNo }] as const)
        return new Map(keyed.filter(([key]) => wanted.has(key)))
      }),
    quarantine: (query) => soon(() => quarantine.list(query)),
    quarantineCounts: () => soon(() => quarantine.counts()),
    waitingRows: () => soon(() => quarantine.waiting()),
    waitingUnder: (events) => soon(() => quarantine.under(events)),
    unnumberedRows: (imports, limit) => soon(() => quarantine.unnumbered(imports, limit)),
    waitingBeside: (id) => soon(() => quarantine.beside(id)),
    waitingOf: (query) => soon(() => quarantine.ofCase(query)),
    waitingBroughtBy: (id) => soon(() => quarantine.broughtBy(id)),
    quarantineOldest: (source, limit) => soon(() => quarantine.oldestResolved(source, limit)),
    sources: () => soon(() => door.sources()),
    committedBy: (at) => soon(() => ledger.committedBy(at)),
    head: () => soon(() => ledger.head()),
    async close() {
      db.close()
    },
  }
}
