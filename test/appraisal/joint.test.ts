// A parent with two members of two departments, one of them late (M1): what the rows say, what the total leaves out and
// shows beside, the cases behind each figure, the files and the boards; recount and replay agree, in any order of arrival.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeasuredRow, MeasureTable } from '../../server/contract/measures.ts'
import type { CasesBehind } from '../../server/contract/ranking.ts'
import type { Card } from '../../server/core/card/card.ts'
import { measureRoutes } from '../../server/http/measures.ts'
import { rankingRoutes } from '../../server/http/rankings.ts'
import { boardOf } from '../../server/live/board.ts'
import { isAcross, scopeNamed } from '../../server/live/ground.ts'
import { loadTally } from '../../server/live/tally.ts'
import { MEASURE_DIMENSIONS } from '../../server/present/measures.ts'
import { at } from '../core/case/world.ts'
import { bearer, openHouse } from '../http/house.ts'
import { shuffled } from '../plan/city.ts'
import { expectAlike, openOffice, standingOf, type TestOffice } from '../plan/office.ts'
import { events } from '../plan/story.ts'

const item = (code: string, org: string, more: object = {}) => ({
  task_code: code,
  name: code,
  org_code: org,
  item_type: '01',
  promise: '10WD',
  statute: '20WD',
  ...more,
})
const CATALOGUE = {
  valid_from: '2026-01-01',
  centre: { name: '测试中心', calendar: 'cn' },
  regions: [
    { region_code: 'R1', name: '甲区' },
    { region_code: 'R2', name: '乙区' },
  ],
  departments: [
    { org_code: 'D1', name: '甲局', region_code: 'R1' },
    { org_code: 'D2', name: '乙局', region_code: 'R1' },
    { org_code: 'D3', name: '丙局', region_code: 'R2' },
  ],
  windows: [
    { window_no: 'A01', name: '一号窗', org_code: 'D1' },
    { window_no: 'B01', name: '二号窗', org_code: 'D2' },
    { window_no: 'C01', name: '三号窗', org_code: 'D3' },
  ],
  items: [item('LEAD', 'D1', { joint: true, joint_reply: '5WD' }), item('TWO', 'D2'), item('THREE', 'D3')],
}

/** The lead asks both; the member of D2 is in time, that of D3 late; a further one of D3 is late in hand. */
const STORY = `
  PAR 06-01 09:00 RECEIVE id=p1 item=LEAD org=D1 window=A01
  PAR 06-01 09:30 ACCEPT id=p2 item=LEAD org=D1 window=A01
  PAR 06-01 10:00 JOINT_DISPATCH id=p3 member=D2 org=D1 window=A01
  PAR 06-02 10:00 JOINT_REPLY id=p4 member=D2 org=D2 window=B01
  PAR 06-04 09:00 DECIDE id=p5 result=granted org=D1 window=A01
  M2 06-01 11:00 RECEIVE id=m1 item=TWO org=D2 window=B01 joint_parent=PAR
  M2 06-01 11:10 ACCEPT id=m2 item=TWO org=D2 window=B01
  M2 06-04 09:00 DECIDE id=m3 result=granted org=D2 window=B01
  M3 06-01 11:00 RECEIVE id=n1 item=THREE org=D3 window=C01 joint_parent=PAR
  M3 06-01 11:20 ACCEPT id=n2 item=THREE org=D3 window=C01
  M3 06-23 09:00 DECIDE id=n3 result=granted org=D3 window=C01
  M4 06-01 12:00 RECEIVE id=o1 item=THREE org=D3 window=C01 joint_parent=GONE
  M4 06-01 12:10 ACCEPT id=o2 item=THREE org=D3 window=C01
  OWN 06-02 09:00 RECEIVE id=q1 item=TWO org=D2 window=B01
  OWN 06-02 09:10 ACCEPT id=q2 item=TWO org=D2 window=B01`
const NOW = at('06-24 10:00')

let office: TestOffice
let app: ReturnType<typeof openHouse>['app']
beforeAll(async () => {
  office = await openOffice(CATALOGUE, NOW, 'sqlite')
  await office.send([events(STORY)])
  const parts = { supervisor: office.supervisor, reader: office.records }
  app = openHouse({ routes: [measureRoutes(parts), rankingRoutes(parts)] }).app
})
afterAll(() => office.close())

