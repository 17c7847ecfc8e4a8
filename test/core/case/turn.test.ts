// Judging between two turns (J1, J2): constant until next_turn_at, level never falling while no event comes. Shown over
// the generator's cases cut after any of their facts, and over small stories stamped ahead of the clock (I11).
import { describe, expect, it } from 'vitest'
import { foldCase } from '../../../server/core/case/fold.ts'
import { type Judgement, judgeCase } from '../../../server/core/case/judge.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { flowsOf } from '../../../server/core/measure/count.ts'
import { asInstant, type Instant } from '../../../server/core/time/instant.ts'
import { cityDay, factsByCase, seeded } from '../../plan/city.ts'
import { at, folded, judged, law, lawOf, told } from './world.ts'

/** All that a judgement says, but the instant it was asked for. */
const said = (judgement: Judgement, state: CaseState): string => {
  const { at: _at, grounds, ...rest } = judgement
  const { department, region, item } = grounds
  const all = { ...rest, department, region, item: item?.code, flows: flowsOf(state, judgement, []) }
  // the whole law hangs on the ground of each clock
  return JSON.stringify(all, (key, value) => (key === 'grounds' ? undefined : value))
}

const MOST_TURNS = 40
/** Many cases take their time where other suites hold the processor. */
const MOST_MS = 300_000

interface Walk {
  readonly turns: number
  readonly changes: number
}

/** Follows a case from turn to turn, asking before, between and at each. */
const walk = (state: CaseState, under: Law, from: Instant, random: () => number): Walk => {
  let judgement = judgeCase(state, under, from)
  let turns = 0
  let changes = 0
  for (; judgement.nextTurnAt !== null; turns++) {
    const { at: now, nextTurnAt } = judgement
    const where = `${state.projectNo} at ${told(now)}, turn ${told(nextTurnAt)}`
    if (turns > MOST_TURNS) throw new Error(`no end of turns: ${where}`)
    if (!(nextTurnAt > now)) throw new Error(`a turn that does not lie ahead: ${where}`)
    const before = said(judgement, state)
    for (const share of [random(), random(), 1]) {
      const between = asInstant(now + Math.floor((nextTurnAt - 1 - now) * share))
      if (said(judgeCase(state, under, between), state) !== before)
        throw new Error(`not constant at ${told(between)}: ${where}`)
    }
    const next = judgeCase(state, under, nextTurnAt)
    if (next.level < judgement.level) throw new Error(`the level fell: ${where}`)
    if (said(next, state) !== before) changes++
    judgement = next
  }
  const late = asInstant(judgement.at + Math.floor(random() * 400 * 86_400_000))
  if (said(judgeCase(state, under, late), state) !== said(judgement, state)) {
    throw new Error(`${state.projectNo} changed at ${told(late)} without a turn`)
  }
  return { turns, changes }
}

describe('judging over the generator’s cases', () => {
  it(
    'J1 J2: constant between now and next_turn_at, the level never falls, and turns bring changes',
    () => {
      const random = seeded(2026)
      let cases = 0
      let turns = 0
      let changes = 0
      for (const seed of [11, 12]) {
        const city = cityDay(seed)
        for (const [projectNo, all] of factsByCase(city.taken)) {
          const ordered = all.slice().sort((a, b) => a.at - b.at)
          const cut = 1 + Math.floor(random() * ordered.length)
          for (const some of [ordered, ordered.slice(0, cut)]) {
            const state = foldCase(some, projectNo)
            if (state === null) continue
            // mostly right after the newest fact, now and then days later, now and then before what is stamped ahead
            const drift = random() < 0.3 ? random() * 20 * 86_400_000 : random() < 0.5 ? -random() * 600_000 : 0
            const walked = walk(state, city.law, asInstant(Math.floor(state.last[0] + drift)), random)
            cases++
            turns += walked.turns
            changes += walked.changes
          }
        }
      }
      expect(cases).toBeGreaterThan(2_000)
      expect(turns).toBeGreaterThan(2_000)
      expect(changes / turns).toBeGreaterThan(0.6)
    },
    MOST_MS,
  )
})

