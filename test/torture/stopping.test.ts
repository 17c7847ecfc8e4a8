// A server that is told to end while others hold on to it (A6): twenty uploads that say nothing more, an import under way,
// cases being judged again, events coming in. It ends by itself and cleanly, whatever was answered is there, and the next
// server finds the folder free. How long it takes is told, not asserted: the machine has other work.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { linesOf, manyCases } from '../../server/bench/guard/bodies.ts'
import { type Door, JSON_TYPE, LINES_TYPE, openSilent, post, read } from '../../server/bench/guard/door.ts'
import cnCalendar from '../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import { openRecords } from '../../server/store/sqlite/records.ts'
import { examine } from './kill.ts'
import { startServer } from './process.ts'
import { makeKeys } from './waits.ts'

const CLOCK = '2026-09-30T10:00:00+08:00x1'
const EVENTS = '/api/v1/events'
const BYTES = 'application/octet-stream'
const SILENT_DOORS = [
  ['/api/v1/imports/preview', BYTES],
  ['/api/v1/imports?name=x.ndjson&source=z&historical=true', BYTES],
  [EVENTS, LINES_TYPE],
  [EVENTS, JSON_TYPE],
  ['/api/v1/due', JSON_TYPE],
] as const
const SILENT = 20
/** More than is taken in before the end comes. */
const IMPORTED = 20_000
const SENT_AT_LEAST = 30

const folder = mkdtempSync(join(tmpdir(), 'mingjing-stopping-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const accept = (n: number) => ({
  event_id: `E-${n}`,
  event_type: 'ACCEPT',
  project_no: `P-${n}`,
  occurred_at: '2026-09-14T10:00:00+08:00',
  task_code: 'x',
})

/** Events one after the other until nobody answers; the ids of those that were answered `accepted`. */
const sendOn = async (door: Door, key: string, each: (count: number) => void): Promise<string[]> => {
  const accepted: string[] = []
  for (let n = 1_000; ; n++) {
    const body = JSON.stringify(accept(n))
    const answer = await post(door, EVENTS, { key, type: JSON_TYPE, body }).catch(() => null)
    if (answer === null || answer.status !== 200) return accepted
    accepted.push(`E-${n}`)
    each(accepted.length)
  }
}

it('A6, I4: it ends beside silent uploads, an import and cases judged again; all that was answered is there, the folder is free', async () => {
  const keys = await makeKeys(folder)
  const [source = ''] = Object.keys(keys)
  const served = await startServer({ folder, clock: CLOCK }).ready
  try {
    const door: Door = { url: served.url, keys }
    const first = Array.from({ length: 400 }, (_, n) => accept(n))
    expect((await post(door, EVENTS, { key: source, type: JSON_TYPE, body: JSON.stringify(first) })).status).toBe(200)
    const silent = await Promise.all(
      Array.from({ length: SILENT }, (_, n) => {
        const [path, type] = SILENT_DOORS[n % SILENT_DOORS.length] as (typeof SILENT_DOORS)[number]
        return openSilent(door, path, { key: 'administrator', type, bytes: 900_000 })
      }),
    )
    const path = '/api/v1/imports?name=many.ndjson&source=brought&historical=true'
    const body = linesOf(manyCases(IMPORTED, 'i', 0))
    const begun = await post(door, path, { key: 'administrator', type: BYTES, body })
    expect(begun.status).toBe(202)
    const law = {
      catalogue: 'x',
      valid_from: '2026-01-01',
      calendars: [{ ...cnCalendar, days: cnCalendar.days.slice(1) }],
    }
    let sending: Promise<string[]> = Promise.resolve([])
    const enough = new Promise<void>((done) => {
      sending = sendOn(door, source, (count) => {
        if (count >= SENT_AT_LEAST) done()
      })
    })
    const enacted = await post(door, '/api/v1/catalogue', {
      key: 'administrator',
      type: JSON_TYPE,
      body: JSON.stringify(law),
    })
    expect(enacted.status).toBe(201)
    await enough
    const from = performance.now()
    const code = await served.stop()
    process.stdout.write(`ended in ${Math.round(performance.now() - from)} ms\n`)
    expect(code).toBe(0)
    for (const socket of silent) socket.destroy()
    const accepted = await sending
    expect(accepted.length).toBeGreaterThanOrEqual(SENT_AT_LEAST)

    const records = openRecords(folder)
    const facts = await records.factsOfMany(accepted.map((id) => id.replace('E-', 'P-')))
    await records.close()
    const kept = new Set([...facts.values()].flat().map(({ eventId }) => eventId))
    expect(accepted.filter((id) => !kept.has(id))).toEqual([])
    const { findings, cardFaults } = await examine(folder)
    // cases that the new law has not come to yet are no fault
    expect([findings.filter((told) => !/^audit: \d+ cases pending$/.test(told)), cardFaults]).toEqual([[], []])

    const again = await startServer({ folder, clock: CLOCK }).ready
    try {
      const next = { url: again.url, keys }
      const known = await post(next, EVENTS, { key: source, type: JSON_TYPE, body: JSON.stringify(accept(1_000)) })
      expect(JSON.parse(known.text)).toMatchObject({ known: 1, rejected: 0 })
      const { items } = JSON.parse((await read(next, '/api/v1/imports')).text) as { items: { state: string }[] }
      expect(items.map(({ state }) => state)).not.toContain('running')
    } finally {
      await again.stop()
      await again.kill()
    }
  } finally {
    await served.kill()
  }
}, 180_000)
