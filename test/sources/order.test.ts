// What a source could have told of a case is decided by the set of facts and declarations, never by their order (F2, I12): given
// one source that speaks by wire, by a file without notices and deliveries, and by one with all of them, when they come in any
// order, then every case is judged alike, and as the law and SPEC have it: nobody is accused of what only a narrow file left
// out, and no file silences what the wire, or a wider file, could have told.

import { afterEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { frontOf } from '../import/front.ts'
import { answered, clean, HALL } from '../import/registers.ts'
import { type House, openHouse } from '../live/house.ts'

/** 4 May 2026 is a Monday after the holiday; a permit whose receipt is answered by nothing is accepted by silence on it (许可 32). */
const PERMITS = {
  ...HALL,
  items: [{ task_code: 'p', name: '许可', org_code: 'd', item_type: '01', promise: '20WD' }],
}
const NOW = '2026-05-26T10:00:00+08:00'
const RECEIVED = '2026-05-06 09:00:00'

const mapping = (...case_: readonly object[]) => ({
  mapping: 'm',
  source: 's',
  zone: 'Asia/Shanghai',
  dates: ['yyyy-MM-dd HH:mm:ss'],
  fields: { project_no: 'no', org_code: { const: 'd' }, task_code: { const: 'p' } },
  case: case_,
})
const GRANTED = { type: 'DECIDE', at: 'done', payload: { result: { const: 'granted' } } }
const NARROW = mapping({ type: 'RECEIVE', at: 'rec' }, { type: 'ACCEPT', at: 'acc' }, GRANTED)
const WIDE = mapping(
  { type: 'RECEIVE', at: 'rec' },
  { type: 'CORRECT_NOTICE', at: 'cn' },
  { type: 'ACCEPT', at: 'acc' },
  { type: 'REFUSE_ACCEPT', at: 'ref' },
  GRANTED,
  { type: 'DELIVER', at: 'del' },
)

let open: House[] = []
afterEach(async () => {
  await Promise.all(open.map((house) => house.close()))
  open = []
})
const hall = async (): Promise<House> => {
  const house = await openHouse({ at: NOW, sources: ['s'] })
  open.push(house)
  await house.load(PERMITS as Parameters<House['load']>[0])
  return house
}

const importFile = async (house: House, of: object, text: string): Promise<string> => {
  const front = frontOf(house)
  const { body } = await front.bring('a.csv', text)
  const started = await front.start({ file_id: body.file.file_id, mapping: of })
  expect(started.status).toBe(202)
  const job = await front.ended(started.body.import_id)
  expect(job.state).toBe('done')
  return job.import_id
}

const said = (type: string, no: string, at: string, payload: object = {}) => ({
  event_id: `${type}-${no}`,
  event_type: type,
  occurred_at: `${at.replace(' ', 'T')}+08:00`,
  project_no: no,
  org_code: 'd',
  task_code: 'p',
  payload,
})

type Act = (house: House) => Promise<unknown>
/** Of a case that only wire, file or both tell of: W, N, V and their letters together. 1 is received alone, 2 is granted. */
const ACTS: Readonly<Record<string, Act>> = {
  wire: (house) =>
    house.post('s', [
      ...['W1', 'WN1'].map((no) => said('RECEIVE', no, RECEIVED)),
      ...['W2', 'WN2'].flatMap((no) => [
        said('ACCEPT', no, '2026-05-06 10:00:00'),
        said('DECIDE', no, '2026-05-08 10:00:00', { result: 'granted' }),
      ]),
    ]),
  narrow: (house) =>
    importFile(
      house,
      NARROW,
      `no,rec,acc,done
N1,${RECEIVED},,
N2,,2026-05-06 10:00:00,2026-05-08 10:00:00
WN1,${RECEIVED},,
WN2,,2026-05-06 10:00:00,2026-05-08 10:00:00
NV1,${RECEIVED},,
NV2,,2026-05-06 10:00:00,2026-05-08 10:00:00
`,
    ),
  wide: (house) =>
    importFile(
      house,
      WIDE,
      `no,rec,cn,acc,ref,done,del
V1,${RECEIVED},,,,,
V2,,,2026-05-06 10:00:00,,2026-05-08 10:00:00,
NV1,${RECEIVED},,,,,
NV2,,,2026-05-06 10:00:00,,2026-05-08 10:00:00,
`,
    ),
}

const NOS = ['W1', 'V1', 'N1', 'WN1', 'NV1', 'W2', 'V2', 'N2', 'WN2', 'NV2']

const told = async (house: House): Promise<Record<string, string>> => {
  await house.serving.supervisor.settled()
  const found: Record<string, string> = {}
  for (const no of NOS) {
    const { status, body } = await answered<CaseView>(house, `cases/${no}`, 'auditor')
    if (status === 404) continue
    const rules = body.cards.map(({ rule_id: rule, state }) => `${rule} ${state}`).sort()
    found[no] = [body.acceptance_deemed ? 'deemed' : '', ...rules, ...body.basis_missing.map((what) => `?${what}`)]
      .filter((word) => word !== '')
      .join(', ')
  }
  return found
}

const DEEMED = 'deemed, T-05 notified'
const UNDELIVERED = 'T-06 notified'
const RIGHT = {
  W1: DEEMED,
  V1: DEEMED,
  // the file has no column of notices and of refusals: silence says nothing
  N1: '?CORRECT_NOTICE, ?REFUSE_ACCEPT',
  WN1: DEEMED,
  NV1: DEEMED,
  W2: UNDELIVERED,
  V2: UNDELIVERED,
  N2: '?DELIVER',
  WN2: UNDELIVERED,
  NV2: UNDELIVERED,
}

const orders = (names: readonly string[]): string[][] =>
  names.length < 2
    ? [[...names]]
    : names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]))

