// Documents nested without end at every door that takes an object (I5): refused with a code and a place, never a fault of ours;
// as JSON, as the text of a mapping, as a file of master data.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['s'] })
})
afterAll(() => house.close())

const deep = (depth: number, [open, close]: readonly [string, string]): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`
const LISTS = ['[', ']'] as const
const OBJECTS = ['{"a":', '}'] as const

const DOORS: readonly [path: string, body: (inner: string) => string][] = [
  ['/imports/preview', (inner) => `{"file_id":"FILE","mapping":${inner}}`],
  ['/imports', (inner) => `{"file_id":"FILE","mapping":${inner},"source":"s"}`],
  ['/imports/preview', (inner) => `{"file_id":"FILE","mapping":${JSON.stringify(inner)}}`],
  ['/imports', (inner) => `{"file_id":"FILE","mapping":${JSON.stringify(inner)},"source":"s"}`],
  ['/catalogue', (inner) => `{"catalogue":"c","valid_from":"2026-01-01","items":[${inner}]}`],
  ['/catalogue', (inner) => `{"catalogue":"c","valid_from":"2026-01-01","rules":${inner}}`],
  ['/due', (inner) => `{"accept":"2026-03-02","limit":"5WD","pauses":${inner}}`],
  ['/aliases', (inner) => `{"project_no":${inner},"alias":"x","why":"w"}`],
  ['/voids', (inner) => `{"source":${inner},"event_id":"x","why":"w"}`],
]

const post = async (
  path: string,
  body: string,
  type = 'application/json',
): Promise<{ status: number; code: unknown }> => {
  const answer = await fetch(`${house.serving.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': type },
    body,
  })
  const told = (await answer.json()) as { code?: unknown; faults?: unknown[]; refused?: { code: unknown } }
  return { status: answer.status, code: told.code ?? told.refused?.code ?? (told.faults?.length ? 'faults' : null) }
}

describe('nested without end', () => {
  it.each(DOORS)('I5: %s: a code, not 500 [S16]', async (path, bodyOf) => {
    const brought = await fetch(`${house.serving.url}/api/v1/imports/preview?name=t.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/octet-stream' },
      body: 'no,on\n1,2026-03-05\n',
    })
    const fileId = ((await brought.json()) as { file: { file_id: string } }).file.file_id
    for (const kind of [LISTS, OBJECTS])
      for (const depth of [15, 40, 70, 5_000, 40_000]) {
        const { status, code } = await post(path, bodyOf(deep(depth, kind)).replace('FILE', fileId))
        expect([status < 500, typeof code], `${path} ${kind[0]} × ${depth}: ${status} ${code}`).toEqual([
          true,
          'string',
        ])
      }
  })

  it('I5 I8: a mapping sent with the file, too', async () => {
    for (const depth of [40, 1_500]) {
      const mapping = encodeURIComponent(deep(depth, LISTS))
      const { status, code } = await post(
        `/imports/preview?name=t.csv&mapping=${mapping}`,
        'no\n1\n',
        'application/octet-stream',
      )
      expect([status < 500, code]).toEqual([true, 'faults'])
    }
  })

  const load = async (
    file: string,
    mapping: string | null,
    name = 'c.json',
  ): Promise<{ status: number; code: unknown }> => {
    const form = new FormData()
    form.set('file', new File([file], name))
    if (mapping !== null) form.set('mapping', new File([mapping], 'm.yaml'))
    form.set('dry_run', '1')
    const answer = await fetch(`${house.serving.url}/api/v1/catalogue/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.keys.administrator}` },
      body: form,
    })
    const told = (await answer.json()) as { code?: unknown; faults?: { en: string }[] }
    return { status: answer.status, code: told.code ?? told.faults?.[0]?.en ?? null }
  }

  it('I5 I9: a file of master data, its rows under a mapping, and the mapping itself [S16]', async () => {
    const mapping = JSON.stringify({
      mapping: 'm',
      rows: '/list',
      tables: [{ table: 'departments', fields: { org_code: 'a', name: 'b', region_code: 'c' } }],
    })
    for (const kind of [LISTS, OBJECTS])
      for (const depth of [40, 5_000, 40_000]) {
        const inner = deep(depth, kind)
        const asked: [file: string, mapping: string | null][] = [
          [`{"catalogue":"c","valid_from":"2026-01-01","items":[${inner}]}`, null],
          [inner, null],
          [`{"list":[{"a":${inner},"b":"b","c":"c"}]}`, mapping],
          ['{"list":[]}', inner],
        ]
        for (const [file, by] of [...asked, [`{"org_code":"D","name":${inner},"region_code":"R"}`, null] as const]) {
          const { status, code } = await load(file, by, file.startsWith('{"org') ? 'c.ndjson' : 'c.json')
          expect([status < 500, typeof code], `${file.slice(0, 40)} × ${depth}: ${status} ${code}`).toEqual([
            true,
            'string',
          ])
        }
      }
  })

  it('I9: half a character in a file of master data is told with its place [S16]', async () => {
    const row = '{"org_code":"D","name":"a\\ud83d","region_code":"R"}'
    const file = `{"catalogue":"c","valid_from":"2026-01-01","regions":[{"region_code":"R","name":"r"}],"departments":[${row}]}`
    expect((await load(file, null)).status).toBeLessThan(500)
    expect((await load(row, null, 'c.ndjson')).status).toBeLessThan(500)
  })
})
