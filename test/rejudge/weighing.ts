// A preview of a load of law laid beside what the load does: the walker of a store, the differences of before and after, and
// what is told of them (T1a, J6).

import { rmSync } from 'node:fs'
import { expect } from 'vitest'
import type { CardMoved, CaseMoved, LawMoves } from '../../server/contract/law-moves.ts'
import type { Card } from '../../server/core/card/card.ts'
import { buildLaw, lawAfter } from '../../server/core/law/build.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { weighLaw } from '../../server/supervision/weigh-law.ts'
import { openDisk } from '../audit/ledger.ts'
import { seeded } from '../plan/city.ts'
import { openSupervisorOn } from '../supervision/house.ts'
import { DAY, iso, type Walker } from '../walks/walker.ts'
import { type Draw, type StoreSaid, saidOf } from './loads.ts'

const START = '2026-04-20T09:00:00+08:00'

/** A walker on an empty ledger, and how to end it. */
export const openWalker = async (seed: number): Promise<{ walker: Walker; close: () => Promise<void> }> => {
  const disk = openDisk()
  const house = await openSupervisorOn(disk.store, START)
  const walker: Walker = { random: seeded(seed), disk, house, events: [], cases: [], n: 0, count: () => undefined }
  const close = async (): Promise<void> => {
    await walker.house.close()
    await disk.close()
    rmSync(disk.folder, { recursive: true, force: true })
  }
  return { walker, close }
}

export const drawOf = (walker: Walker): Draw => ({
  below: (most) => Math.floor(walker.random() * most),
  dayFrom: (days) => iso(walker.house.supervisor.now() + days * DAY).slice(0, 10),
})

export const NO_CLOCK = '[null,null]'
const OUT = ['lifted', 'revoked']

/** out, overtaken, waiting, counted: what a card is worth as it stands (C4, T13). */
const worth = (card: Card | undefined): string => {
  if (card === undefined || OUT.includes(card.state)) return 'out'
  if (card.state === 'overtaken') return 'overtaken'
  return card.state === 'to_confirm' || (card.provisional && card.level >= 2) ? 'waiting' : 'counted'
}

const SHIFT: Readonly<Record<string, string>> = {
  'out counted': 'raised',
  'out waiting': 'raised_waiting',
  'out overtaken': 'overtaken',
  'overtaken counted': 'restored',
  'overtaken waiting': 'restored',
  'overtaken out': 'lifted',
  'waiting counted': 'counted',
  'waiting out': 'lifted',
  'waiting overtaken': 'overtaken',
  'counted waiting': 'waiting',
  'counted out': 'lifted',
  'counted overtaken': 'overtaken',
}

const shiftBetween = (was: Card | undefined, is: Card): string => {
  if (is.state === 'to_lift' && was?.state !== 'to_lift') return 'to_lift'
  return SHIFT[`${worth(was)} ${worth(is)}`] ?? 'changed'
}

type Told = Record<string, { line: string; cards: string[] }>

const cardLine = ({ card_id, level, shift, from, to }: Omit<CardMoved, 'rule'> | CardMoved): string =>
  `${card_id} ${level} ${from} → ${to}: ${shift}`

const caseLine = (each: Omit<CaseMoved, 'cards' | 'project_no' | 'code'>): string =>
  `${each.due_before} → ${each.due_after}, ${each.verdict_before} → ${each.verdict_after}, ${each.apart}`

/** What two states of a store differ in, in the words of a preview. */
const difference = (before: StoreSaid, after: StoreSaid): Told => {
  const told: Told = {}
  const none = { clocks: NO_CLOCK, due: null, verdict: null, flows: '[]', apart: null }
  const at = (no: string) => {
    const [was, is] = [before.cases.get(no) ?? none, after.cases.get(no) ?? none]
    const dues = { due_before: was.due, due_after: is.due, verdict_before: was.verdict, verdict_after: is.verdict }
    const line = caseLine({ ...dues, apart: is.apart } as Parameters<typeof caseLine>[0])
    told[no] ??= { line, cards: [] }
    return told[no]
  }
  for (const no of new Set([...before.cases.keys(), ...after.cases.keys()])) {
    const [was, is] = [before.cases.get(no) ?? none, after.cases.get(no) ?? none]
    if (JSON.stringify(was) !== JSON.stringify(is)) at(no)
  }
  for (const [cardId, is] of after.cards) {
    const was = before.cards.get(cardId)
    if (was !== undefined && JSON.stringify(was) === JSON.stringify(is)) continue
    const shift = shiftBetween(was, is) as CardMoved['shift']
    const moved = { card_id: cardId, level: is.level, shift, from: was?.state ?? null, to: is.state }
    at(is.projectNo ?? is.subject).cards.push(cardLine(moved))
  }
  for (const each of Object.values(told)) each.cards.sort()
  return told
}