describe('one source by wire and by files', () => {
  it.each(orders(Object.keys(ACTS)).map((order) => [order.join(', then '), order] as const))(
    'I12 F2: %s: every case is judged by what all of them could have told',
    async (_, order) => {
      const house = await hall()
      for (const name of order) await ACTS[name]?.(house)
      expect(await told(house)).toEqual(RIGHT)
      await clean(house)
    },
    60_000,
  )

  it('I12: a notice by wire takes back that it is not known, in the case that it is of and in no other', async () => {
    const house = await hall()
    await ACTS.narrow?.(house)
    await house.post('s', [said('CORRECT_NOTICE', 'N1', '2026-05-07 09:00:00')])
    expect(await told(house)).toMatchObject({ N1: '', NV1: RIGHT.N1, N2: RIGHT.N2 })
  })

  it('I14 I12: the wider file withdrawn, what it could have told is not known again', async () => {
    const house = await hall()
    await ACTS.narrow?.(house)
    const wide = await ACTS.wide?.(house)
    expect(await told(house)).toMatchObject({ NV1: DEEMED, NV2: UNDELIVERED })
    const done = await answered(house, `imports/${wide}/withdraw`, 'administrator', { why: '导错了' })
    expect(done.status).toBe(200)
    const after = await told(house)
    expect([after.NV1, after.NV2].map((words) => words?.replace(/T-0\d \w+, /g, ''))).toEqual([RIGHT.N1, RIGHT.N2])
    await clean(house)
  })

  it('I12 I11: that its numbers are its own is no word on what a source can send', async () => {
    const house = await hall()
    await house.load({ ...HALL, sources: [{ source: 's', name: 's', numbers: 'shared' }] })
    await ACTS.narrow?.(house)
    expect(await told(house)).toMatchObject({ N1: RIGHT.N1, N2: RIGHT.N2 })
  })

  it('I12 I6: a row that a person mends could tell no more than its file', async () => {
    const house = await hall()
    await importFile(house, NARROW, 'no,rec,acc,done\nN2,,2026-05-06 10:00:00,五月八日\n')
    const { body } = await answered<{ items: { id: number; raw: string | null }[] }>(
      house,
      'quarantine?limit=10',
      'supervisor',
    )
    const half = body.items.find(({ raw }) => raw?.includes('DECIDE'))
    const mended = { ...JSON.parse(half?.raw ?? '{}'), occurred_at: '2026-05-08T10:00:00+08:00' }
    const sent = await answered(house, `quarantine/${half?.id}/resubmit`, 'administrator', mended)
    expect(sent.body).toMatchObject({ outcome: 'accepted' })
    expect(await told(house)).toMatchObject({ N2: RIGHT.N2 })
    await clean(house)
  })
})
