// Fold: given these facts, this happened. No law, no clock (F1, F2, F5).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareOrder, EVENT_TYPES, orderOf, phaseOf } from '../../../server/core/case/event.ts'
import { applyFact, foldCase } from '../../../server/core/case/fold.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import { at, fact, facts, folded, told } from './world.ts'

const ends = (state: CaseState): string => state.ends.map(({ type }) => type).join(' ')

describe('fold', () => {
  it('F1: facts stand in the order of instant, phase, source and id, whatever order they came in', () => {
    const ordered = facts(`
      06-01 09:00 RECEIVE source=s2 id=b
      06-01 09:00 ACCEPT  source=s1 id=z
      06-01 09:00 ACCEPT  source=s2 id=a
      06-01 09:00 ACCEPT  source=s2 id=b
      06-01 09:01 RECEIVE source=s1 id=a`)
    const shuffled = [3, 0, 4, 2, 1].map((i) => ordered[i] as (typeof ordered)[number])
    expect(shuffled.sort((a, b) => compareOrder(orderOf(a), orderOf(b)))).toEqual(ordered)
  })

  it('F1: at equal stamps the earlier phase comes first: all of a case at one stamp folds into one whole story', () => {
    const state = folded(`
      06-01 09:00 DELIVER
      06-01 09:00 COMPLETE
      06-01 09:00 DECIDE result=granted
      06-01 09:00 STEP_END step_code=SC
      06-01 09:00 STEP_START step_code=SC
      06-01 09:00 ACCEPT
      06-01 09:00 RECEIVE`)
    expect(ends(state)).toBe('DECIDE COMPLETE')
    expect(state.steps).toMatchObject([{ code: 'SC', from: at('06-01 09:00'), to: at('06-01 09:00') }])
    expect(state.deliveries[0]).not.toBeNull()
    expect(state.last[3]).toBe('e1')
  })

  it('F1: the phases are those of the standard, in its order', () => {
    expect(EVENT_TYPES.map(phaseOf)).toEqual(EVENT_TYPES.map((_, i) => i))
    expect(EVENT_TYPES.join(' ')).toBe(
      'RECEIVE PRE_ACCEPT CORRECT_NOTICE CORRECT_DONE ACCEPT REFUSE_ACCEPT STEP_START HANDOVER JOINT_DISPATCH ' +
        'JOINT_REPLY SUSPEND RESUME EXTEND STEP_END FEE DECIDE COMPLETE WITHDRAW TERMINATE DELIVER RATE COMPLAIN URGE ' +
        'ATTEND INSPECT VOID',
    )
  })

  it.each(EVENT_TYPES)('F1: a case of one %s alone is a case', (type) => {
    const state = folded(`06-01 09:00 ${type} target=x to=D2 days=3 item=PERMIT region=R1`)
    expect(state.facts).toBe(1)
    expect(state.item).toBe('PERMIT')
    expect(state.region).toBe('R1')
    expect(state.first).toMatchObject({ at: at('06-01 09:00'), org: 'D1', window: 'A01' })
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })

  it('F1: no fact, no case', () => {
    expect(foldCase([], 'P1')).toBeNull()
  })

  it('F2: any order of arrival folds into the same state, and so does adding the next fact in order', () => {
    const story = facts(`
      06-01 09:00 RECEIVE item=PERMIT
      06-01 09:30 CORRECT_NOTICE
      06-02 09:30 CORRECT_DONE
      06-02 09:31 ACCEPT source=s2
      06-02 09:31 STEP_START step_code=SC
      06-03 09:31 SUSPEND kind=hearing approved_days=10WD
      06-04 09:31 HANDOVER to=D2 direction=front_to_back
      06-05 09:31 SUSPEND kind=testing
      06-08 09:31 RESUME kind=hearing
      06-08 09:31 STEP_END step_code=SC
      06-09 09:31 EXTEND days=5
      06-09 09:31 REFUSE_ACCEPT
      06-10 09:31 ACCEPT
      06-11 09:31 DECIDE result=granted`)
    const whole = foldCase(story, 'P1')
    fc.assert(
      fc.property(fc.shuffledSubarray(story, { minLength: story.length }), (shuffled) => {
        expect(foldCase(shuffled, 'P1')).toEqual(whole)
      }),
      { seed: 20260601, numRuns: 200 },
    )
    let state: CaseState | null = null
    for (const next of story) {
      const before: string = JSON.stringify(state)
      const after: CaseState = applyFact(state, next, 'P1')
      expect(JSON.stringify(state)).toBe(before)
      state = after
    }
    expect(state).toEqual(whole)
  })
})