const get = async (path: string) => {
  const answer = await app.inject({ url: `/api/v1/${path}`, headers: bearer('leader') })
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`)
  return answer
}
const measures = async (query: string): Promise<MeasureTable> => (await get(`measures?period=2026-Q2&${query}`)).json()
const behind = async (query: string): Promise<CasesBehind> =>
  (await get(`measures/cases?period=2026-Q2&${query}`)).json()

/** received accepted concluded on_time late | in hand, overdue in hand */
const told = (row: MeasuredRow): string =>
  [
    row.key,
    row.received,
    row.accepted,
    row.concluded,
    row.on_time,
    row.late,
    '|',
    row.in_hand,
    row.overdue_in_hand,
  ].join(' ')
const tableOf = async (query: string): Promise<string[]> => {
  const { rows, total, members } = await measures(query)
  return [...rows, total, members].map(told)
}

describe('a joint handling in the figures', () => {
  it('M1: a department, a window, an item counts its members; the total leaves them out and shows them beside', async () => {
    const beside = ['total 2 2 1 1 0 | 1 1', 'members 3 3 2 1 1 | 1 1']
    expect(await tableOf('by=department')).toEqual([
      'D1 1 1 1 1 0 | 0 0',
      'D2 2 2 1 1 0 | 1 1',
      'D3 2 2 1 0 1 | 1 1',
      ...beside,
    ])
    for (const by of MEASURE_DIMENSIONS) expect((await tableOf(`by=${by}`)).slice(-2)).toEqual(beside)
    expect((await tableOf('by=window')).slice(0, 3)).toEqual([
      'A01 1 1 1 1 0 | 0 0',
      'B01 2 2 1 1 0 | 1 1',
      'C01 2 2 1 0 1 | 1 1',
    ])
    const { total, members } = await measures('by=department')
    expect([total.on_time_rate, members.on_time_rate]).toEqual([1, 0.5])
  })

  it('M1: a region is a sum across departments, a department is none', async () => {
    expect(await tableOf('by=region')).toEqual([
      'R1 2 2 1 1 0 | 1 1',
      'total 2 2 1 1 0 | 1 1',
      'members 3 3 2 1 1 | 1 1',
    ])
    expect(await tableOf('by=department&region=R2')).toEqual([
      'D3 2 2 1 0 1 | 1 1',
      'total 0 0 0 0 0 | 0 0',
      'members 2 2 1 0 1 | 1 1',
    ])
    const own = ['D3 2 2 1 0 1 | 1 1', 'total 2 2 1 0 1 | 1 1', 'members 0 0 0 0 0 | 0 0']
    expect(await tableOf('by=department&department=D3')).toEqual(own)
    expect(await tableOf('by=region&department=D3')).toEqual([own[0]?.replace('D3', 'R2'), ...own.slice(1)])
  })

  it('M1: behind a total and a region stand the cases it counts, behind the line of members theirs', async () => {
    const cases = async (query: string): Promise<string> => {
      const { value, items } = await behind(`kind=received&${query}`)
      return [value, ...items.map(({ project_no: no }) => no)].join(' ')
    }
    expect(await cases('by=department')).toBe('2 OWN PAR')
    expect(await cases('by=region&key=R1')).toBe('2 OWN PAR')
    expect(await cases('by=department&region=R2')).toBe('0')
    expect(await cases('by=department&key=D2')).toBe('2 M2 OWN')
    expect(await cases('by=window&department=D3')).toBe('2 M3 M4')
    expect(await cases('by=region&key=R2&department=D3')).toBe('2 M3 M4')
    expect(await cases('by=department&only=members')).toBe('3 M2 M3 M4')
    expect(await cases('by=region&only=members&region=R2')).toBe('2 M3 M4')
  })

  it('M1: every figure of every row, of the total and of the members leads to as many cases', async () => {
    let clicked = 0
    for (const by of MEASURE_DIMENSIONS)
      for (const scope of ['', '&region=R1', '&region=R2', '&department=D2', '&department=D3']) {
        const { rows, total, members, columns } = await measures(`by=${by}${scope}`)
        for (const row of [...rows, total, members])
          for (const { key: column, figure } of columns) {
            const value = (row as unknown as Record<string, unknown>)[column]
            if (figure === undefined || value === 0) continue
            const which = row === total ? '' : row === members ? '&only=members' : `&key=${encodeURIComponent(row.key)}`
            const query = `by=${by}${scope}&kind=${figure}${which}`
            const found = await behind(query)
            const summed = found.items.reduce((sum, { n }) => sum + n, 0)
            expect([query, found.value, summed]).toEqual([query, value, value])
            clicked += 1
          }
      }
    expect(clicked).toBeGreaterThan(200)
  })

  it('M1: a line of members has no rows, and a department leaves none out', async () => {
    for (const query of ['by=department&only=members&key=D2', 'by=window&only=members&department=D2']) {
      const url = `/api/v1/measures/cases?period=all&kind=received&${query}`
      const answer = await app.inject({ url, headers: bearer('leader') })
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad_field'])
    }
  })

  it('X1, M1: the file has a line of members below the sum, where there are any', async () => {
    const lines = async (query: string) =>
      (await get(`measures?period=2026-Q2&by=department&format=csv${query}`)).body
        .split('\r\n')
        .filter((line) => /合计|并联成员/.test(line) && line.startsWith(','))
        .map((line) => line.split(',').slice(1, 7).join(' '))
    expect(await lines('')).toEqual(['合计 2 2 1 1 0', '并联成员 3 3 2 1 1'])
    expect(await lines('&department=D3')).toEqual(['合计 2 2 1 0 1'])
    expect((await measures('by=department')).notes.some(({ zh }) => zh.includes('并联审批'))).toBe(true)
    expect((await measures('by=department&department=D3')).notes).toHaveLength(1)
  })

  const boards = async () => {
    const { law } = office.supervisor
    const tally = await loadTally(office.records, law.homeCalendar, NOW)
    const board = (scope: string) => {
      const within = scopeNamed(scope, law, NOW) ?? 'all'
      return boardOf({ law, tally, heads: new Map(), now: NOW, speed: 1, scope: within, across: isAcross(scope) })
    }
    return { tally, board }
  }

  it('M1, L1: boards of all and of a region leave members out, with how many are in hand beside; a department’s has them', async () => {
    const { board } = await boards()
    const line = (scope: string): string => {
      const { in_hand: held, members_in_hand: beside, overdue_in_hand: late, quarter } = board(scope).figures
      return [scope, held, beside, late, quarter.on_time, quarter.late].join(' ')
    }
    expect(['all', 'region:R1', 'region:R2', 'department:D2', 'department:D3'].map(line)).toEqual([
      'all 1 1 1 1 0',
      'region:R1 1 0 1 1 0',
      'region:R2 0 1 0 0 0',
      'department:D2 1 0 1 1 0',
      'department:D3 1 0 1 0 1',
    ])
  })

  it('M1, C4: cards that wait for an answer: those of members beside, and the stream shows them all', async () => {
    const { tally, board } = await boards()
    const line = (scope: string): string => {
      const { figures, cards } = board(scope)
      const shown = cards.filter(({ level, state }) => level >= 2 && state === 'notified').length
      return [scope, figures.waiting_reply, figures.members_waiting_reply, shown].join(' ')
    }
    // late: OWN of D2, and the members M3 and M4 of D3; not delivered ten days after their grant: PAR of D1, the member M2 of D2
    expect(['all', 'region:R1', 'region:R2', 'department:D2', 'department:D3'].map(line)).toEqual([
      'all 2 3 5',
      'region:R1 2 1 3',
      'region:R2 0 2 2',
      'department:D2 2 0 2',
      'department:D3 2 0 2',
    ])
    // moved as they come and go like loaded anew
    const m4 = (await office.records.cardsOf('case', ['M4'])).find(({ rule }) => rule === 'T-02')
    tally.cards.put({ ...(m4 as Card), state: 'explained' })
    expect(line('all')).toBe('all 2 2 4')
    tally.cards.put(m4 as Card)
    expect(line('all')).toBe('all 2 3 5')
  })

  it('M7, A4: recount and replay find nothing', async () => {
    expect((await office.audit()).findings).toEqual([])
    expect(await office.replay()).toEqual([])
  })

  it('F2, M1: in any order of arrival the same; a receipt struck out makes a member no more', async () => {
    const wanted = await standingOf(office.records)
    const sent = events(STORY)
    for (const seed of [1, 2, 3]) {
      const other = await openOffice(CATALOGUE, NOW)
      await other.send(shuffled(sent, seed).map((each) => [each]))
      expectAlike(await standingOf(other.records), wanted)
      await other.send([events('M2 06-05 VOID target=m1')])
      const left = await other.records.totals('member_department', 0, 40_000)
      expect([...new Set(left.map(({ department }) => department))]).toEqual(['D3'])
      expect((await other.audit()).findings).toEqual([])
      await other.close()
    }
  })
})

it('M1, L1: a board that follows commits is the one that is read afresh', async () => {
  const other = await openOffice(CATALOGUE, at('06-01 12:30'))
  const { homeCalendar } = other.supervisor.law
  const tally = await loadTally(other.records, homeCalendar, at('06-01 12:30'))
  other.supervisor.subscribe({ take: (published) => tally.take(published), cut: () => undefined })
  const morning = STORY.split('\n').filter((line) => line.includes(' 06-01 '))
  await other.send(events(morning.join('\n')).map((each) => [each]))
  const fresh = await loadTally(other.records, homeCalendar, at('06-01 12:30'))
  const drawn = (from: typeof tally) =>
    ['all', 'department:D3'].map((scope) => {
      const { law } = other.supervisor
      const within = scopeNamed(scope, law, at('06-01 12:30')) ?? 'all'
      const ground = { law, heads: new Map(), now: at('06-01 12:30'), speed: 1, scope: within }
      const { figures, hours, forecast } = boardOf({ ...ground, tally: from, across: isAcross(scope) })
      return { figures, hours, forecast }
    })
  expect(drawn(tally)).toEqual(drawn(fresh))
  const [all, third] = drawn(fresh)
  expect([all?.figures.received_today, third?.figures.received_today]).toEqual([1, 2])
  const at11 = (of: typeof all) => of?.hours.find(({ hour }) => hour === 11)?.received
  expect([at11(all), at11(third)]).toEqual([0, 1])
  await other.close()
})
