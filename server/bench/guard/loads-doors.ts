// Loads of `bench guard` at all the doors: silent uploads beside large imports, the largest bodies of something and of nothing,
// floods of sockets and keys, lists and exports at their largest (I5).

import { randomBytes } from 'node:crypto'
import { linesOf, listOf, manyCases } from './bodies.ts'
import { type Door, JSON_TYPE, LINES_TYPE, openSilent, post, read, speakTo } from './door.ts'
import { add, codeIn, EVENTS, type Load, none, told } from './load.ts'

const MB = 1024 * 1024
/** The largest that a request may be, as the server ships. */
const MOST_BYTES = 8 * MB
const MOST_EVENTS = 10_000

/** Twenty bodies that never come to their end, on every door that takes a stream, and large imports beside them. */
export const silentUploads = (share: number): Load => ({
  name: 'd 20 silent uploads, and large imports beside',
  async ready(door) {
    const brought = linesOf(manyCases(Math.ceil(30_000 * share), 'd', 12 * MB * share))
    return async () => {
      const doors = [
        ['/api/v1/imports/preview', 'application/octet-stream'],
        [EVENTS, LINES_TYPE],
        [EVENTS, JSON_TYPE],
        ['/api/v1/due', JSON_TYPE],
      ] as const
      const silent = await Promise.all(
        Array.from({ length: 20 }, (_, n) => {
          const [path, type] = doors[n % doors.length] as (typeof doors)[number]
          return openSilent(door, path, {
            key: 'administrator',
            type,
            bytes: path === '/api/v1/due' ? MB - 1 : MOST_BYTES - 1,
          })
        }),
      )
      const said = await Promise.all([importing(door, brought, 'd-one'), importing(door, brought, 'd-two')])
      for (const socket of silent) socket.destroy()
      return said.join('; ')
    }
  },
})

const PAUSE_MS = 100