describe('turns', () => {
  const turnsOf = (story: string, from: string): string[] => {
    const state = folded(story)
    const out: string[] = []
    for (let judgement = judgeCase(state, law, at(from)); judgement.nextTurnAt !== null; ) {
      out.push(told(judgement.nextTurnAt))
      judgement = judgeCase(state, law, judgement.nextTurnAt)
    }
    return out
  }

  it('J1: an accepted permit turns at its warning, past its promise and past its statute', () => {
    expect(turnsOf('06-01 ACCEPT item=PERMIT', '06-01')).toEqual(['06-11 09:00:00', '06-16 00:00:00', '07-01 00:00:00'])
  })

  it('J1: a case without statute turns past the grace of T-03p; a step past its limit; a pause at its cap', () => {
    expect(turnsOf('06-01 ACCEPT item=SERVICE', '06-01')).toEqual([
      '06-05 09:00:00',
      '06-09 00:00:00',
      '06-12 00:00:00',
    ])
    expect(turnsOf('06-01 ACCEPT item=PERMIT\n06-02 STEP_START step_code=SC', '06-02')[0]).toBe('06-06 00:00:00')
    const paused = '06-01 ACCEPT item=PERMIT\n06-02 SUSPEND kind=hearing approved_days=3WD notice_at=2026-06-02T09:00'
    expect(turnsOf(paused, '06-02')[0]).toBe('06-05 00:00:00')
  })

  it('J1: silence after a receipt turns when acceptance is deemed', () => {
    expect(turnsOf('06-01 RECEIVE item=PERMIT', '06-01')[0]).toBe('06-09 00:00:00')
    expect(turnsOf('06-01 RECEIVE item=SERVICE', '06-01')).toEqual([])
  })

  it('J1 T-06: a concluded case turns no more, but for the delivery of what was granted', () => {
    const granted = '06-01 ACCEPT item=PERMIT\n06-02 DECIDE result=granted'
    expect(told(judged(granted, '06-02').nextTurnAt)).toBe('06-17 00:00:00')
    expect(judged(granted, '06-17 00:00').nextTurnAt).toBeNull()
    expect(judged(`${granted}\n06-03 DELIVER`, '06-03').nextTurnAt).toBeNull()
    expect(judged('06-01 ACCEPT item=PERMIT\n06-02 DECIDE result=refused', '06-02').nextTurnAt).toBeNull()
    expect(judged('06-01 ACCEPT item=SERVICE\n06-02 DECIDE result=granted', '06-02').nextTurnAt).toBeNull()
  })

  it('J1 I11: a decision stamped minutes ahead of the clock, past the due instant, still turns when the limit passes', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-16 00:04 DECIDE result=refused'
    const before = judged(story, '06-15 23:58')
    expect(before).toMatchObject({ verdict: 'late', overdueFrom: null })
    expect(before.findings.map(({ rule }) => rule)).toEqual(['T-01'])
    expect(told(before.nextTurnAt)).toBe('06-16 00:00:00')
    const after = judged(story, '06-16 00:00')
    expect(after.findings.map(({ rule }) => rule)).toEqual(['T-01', 'T-02'])
    expect(told(judged(story, '06-16 00:04').nextTurnAt)).toBe('—')
  })

  it('J1 I11 T-06: a delivery stamped ahead, past its limit, does not hide that the limit passes before it', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-02 DECIDE result=granted\n06-17 00:04 DELIVER'
    const before = judged(story, '06-16 23:58')
    expect([before.findings, told(before.nextTurnAt)]).toEqual([[], '06-17 00:00:00'])
    expect(judged(story, '06-17 00:00').findings.map(({ rule }) => rule)).toEqual(['T-06'])
  })

  it('J1 I11 T-12: nor the end of the days in which an urge is to be answered', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-16 09:00 URGE\n06-25 00:04 DECIDE result=refused'
    expect(told(judged(story, '06-24 23:58', lawOf('dalian')).nextTurnAt)).toBe('06-25 00:00:00')
  })

  it('J1 I11: an end stamped ahead does not hide that silence accepts before it comes', () => {
    const story = '06-01 RECEIVE item=PERMIT\n06-09 00:04 DECIDE result=refused'
    const before = judged(story, '06-08 23:58')
    expect([before.findings.map(({ rule }) => rule), told(before.nextTurnAt)]).toEqual([[], '06-09 00:00:00'])
    expect(judged(story, '06-09 00:00').findings.map(({ rule }) => rule)).toEqual(['T-05'])
  })

  it('J1 I11: a handover stamped ahead changes hands when its instant comes', () => {
    const story = '06-01 10:00 ACCEPT item=PERMIT\n06-01 10:08 STEP_START step_code=JD window=A02'
    expect(judged(story, '06-01 10:01').holder.window).toBe('A01')
    expect(told(judged(story, '06-01 10:01').nextTurnAt)).toBe('06-01 10:08:00')
    expect(judged(story, '06-01 10:08').holder.window).toBe('A02')
  })

  it('J1, J2, F1, I15: a case that ends with a bare day still turns in the course of that day', () => {
    const accepted = '06-01 10:00 ACCEPT item=PERMIT'
    const handed =
      '06-05 HANDOVER precision=day direction=back_to_front to=A02\n06-05 DECIDE precision=day result=refused'
    const morning = judged(`${accepted}\n${handed}`, '06-05 09:00')
    expect([morning.holder.window, told(morning.nextTurnAt)]).toEqual(['A01', '06-05 23:59:59.999'])
    expect(judged(`${accepted}\n${handed}`, '06-05 23:59:59.999').holder.window).toBe('A02')
    const step = '06-02 STEP_START step_code=SC step_due_at=2026-06-05T10:00\n06-05 10:04 STEP_END step_code=SC'
    const stepped = `${accepted}\n${step}\n06-05 DECIDE precision=day result=refused`
    expect(told(judged(stepped, '06-05 09:58').nextTurnAt)).toBe('06-05 10:00:00.001')
    expect(judged(stepped, '06-05 10:00:00.001').findings.map(({ rule }) => rule)).toEqual(['T-04'])
  })
})
