// A case all of whose facts were made void, or taken back, stays what it was told to be until somebody decides (F3, C5): late
// in every figure, in the list, with its figures on the row that they stood on. Kept it stays so; lifted it is gone; a fact
// that comes brings it back. Given a case told late, when every fact of it goes, then these figures.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FLOW_KINDS, type FlowKind } from '../../server/core/measure/flows.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

const EVER = 1_000_000
const SHOWN: readonly FlowKind[] = [
  'received',
  'accepted',
  'on_time',
  'late',
  'in_hand',
  'overdue',
  'yellow',
  'to_lift',
]

let office: TestOffice
beforeEach(async () => {
  office = await openOffice(CATALOGUE, at('06-01 12:00'), 'sqlite')
})
afterEach(async () => {
  expect([await office.verify(), await office.replay()]).toEqual([[], []])
  await office.close()
})

const figures = async (): Promise<string> => {
  await office.supervisor.settled()
  expect((await office.audit()).findings).toEqual([])
  const rows = (await office.records.totals('department', -EVER, EVER)).filter(({ key }) => key === 'D1')
  const of = (kind: FlowKind): number => rows.reduce((sum, row) => sum + (row.kind === kind ? row.n : 0), 0)
  return FLOW_KINDS.filter((kind) => SHOWN.includes(kind) && of(kind) !== 0)
    .map((kind) => `${kind} ${of(kind)}`)
    .join(', ')
}
const listed = async (): Promise<string[]> => {
  const within = { departments: new Set(['D1']) }
  const { rows } = await office.records.listCases({ limit: 10, within })
  return rows.map((row) => `${row.projectNo} ${row.status} ${row.department} ${row.window} ${row.level} ${row.inHand}`)
}
const moveTo = async (now: string): Promise<void> => {
  office.clock.set(at(now))
  await office.supervisor.settled()
}
const send = (story: string) => office.send([events(story)])
const decide = (move: 'lift' | 'keep') =>
  office.supervisor.move({ cardId: 'T-02.case.P1.promise', move, by: 'key-9', why: '核实', signedBy: null })

const OPEN = 'P1 06-01 ACCEPT id=a item=PERMIT window=A01'
const ENDED = `${OPEN}\nP1 06-18 09:00 DECIDE id=d result=granted window=A01`

/** Who makes every fact of it void. */
const WAYS = {
  'one void after the other': async (story: string) => {
    if (story === ENDED) await send('P1 06-19 09:00 VOID id=v2 target=d')
    await send('P1 06-19 09:00 VOID id=v1 target=a')
  },
  'both voids in one request': async (story: string) => {
    const voids = ['P1 06-19 09:00 VOID id=v1 target=a', 'P1 06-19 09:00 VOID id=v2 target=d']
    await send(voids.slice(0, story.split('\n').length).join('\n'))
  },
  'the import taken back': async () => {
    await office.supervisor.withdraw({ id: 'r', by: '李', why: '文件有误' })
  },
} as const

const bring = async (story: string, way: keyof typeof WAYS): Promise<void> => {
  const lines = story.split('\n')
  const from = { source: null, by: '张' }
  const named = { file: 'f.csv', digest: null, mapping: null, source: null, by: '张', historical: null, asOf: null }
  const importNo = way === 'the import taken back' ? await office.supervisor.beginImport({ ...named, id: 'r' }) : null
  for (const [i, line] of lines.entries()) {
    if (i > 0) await moveTo('06-18 09:00')
    await office.supervisor.ingest(events(line), [null], importNo === null ? from : { ...from, importNo })
  }
  await moveTo('06-19 09:00')
}

const IN_HAND = 'received 1, accepted 1, in_hand 1, overdue 1'
const CONCLUDED = 'received 1, accepted 1, late 1'