const told = (moved: readonly CaseMoved[]): Told =>
  Object.fromEntries(
    moved.map((each) => [
      each.project_no ?? each.code ?? '',
      { line: caseLine(each), cards: each.cards.map(cardLine).sort() },
    ]),
  )

const NAMES: Readonly<Record<string, string>> = {
  overdue: 'overdue_in_hand',
  warning: 'warnings',
  yellow: 'yellows',
  red: 'reds',
}

const figuresBetween = (before: StoreSaid, after: StoreSaid): Record<string, number> => {
  const kinds = new Set([...Object.keys(before.figures), ...Object.keys(after.figures)])
  const moved = [...kinds].map((kind) => [kind, (after.figures[kind] ?? 0) - (before.figures[kind] ?? 0)] as const)
  return Object.fromEntries(moved.filter(([, n]) => n !== 0).map(([kind, n]) => [NAMES[kind] ?? kind, n]))
}

/** The preview of a document, everything that it lists. */
export const preview = async (
  walker: Walker,
  body: Record<string, unknown>,
): Promise<{ moves: LawMoves; moved: CaseMoved[] }> => {
  const { store } = walker.disk
  const documents = (await store.laws()).map(({ seq, body: text }) => ({ entry: seq, body: JSON.parse(text) }))
  const before = buildLaw(documents)
  const after = lawAfter(before, { entry: (await store.head()).seq + 1, body })
  const moved: CaseMoved[] = []
  const now = walker.house.supervisor.now()
  const moves = await weighLaw({ records: store, before, after, now, each: (one) => moved.push(one) })
  return { moves, moved }
}

export const take = async (walker: Walker, body: Record<string, unknown>): Promise<number> => {
  const { supervisor } = walker.house
  const { entry } = await supervisor.loadCatalogue(body, canonicalize(body as never), 'admin')
  await supervisor.settled()
  return entry
}

export const saidBy = (walker: Walker): Promise<StoreSaid> => saidOf(walker.disk.store, walker.house.supervisor)

/** Previewed, taken, laid beside what it moved. */
export const asTold = async (walker: Walker, body: Record<string, unknown>): Promise<number> => {
  const before = await saidBy(walker)
  const { moves, moved } = await preview(walker, body)
  const entry = await take(walker, body)
  const after = await saidBy(walker)
  expect(told(moved)).toEqual(difference(before, after))
  expect(moves.figures).toEqual(figuresBetween(before, after))
  expect([moves.moved, moves.looked]).toEqual([moved.length, moves.cases])
  const counted: Record<string, number> = {}
  for (const { shift } of moved.flatMap(({ cards }) => cards)) counted[shift] = (counted[shift] ?? 0) + 1
  expect(Object.fromEntries(Object.entries(moves.cards).filter(([, n]) => n > 0))).toEqual(counted)
  return entry
}

/**
 * How all stands, without what is told anew: when a card was raised, until when it is to be answered. Where numbers moved,
 * cards about which somebody is asked are that person's, and what they add (C5).
 */
export const standing = ({ cards, cases, totals }: StoreSaid, ofNumbers: boolean): object => {
  const out = [...cards.values()].filter(({ state, lift }) => state !== 'lifted' && !(ofNumbers && lift !== null))
  const stand = ({ cardId, state, level, provisional, limitAt, department, holder, ofRecord }: Card): string =>
    JSON.stringify([cardId, state, level, provisional, limitAt, department, holder, ofRecord])
  // a row that keeps the lifted cards of a number without facts is no case
  const there = [...cases].filter(([, { clocks, flows }]) => clocks !== NO_CLOCK || flows !== '[]')
  if (!ofNumbers) return { cards: out.map(stand).sort(), cases: Object.fromEntries(there), totals }
  const folded = there.filter(([, { clocks }]) => clocks !== NO_CLOCK)
  const bare = folded.map(([no, { clocks, due, verdict }]) => [no, clocks, due, verdict])
  return { cards: out.map(stand).sort(), cases: bare.sort() }
}
