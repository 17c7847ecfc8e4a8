// Killed at any moment, nothing answered is lost (I4): a server under load from several connections and sources, ended
// by SIGKILL at seeded moments, started again on the same folder with a clock that may have gone back, again and again.
// After each round everything answered `accepted` is asked for, the ledger and the recount are clean, and no card has
// been raised twice. Rules: I2, I4, C2, J4, M7, M9, A4.

import { makeCity } from '../../fixtures/city/catalogue.ts'
import { type Random, seededRandom } from '../../fixtures/city/random.ts'
import { parseInstant, printInstant } from '../../server/core/time/civil.ts'
import { asInstant, type Instant } from '../../server/core/time/instant.ts'
import { zoneOf } from '../../server/core/time/zone.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { addKey } from '../../server/office/keys.ts'
import type { Records } from '../../server/store/port.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { CITY_SEED, lotsOf } from './lots.ts'
import { type Served, startServer } from './process.ts'
import { openSender, type Sender } from './sender.ts'

export interface KillOptions {
  readonly folder: string
  readonly rounds: number
  readonly seed: number
  readonly entry?: string | undefined
  readonly said?: (line: string) => void
}

export interface KillReport {
  readonly rounds: number
  /** Rounds in which the kill hit requests that were on their way. */
  readonly midway: number
  /** Rounds in which it hit a server that was still starting. */
  readonly starting: number
  readonly accepted: number
  /** Events of lost answers: found to be in the store, and not. */
  readonly unansweredKept: number
  readonly unansweredLost: number
  readonly cases: number
  readonly cards: number
  /** Everything below should be empty. */
  readonly missing: readonly string[]
  readonly findings: readonly string[]
  readonly cardFaults: readonly string[]
}

const CONNECTIONS = 6
const MOST_ANSWERS = 60
const LONGEST_MS = 60
const START_KILL_SHARE = 0.15
const START_KILL_MS = 600
const HOUR_MS = 3_600_000
/** Everything the city sends lies before it. */
const FIRST_CLOCK = parseInstant('2026-10-12T09:00:00+08:00') as Instant
const SPEED = 5_000
const zone = zoneOf('Asia/Shanghai')

/** The torture is in the moment: the only wait in these tests, and nothing is expected of its length. */
const moment = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A clock that mostly goes on and at times goes back; its speed lets deadlines pass while the load runs. */
const clockOf = (random: Random, round: number): string => {
  const drift = (round * 6 + random.between(-24, 24)) * HOUR_MS
  return `${printInstant(asInstant(FIRST_CLOCK + drift), zone)}x${SPEED}`
}

/** Every card is raised once; its history is whole and its instants never go back. */
export const cardFaults = async (records: Records): Promise<{ cards: number; faults: string[] }> => {
  const faults: string[] = []
  const seen = new Set<string>()
  for (let after: string | null = ''; after !== null; ) {
    const page: Awaited<ReturnType<Records['listCards']>> = await records.listCards({
      limit: 500,
      ...(after === '' ? {} : { after }),
    })
    for (const { card, moves } of page.rows) {
      if (seen.has(card.cardId)) faults.push(`${card.cardId} is there twice`)
      seen.add(card.cardId)
      const raised = moves.filter(({ move }) => move === 'raise').length
      if (raised !== 1) faults.push(`${card.cardId} was raised ${raised} times`)
      if (moves.some(({ n }, i) => n !== i + 1) || moves.length !== card.moves)
        faults.push(`${card.cardId} has a gap in its history`)
      if (moves.some(({ at }, i) => i > 0 && at < (moves[i - 1]?.at ?? 0)))
        faults.push(`${card.cardId} goes back in time`)
    }
    after = page.next
  }
  return { cards: seen.size, faults }
}

/** Audit and verification of a folder, on one state of it, beside whatever runs there. */
export const examine = async (
  folder: string,
): Promise<{ cases: number; cards: number; findings: string[]; cardFaults: string[] }> => {
  const records = openRecords(folder, { frozen: true })
  const trail = openTrail(folder)
  try {
    const { cases, pending, findings } = await auditStore({ records })
    const { cards, faults } = await cardFaults(records)
    const verdict = await verifyStore(trail)
    const told = findings.map(({ what, where, detail }) => `audit ${what} ${where}: ${detail}`)
    if (pending > 0) told.push(`audit: ${pending} cases pending`)
    told.push(...verdict.findings.map((finding) => `verify ${JSON.stringify(finding)}`))
    return { cases, cards, findings: told, cardFaults: faults }
  } finally {
    await records.close()
    await trail.close()
  }
}