describe('every fact of a late case made void', () => {
  const table = (Object.keys(WAYS) as (keyof typeof WAYS)[]).flatMap((way) => [
    [way, 'in hand', OPEN, IN_HAND, true] as const,
    [way, 'concluded', ENDED, CONCLUDED, false] as const,
  ])
  it.each(table)(
    'F3 C5 M1: by %s, %s: late while it is asked and when it is kept, gone when it is lifted',
    async (...row) => {
      const [way, , story, told, inHand] = row
      await bring(story, way)
      expect(await figures()).toBe(`${told}, yellow 1`)
      await WAYS[way](story)
      // a conclusion that is made void first leaves the case in hand: so it is asked about
      const isReopened = way === 'one void after the other'
      const standing = isReopened ? IN_HAND : told
      const isInHand = inHand || isReopened
      const shown = (level: number): string[] => [`P1 void D1 A01 ${level} ${isInHand}`]
      expect([await figures(), await listed()]).toEqual([`${standing}, yellow 1, to_lift 1`, shown(0)])
      await office.supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'again')
      expect([await figures(), await listed()]).toEqual([`${standing}, yellow 1, to_lift 1`, shown(0)])
      expect(await decide('keep')).toEqual({ state: 'notified' })
      expect([await figures(), await listed()]).toEqual([`${standing}, yellow 1`, shown(2)])
      await moveTo('06-30 09:00')
      expect(await figures()).toBe(`${standing}, yellow 1`)
    },
  )

  it.each(table)('F3 C5 M1: by %s, %s: lifted by a person nothing of it counts, and it is no case', async (...row) => {
    const [way, , story] = row
    await bring(story, way)
    await WAYS[way](story)
    expect(await decide('lift')).toEqual({ state: 'lifted' })
    expect([await figures(), await listed()]).toEqual(['', []])
  })

  it('F3 C5: a fact that comes after it brings the case back, and its figures are of its facts again', async () => {
    await bring(OPEN, 'both voids in one request')
    await WAYS['both voids in one request'](OPEN)
    await send('P1 06-01 ACCEPT id=b item=PERMIT window=A02')
    expect([await figures(), await listed()]).toEqual([`${IN_HAND}, yellow 1`, ['P1 accepted D1 A02 2 true']])
    await send('P1 06-19 VOID id=v3 target=b')
    expect([await figures(), await listed()]).toEqual([`${IN_HAND}, yellow 1, to_lift 1`, ['P1 void D1 A02 0 true']])
  })

  it('F3: a case in time, of which no card was told, is gone with its last fact', async () => {
    await send(OPEN)
    await send('P1 06-01 13:00 VOID id=v target=a')
    expect([await figures(), await listed()]).toEqual(['', []])
  })
})

/** Facts that begin no case: name → line. */
const OTHERS = {
  handover: 'P1 06-04 HANDOVER id=o window=A01 to_window=A02',
  step: 'P1 06-04 STEP_START id=o step_code=XX window=A01',
  withdrawal: 'P1 06-18 09:00 WITHDRAW id=o window=A01',
} as const

