// Bounds of importing over HTTP (I5, I8): what is too large is refused and leaves nothing; a job outlives who asked for it, can
// be stopped, and a restart is told; importing again makes no double.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openHouse } from '../live/house.ts'
import { frontOf } from './front.ts'
import { MANY_DOCUMENT, manyAt } from './many.ts'

const NOW = '2026-09-30T10:00:00+08:00'

it('I5 I8: past the bound 413 that says what to do, told by its length or found on the way; nothing of it stays', async () => {
  const small = await openHouse({ at: NOW, sources: [], uploadBytes: 50_000 })
  try {
    const asked = frontOf(small)
    const told = await asked.bring('big.csv', 'x'.repeat(60_000))
    expect(told).toMatchObject({ status: 413, body: { code: 'upload_too_large' } })
    expect((told.body as unknown as { zh: string; en: string }).zh).toContain('mingjing import')
    const stream = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 8; n++) controller.enqueue(new Uint8Array(10_000).fill(97))
        controller.close()
      },
    })
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: stream,
      duplex: 'half',
    }
    expect((await asked.send('/preview?name=big.csv', init as RequestInit)).status).toBe(413)
    expect(readdirSync(join(small.folder, 'uploads'))).toEqual([])
    expect((await asked.bring('small.csv', 'a\n1\n')).status).toBe(200)
  } finally {
    await small.close()
  }
})

it('I8 I2: a server that goes in the middle says so when it is back; importing again makes no double', async () => {
  const other = await openHouse({ at: NOW, sources: [] })
  try {
    const asked = frontOf(other)
    const bytes = readFileSync(manyAt('many.csv', 12_000))
    const mapping = { ...MANY_DOCUMENT, source: 'cut-off' }
    const { body } = await asked.bring('many.csv', bytes)
    const { body: job } = await asked.start({ file_id: body.file.file_id, mapping, historical: true })
    // a condition, not a length of time: gone once some of it has been answered
    while (((await asked.page(job.import_id)).body.counts?.accepted ?? 0) < 1_000);
    await other.reopen()
    const { body: left } = await asked.page(job.import_id)
    expect(left).toMatchObject({ state: 'interrupted', name: 'many.csv', file_id: null })
    expect(existsSync(join(other.folder, 'uploads', `${body.file.file_id}.csv`))).toBe(false)
    const again = await asked.bring('many.csv', bytes)
    const { body: second } = await asked.start({ file_id: again.body.file.file_id, mapping, historical: true })
    const { counts } = await asked.ended(second.import_id)
    expect(counts?.known).toBeGreaterThanOrEqual(1_000)
    expect((counts?.known ?? 0) + (counts?.accepted ?? 0)).toBe(12_000)
    const { items } = (await (await asked.send('', {})).json()) as { items: { state: string }[] }
    expect(items.map(({ state }) => state)).toEqual(['done', 'interrupted'])
  } finally {
    await other.close()
  }
})

it('I8: stopped by a person, what was answered stands and the file can be imported on', async () => {
  const house = await openHouse({ at: NOW, sources: [] })
  const front = frontOf(house)
  const { body } = await front.bring('many.csv', readFileSync(manyAt('many.csv', 12_000)))
  const mapping = { ...MANY_DOCUMENT, source: 'stopped' }
  const { body: job } = await front.start({ file_id: body.file.file_id, mapping, historical: true })
  while (((await front.page(job.import_id)).body.counts?.accepted ?? 0) < 1_000);
  await front.send(`/${job.import_id}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect((await front.ended(job.import_id)).state).toBe('stopped')
  const { body: rest } = await front.start({ file_id: body.file.file_id, mapping, historical: true })
  const { counts } = await front.ended(rest.import_id)
  expect((counts?.known ?? 0) + (counts?.accepted ?? 0)).toBe(12_000)
  expect(counts?.known).toBeGreaterThanOrEqual(1_000)
  await house.close()
})
