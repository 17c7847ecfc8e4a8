// A card in the words of the office: its basis as clean pairs and never as codes, what it waits for (T13, I13), who signed
// or declined it and why (T12, C4), what a person may do with it. Pure; whether the person may is the server's to say.

import type { CardView, ClockName } from '../../server/contract/api.ts'
import type { Orgs, StepNames } from '../case/duty.ts'
import { dayText, instantText, limitText, payloadPairs } from '../frame/tell.ts'
import { type Words, wordFor } from '../i18n/words.ts'

/** A proposal of tacit approval cites the local rule it rests on (T12). */
export const isProposal = (card: Pick<CardView, 'basis'>): boolean => card.basis.local_rule !== undefined

interface Pair {
  key: string
  value: string
}

/** Codes parted by blanks, each in its word. */
const listed = (t: Words, words: Readonly<Record<string, string>> | StepNames, value: string): string =>
  value
    .split(' ')
    .filter((code) => code !== '')
    .map((code) => (words instanceof Map ? (words.get(code) ?? code) : wordFor(words as Record<string, string>, code)))
    .join(t.count.list)

const statedText = (t: Words, value: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(value) ? dayText(t, value, true) : limitText(t, value)

type Reader = (t: Words, value: string | number | boolean, steps: StepNames) => string

const days: Reader = (t, value) => (typeof value === 'number' ? t.count.days(value) : String(value))

/** How the values of a basis are read; those not here read by their own shape. */
const READERS: Readonly<Record<string, Reader>> = {
  clock: (t, value) => t.explain.clock[value as ClockName] ?? String(value),
  faults: (t, value) => listed(t, t.values.faults ?? {}, String(value)),
  missing: (t, value, steps) => listed(t, steps, String(value)),
  out_of_order: (t, value, steps) => listed(t, steps, String(value)),
  lawful: (t, value) => (value === true ? t.count.stops : t.count.stopsNot),
  contested: (t, value) => listed(t, t.flags.conflict, String(value)),
  stated: (t, value) => statedText(t, String(value)),
  notice: (t, value) => (typeof value === 'number' ? t.count.notice(value) : String(value)),
  days,
  counted_days: days,
  grace_wd: days,
}

/** Who answered: window and person, else the department, by name where the case knows one (C3). */
export const answersText = (card: CardView, orgs: Orgs): string => {
  const org = card.org_code ?? card.department
  return [card.window_no, card.operator_name].filter(Boolean).join(' ') || (orgs.get(org) ?? org)
}

/** The basis of a card, pair by pair. */
export const basisPairs = (t: Words, basis: CardView['basis'], orgs: Orgs, steps: StepNames = new Map()): Pair[] =>
  Object.entries(basis).flatMap(([key, value]) => {
    if (value === null || value === '') return []
    if (key === 'member') return [{ key: wordFor(t.payload, key), value: orgs.get(String(value)) ?? String(value) }]
    const reader = READERS[key]
    return reader === undefined
      ? payloadPairs(t, { [key]: value }, null, steps)
      : [{ key: wordFor(t.payload, key), value: reader(t, value, steps) }]
  })

/** "待核 · 待来源补传", or how it stands. */
export const waitsText = (t: Words, card: Pick<CardView, 'waits_for'>): string =>
  card.waits_for === null ? '' : t.cardSheet.waits[card.waits_for]

/** What a card to be confirmed waits for, in a sentence. */
export const waitsSentence = (t: Words, card: Pick<CardView, 'waits_for' | 'basis'>): string | null => {
  if (card.waits_for === null) return null
  if (card.waits_for !== 'source') return t.cardSheet.waitsLong[card.waits_for]
  const until = card.basis.waits_until_at
  return t.cardSheet.waitsLong.source(
    String(card.basis.waits_for ?? '—'),
    typeof until === 'string' ? instantText(t, until) : '',
  )
}

export interface Signature {
  move: 'confirm' | 'decline'
  name: string
  /** Whose key entered it, where that is another than the signer. */
  enteredBy: string | null
  at: string
  why: string
}

/** "王某 (supervisor:48eb…)" was said by 王某 and entered by that key. */
export const personOf = (by: string): { name: string; enteredBy: string | null } => {
  const [, name = by, enteredBy = null] = /^(.+) \(([^()]*)\)$/.exec(by) ?? []
  return { name, enteredBy }
}

/** Who made a move: the machine's part, a name, or the role of a key with the beginning of its id. */
export const byText = (t: Words, by: string): string => {
  const [, role = '', id = ''] = /^([a-z]+):([0-9a-f]{12,})$/.exec(by) ?? []
  return role === '' ? wordFor(t.by, by) : `${wordFor(t.keyRole, role)} ${id.slice(0, 6)}`
}

/** The state a move led to; what wants no answer is signed or told, and not waited for. */
export const stateAfter = (
  t: Words,
  card: Pick<CardView, 'signed' | 'level'>,
  move: CardView['history'][number],
): string => {
  if (move.state !== 'notified' || card.level >= 2) return wordFor(t.state, move.state)
  return card.signed && move.move === 'confirm' ? t.cardSheet.signed : t.case.told
}

/** The last word of a person on what waited for one. */
export const signatureOf = (card: Pick<CardView, 'history'>): Signature | null => {
  const move = card.history.findLast((row) => row.move === 'confirm' || row.move === 'decline')
  if (move === undefined) return null
  return { move: move.move as Signature['move'], ...personOf(move.by), at: move.at, why: move.why }
}

/** A person has signed it, and it wants no answer: that is where it stands. */
export const isSigned = (card: CardView): boolean =>
  card.signed && card.level < 2 && signatureOf(card)?.move === 'confirm'

/** A proposal of a case that has been decided is no longer signed. */
export const isOpenProposal = (card: CardView): boolean =>
  isProposal(card) && card.state === 'to_confirm' && card.basis.ended_at === undefined

const MOVES: Readonly<Record<string, readonly string[]>> = {
  to_confirm: ['confirm', 'decline'],
  notified: ['explain'],
  escalated: ['explain'],
  explained: ['close'],
  upheld: ['close'],
  rectified: ['close'],
  downgraded: ['close'],
  to_lift: ['lift', 'keep'],
}

/** The moves a person can make on a card as it stands (C4); a proposal has a form of its own. */
export const movesOf = (card: CardView): readonly string[] => {
  if (isProposal(card) && card.state === 'to_confirm') return []
  const moves = MOVES[card.state] ?? []
  const isForPerson = card.waits_for === 'person' || card.waits_for === 'contested'
  if (card.state === 'to_confirm') return isForPerson ? moves : []
  // one that wants no answer is told and done
  return card.of_record || (card.reply_due_at === null && card.state === 'notified') ? [] : moves
}