describe('the acceptance of a late case made void, while another fact of it stands', () => {
  const opened = async (other: string, way: 'void' | 'import'): Promise<void> => {
    const from = { source: null, by: '张' }
    const named = { file: 'f.csv', digest: null, mapping: null, source: null, by: '张', historical: null, asOf: null }
    const importNo = way === 'import' ? await office.supervisor.beginImport({ ...named, id: 'r' }) : null
    await office.supervisor.ingest(events(OPEN), [null], importNo === null ? from : { ...from, importNo })
    await moveTo(other.includes('06-18') ? '06-18 09:00' : '06-04 10:00')
    await send(other)
    await moveTo('06-19 09:00')
  }
  const strike = async (way: 'void' | 'import'): Promise<void> => {
    if (way === 'void') await send('P1 06-19 09:00 VOID id=v1 target=a')
    else await office.supervisor.withdraw({ id: 'r', by: '李', why: '文件有误' })
  }
  const table = (['void', 'import'] as const).flatMap((way) => [
    [way, 'handover', IN_HAND] as const,
    [way, 'step', IN_HAND] as const,
    [way, 'withdrawal', CONCLUDED] as const,
  ])

  it.each(table)(
    'F3 C5 M1: by %s, a %s standing: late while it is asked, when it is kept, and when that goes too',
    async (way, other, told) => {
      await opened(OTHERS[other], way)
      expect(await figures()).toBe(`${told}, yellow 1`)
      const row = (await listed()).map((line) => line.replace(/^\S+ \S+ /, '').split(' '))
      await strike(way)
      expect(await figures()).toBe(`${told}, yellow 1, to_lift 1`)
      const [department, , , inHand] = row[0] ?? []
      expect(await listed()).toEqual([expect.stringMatching(new RegExp(`^P1 \\S+ ${department} \\S+ 0 ${inHand}$`))])
      await office.supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'again')
      expect(await figures()).toBe(`${told}, yellow 1, to_lift 1`)
      expect(await decide('keep')).toEqual({ state: 'notified' })
      expect(await figures()).toBe(`${told}, yellow 1`)
      await moveTo('06-30 09:00')
      expect(await figures()).toBe(`${told}, yellow 1`)
      await send('P1 06-30 09:00 VOID id=v2 target=o')
      expect(await figures()).toMatch(new RegExp(`^${told}, yellow 1`))
      expect((await listed()).length).toBe(1)
    },
  )

  it.each(table)(
    'F3 C5 M1: by %s, a %s standing: lifted by a person nothing of its limit counts',
    async (way, other) => {
      await opened(OTHERS[other], way)
      await strike(way)
      expect(await decide('lift')).toEqual({ state: 'lifted' })
      expect(await figures()).toBe('')
    },
  )

  it('F3 C5: whichever fact goes first, both gone it is late as it was', async () => {
    const said: string[] = []
    for (const [no, order] of [
      ['P1', ['a', 'o']],
      ['P2', ['o', 'a']],
    ] as const) {
      const story = `${OPEN}\n${OTHERS.handover}`.replaceAll('P1', no).replaceAll('id=', `id=${no}`)
      await moveTo('06-19 09:00')
      const seen = await figures()
      await office.send([events(story)])
      for (const target of order) await send(`${no} 06-19 09:00 VOID id=${no}v${target} target=${no}${target}`)
      said.push(`${seen} → ${await figures()}`)
    }
    expect(said).toEqual([
      ` → ${IN_HAND}, yellow 1, to_lift 1`,
      `${IN_HAND}, yellow 1, to_lift 1 → received 2, accepted 2, in_hand 2, overdue 2, yellow 2, to_lift 2`,
    ])
  })

  it('F3 C5: an acceptance that comes after it makes the case one by its facts again', async () => {
    await opened(OTHERS.step, 'void')
    await strike('void')
    expect(await decide('keep')).toEqual({ state: 'notified' })
    await send('P1 06-01 ACCEPT id=b item=PERMIT window=A02')
    // taken by A01 since, whose step it is
    expect([await figures(), await listed()]).toEqual([`${IN_HAND}, yellow 1`, ['P1 accepted D1 A01 2 true']])
  })

  it('F3 C5: an end that comes after it ends it: late, and in hand no more', async () => {
    await opened(OTHERS.step, 'void')
    await strike('void')
    expect(await decide('keep')).toEqual({ state: 'notified' })
    await send('P1 06-19 09:00 WITHDRAW id=w window=A01')
    expect(await figures()).toBe('received 1, accepted 1, late 1, yellow 1')
    expect(await listed()).toEqual(['P1 concluded D1 A01 2 false'])
  })

  it('F3: in time, of which no card was told, it counts by its facts alone', async () => {
    await send(`${OPEN}\nP1 06-01 11:00 HANDOVER id=o window=A01 to_window=A02`)
    await send('P1 06-01 12:00 VOID id=v target=a')
    expect(await figures()).toBe('')
  })
})
