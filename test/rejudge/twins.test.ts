// How near two sources' tellings of one thing lie is a setting of the catalogue (F5, J7): the version of the first telling's day
// holds, a load that changes it folds every stored case again, a fact that comes before its slice is no exception, and taken
// back all is as before. On a real store, by the way every load goes.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseState } from '../../server/core/case/state.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import { twinMinutesOn } from '../../server/core/law/twins.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import { asDay } from '../../server/core/time/instant.ts'
import { catalogueFaults } from '../../server/intake/catalogue.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice('2026-04-20T09:00:00+08:00')
})
afterEach(() => office.close())

const doc = (twin_minutes: number, valid_from: string) => ({
  catalogue: `同报 ${twin_minutes}`,
  valid_from,
  settings: { twin_minutes },
})

/** A complaint of a case that a source tells at an instant. */
const complain = async (no: string, source: string, at: string): Promise<void> => {
  const wire = office.event('COMPLAIN', no, { occurred_at: at, event_id: `${source}-${no}-${at}` })
  const read = toFact(wire, { source, now: office.supervisor.now(), aheadMs: 600_000, historical: null })
  if (!isTaken(read)) throw new Error(read.code)
  await office.supervisor.ingest([read], [null], { source, by: source })
  await office.supervisor.settled()
}

const complaintsOf = async (no: string): Promise<number> => {
  const stored = (await office.files.store.cases([no])).get(no)
  return (JSON.parse(stored?.row.state ?? '') as CaseState).complaints.length
}

/** A: told on 04-14, B: on 04-16, each twice, five minutes apart. */
const toldTwice = async (): Promise<void> => {
  for (const [no, day] of [
    ['A', '14'],
    ['B', '16'],
  ] as const) {
    await complain(no, 'east', `2026-04-${day}T10:00:00+08:00`)
    await complain(no, 'west', `2026-04-${day}T10:05:00+08:00`)
  }
}

const both = async (): Promise<readonly number[]> => [await complaintsOf('A'), await complaintsOf('B')]

describe('the minutes of twins', () => {
  it('F5, J7: hold from the day of their document on, by the day of the first telling; before it what ships', async () => {
    await toldTwice()
    expect(await both()).toEqual([1, 1])
    await office.load(doc(2, '2026-04-15'))
    expect(await both()).toEqual([1, 2])
    await office.load(doc(30, '2026-04-16'))
    expect(await both()).toEqual([1, 1])
    expect(await office.faults()).toEqual([])
  })

  it('F5, T1a: taken back, the cases are folded as before; told since then, too', async () => {
    await toldTwice()
    const { entry } = await office.supervisor.loadCatalogue(
      doc(2, '2026-04-01'),
      JSON.stringify(doc(2, '2026-04-01')),
      'x',
    )
    await office.supervisor.settled()
    await complain('B', 'north', '2026-04-16T10:01:00+08:00')
    expect(await both()).toEqual([2, 2])
    const back = { catalogue: '撤回', takes_back: entry, why: '有误' }
    await office.supervisor.loadCatalogue(back, JSON.stringify(back), 'x')
    await office.supervisor.settled()
    expect(await both()).toEqual([1, 1])
    expect(await office.faults()).toEqual([])
  })

  it('F5, J6: a fact that comes before the slices have reached its case finds it folded by the new minutes', async () => {
    await toldTwice()
    const said = doc(2, '2026-04-01')
    const loaded = office.supervisor.loadCatalogue(said, JSON.stringify(said), 'x')
    const wire = office.event('URGE', 'A', { event_id: 'u' })
    const read = toFact(wire, { source: 'east', now: office.supervisor.now(), aheadMs: 600_000, historical: null })
    if (!isTaken(read)) throw new Error(read.code)
    const taken = office.supervisor.ingest([read], [null], { source: 'east', by: 'east' })
    await Promise.all([loaded, taken])
    expect(await complaintsOf('A')).toBe(2)
    await office.supervisor.settled()
    expect(await both()).toEqual([2, 2])
    expect(await office.faults()).toEqual([])
  })

  it('F5: a document that says nothing of it leaves it, and folds nothing again', async () => {
    const before = office.supervisor.law.twins
    await office.load({ catalogue: '无关', valid_from: '2026-04-01', settings: { profile: 'hunan' } })
    expect(office.supervisor.law.twins).toEqual(before)
    expect(before.changedBy).toBe(0)
  })

  it.each([
    // documents as day:minutes, entry by entry | the minutes of a day
    ['', '2026-04-15', 10],
    ['2026-04-15:2', '2026-04-14', 10],
    ['2026-04-15:2', '2026-04-15', 2],
    ['2026-04-15:2 2026-04-10:5', '2026-04-14', 5],
    ['2026-04-15:2 2026-04-10:5', '2026-04-16', 2],
    ['2026-04-15:2 2026-04-15:7', '2026-04-16', 7],
    ['2026-04-15:0', '2026-05-01', 0],
  ])('F5, J7: of %j on %s: %i', (documents, on, minutes) => {
    const law = buildLaw(
      documents
        .split(' ')
        .filter((each) => each !== '')
        .map((each, i) => {
          const [day = '', said = ''] = each.split(':')
          return { entry: i + 1, body: doc(Number(said), day) }
        }),
    )
    expect(twinMinutesOn(law.twins, parseDay(on) ?? asDay(0))).toBe(minutes)
  })

  it.each([-1, 1_440, 2.5, '10'])('F5, I9: %j minutes are refused with their place', (said) => {
    const faults = catalogueFaults(doc(said as number, '2026-04-01'))
    expect(faults.map(({ at }) => at)).toEqual(['/settings/twin_minutes'])
  })
})
