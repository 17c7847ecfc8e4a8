// The one writing connection of a ledger: a batch is one transaction, synced when commit returns (I4). It takes the
// folder's writer lock (A6), keeps the log bounded, and never plans, judges or hashes. Meant for a thread of its own.

import type { Instant } from '../../core/time/instant.ts'
import { Holding } from '../lease.ts'
import type { Claim, Committed, Lease, Lost } from '../port.ts'
import type { Sealed, Tip } from '../trail.ts'
import { StoreError } from '../trouble.ts'
import { takeWriterLock, type WriterLock } from './lock.ts'
import { LOG_BOUNDS, type Log, type LogBounds, openLog } from './log.ts'
import { asTrouble, BUSY_MS, type Connection, LEDGER_FILE, openToWrite } from './open.ts'
import type { PackedBatch } from './pack.ts'
import { MOST_WAITING, prepareRoller, WORTH_ROLLING } from './roll.ts'
import { prepareSubjects } from './subjects.ts'
import { readTip } from './tip.ts'
import { prepareCards, prepareCases } from './write-cases.ts'
import { prepareChain, prepareDoor, prepareEntries } from './write-entries.ts'

const CACHE_MEGABYTES = 128
/** Flows and pages for which a pause is worth it. */
const WORTH = { flows: WORTH_ROLLING, pages: 2_000 }

export interface Head {
  commit: number
  seq: number
  at: Instant | null
  turnedTo: Instant | null
  cases: number
}

export interface Writer {
  /** What this writer holds, and the last commit. */
  lease(): Lease
  /** Durable when it returns; throws StoreError and leaves nothing otherwise. A claim that does not hold is answered lost. */
  commit(batch: PackedBatch, sealed: Sealed, claim?: Claim): Committed | Lost
  /**
   * What can wait for a pause: sums are rolled up, the log is brought into the database, as far as there is room. Cheap when
   * there is nothing to do: `least` says for how many flows and pages a pause is worth it.
   */
  rest(least?: { readonly flows: number; readonly pages: number }): void
  /** Pages of the log that are not yet in the database. */
  logPages(): number
  /** The file grows to so many pages and no further, as on a disk that has room for no more; one that is larger does not grow. */
  bound(pages: number): void
  head(): Head
  /** Where chain and tree end, read from the store: for sealing the first batch after a start. */
  tip(): Tip
  close(): void
}

export interface Stand extends Head {
  link: Uint8Array
}

export function readStand(db: Connection): Stand {
  const row = db.prepare('SELECT commit_no, seq, link, at, turned_to, cases FROM stand').raw().get() as [
    number,
    number,
    Buffer,
    Instant | null,
    Instant | null,
    number,
  ]
  return { commit: row[0], seq: row[1], link: row[2], at: row[3], turnedTo: row[4], cases: row[5] }
}

/** A batch that does not follow on what is stored is refused before anything is written. */
function checkFollows(stand: Stand, batch: PackedBatch, sealed: Sealed): void {
  if (stand.at !== null && batch.at < stand.at)
    throw new StoreError('clock_backwards', `A commit at ${batch.at} cannot follow one at ${stand.at}.`)
  const count = batch.facts.length + batch.inputs.length
  const follows =
    sealed.commit === stand.commit + 1 &&
    sealed.firstSeq === stand.seq + 1 &&
    Buffer.compare(sealed.prev, stand.link) === 0
  if (sealed.count !== count || !follows)
    throw new StoreError('chain_mismatch', `The sealed batch does not follow entry ${stand.seq}; nothing was written.`)
}

export interface CommitOptions {
  /** Flows that may wait to be rolled up after a commit. */
  readonly mostWaiting?: number
  /** Writes the entries and the link of a commit; absent: as they are sealed in the batch. */
  readonly putSealed?: (batch: PackedBatch, sealed: Sealed) => void
}

const prepareSealed = (db: Connection): Required<CommitOptions>['putSealed'] => {
  const entries = prepareEntries(db)
  const chain = prepareChain(db)
  return (batch, sealed) => {
    entries(batch, sealed)
    chain(batch, sealed)
  }
}

