// A real server with SQLite for the suites of master data: a small hall with one item of each kind of flag, and keys.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../server/config.ts'
import type { MasterLoad } from '../../server/contract/master.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing } from '../../server/serve.ts'

const CATALOGUE = {
  catalogue: '试验目录',
  valid_from: '2026-01-01',
  regions: [
    { region_code: '990000', name: '青石市', name_en: 'Qingshi' },
    { region_code: '990001', name: '青石县', parent: '990000' },
  ],
  departments: [
    { org_code: 'MR', name: '市场监督管理局', region_code: '990000' },
    { org_code: 'HC', name: '住房和城乡建设局', region_code: '990001' },
  ],
  windows: [
    { window_no: 'A01', name: '食品经营', org_code: 'MR' },
    { window_no: 'B01', name: '施工许可', org_code: 'HC' },
    { window_no: 'C01', name: '已撤部门', org_code: 'GONE' },
  ],
  operators: [{ operator_id: 'op1', name: '欧阳明月', org_code: 'MR', window_no: 'A01' }],
  items: [
    { task_code: 'FOOD', name: '食品经营许可', org_code: 'MR', item_type: '01', promise: '10WD', statute: '20WD' },
    { task_code: 'BUILD', name: '施工许可', org_code: 'HC', item_type: '01', promise: '5WD', statute: '15WD' },
    { task_code: 'LATER', name: '户外广告许可', org_code: 'HC', item_type: '01', promise: '30ND', statute: '20WD' },
    { task_code: 'BARE', name: '印章刻制', org_code: 'MR', item_type: '01', promise: '3WD' },
    { task_code: 'OPEN', name: '政策咨询', org_code: 'MR', item_type: '20' },
  ],
  sources: [{ source: 'test', name: '测试来源' }],
}

interface Uploaded {
  status: number
  body: MasterLoad
  problem: string | undefined
  load: MasterLoad | undefined
}

interface Opening {
  readonly no: string
  readonly at: string
  readonly task_code: string
  readonly org_code?: string
  readonly window_no?: string
}

export interface MasterHouse {
  readonly folder: string
  readonly url: string
  readonly firstEntry: number
  readonly keys: Readonly<Record<'administrator' | 'auditor' | 'screen' | 'source', string>>
  get<T>(path: string, key?: string): Promise<{ status: number; body: T }>
  enact(document: unknown): Promise<{ entry: number }>
  upload(file: string | Uint8Array, name: string, more?: Record<string, string>, key?: string): Promise<Uploaded>
  /** An ACCEPT of each. */
  post(openings: readonly Opening[]): Promise<void>
  settled(): Promise<void>
  close(): Promise<void>
}

export const openMasterHouse = async (clock: string): Promise<MasterHouse> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-master-test-'))
  const settings = readSettings({ data: folder, port: 0, clock, log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  const serving = await openServing({ settings, anonymous: null, onBroken })
  const keyOf = async (asked: Parameters<typeof addKey>[1]): Promise<string> =>
    (await addKey(serving.keys, asked, 0)).key
  const keys = {
    administrator: await keyOf({ role: 'administrator' }),
    auditor: await keyOf({ role: 'auditor' }),
    screen: await keyOf({ role: 'screen' }),
    source: await keyOf({ source: 'test' }),
  }
  await serving.keysChanged()
  const send = async (path: string, key: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${serving.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const said = (await answer.json()) as Record<string, unknown>
    if (!answer.ok) throw new Error(JSON.stringify(said))
    return said
  }
  const enact = async (document: unknown): Promise<{ entry: number }> =>
    (await send('/api/v1/catalogue', keys.administrator, document)) as { entry: number }
  const { entry: firstEntry } = await enact(CATALOGUE)
  return {
    folder,
    url: serving.url,
    firstEntry,
    keys,
    enact,
    async get(path, key = keys.administrator) {
      const answer = await fetch(`${serving.url}${path}`, { headers: { authorization: `Bearer ${key}` } })
      return { status: answer.status, body: (await answer.json()) as never }
    },
    async upload(file, name, more = {}, key = keys.administrator) {
      const form = new FormData()
      form.set('file', new File([file as string], name))
      for (const [field, value] of Object.entries(more)) form.set(field, value)
      const headers = { authorization: `Bearer ${key}` }
      const answer = await fetch(`${serving.url}/api/v1/catalogue/files`, { method: 'POST', headers, body: form })
      const body = (await answer.json()) as MasterLoad & { code?: string; load?: MasterLoad }
      return { status: answer.status, body, problem: body.code, load: body.load }
    },
    async post(openings) {
      const events = openings.map(({ no, at, ...more }) => ({
        event_id: `e-${no}`,
        event_type: 'ACCEPT',
        project_no: no,
        occurred_at: at,
        org_code: 'MR',
        window_no: 'A01',
        ...more,
      }))
      const said = await send('/api/v1/events', keys.source, events)
      if (said.accepted !== events.length) throw new Error(JSON.stringify(said))
    },
    settled: () => serving.supervisor.settled(),
    async close() {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
