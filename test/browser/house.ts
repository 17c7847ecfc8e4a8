// A whole server for browser tests: real threads, real database in a temporary folder, real sockets, a small hall of
// six windows, and a pipe in front of it that can be cut. Nothing in it is a double.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '../../server/access/permissions.ts'
import { readSettings } from '../../server/config.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'

const CATALOGUE = {
  catalogue: '测试大厅',
  valid_from: '2026-01-01',
  centre: { name: '青石县政务服务中心', name_en: 'Qingshi Service Centre', calendar: 'cn' },
  regions: [{ region_code: '990000', name: '青石县', name_en: 'Qingshi' }],
  departments: [
    { org_code: 'MR', name: '市场监督管理局', name_en: 'Market Regulation', short_name: '市监', region_code: '990000' },
    { org_code: 'HC', name: '住房和城乡建设局', name_en: 'Housing', short_name: '住建', region_code: '990000' },
  ],
  windows: ['A01', 'A02', 'A03', 'B01', 'B02', 'B03'].map((no, i) => ({
    window_no: no,
    name: i < 3 ? '食品经营' : '施工许可',
    name_en: i < 3 ? 'Food' : 'Building',
    org_code: i < 3 ? 'MR' : 'HC',
    row: i < 3 ? 1 : 2,
    column: (i % 3) + 1,
  })),
  items: [
    {
      task_code: 'FOOD',
      name: '食品经营许可',
      name_en: 'Food permit',
      org_code: 'MR',
      item_type: '01',
      promise: '10WD',
      statute: '20WD',
    },
    {
      task_code: 'BUILD',
      name: '施工许可',
      name_en: 'Building permit',
      org_code: 'HC',
      item_type: '01',
      promise: '5WD',
      statute: '15WD',
    },
  ],
  sources: [{ source: 'test', name: '测试来源', rate_scale: 'best_first' }],
}

export interface House {
  readonly url: string
  readonly serving: Serving
  /** Posts events as source `test`, or another; every one must be accepted. */
  post(events: readonly Record<string, unknown>[], source?: string): Promise<void>
  /** A key of a role, as a reader of the pages has it, with what it is noted under. */
  keyOf(role: Role, note?: string): Promise<string>
  /** What the API says at a path, to whoever asks or to the holder of a key. */
  get<T>(path: string, key?: string): Promise<T>
  close(): Promise<void>
}

const mustBeBuilt = (): void => {
  if (!existsSync(new URL('../../dist/client/index.html', import.meta.url))) {
    throw new Error('The client is not built: run npm test, or npm run build before a single suite.')
  }
}

/**
 * @param clock as `--clock`, for example `2026-03-30T23:59:50+08:00x1`
 * @param more parts of the catalogue that are other than the small hall's
 */
export const openHouse = async (clock: string, more: Record<string, unknown> = {}): Promise<House> => {
  mustBeBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-browser-'))
  const settings = readSettings({ data: folder, port: 0, clock, log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  const serving = await openServing({ settings, anonymous: 'leader', onBroken })
  const sources = new Map([['test', (await addKey(serving.keys, { source: 'test' }, 0)).key]])
  const administrator = (await addKey(serving.keys, { role: 'administrator' }, 0)).key
  await serving.keysChanged()
  const send = async (path: string, key: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${serving.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const said = (await answer.json()) as Record<string, unknown>
    if (!answer.ok) throw new Error(JSON.stringify(said))
    return said
  }
  await send('/api/v1/catalogue', administrator, { ...CATALOGUE, ...more })
  return {
    url: serving.url,
    serving,
    async post(events, source = 'test') {
      const key = sources.get(source) ?? (await addKey(serving.keys, { source }, 0)).key
      sources.set(source, key)
      await serving.keysChanged()
      const said = await send('/api/v1/events', key, events)
      if (said.accepted !== events.length) throw new Error(JSON.stringify(said))
    },
    async keyOf(role, note) {
      const { key } = await addKey(serving.keys, { role, ...(note === undefined ? {} : { note }) }, 0)
      await serving.keysChanged()
      return key
    },
    async get<T>(path: string, key?: string) {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
      return (await (await fetch(`${serving.url}${path}`, { headers })).json()) as T
    },
    async close() {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let last = 0

/** An event of window A01 with an id of its own. */
export const event = (type: string, projectNo: string, at: string, more: Record<string, unknown> = {}) => {
  last += 1
  return {
    event_id: `e${last}`,
    event_type: type,
    project_no: projectNo,
    occurred_at: at,
    org_code: 'MR',
    window_no: 'A01',
    operator_id: 'op1',
    operator_name: '欧阳明月',
    task_code: 'FOOD',
    ...more,
  }
}

export interface Pipe {
  readonly url: string
  /** Ends every connection and takes no new one, as a pulled cable and a dead switch do. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A pipe to a server that can be cut and mended. */
export const openPipe = (target: string): Promise<Pipe> => {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(a)
      a.on('error', () => a.destroy())
      a.on('close', () => {
        open.delete(a)
        b.destroy()
      })
      a.pipe(b)
    }
  })
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done({
        url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
        cut() {
          isCut = true
          for (const socket of open) socket.destroy()
        },
        mend() {
          isCut = false
        },
        close: () =>
          new Promise((closed) => {
            for (const socket of open) socket.destroy()
            server.close(() => closed())
          }),
      })
    })
  })
}