export function prepareCommit(
  db: Connection,
  { mostWaiting = MOST_WAITING, putSealed = prepareSealed(db) }: CommitOptions = {},
) {
  const door = prepareDoor(db)
  const cases = prepareCases(db)
  const roller = prepareRoller(db)
  const cards = prepareCards(db)
  const subjects = prepareSubjects(db)
  const stand = db.prepare('UPDATE stand SET commit_no = ?, seq = ?, link = ?, at = ?, turned_to = ?, cases = ?')
  const commit = db.transaction((before: Stand, batch: PackedBatch, sealed: Sealed, first: () => void): Stand => {
    first()
    const after: Stand = {
      commit: sealed.commit,
      seq: before.seq + sealed.count,
      link: sealed.link,
      at: batch.at,
      turnedTo: batch.turnedTo ?? before.turnedTo,
      cases: before.cases,
    }
    putSealed(batch, sealed)
    door(batch)
    after.cases += cases.write(batch, after.commit)
    cards(batch)
    subjects(batch.subjects ?? [])
    stand.run(after.commit, after.seq, after.link, after.at, after.turnedTo, after.cases)
    if (roller.waiting() > mostWaiting) roller.roll()
    return after
  }).immediate
  /** `first`: done before all else within the transaction; what it throws takes the transaction back. */
  return (before: Stand, batch: PackedBatch, sealed: Sealed, first: () => void = () => undefined): Stand => {
    try {
      return commit(before, batch, sealed, first)
    } catch (error) {
      cases.forget()
      throw error
    }
  }
}

/** A claim that does not hold: the transaction is taken back. */
class ClaimLost extends Error {
  readonly answer: Lost
  constructor(answer: Lost) {
    super(answer.lost)
    this.answer = answer
  }
}

/** The lease of the ledger behind a connection. Its epoch stands in the file's head, where no table is: it tells nothing. */
function holdingOn(db: Connection) {
  const holding = new Holding()
  const marked = db.prepare('PRAGMA application_id').pluck()
  return {
    lease: (commit: number): Lease => holding.lease(marked.get() as number, commit),
    /** Within the transaction: throws ClaimLost, or takes the lease where this writer has not yet. */
    take(claim: Claim, known: number): void {
      const { toMark } = holding
      // until it has the lease another may have committed since it last looked
      const commit = toMark === null ? known : readStand(db).commit
      const refusal = holding.refusal(claim, { marked: marked.get() as number, commit })
      if (refusal !== null) throw new ClaimLost(refusal)
      if (toMark !== null) db.pragma(`application_id = ${toMark}`)
    },
    taken: () => holding.taken(),
  }
}

/** @param takeLock the writer's lock; another one where a test has two writers, as on a file system that keeps no locks */
export function openWriter(
  folder: string,
  bounds: Partial<LogBounds> = {},
  takeLock: (folder: string) => WriterLock = takeWriterLock,
): Writer {
  const lock = takeLock(folder)
  let db: Connection
  let log: Log
  try {
    db = openToWrite(folder, LEDGER_FILE, CACHE_MEGABYTES)
    log = openLog(db, { ...LOG_BOUNDS, ...bounds }, BUSY_MS)
  } catch (error) {
    lock.release()
    throw error
  }
  const run = prepareCommit(db)
  const holding = holdingOn(db)
  let stand = readStand(db)
  const roller = prepareRoller(db)
  const roll = db.transaction(() => roller.roll()).immediate
  /** Sums that are not rolled up are added when they are read: that the disk has no room for them harms nothing (A6). */
  const rollUp = (least: number): void => {
    try {
      if (roller.waiting() >= least) roll()
    } catch {
      // tried again in the next pause
    }
  }
  return {
    lease() {
      stand = readStand(db)
      return holding.lease(stand.commit)
    },
    commit(batch, sealed, claim) {
      checkFollows(stand, batch, sealed)
      try {
        log.check()
        stand = run(stand, batch, sealed, () => {
          if (claim !== undefined) holding.take(claim, stand.commit)
        })
        if (claim !== undefined) holding.taken()
      } catch (error) {
        if (error instanceof ClaimLost) return error.answer
        throw asTrouble(error, db.name)
      }
      log.bound()
      return sealed.count === 0
        ? { commit: stand.commit, firstSeq: 0, lastSeq: 0 }
        : { commit: stand.commit, firstSeq: sealed.firstSeq, lastSeq: stand.seq }
    },
    rest({ flows, pages } = WORTH) {
      rollUp(flows)
      log.rest(pages)
    },
    logPages: log.waiting,
    bound(pages) {
      db.pragma(`max_page_count = ${Math.max(1, Math.floor(pages))}`)
    },
    head: () => ({ commit: stand.commit, seq: stand.seq, at: stand.at, turnedTo: stand.turnedTo, cases: stand.cases }),
    tip: () => readTip(db, stand),
    close() {
      rollUp(1)
      log.close()
      db.close()
      lock.release()
    },
  }
}
