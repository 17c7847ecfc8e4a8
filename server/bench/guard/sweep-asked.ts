// What the sweep of all routes asks about and sends: the largest there is of each kind in the store that it fills, and bodies
// as large as a route takes (I5).

import { type Door, JSON_TYPE, read, request } from './door.ts'

/** As a server tells it. */
export interface Route {
  readonly method: string
  readonly url: string
  readonly bodyBytes: number
  readonly query: Readonly<Record<string, { readonly enum?: readonly unknown[]; readonly maximum?: number }>>
  readonly required: readonly string[]
}

export const LARGE_CASE = 'GUARD-LARGE'

interface Body {
  readonly type: string
  readonly body: string
  /** Behind the path's query. */
  readonly more?: string
}

const why = (more: object = {}): Body => ({ type: JSON_TYPE, body: JSON.stringify({ why: 'bench', ...more }) })

/** A catalogue of so many items, each with a long name. */
const itemsOf = (count: number): string =>
  JSON.stringify({
    catalogue: 'bench',
    valid_from: '2026-01-01',
    items: Array.from({ length: count }, (_, n) => ({
      task_code: `BENCH${n}`,
      name: `事项 ${n} ${'名'.repeat(60)}`,
      promise: '5WD',
      statute: '20WD',
    })),
  })

const ITEMS = 20_000

const form = (fields: Readonly<Record<string, string>>, file: string): Body => {
  const edge = 'mingjing-bench'
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const body =
    `${parts.join('')}--${edge}\r\ncontent-disposition: form-data; name="file"; filename="items.json"\r\n\r\n` +
    `${file}\r\n--${edge}--\r\n`
  return { type: `multipart/form-data; boundary=${edge}`, body }
}

/** What is known of what a route wants; nothing of it is needed for a route to be measured. */
const BODIES: Readonly<Record<string, (share: number) => Body[]>> = {
  'POST /api/v1/catalogue': (share) => [{ type: JSON_TYPE, body: itemsOf(Math.ceil(ITEMS * share)) }],
  'POST /api/v1/catalogue/files': (share) => [form({ dry_run: '1' }, itemsOf(Math.ceil(ITEMS * share)))],
  'POST /api/v1/catalogue/loads/:entry/take-back': () => [why({ dry_run: true })],
  'POST /api/v1/cases/:project_no/urge': () => [why({ by_name: '甲' })],
  'POST /api/v1/collisions/:project_no': () => [why({ one_case: true })],
  'POST /api/v1/sources/:source/numbers': () => [why({ numbers: 'own' })],
  'POST /api/v1/imports/preview': (share) => [
    { type: 'application/octet-stream', body: csvOf(Math.ceil(100_000 * share), 0), more: '?name=x.csv' },
  ],
}

/** Bodies that every parser can be given, up to the bound of the route: long texts, many members, many elements, deep ones. */
const anyBodies = ({ bodyBytes }: Route, share: number): Body[] => {
  const bytes = Math.floor((bodyBytes - 1_000) * share)
  const members = Array.from({ length: Math.floor(bytes / 16) }, (_, n) => `"k${n}":[]`).join(',')
  const deep = Math.floor(bytes / 2)
  return [
    { type: JSON_TYPE, body: `{"why":"${'x'.repeat(bytes)}"}` },
    { type: JSON_TYPE, body: `{${members}}` },
    { type: JSON_TYPE, body: `[${'[],'.repeat(Math.floor(bytes / 3))}1]` },
    { type: JSON_TYPE, body: '['.repeat(deep) + ']'.repeat(deep) },
  ]
}

export const bodiesFor = (route: Route, share: number): Body[] => [
  ...(BODIES[`${route.method} ${route.url}`]?.(share) ?? []),
  ...anyBodies(route, share),
]

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + (n % 300))).toISOString().slice(0, 10)

/** A register of so many rows; one of another edition has other dates. */
const csvOf = (rows: number, edition: number): string =>
  `办件编号,受理时间,办结时间\n${Array.from({ length: rows }, (_, n) => `R-${n},${day(n)},${edition === 0 ? '' : day(n + 20)}`).join('\n')}\n`

const REGISTER = {
  mapping: 'bench',
  register: '基准台账',
  source: 'sweep-register',
  zone: 'Asia/Shanghai',
  fields: { project_no: '办件编号' },
  case: [
    { key: '受理', type: 'ACCEPT', at: '受理时间' },
    { key: '办结', type: 'COMPLETE', at: '办结时间' },
  ],
}

const BYTES = 'application/octet-stream'
const PAUSE_MS = 200

/** One export of the register; the id of the import when it is done. */
const bringRegister = async (door: Door, rows: number, edition: number): Promise<string> => {
  const asJson = async <T>(method: string, path: string, type?: string, body?: string) => {
    const sent = { method, path, ...(type === undefined ? {} : { type }), ...(body === undefined ? {} : { body }) }
    const { status, text } = await request(door, sent)
    if (status >= 300) throw new Error(`the register was refused: ${status} ${text.slice(0, 400)}`)
    return JSON.parse(text) as T
  }
  const path = '/api/v1/imports/preview?name=register.csv'
  const { file } = await asJson<{ file: { file_id: string } }>('POST', path, BYTES, csvOf(rows, edition))
  const as_of = `2027-12-${edition === 0 ? '01' : '08'}T08:00:00+08:00`
  const asked = { file_id: file.file_id, mapping: REGISTER, as_of, accept_unlisted: true, historical: true }
  const body = JSON.stringify(asked)
  const { import_id: id } = await asJson<{ import_id: string }>('POST', '/api/v1/imports', JSON_TYPE, body)
  for (;;) {
    const { state } = await asJson<{ state: string }>('GET', `/api/v1/imports/${id}?limit=1`)
    if (state === 'done') return id
    if (state !== 'waiting' && state !== 'running') throw new Error(`the register ended ${state}`)
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
}

/** Two exports of one register, the second with every row changed. */
export const bringRegisters = async (door: Door, rows: number): Promise<void> => {
  await bringRegister(door, rows, 0)
  await bringRegister(door, rows, 1)
}

const known = new WeakMap<Door, Promise<Readonly<Record<string, string>>>>()

const look = async (door: Door): Promise<Readonly<Record<string, string>>> => {
  const first = async (path: string, key: string): Promise<string> => {
    const { items } = JSON.parse((await read(door, path)).text) as { items: Record<string, unknown>[] }
    return String(items[0]?.[key] ?? '1')
  }
  const register = await first('/api/v1/imports/entries?limit=1', 'import_id')
  return {
    project_no: LARGE_CASE,
    card_id: await first('/api/v1/cards?limit=1', 'card_id'),
    window_no: await first('/api/v1/windows', 'window_no'),
    id: register,
    source: 's4',
    entry: '1',
    '/api/v1/calendars/:id id': 'cn',
    '/api/v1/quarantine/:id id': await first('/api/v1/quarantine?limit=1', 'id'),
  }
}

/** What stands in the place of each parameter of a path. */
export const placesFor = (door: Door): Promise<Readonly<Record<string, string>>> => {
  const places = known.get(door) ?? look(door)
  known.set(door, places)
  return places
}
