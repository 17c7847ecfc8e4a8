// A case's further clocks in the words of the office (T9): what each is called, how it ended, which card tells of it; what
// its sources cannot say (I12) and where two of them differ (F5). Pure; reckons nothing, every instant is the server's.

import type { CardView, CaseView, DutyView, ExplainView } from '../../server/contract/api.ts'
import { dayOnlyText, instantText, payloadPairs } from '../frame/tell.ts'
import { named, type Words, wordFor } from '../i18n/words.ts'

/** Names of departments by code. */
export type Orgs = ReadonlyMap<string, string>

/** The name of a clock of a case in the address: its kind, and the fact that began it. */
export const clockKey = (of: Pick<ExplainView, 'clock' | 'ref'>): string =>
  of.ref === '' ? of.clock : `${of.clock}:${of.ref}`

/** Departments that a case knows by name, by code: its own and those that held it. */
export const orgNames = (found: Pick<CaseView, 'department' | 'department_name' | 'custody' | 'used_by'>): Orgs => {
  const held = [...found.custody, ...found.used_by].flatMap(({ holder }): [string, string][] =>
    holder.org_code === null || holder.org_name === null ? [] : [[holder.org_code, holder.org_name]],
  )
  return new Map([...held, [found.department, found.department_name]])
}

/** What a code of a step is called, as the item of the case lists it or as the step was told. */
export type StepNames = ReadonlyMap<string, string>

export const stepNames = (t: Words, found: Pick<CaseView, 'steps' | 'step_names'>): StepNames =>
  new Map(
    [...found.steps, ...found.step_names].map((step) => [
      step.step_code,
      step.name === null ? step.step_code : named(t, step.name, step.name_en),
    ]),
  )

/** "暂停 听证", "联办 消防救援", "送达". */
export const dutyName = (t: Words, duty: Pick<DutyView, 'clock' | 'of'>, orgs: Orgs): string => {
  if (duty.of === null) return t.explain.clock[duty.clock]
  return duty.clock === 'pause'
    ? t.duty.pause(wordFor(t.pauseKind, duty.of))
    : t.duty.member(orgs.get(duty.of) ?? duty.of)
}

/** What the clocks of a case are called beyond their kind, by their key. */
export const clockNames = (
  t: Words,
  found: Parameters<typeof orgNames>[0] & Pick<CaseView, 'duties'>,
): Map<string, string> => {
  const orgs = orgNames(found)
  return new Map(found.duties.map((duty) => [clockKey(duty), dutyName(t, duty, orgs)]))
}

/** The sentence of the clock by which a case is due: the promise, else the statute; null: it has none. */
export const dueSentence = (t: Words, explain: readonly ExplainView[], clock?: ExplainView['clock']): string | null => {
  const told =
    clock === undefined
      ? (explain.find((each) => each.clock === 'promise') ?? explain.find((each) => each.clock === 'statute'))
      : explain.find((each) => each.clock === clock)
  if (told === undefined) return null
  const sentence = t.lang === 'en' ? told.en : told.zh
  return told.provisional ? `${sentence}${t.lang === 'en' ? ' ' : ''}${t.case.provisionalWhy}` : sentence
}

export interface DutyEnd {
  kind: 'met' | 'late_met' | 'ended' | 'running' | 'late' | 'unknown'
  at: string | null
}

/** Delivery alone is owed after the end; any other clock may have ended with its case instead of being met. */
export const dutyEnd = (duty: DutyView, concludedAt: string | null): DutyEnd => {
  const { met_at: at, late } = duty
  // nobody's event says whether it was met: there is a due day, and no lateness
  if (late === null) return { kind: 'unknown', at: null }
  if (at === null) return { kind: late ? 'late' : 'running', at }
  if (late) return { kind: 'late_met', at }
  return { kind: at === concludedAt && duty.clock !== 'delivery' ? 'ended' : 'met', at }
}

export const dutyEndText = (t: Words, duty: DutyView, concludedAt: string | null): string => {
  const { kind, at } = dutyEnd(duty, concludedAt)
  const when = at === null ? '' : ` ${instantText(t, at)}`
  if (kind === 'late') return `${t.duty.late} · ${t.duty.owed[duty.clock]}`
  if (kind === 'unknown') return t.duty.unknown
  if (kind === 'running') return t.duty.running
  if (kind === 'ended') return `${t.duty.ended}${when}`
  const met = t.duty.met[duty.clock]
  return `${kind === 'late_met' ? t.duty.lateMet(met) : met}${when}`
}

const OUT = new Set(['lifted', 'revoked'])