const importing = async (door: Door, body: string, source: string): Promise<string> => {
  const path = `/api/v1/imports?name=many.ndjson&source=${source}&historical=true`
  const begun = await post(door, path, { key: 'administrator', type: 'application/octet-stream', body })
  if (begun.status !== 202) return `${begun.status} ${codeIn(begun.text)}`
  const { import_id: id } = JSON.parse(begun.text) as { import_id: string }
  for (;;) {
    const { text } = await read(door, `/api/v1/imports/${id}`)
    const job = JSON.parse(text) as { state: string; counts: unknown }
    if (job.state !== 'waiting' && job.state !== 'running') return `${job.state} ${JSON.stringify(job.counts)}`
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
}

interface Body {
  readonly name: string
  readonly type: string
  readonly body: string
  readonly path?: string
}

export const ofBodies = (name: string, key: string, bodies: () => readonly Body[]): Load => ({
  name,
  async ready(door) {
    const made = bodies()
    return async () => {
      const said: string[] = []
      for (const { name: what, type, body, path = EVENTS } of made) {
        const answer = await post(door, path, { key, type, body })
        const counts = none()
        add(counts, answer)
        said.push(`${what}: ${answer.status} ${told(counts)}`)
      }
      return said.join('; ')
    }
  },
})

export const wholeBodies = (share: number): readonly Body[] => {
  const texts = manyCases(Math.ceil(MOST_EVENTS * share), 'e', MOST_BYTES * share)
  const two = manyCases(Math.ceil(2_000 * share), 'e2', MOST_BYTES * share)
  const lines = manyCases(Math.ceil(MOST_EVENTS * share), 'el', MOST_BYTES * share)
  return [
    { name: '10,000 in a list', type: JSON_TYPE, body: listOf(texts) },
    { name: '2,000 of 4 kB', type: JSON_TYPE, body: listOf(two) },
    { name: '10,000 lines', type: LINES_TYPE, body: linesOf(lines) },
  ]
}

/** Bodies that mean nothing and are dear to read. */
export const idleBodies = (share: number): readonly Body[] => {
  const bytes = Math.floor((MOST_BYTES - 1_000) * share)
  const members = Array.from({ length: Math.floor(bytes / 14) }, (_, n) => `"k${n}":{}`).join(',')
  const deep = Math.floor(bytes / 2)
  const event = manyCases(1, 'idle', 0)[0] ?? ''
  return [
    { name: 'ones', type: JSON_TYPE, body: `[${'1,'.repeat(deep)}1]` },
    { name: 'members', type: JSON_TYPE, body: `{${members.slice(0, bytes)}` },
    {
      name: 'one event of members',
      type: JSON_TYPE,
      body: `{"payload":{${members.slice(0, members.lastIndexOf(','))}}}`,
    },
    { name: 'brackets', type: JSON_TYPE, body: '['.repeat(deep) + ']'.repeat(deep) },
    { name: 'one text', type: JSON_TYPE, body: `[${event.replace('"x', `"${'文'.repeat(bytes / 3)}`)}]` },
    { name: 'breaks', type: LINES_TYPE, body: '\n'.repeat(bytes) },
    { name: 'broken lines', type: LINES_TYPE, body: 'x\n'.repeat(Math.ceil(9_900 * share)) },
    { name: 'one line', type: LINES_TYPE, body: `"${'x'.repeat(bytes)}"\n` },
    {
      name: 'list at another door',
      type: JSON_TYPE,
      path: '/api/v1/due',
      body: `[${'[],'.repeat(Math.floor(340_000 * share))}1]`,
    },
    {
      name: 'names at another door',
      type: JSON_TYPE,
      path: '/api/v1/due',
      body: `{${members.slice(0, Math.floor(1_000_000 * share)).replace(/,[^,]*$/, '')}}`,
    },
  ]
}

export const floods = (share: number): Load => ({
  name: 'f a flood of hellos, and 1,000 sockets without a key',
  ready: async (door) => async () => {
    const hello = '42["wall:hello",{"protocol":1,"scope":"all","panels":null,"cursor":null}]'
    const flooding = Array.from({ length: 10 }, () =>
      speakTo(door, (text, say) => {
        if (text.includes('0{"sid"') && !text.includes('40{"sid"'))
          say([`40${JSON.stringify({ token: door.keys.screen })}`])
        if (text.includes('40{"sid"')) say(new Array<string>(Math.ceil(2_000 * share)).fill(hello))
      }),
    )
    const keyless = Array.from({ length: Math.ceil(1_000 * share) }, () => speakTo(door, () => undefined))
    const wrong = Array.from({ length: Math.ceil(500 * share) }, () =>
      read({ ...door, keys: { administrator: randomBytes(20).toString('hex') } }, '/api/v1/cases'),
    )
    await Promise.all([...flooding, ...keyless, ...wrong])
    return `${flooding.length} flooders and ${keyless.length} sockets cut, ${wrong.length} wrong keys refused`
  },
})

const READINGS = [
  '/api/v1/cases?limit=500',
  '/api/v1/cards?limit=500',
  '/api/v1/quarantine?limit=500',
  '/api/v1/windows',
  '/api/v1/measures?period=all&by=item',
  '/api/v1/measures?period=all&by=operator&format=xlsx',
  '/api/v1/measures?period=2026&by=source&format=csv',
  '/api/v1/rankings?period=2026&by=window&format=xlsx',
  '/api/v1/rankings?period=2026&by=window&format=csv',
  '/api/v1/measures/cases?period=all&by=department&kind=received&limit=500',
  '/api/v1/catalogue/items',
  '/api/v1/calendars',
  '/api/v1/law',
  '/api/v1/cases/GUARD-A',
  '/api/v1/cases/GUARD-M',
  '/api/v1/cases/GUARD-A?as_of=NOW',
  '/api/v1/cases/GUARD-M?as_of=NOW',
  '/api/v1/cases/GUARD-SUSPEND',
  '/api/v1/cases/GUARD-SUSPEND?as_of=NOW',
]

export const readings = (): Load => ({
  name: 'g lists, exports and as_of at their largest',
  async ready(door) {
    return async () => {
      const health = JSON.parse((await read(door, '/health')).text) as { now: string }
      const said = new Map<string, number>()
      for (let round = 0; round < 3; round++)
        for (const path of READINGS) {
          const { status, text } = await read(door, path.replace('NOW', encodeURIComponent(health.now)))
          const key = status === 200 ? 'answered' : `${path} ${status} ${codeIn(text)}`
          said.set(key, (said.get(key) ?? 0) + 1)
        }
      return [...said].map(([key, n]) => `${n} ${key}`).join(', ')
    }
  },
})
