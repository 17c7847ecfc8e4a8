// The commands beside a running server and alone (A6), and how each ends: 0 done, 1 found something wrong, 2 asked
// wrongly, 3 could not; whatever is wrong is one sentence and no stack.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SMALL } from '../supervision/house.ts'
import { type Served, startServer } from '../torture/process.ts'
import { mingjing, type Ran } from './run.ts'

const CLOCK = '2026-09-30T10:00:00+08:00x1'
const folder = mkdtempSync(join(tmpdir(), 'mingjing-cli-'))
const data = join(folder, 'data')
const file = (name: string, body: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof body === 'string' ? body : JSON.stringify(body))
  return path
}
const isSentence = ({ err }: Ran): boolean => err.trim() !== '' && !err.includes('    at ')

let served: Served
beforeAll(async () => {
  served = await startServer({ folder: data, clock: CLOCK }).ready
})
afterAll(async () => {
  await served.kill()
  rmSync(folder, { recursive: true, force: true })
})

const post = async (key: string, events: readonly unknown[]): Promise<Response> =>
  fetch(`${served.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })

const accept = (no: string) => ({
  event_id: `${no}-1`,
  event_type: 'ACCEPT',
  project_no: no,
  occurred_at: '2026-09-14T10:00:00+08:00',
  task_code: 'five',
  org_code: 'D1',
  window_no: 'A01',
})

describe('beside a running server', () => {
  it('A6, A2: a key is added and opens the door at once; a catalogue is loaded; a bad role is refused with 2', async () => {
    const [made, auditor, odd, loaded] = await Promise.all([
      mingjing(['key', 'add', '--source', 'east', '--json', '--data', data]),
      mingjing(['key', 'add', '--role', 'auditor', '--json', '--data', data]),
      mingjing(['key', 'add', '--role', 'emperor', '--data', data]),
      mingjing(['catalogue', file('small.json', SMALL), '--data', data]),
    ])
    const { key } = JSON.parse(made.out) as { key: string }
    expect(key).toMatch(/^mj_/)
    expect(JSON.parse(auditor.out)).toMatchObject({ role: 'auditor', source: null })
    expect(odd).toMatchObject({ code: 2 })
    expect(isSentence(odd)).toBe(true)
    expect(loaded).toMatchObject({ code: 0 })
    expect(loaded.out).toContain('loaded')
    expect(await (await post(key, [accept('C1'), accept('C2')])).json()).toMatchObject({ accepted: 2, rejected: 0 })
  })

  it('A6: a second server on the same data and one on a taken port are refused in a sentence, with 3', async () => {
    const [second, port] = await Promise.all([
      mingjing(['serve', '--data', data, '--port', '0']),
      mingjing(['serve', '--data', join(folder, 'other'), '--port', new URL(served.url).port]),
    ])
    expect(second).toMatchObject({ code: 3 })
    expect(second.err).toContain('同一目录只允许一个写入者')
    expect(port).toMatchObject({ code: 3 })
    expect(port.err).toContain('--port')
    expect([isSentence(second), isSentence(port)]).toEqual([true, true])
  })

  it('I9: a catalogue with faults is refused whole with 2, every fault with its place; a file that is none too', async () => {
    const faulty = {
      ...SMALL,
      valid_from: 'soon',
      items: [{ task_code: 'x', name: 'x', org_code: 'D1', promise: '5 days' }],
    }
    const [faults, noJson, missing] = await Promise.all([
      mingjing(['catalogue', file('faulty.json', faulty), '--data', data]),
      mingjing(['catalogue', file('text.json', '{"catalogue": '), '--data', data]),
      mingjing(['catalogue', join(folder, 'nowhere.json'), '--data', data]),
    ])
    expect(faults).toMatchObject({ code: 2 })
    expect(faults.err).toContain('/valid_from')
    expect(faults.err).toContain('/items/0/promise')
    expect(noJson).toMatchObject({ code: 2 })
    expect(isSentence(noJson)).toBe(true)
    expect(missing.code).toBeGreaterThanOrEqual(2)
    expect(missing.err).toContain('nowhere.json')
  })

  it('SPEC 11: a clock, a port or a folder that cannot be is told in a sentence, with 2 or 3', async () => {
    const [clock, port, audit] = await Promise.all([
      mingjing(['serve', '--data', join(folder, 'x'), '--clock', 'tomorrow']),
      mingjing(['serve', '--data', join(folder, 'x'), '--port', '99999']),
      mingjing(['audit', '--data', join(folder, 'nothing')]),
    ])
    expect(clock).toMatchObject({ code: 2 })
    expect(clock.err).toContain('x600')
    expect(port).toMatchObject({ code: 2 })
    expect(audit).toMatchObject({ code: 3 })
    expect([isSentence(clock), isSentence(port), isSentence(audit)]).toEqual([true, true, true])
  })

  it('M7, A4: audit and verify are clean beside the server', async () => {
    const [audit, verify] = await Promise.all([
      mingjing(['audit', '--data', data, '--json']),
      mingjing(['verify', '--data', data, '--json']),
    ])
    expect(audit).toMatchObject({ code: 0 })
    expect(JSON.parse(audit.out)).toMatchObject({ cases: 2, pending: 0, count: 0 })
    expect(verify).toMatchObject({ code: 0 })
    expect(JSON.parse(verify.out)).toMatchObject({ size: 3, count: 0 })
  })
})

describe('alone', () => {
  it('A6: told to stop it ends with 0, and then a key can be added without it', async () => {
    expect(await served.stop()).toBe(0)
    const made = await mingjing(['key', 'add', '--source', 'west', '--json', '--data', data])
    expect(made).toMatchObject({ code: 0 })
    const listed = await mingjing(['key', 'list', '--data', data])
    expect(
      listed.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).source),
    ).toContain('west')
    expect(listed.out).not.toContain((JSON.parse(made.out) as { key: string }).key)
  })

  it('A4, M7: one changed byte in a stored fact is found by verify, and what it changes in law by audit, with 1', async () => {
    const db = new Database(join(data, 'ledger.sqlite'))
    const changed = db.prepare("UPDATE entry SET body = replace(body, 'C1-1', 'C1-2') WHERE event_id = 'C1-1'").run()
    const moved = db
      .prepare(
        'UPDATE entry SET body = replace(body, \'"window_no":"A01"\', \'"window_no":"A02"\') WHERE event_id = \'C2-1\'',
      )
      .run()
    db.close()
    expect([changed.changes, moved.changes]).toEqual([1, 1])
    const [audit, verify] = await Promise.all([
      mingjing(['audit', '--data', data]),
      mingjing(['verify', '--data', data]),
    ])
    expect(audit).toMatchObject({ code: 1 })
    expect(audit.out).toContain('C2')
    expect(verify).toMatchObject({ code: 1 })
  })
})