const makeKeys = async (folder: string): Promise<Record<string, string>> => {
  // keys are given for a ledger: it is there before the first of them (A6)
  beginLedger(folder)
  const rows = openKeys(folder)
  const keys: Record<string, string> = {}
  for (const { source } of makeCity(CITY_SEED).sources) keys[source] = (await addKey(rows, { source }, 0)).key
  keys.administrator = (await addKey(rows, { role: 'administrator' }, 0)).key
  await rows.close()
  return keys
}

const postCatalogue = async ({ url }: Served, key: string): Promise<void> => {
  const answer = await fetch(`${url}/api/v1/catalogue`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(makeCity(CITY_SEED).catalogue),
  })
  if (!answer.ok) throw new Error(`the catalogue was refused: ${await answer.text()}`)
}

interface Run {
  readonly options: KillOptions
  readonly random: Random
  readonly sender: Sender
  readonly tally: { midway: number; starting: number; kept: number; lost: number; checked: number }
}

/** Starts the server for a round; now and then one is killed while it is starting. */
const startFor = async ({ options, random, tally }: Run, round: number): Promise<Served> => {
  const { folder, entry } = options
  const launch = { folder, entry, clock: clockOf(random, round) }
  if (random.chance(START_KILL_SHARE)) {
    const starting = startServer(launch)
    await moment(random.between(0, START_KILL_MS))
    await starting.kill()
    tally.starting += 1
  }
  return startServer(launch).ready
}

const LAST_WORDS_MS = 1_000

/** Work before a server that must live through it; where it does not, its last words are the error. */
const before = async <T>(served: Served, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    await Promise.race([served.died, moment(LAST_WORDS_MS)])
    throw error
  }
}

/** One round: load, kill at a seeded moment, start again, ask for everything that was answered. */
const killOnce = async (run: Run, served: Served, round: number): Promise<{ served: Served; missing: string[] }> => {
  const { random, sender, tally } = run
  const load = sender.push(served.url, CONNECTIONS, random.between(1, MOST_ANSWERS))
  await Promise.race([load.enough, served.died])
  // between two answers, not on one
  await moment(random.between(0, LONGEST_MS))
  await served.kill()
  await load.done
  if (sender.unansweredCount() > 0) tally.midway += 1
  const next = await startFor(run, round)
  const missing = await before(next, () => sender.recall(next.url, tally.checked))
  tally.checked = sender.acceptedCount()
  const settled = await before(next, () => sender.settle(next.url))
  tally.kept += settled.known
  tally.lost += settled.accepted
  return { served: next, missing }
}

export const killRounds = async (options: KillOptions): Promise<KillReport> => {
  const { folder, rounds, seed, said = () => undefined } = options
  const random = seededRandom(seed, 'kill')
  const keys = await makeKeys(folder)
  const sender = openSender(lotsOf(seededRandom(seed, 'lots')), keys)
  const tally = { midway: 0, starting: 0, kept: 0, lost: 0, checked: 0 }
  const run: Run = { options, random, sender, tally }
  const missing: string[] = []
  const findings: string[] = []
  const faults: string[] = []
  let served = await startServer({ folder, entry: options.entry, clock: clockOf(random, 0) }).ready
  let last = { cases: 0, cards: 0 }
  try {
    await postCatalogue(served, keys.administrator ?? '')
    for (let round = 1; round <= rounds; round++) {
      const done = await killOnce(run, served, round)
      served = done.served
      missing.push(...done.missing)
      const seen = await examine(folder)
      findings.push(...seen.findings)
      faults.push(...seen.cardFaults)
      last = seen
      said(
        `round ${round}: ${sender.acceptedCount()} accepted, ${done.missing.length} missing, ${seen.cases} cases, ` +
          `${seen.cards} cards, ${seen.findings.length + seen.cardFaults.length} findings`,
      )
    }
    missing.push(...(await sender.recall(served.url, 0)))
    if ((await served.stop()) !== 0) findings.push('the last server did not stop cleanly')
    const end = await examine(folder)
    findings.push(...end.findings)
    faults.push(...end.cardFaults)
    last = end
  } finally {
    await served.kill()
  }
  return {
    rounds,
    midway: tally.midway,
    starting: tally.starting,
    accepted: sender.acceptedCount(),
    unansweredKept: tally.kept,
    unansweredLost: tally.lost,
    cases: last.cases,
    cards: last.cards,
    missing,
    findings,
    cardFaults: faults,
  }
}
