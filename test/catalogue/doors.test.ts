// What of a calendar must be said yes to is asked at every door at which a catalogue comes in (T1a, I9): the path of documents,
// the upload, the local socket, the command. The same answer, the same code, and the same yes lets it in.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CalendarView } from '../../server/contract/master.ts'
import { askServer, ControlRefusal } from '../../server/control.ts'
import { folderOfTest } from '../import/files.ts'
import { catalogueCommand } from './command.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

interface Yes {
  readonly notice?: 'replaces' | 'adds'
  readonly shrinks?: true
  readonly skip_faulty?: true
}

interface Answered {
  readonly code: string | null
  /** Codes of what is asked, in their order. */
  readonly asked: readonly string[]
  readonly entry: number | null
}

const doc = (more: object): Record<string, unknown> => ({ catalogue: '日历', valid_from: '2027-01-01', ...more })
const notice = (...days: [on: string, kind: 'off' | 'work'][]): Record<string, unknown> =>
  doc({
    notices: [{ calendar_id: 'cn', to: '2027-12-31', days: days.map(([on, kind]) => ({ on, kind, name: '元旦' })) }],
  })

const FIRST = notice(['2027-01-01', 'off'], ['2027-01-04', 'off'])
const CORRECTED = notice(['2027-01-01', 'off'], ['2027-01-05', 'off'])
const WRONG_WORK = notice(['2027-01-01', 'off'], ['2027-01-04', 'off'], ['2027-05-01', 'work'])
const SHORT = doc({
  calendars: [
    {
      calendar_id: 'cn',
      name: '历',
      zone: 'Asia/Shanghai',
      from: '2026-01-01',
      to: '2026-12-31',
      statutory: 'cn',
      days: [],
    },
  ],
})

let house: MasterHouse
beforeAll(async () => {
  house = await openMasterHouse('2026-12-31T10:00:00+08:00x0')
})
afterAll(() => house.close())

const texts = (yes: Yes): Record<string, string> =>
  Object.fromEntries(Object.entries(yes).map(([key, value]) => [key, value === true ? '1' : value]))

const overPath = async (body: object, yes: Yes): Promise<Answered> => {
  const answer = await fetch(`${house.url}/api/v1/catalogue?${new URLSearchParams(texts(yes))}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as { code?: string; faults?: { code: string }[]; entry?: number }
  return { code: said.code ?? null, asked: (said.faults ?? []).map(({ code }) => code), entry: said.entry ?? null }
}

const overUpload = async (body: object, yes: Yes): Promise<Answered> => {
  const { status, problem, load, body: said } = await house.upload(JSON.stringify(body), 'd.json', texts(yes))
  if (status !== 201) return { code: problem ?? null, asked: (load?.faults ?? []).map(({ code }) => code), entry: null }
  return { code: null, asked: [], entry: said.entry }
}

const overSocket = async (body: object, yes: Yes): Promise<Answered> => {
  try {
    const answered = await askServer(house.folder, 'catalogue.load', { body, ...yes })
    if (answered === null) throw new Error('no server heard')
    return { code: null, asked: [], entry: (answered.value as { entry: number }).entry }
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error
    const { faults = [] } = (error.more ?? {}) as { faults?: { code: string }[] }
    return { code: error.code, asked: faults.map(({ code }) => code), entry: null }
  }
}

/** What the command says of a fault on its error stream, by its code. */
const SAID: readonly (readonly [code: string, words: string])[] = [
  ['days_unnamed', 'within the stretch it arranges the calendar in force has days'],
  ['coverage_shrinks', 'the calendar would cover less than it does'],
  ['statutory_work', 'a statutory day cannot be said to work'],
]

const overCommand = async (body: object, yes: Yes): Promise<Answered> => {
  const file = join(folderOfTest(), 'd.json')
  writeFileSync(file, JSON.stringify(body))
  const { notice: choice, shrinks, skip_faulty } = yes
  const flags = [
    ...(choice === undefined ? [] : ['--notice', choice]),
    ...(shrinks === true ? ['--shrinks'] : []),
    ...(skip_faulty === true ? ['--skip-faulty'] : []),
  ]
  const ran = await catalogueCommand([file, '--data', house.folder, ...flags])
  const asked = SAID.filter(([, words]) => ran.err.includes(words)).map(([code]) => code)
  if (ran.code === 2) return { code: 'bad_catalogue', asked, entry: null }
  return { code: null, asked, entry: Number(/loaded, entry (\d+)/.exec(ran.out)?.[1]) }
}

const DOORS = { 'the path of documents': overPath, upload: overUpload, socket: overSocket, command: overCommand }

const jan4 = async (): Promise<string | undefined> => {
  await house.settled()
  const { days } = (await house.get<CalendarView>('/api/v1/calendars/cn?year=2027')).body
  return days.find(({ on }) => on === '2027-01-04')?.kind
}

const takeBack = async (entry: number | null): Promise<void> => {
  const answer = await fetch(`${house.url}/api/v1/catalogue/loads/${entry}/take-back`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ why: '试' }),
  })
  expect(answer.status).toBe(201)
}

const refusedFor = (...asked: string[]): Answered => ({ code: 'bad_catalogue', asked, entry: null })
const taken = { code: null, asked: [], entry: expect.any(Number) }

describe.each(Object.entries(DOORS))('by %s', (_, send) => {
  it('T1a: days in force that a notice does not name, less coverage, a statutory day said to work: asked, and not taken before', async () => {
    expect(await send(WRONG_WORK, {})).toEqual(refusedFor('statutory_work'))
    const first = await send(FIRST, {})
    expect(first).toEqual(taken)
    expect(await send(CORRECTED, {})).toEqual(refusedFor('days_unnamed'))
    expect(await send(SHORT, {})).toEqual(refusedFor('coverage_shrinks'))
    expect(await jan4()).toBe('holiday')
    const added = await send(CORRECTED, { notice: 'adds' })
    expect([added, await jan4()]).toEqual([taken, 'holiday'])
    await takeBack(added.entry)
    const replaced = await send(CORRECTED, { notice: 'replaces' })
    expect([replaced, await jan4()]).toEqual([taken, 'work'])
    await takeBack(replaced.entry)
    const short = await send(SHORT, { shrinks: true })
    expect(short).toEqual(taken)
    for (const { entry } of [short, first]) await takeBack(entry)
    const skipped = await send(WRONG_WORK, { skip_faulty: true })
    expect(skipped.entry).toEqual(expect.any(Number))
    await takeBack(skipped.entry)
  })
})

describe('a yes', () => {
  it('T1a: that is none is refused by its name, at the path and at the socket', async () => {
    expect((await overPath(FIRST, { notice: 'perhaps' as never })).code).toBe('bad_field')
    expect((await overSocket(FIRST, { notice: 'perhaps' as never })).code).toBe('bad_field')
  })
})
