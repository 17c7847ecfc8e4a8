// The bound of facts of one case and source (I5): what is past it is told and kept, and what ends a case has a reserve.

import { describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { factBoundOf } from '../../server/supervision/line.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { openOffice } from './office.ts'
import { events } from './story.ts'

describe('the bound of a case', () => {
  it('I5 I6: what is past it is told and kept; ends and voids have a reserve', async () => {
    const open = await openOffice(
      CATALOGUE,
      at('08-03 09:00'),
      'memory',
      {},
      { most: 120, reserve: 2, inAll: 400, least: 20 },
    )
    const steps = Array.from({ length: 121 }, (_, i) => `P1 06-01 STEP_START id=s${i} step_code=SC`).join('\n')
    const first = await open.send([events(steps)])
    expect(first.map(({ code }) => code).filter((code) => code !== null)).toEqual(['too_many_facts'])
    const more = `P1 06-02 URGE id=u
P1 06-02 URGE id=o source=s2
P1 06-03 VOID id=v target=s3
P1 06-04 DECIDE id=d result=granted
P1 06-05 COMPLETE id=c`
    expect((await open.send([events(more)])).map(({ outcome, code }) => code ?? outcome)).toEqual([
      'too_many_facts',
      'accepted',
      'accepted',
      'accepted',
      'too_many_facts',
    ])
    expect((await open.records.quarantine({ limit: 9 })).rows.map(({ eventId }) => eventId)).toEqual(['c', 'u', 's120'])
    expect((await open.audit()).findings).toEqual([])
    await open.close()
  })
  it('I5: many sources together have a bound as well, past which each may still say a few things', async () => {
    const bound = { most: 120, reserve: 2, inAll: 200, least: 3 }
    const open = await openOffice(CATALOGUE, at('08-03 09:00'), 'memory', {}, bound)
    const told = async (source: string, n: number): Promise<number> => {
      const text = Array.from({ length: n }, (_, i) => `P1 06-01 URGE id=${source}-${i} source=${source}`).join('\n')
      return (await open.send([events(text)])).filter(({ outcome }) => outcome === 'accepted').length
    }
    expect(await told('s1', 120)).toBe(120)
    expect(await told('s2', 120)).toBe(80)
    // whoever comes after them is heard, and so is each that comes after that
    expect(await told('s3', 120)).toBe(3)
    expect(await told('s4', 120)).toBe(3)
    expect((await open.audit()).findings).toEqual([])
    await open.close()
  })
  it('I5, A4: what was accepted under another bound is replayed under none', async () => {
    const open = await openOffice(CATALOGUE, at('08-03 09:00'), 'sqlite', {}, factBoundOf(2_100))
    const text = Array.from({ length: 2_050 }, (_, i) => `P1 06-01 URGE id=u${i}`).join('\n')
    const told = await open.send([events(text)])
    expect(told.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2_050)
    expect(await open.replay()).toEqual([])
    await open.close()
  })

  it('I5: how many it is a setting says, and one that is no number is refused', () => {
    expect(readSettings({}, {}).caseFacts).toBe(2_000)
    expect(readSettings({}, { MINGJING_CASE_FACTS: '300' }).caseFacts).toBe(300)
    expect(() => readSettings({}, { MINGJING_CASE_FACTS: 'many' })).toThrow(/case_facts/)
  })
})