describe('what counts, and what is only kept', () => {
  it('F5: the first RECEIVE and the first ACCEPT count, with their limits; those of another source that differ conflict', () => {
    const state = folded(`
      06-01 09:00 RECEIVE source=s1
      06-01 09:05 RECEIVE source=s2
      06-01 10:00 ACCEPT source=s1 promise_limit=5WD
      06-01 10:30 ACCEPT source=s2 promise_limit=8WD window=B01`)
    expect(state.received).toMatchObject({ source: 's1', at: at('06-01 09:00') })
    expect(state.accepted).toMatchObject({ source: 's1', promise: { value: 5, unit: 'WD' } })
    expect(state.conflicts).toEqual(['received', 'accepted'])
  })

  it('F5: another limit at the same instant from another source is a conflict; the same content is none', () => {
    const twice = (second: string) =>
      folded(`
      06-01 10:00 ACCEPT source=s1 promise_limit=5WD legal_due_at=2026-07-01
      06-01 10:00 ACCEPT source=s2 ${second}`).conflicts
    expect(twice('promise_limit=5WD legal_due_at=2026-07-01')).toEqual([])
    expect(twice('promise_limit=6WD legal_due_at=2026-07-01')).toEqual(['accepted'])
    expect(twice('promise_limit=5WD legal_due_at=2026-07-02')).toEqual(['accepted'])
  })

  it('F5: one source that tells a first twice, and differently, is a conflict too', () => {
    const state = folded(`
      06-01 10:00 ACCEPT promise_limit=5WD
      06-02 10:00 ACCEPT promise_limit=8WD`)
    expect(state.conflicts).toEqual(['accepted'])
    expect(state.accepted?.promise?.value).toBe(5)
  })

  it('F5: the first DECIDE counts; another source’s other decision is a conflict', () => {
    const story = (result: string) => `
      06-01 10:00 ACCEPT
      06-05 10:00 DECIDE source=s1 result=granted
      06-05 10:00 DECIDE source=s2 result=${result}`
    expect(folded(story('refused'))).toMatchObject({ conflicts: ['decided'], ends: [{ result: 'granted' }] })
    expect(folded(story('granted')).conflicts).toEqual([])
  })

  it('F5: ACCEPT after REFUSE_ACCEPT opens the case again, and what came between is no end', () => {
    expect(
      ends(
        folded(`
      06-01 09:00 RECEIVE
      06-01 10:00 REFUSE_ACCEPT reason=x
      06-01 11:00 WITHDRAW
      06-02 10:00 ACCEPT`),
      ),
    ).toBe('')
  })

  it('F5: an end before a refusal stands, whatever is accepted afterwards', () => {
    expect(
      ends(
        folded(`
      06-01 10:00 DECIDE result=granted
      06-02 10:00 REFUSE_ACCEPT
      06-03 10:00 ACCEPT`),
      ),
    ).toBe('DECIDE')
  })

  it('F5: events after the end are kept and counted as facts, the ends stay as they were', () => {
    const state = folded(`
      06-01 10:00 ACCEPT
      06-02 10:00 DECIDE result=granted
      06-03 10:00 DECIDE result=refused
      06-04 10:00 STEP_START step_code=ZZ`)
    expect(state.facts).toBe(4)
    expect(state.ends).toMatchObject([{ type: 'DECIDE', result: 'granted', at: at('06-02') }])
  })

  it('D-05: every code that the facts name is kept with its first instant', () => {
    const state = folded(`
      06-01 09:00 RECEIVE item=X1 window=K01 org=D9
      06-02 09:00 ACCEPT item=X1 window=K02 org=D9`)
    expect(state.codes.map(([code, when]) => `${code} ${told(when)}`)).toEqual([
      'item:X1 06-01 09:00:00',
      'window:K01 06-01 09:00:00',
      'department:D9 06-01 09:00:00',
      'window:K02 06-02 09:00:00',
    ])
  })

  it('C10 I8: a case is of a past record only if every fact of it is, up to the earliest declared instant [S3]', () => {
    const both = '06-01 RECEIVE historical=2026-07-01T00:00\n06-02 ACCEPT historical=2026-06-20T00:00'
    expect(told(folded(both).historicalBefore)).toBe('06-20 00:00:00')
    expect(folded(`${both}\n06-03 URGE`).historicalBefore).toBeNull()
    expect(folded('06-01 RECEIVE\n06-02 ACCEPT historical=2026-06-20T00:00').historicalBefore).toBeNull()
    expect(folded('06-01 RECEIVE\n06-02 ACCEPT').historicalBefore).toBeNull()
  })

  it('F3: void facts are left out by the caller; a VOID that is folded all the same changes nothing but the count', () => {
    const without = folded('06-01 ACCEPT')
    const state = applyFact(without, fact('06-02 VOID target=e1', 2), 'P1')
    expect(state).toEqual({ ...without, facts: 2, last: state.last })
    expect(state.last[0]).toBe(at('06-02'))
  })
})
