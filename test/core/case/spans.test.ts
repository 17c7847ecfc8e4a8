// Folding what lasts: corrections, pauses, steps, and extensions (F5, T6, T7, T8). Spans may stay open.
import { describe, expect, it } from 'vitest'
import { at, folded, told } from './world.ts'

describe('corrections', () => {
  const notices = (story: string) => folded(story).notices.map(({ at: from, doneAt }) => [told(from), told(doneAt)])

  it('T8: a notice waits for CORRECT_DONE', () => {
    expect(notices('06-01 RECEIVE\n06-02 CORRECT_NOTICE')).toEqual([['06-02 10:00:00', '—']])
    expect(notices('06-01 RECEIVE\n06-02 CORRECT_NOTICE\n06-03 CORRECT_DONE')).toEqual([
      ['06-02 10:00:00', '06-03 10:00:00'],
    ])
  })

  it('T8: CORRECT_DONE answers every notice still open, and none that is closed', () => {
    const story = `
      06-02 CORRECT_NOTICE
      06-03 CORRECT_NOTICE
      06-04 CORRECT_DONE
      06-05 CORRECT_NOTICE
      06-08 CORRECT_DONE
      06-09 CORRECT_DONE`
    expect(notices(story).map(([, done]) => done)).toEqual(['06-04 10:00:00', '06-04 10:00:00', '06-08 10:00:00'])
  })
})

describe('pauses', () => {
  const pauses = (story: string) =>
    folded(story).pauses.map(({ kind, at: from, to }) => `${kind} ${told(from)}..${told(to)}`)

  it('T6: RESUME ends the pause it names by event', () => {
    expect(
      pauses(`
      06-01 SUSPEND id=h kind=hearing
      06-02 SUSPEND id=t kind=testing
      06-03 RESUME pause=h`),
    ).toEqual(['hearing 06-01 10:00:00..06-03 10:00:00', 'testing 06-02 10:00:00..—'])
  })

  it('T6: RESUME ends the pause it names by kind', () => {
    expect(
      pauses(`
      06-01 SUSPEND kind=hearing
      06-02 SUSPEND kind=testing
      06-03 RESUME kind=testing`),
    ).toEqual(['hearing 06-01 10:00:00..—', 'testing 06-02 10:00:00..06-03 10:00:00'])
  })

  it('T6: RESUME that names none ends all that are open', () => {
    expect(
      pauses(`
      06-01 SUSPEND kind=hearing
      06-02 SUSPEND kind=testing
      06-03 RESUME`),
    ).toEqual(['hearing 06-01 10:00:00..06-03 10:00:00', 'testing 06-02 10:00:00..06-03 10:00:00'])
  })

  it('T6: RESUME of nothing has no effect and is kept for the record', () => {
    const state = folded(`
      06-01 SUSPEND kind=hearing
      06-02 RESUME kind=testing
      06-03 RESUME pause=unknown
      06-04 RESUME
      06-05 RESUME`)
    expect(state.pauses.map(({ to }) => told(to))).toEqual(['06-04 10:00:00'])
    expect(state.resumesOfNothing.map(({ at: when }) => told(when))).toEqual([
      '06-02 10:00:00',
      '06-03 10:00:00',
      '06-05 10:00:00',
    ])
  })

  it('T6: a second SUSPEND of an open kind changes nothing; after its end it opens a new pause', () => {
    expect(
      pauses(`
      06-01 SUSPEND kind=hearing approved_days=5WD
      06-02 SUSPEND kind=hearing approved_days=30WD
      06-03 RESUME
      06-04 SUSPEND kind=hearing`),
    ).toEqual(['hearing 06-01 10:00:00..06-03 10:00:00', 'hearing 06-04 10:00:00..—'])
  })

  it('T6: a pause keeps what it says of itself', () => {
    const [pause] = folded(
      '06-01 SUSPEND kind=hearing approved_days=5WD basis=b approver=a notice_at=2026-06-01T09:00',
    ).pauses
    // the words of a basis are personal (I1): the state bears that they were said
    const said = { approvedDays: { value: 5, unit: 'WD' }, hasBasis: true, approver: 'a', noticeAt: at('06-01 09:00') }
    expect(pause).toMatchObject(said)
    expect(folded('06-01 SUSPEND').pauses[0]).toMatchObject({ kind: 'other', approvedDays: null, noticeAt: null })
  })
})

describe('steps', () => {
  const steps = (story: string) =>
    folded(story).steps.map(({ code, from, to, branch }) => `${code} ${told(from)}..${told(to)} ${branch ?? ''}`.trim())

  it('F5: a step without STEP_END ends with the next STEP_START', () => {
    expect(
      steps(`
      06-01 STEP_START step_code=SC
      06-02 STEP_START step_code=JD
      06-03 STEP_END step_code=JD`),
    ).toEqual(['SC 06-01 10:00:00..06-02 10:00:00', 'JD 06-02 10:00:00..06-03 10:00:00'])
  })

  it('F5: … of its branch: a joint member’s steps do not end those of the main department', () => {
    expect(
      steps(`
      06-01 STEP_START step_code=SC
      06-02 JOINT_DISPATCH member=D2
      06-03 STEP_START step_code=J1 org=D2 window=B01
      06-04 STEP_START step_code=J2 org=D2 window=B01
      06-05 JOINT_REPLY member=D2 org=D2
      06-08 STEP_START step_code=JD`),
    ).toEqual([
      'SC 06-01 10:00:00..06-08 10:00:00',
      'J1 06-03 10:00:00..06-04 10:00:00 D2',
      'J2 06-04 10:00:00..— D2',
      'JD 06-08 10:00:00..—',
    ])
  })

  it('I7: STEP_END without a start is a step whose beginning nobody told; without a code it ends the open one', () => {
    expect(steps('06-02 STEP_END step_code=SC')).toEqual(['SC —..06-02 10:00:00'])
    expect(steps('06-01 STEP_START step_code=SC\n06-02 STEP_END')).toEqual(['SC 06-01 10:00:00..06-02 10:00:00'])
  })
})

describe('extensions', () => {
  it('T7: approval time is approved_at, else the event’s own; without days there is no extension', () => {
    const state = folded(`
      06-05 EXTEND days=5
      06-08 EXTEND days=3 approved_at=2026-06-04T09:00
      06-09 EXTEND reason=x`)
    expect(state.extensions.map(({ days, approvedAt }) => `${days} ${told(approvedAt)}`)).toEqual([
      '5 06-05 10:00:00',
      '3 06-04 09:00:00',
    ])
  })
})
