// A law with one document more (J7): whatever the documents and their order, it is the law of them all, and the law before
// it stays what it was.

import { describe, expect, it } from 'vitest'
import { type Random, seededRandom } from '../../../fixtures/city/random.ts'
import { buildLaw, lawAfter } from '../../../server/core/law/build.ts'
import cnCalendar from '../../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import type { LawDocument } from '../../../server/core/law/documents.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { parseDay } from '../../../server/core/time/civil.ts'
import type { Day } from '../../../server/core/time/instant.ts'

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1)
const DOCUMENTS = 10
const day = (written: string): Day => parseDay(written) as Day
const PROBES = ['2026-02-10', '2026-05-01', '2026-09-28', '2026-12-29'].map(day)

/** Everything a law says, in values: its calendars by what they count. */
const saidBy = (law: Law): unknown => ({
  ...law,
  calendars: [...law.calendars].map(([id, calendar]) => [
    id,
    calendar.version,
    PROBES.map((probe) => [calendar.addWorkDays(probe, 20), calendar.kindOf(probe)]),
  ]),
  homeCalendar: [...law.calendars].find(([, calendar]) => calendar === law.homeCalendar)?.[0],
})

const off = (on: string) => ({ on, kind: 'off', name: '停工' })
const CN = { ...cnCalendar, days: [...cnCalendar.days, off('2026-10-12')] }
const local = (on: string) => ({
  calendar_id: 'local',
  name: '本地',
  parent: 'cn',
  zone: 'Asia/Shanghai',
  from: '2026-01-01',
  to: '2026-12-31',
  source: '本地通知',
  days: [off(on)],
})

/** Rows of a few codes and days, so that they replace each other and stand beside each other. */
const documentOf = (random: Random, entry: number): LawDocument => {
  const valid_from = random.pick(['2026-01-01', '2026-04-01', '2026-07-01'])
  const body: Record<string, unknown> = { catalogue: `第${entry}号`, valid_from }
  const some = (share: number, table: string, value: unknown): void => {
    if (random.chance(share)) body[table] = value
  }
  const org_code = 'D1'
  some(0.5, 'regions', [{ region_code: 'R1', name: `区${entry}` }])
  some(0.5, 'departments', [{ org_code, name: `局${entry}`, region_code: 'R1' }])
  some(0.4, 'windows', [{ window_no: `W${random.below(3)}`, name: '窗', org_code }])
  some(0.4, 'operators', [{ operator_id: `O${random.below(3)}`, name: '甲', org_code }])
  const promise = `${random.between(1, 20)}WD`
  some(0.6, 'items', [{ task_code: `T${random.below(3)}`, name: '事项', org_code, promise }])
  some(0.3, 'sources', [{ source: 's', name: '源', mode: 'batch' }])
  some(0.3, 'rules', [{ rule_id: 'T-02', reply_work_days: random.between(1, 5) }])
  some(0.3, 'centre', { name: `中心${entry}` })
  some(0.3, 'settings', { profile: random.pick(['default', 'hunan', 'chengdu']) })
  some(0.3, 'calendars', [local(random.pick(['2026-03-02', '2026-05-06']))])
  some(0.2, 'calendars', [CN])
  return { entry, body }
}

describe('a law with one document more', () => {
  it.each(SEEDS)('J7: seed %i: one document after the other makes the law of them all', (seed) => {
    const random = seededRandom(seed, 'law after')
    const documents: LawDocument[] = []
    let law = buildLaw([])
    for (let n = 1; n <= DOCUMENTS; n++) {
      const before = law
      const said = structuredClone(saidBy(before))
      const former = documents[random.below(Math.max(1, documents.length))]
      const isBack = former !== undefined && former.body.takes_back === undefined && random.chance(0.25)
      documents.push(isBack ? { entry: n * 3, body: { takes_back: former.entry } } : documentOf(random, n * 3))
      law = lawAfter(before, documents[n - 1] as LawDocument)
      expect(saidBy(law)).toEqual(saidBy(buildLaw(documents)))
      expect(saidBy(before), 'the law before').toEqual(said)
    }
  })

  it('J7: a calendar that no document touches is the very same; one whose parent moves is not', () => {
    const first = lawAfter(buildLaw([]), { entry: 1, body: { catalogue: 'a', calendars: [local('2026-03-02')] } })
    const items = [{ task_code: 'T1', name: '事项', org_code: 'D1' }]
    const second = lawAfter(first, { entry: 2, body: { catalogue: 'b', items } })
    expect(second.calendars.get('local')).toBe(first.calendars.get('local'))
    expect(second.homeCalendar).toBe(first.homeCalendar)
    const third = lawAfter(second, { entry: 3, body: { catalogue: 'c', calendars: [CN] } })
    const dueIn = (law: Law): number | undefined => law.calendars.get('local')?.addWorkDays(day('2026-10-09'), 2)
    expect([dueIn(second), dueIn(third)]).toEqual([day('2026-10-12'), day('2026-10-13')])
  })

  it('T1a: a document taken back is as though it had never come, and the law bears a number of its own', () => {
    const first = lawAfter(buildLaw([]), { entry: 1, body: { catalogue: 'a', calendars: [local('2026-03-02')] } })
    const second = lawAfter(first, { entry: 2, body: { catalogue: 'b', calendars: [CN] } })
    const third = lawAfter(second, { entry: 3, body: { catalogue: '撤回', takes_back: 2 } })
    const offIn = (law: Law): boolean | undefined => law.calendars.get('cn')?.isWorkDay(day('2026-10-12'))
    expect([offIn(first), offIn(second), offIn(third)]).toEqual([true, false, true])
    expect([third.version, third.calendars.has('local'), third.homeCalendar.version]).toEqual([3, true, '0'])
  })

  it('T1a: a document that another one rests on cannot be taken back', () => {
    const first = lawAfter(buildLaw([]), { entry: 1, body: { catalogue: 'a', calendars: [local('2026-03-02')] } })
    const child = { ...local('2026-03-03'), calendar_id: 'child', parent: 'local' }
    const second = lawAfter(first, { entry: 2, body: { catalogue: 'b', calendars: [child] } })
    expect(() => lawAfter(second, { entry: 3, body: { takes_back: 1 } })).toThrow('unknown or circular parent')
  })

  it('J7: a document that cannot hold throws, and the law stays and takes the next one', () => {
    const law = buildLaw([])
    const bad = { entry: 1, body: { catalogue: 'x', windows: [{ window_no: 'W1', name: '窗', org_code: 'D1' }, {}] } }
    expect(() => lawAfter(law, bad)).toThrow('is missing')
    const orphan = { entry: 1, body: { catalogue: 'x', calendars: [{ ...local('2026-03-02'), parent: 'none' }] } }
    expect(() => lawAfter(law, orphan)).toThrow('unknown or circular parent')
    const good = { entry: 1, body: { catalogue: 'x', regions: [{ region_code: 'R1', name: '区' }] } }
    expect(saidBy(lawAfter(law, good))).toEqual(saidBy(buildLaw([good])))
    expect([law.tables.windows.size, law.tables.regions.size]).toEqual([0, 0])
  })
})
