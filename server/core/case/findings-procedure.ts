// Findings of how a case was handled: acceptance, corrections, pauses, steps, stated limits. They hang on facts alone, not
// on a clock. What a source cannot send is not known and never missing (I12). Rules: P-01, P-02, P-03, P-04, D-06, C2.

import { couldTell } from './ability.ts'
import { holderBehind } from './custody.ts'
import { type FindingGrounds, type Found, raise, untypedIn } from './findings-ground.ts'
import { isLenient } from './flags.ts'
import { isAfter, mayCoincide, standsAt } from './stands.ts'
import type { Notice, Step } from './state.ts'

const missingAcceptance = (at: FindingGrounds, out: Found): void => {
  if (!at.acceptance.missing || at.concluded === null) return
  if (!couldTell(at.state, at.grounds.law, at.concluded, 'ACCEPT')) {
    out.unknown.add('ACCEPT')
    return
  }
  const limitAt = at.concluded.at
  const basis = { concluded_at: limitAt }
  const contested = untypedIn(at)
  raise(at, 'P-01', { occasion: 'acceptance', limitAt, basis, provisional: false, byClock: false, contested }, out)
}

/** Accepted though something was missing (容缺受理) or on a promise (告知承诺): what is asked for later is no fault (T8). */
const isAllowed = ({ state }: FindingGrounds, notice: Notice): boolean =>
  state.accepted !== null && isLenient(state.accepted) && !isAfter(state.accepted, notice)

/** P-02: every notice but the first; what may tell of the same instant, or is of the bare day of the other, is one notice. */
const furtherNotices = (at: FindingGrounds, out: Found): void => {
  const told: Notice[] = []
  // they are in order: only the last can be of the same instant or day
  let last: Notice | null = null
  for (const notice of at.state.notices) {
    if (last !== null && mayCoincide(last, notice)) continue
    told.push(notice)
    last = notice
  }
  for (const [i, notice] of told.entries()) {
    if (i === 0 || isAllowed(at, notice)) continue
    const basis = { notice: i + 1, first_at: (told[0] as Notice).at }
    const occasion = `notice:${notice.source}:${notice.eventId}`
    const limitAt = notice.at
    raise(
      at,
      'P-02',
      { occasion, limitAt, basis, provisional: false, byClock: false, holder: holderBehind(notice) },
      out,
    )
  }
}

/** P-03: an unlawful kind, or no notice, basis or approver, where the source could have said so. */
const faultyPauses = (at: FindingGrounds, out: Found): void => {
  for (const { pause, faults, unknown, lawful } of at.pauses) {
    for (const key of unknown) out.unknown.add(key)
    if (faults.length === 0) continue
    const basis = { faults: faults.join(' '), kind: pause.kind, lawful }
    const occasion = `pause:${pause.source}:${pause.eventId}`
    const limitAt = pause.at
    raise(
      at,
      'P-03',
      { occasion, limitAt, basis, provisional: false, byClock: false, holder: holderBehind(pause) },
      out,
    )
  }
}

const STEP_TYPES = ['STEP_START', 'STEP_END'] as const

/** Codes that come, for sure (I15), after one that the template has behind them; each by its first mention. */
const turnedIn = (done: ReadonlyMap<string, Step>, places: ReadonlyMap<string, number>): string[] => {
  const turned: string[] = []
  const before: { readonly place: number; readonly at: number }[] = []
  for (const [code, step] of done) {
    const place = places.get(code)
    if (place === undefined) continue
    if (before.some((other) => other.place > place && step.at > other.at)) turned.push(code)
    before.push({ place, at: standsAt(step) })
  }
  return turned
}

/** P-04: steps of the item's template that were left out or came before an earlier one, at a conclusion on the merits. */
const stepsAstray = (at: FindingGrounds, out: Found): void => {
  const { concluded } = at
  const template = at.grounds.item?.steps ?? []
  if (concluded === null || template.length === 0) return
  if (concluded.type !== 'DECIDE' && concluded.type !== 'COMPLETE') return
  // what follows a decision follows a grant: nobody makes a certificate of a refusal
  const refused = at.state.ends.some((end) => end.type === 'DECIDE' && end.result === 'refused')
  const completed = !refused && at.state.ends.some((end) => end.type === 'COMPLETE')
  const due = template.filter((step) => completed || !step.afterDecision).map(({ code }) => code)
  // what was done is told in order of its first mention, after the conclusion only for steps that belong there
  const after = new Set(template.filter((step) => step.afterDecision).map(({ code }) => code))
  const done = new Map<string, Step>()
  for (const step of at.state.steps)
    if (!done.has(step.code) && (!isAfter(step, concluded) || after.has(step.code))) done.set(step.code, step)
  const missing = due.filter((code) => !done.has(code))
  const turned = turnedIn(done, new Map(template.map(({ code }, place) => [code, place])))
  if (missing.length === 0 && turned.length === 0) return
  if (missing.length > 0 && STEP_TYPES.every((type) => !couldTell(at.state, at.grounds.law, concluded, type))) {
    out.unknown.add('STEP_START')
    if (turned.length === 0) return
  }
  const basis = { missing: missing.join(' '), out_of_order: turned.join(' ') }
  const limitAt = concluded.at
  raise(at, 'P-04', { occasion: 'steps', limitAt, basis, provisional: false, byClock: false }, out)
}

/** P-04: a RESUME with nothing open. */
const resumesOfNothing = (at: FindingGrounds, out: Found): void => {
  for (const mark of at.state.resumesOfNothing) {
    if (!couldTell(at.state, at.grounds.law, mark, 'SUSPEND')) {
      out.unknown.add('SUSPEND')
      continue
    }
    const occasion = `resume:${mark.source}:${mark.eventId}`
    const holder = holderBehind(mark)
    const basis = { resumed_at: mark.at }
    raise(at, 'P-04', { occasion, limitAt: mark.at, basis, provisional: false, byClock: false, holder }, out)
  }
}

const laterStated = (at: FindingGrounds, out: Found): void => {
  for (const later of at.clocks.later) {
    const limitAt = at.state.accepted?.at ?? at.state.first.at
    const basis = { stated: later.stated, stated_due_at: later.statedDueAt, due_at: later.dueAt }
    raise(at, 'D-06', { occasion: later.kind, limitAt, basis, provisional: false, byClock: false }, out)
  }
}

export const procedureFindings = (at: FindingGrounds, out: Found): void => {
  missingAcceptance(at, out)
  furtherNotices(at, out)
  faultyPauses(at, out)
  stepsAstray(at, out)
  resumesOfNothing(at, out)
  laterStated(at, out)
}
