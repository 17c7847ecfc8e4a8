// Rows of files that wait (I15): a number by source on every board and in the list of sources, by unit there, moved by the
// import that keeps them and by the one that brings them right; and nothing of what stands in them (L7).

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SourceState } from '../../server/contract/sources.ts'
import { bring, get, HALL, MAPPING } from '../import/registers.ts'
import { type House, openHouse, openScreen, type Screen } from './house.ts'

const HEAD = '办件编号,受理时间,办结时间,应办结日期,申请人'
const csv = (...rows: string[]): string => `${[HEAD, ...rows].join('\n')}\n`
const CANARY = '金丝雀'
const mapping = {
  ...(MAPPING as object),
  case: [
    {
      type: 'ACCEPT',
      at: '受理时间',
      payload: { promise_due_at: '应办结日期' },
      personal: { applicant_name: '申请人' },
    },
    { type: 'COMPLETE', at: '办结时间' },
  ],
}

let house: House
let screen: Screen
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
  await house.load({ ...HALL, sources: [{ source: 's', name: '周报台账' }] })
})
afterAll(async () => {
  screen.close()
  await house.close()
})

const onWall = (of: Screen): number | undefined =>
  of.standing?.board.sources.find(({ source }) => source === 's')?.waiting_rows
const stateOf = async (): Promise<SourceState | undefined> =>
  (await get<{ items: SourceState[] }>(house, 'sources')).items.find(({ source }) => source === 's')

it('I15 L7 M6: rows that wait are a number on the wall and by unit in the list, until they come right', async () => {
  const heard: unknown[] = []
  screen = openScreen(house.serving.url, { token: house.keys.screen })
  screen.socket.onAny((_, payload) => heard.push(payload))
  await screen.watch.until(() => screen.standing !== null, 'a snapshot')
  expect((await stateOf())?.waiting_rows).toBe(0)
  const bad = csv(
    `K-1,2026-03-02 09:00:00,${CANARY}的日期,2026-03-09,${CANARY}`,
    `K-2,2026-03-02 09:00:00,不详,2026-03-09,${CANARY}`,
    `K-3,2026-03-02 09:00:00,,2026-03-09,${CANARY}`,
  )
  await bring(house, { name: 'bad.csv', text: bad, asOf: '2026-03-06T18:00:00+08:00', mapping })
  await screen.watch.until(() => onWall(screen) === 2, 'two rows that wait')
  expect(await stateOf()).toMatchObject({
    name: '周报台账',
    waiting_rows: 2,
    waiting_by_unit: [{ unit: 'd', name: '部门', rows: 2 }],
  })
  const inScope = openScreen(house.serving.url, { token: house.keys.screen, scope: 'department:d' })
  await inScope.watch.until(() => onWall(inScope) === 2, 'its own department')
  inScope.close()
  await house.reopen()
  screen.close()
  screen = openScreen(house.serving.url, { token: house.keys.screen })
  screen.socket.onAny((_, payload) => heard.push(payload))
  await screen.watch.until(() => onWall(screen) === 2, 'the same after a restart')

  const half = csv(
    `K-1,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-09,${CANARY}`,
    `K-2,2026-03-02 09:00:00,不详,2026-03-09,${CANARY}`,
  )
  await bring(house, { name: 'half.csv', text: half, asOf: '2026-03-13T18:00:00+08:00', mapping })
  await screen.watch.until(() => onWall(screen) === 1, 'one has come right')
  expect((await stateOf())?.waiting_rows).toBe(1)
  expect(JSON.stringify(heard)).not.toContain(CANARY)
  expect(JSON.stringify(await get(house, 'sources'))).not.toContain(CANARY)
})