/** The standing card that tells of a duty's limit, by clock and opening fact (C2). */
export const cardOfDuty = (cards: readonly CardView[], duty: Pick<DutyView, 'clock' | 'ref'>): CardView | null => {
  const isIts = (card: CardView): boolean =>
    card.basis.clock === duty.clock &&
    (duty.ref === '' ? card.occasion === duty.clock : card.occasion.endsWith(`:${duty.ref}`))
  return cards.find((card) => isIts(card) && !OUT.has(card.state)) ?? null
}

/** "：没有书面告知、没有依据", or nothing to say (P-03). */
export const pauseFaults = (t: Words, faults: readonly string[]): string =>
  faults.length === 0 ? '' : `（${faults.map((fault) => wordFor(t.values.faults ?? {}, fault)).join(t.count.list)}）`

export interface MissingLine {
  sources: string[]
  event: string
  /** A payload key of it; null: the event itself. */
  key: string | null
}

const ENDS = new Set(['DECIDE', 'COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'])
/** Which facts show whose silence it is, where the silent event cannot be there itself. */
const WITNESS: Readonly<Record<string, ReadonlySet<string>>> = { SUSPEND: new Set(['RESUME']) }

/** `SUSPEND.notice_at` → which sources reported such an event without it; `DELIVER` → whose end leaves it open. */
export const missingLines = (found: Pick<CaseView, 'basis_missing' | 'events' | 'source'>): MissingLine[] =>
  found.basis_missing.map((code) => {
    const [event = code, key = null] = code.split('.')
    const standing = found.events.filter((row) => !row.void)
    const witnesses =
      key === null
        ? standing.filter((row) => (WITNESS[event] ?? ENDS).has(row.event_type))
        : standing.filter((row) => row.event_type === event && (row.payload[key] ?? '') === '')
    const sources = [...new Set(witnesses.map((row) => row.source_system))]
    return { sources: sources.length === 0 ? [found.source] : sources, event, key }
  })

export const missingText = (t: Words, { event, key }: Pick<MissingLine, 'event' | 'key'>): string => {
  const named = wordFor(t.eventType, event)
  return key === null ? named : t.flags.keyOf(named, wordFor(t.payload, key))
}

const FIELD_EVENTS: Readonly<Record<string, readonly string[]>> = {
  received: ['RECEIVE'],
  accepted: ['ACCEPT'],
  decided: ['DECIDE'],
  completed: ['COMPLETE'],
  // which of the two came first
  reopened: ['REFUSE_ACCEPT', 'ACCEPT'],
}
const DIFFER_IN = new Set(['promise_limit', 'legal_limit', 'promise_due_at', 'legal_due_at', 'result', 'joint_parent'])

/** Who says what about a field in which sources differ. */
export const conflictLines = (
  t: Words,
  found: Pick<CaseView, 'conflicts' | 'events'>,
): { field: string; told: string[]; why: string }[] =>
  found.conflicts.map((field) => ({
    field: wordFor(t.flags.conflict, field),
    why: field === 'reopened' ? t.flags.orderWhy : t.flags.conflictWhy,
    told: found.events
      .filter((row) => !row.void && FIELD_EVENTS[field]?.includes(row.event_type) === true)
      .map((row) => {
        const differing = Object.entries(row.payload).filter(([key]) => DIFFER_IN.has(key))
        const pairs = payloadPairs(t, Object.fromEntries(differing)).map(({ key, value }) => `${key} ${value}`)
        const what = field === 'reopened' ? [wordFor(t.eventType, row.event_type)] : []
        const at = row.precision === 'day' ? dayOnlyText(t, row.occurred_at, null) : instantText(t, row.occurred_at)
        const said = [...what, at, ...pairs].join(' ')
        return t.flags.conflictLine(row.source_system, said)
      }),
  }))

/** Cards that wait for a person because what was told differs (F5, I11). */
export const contestedCards = (cards: readonly CardView[]): CardView[] =>
  cards.filter((card) => card.waits_for === 'contested')

/** Whether a case may be urged: where a local rule gives the urge a meaning (T12), past its promise and not decided. `now` is the supervision clock's. */
export const isUrgeable = (
  found: Pick<CaseView, 'promise_due_at' | 'concluded_at' | 'status' | 'tacit_rule'>,
  now: string | null,
): boolean =>
  found.tacit_rule !== null &&
  found.promise_due_at !== null &&
  found.concluded_at === null &&
  found.status !== 'concluded' &&
  now !== null &&
  Date.parse(now) > Date.parse(found.promise_due_at)
