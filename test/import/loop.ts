// How long an import over HTTP holds up everybody else, by hand: `node --import tsx test/import/loop.ts [MB] [dry]`. Serves
// from this process, lets another bring and import a table, and prints the longest time the event loop stood still.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readSettings } from '../../server/config.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing } from '../../server/serve.ts'
import { MANY_DOCUMENT, writeMany } from './many.ts'

const MB = Number(process.argv[2] ?? 60)
const isDry = process.argv[3] === 'dry'
const BYTES_A_ROW = 60

/** What the other process does, in words of its own: it must not share this one's loop. */
const CLIENT = `
const { openAsBlob, readFileSync } = require('node:fs')
const [url, key, path, mapping, dry] = process.argv.slice(1)
const ask = async (at, init = {}) => (await fetch(url + '/api/v1/imports' + at, { ...init, headers: { authorization: 'Bearer ' + key, ...init.headers } })).json()
;(async () => {
  const bytes = { 'content-type': 'application/octet-stream' }
  const started = performance.now()
  const { file } = await ask('/preview?name=many.csv', { method: 'POST', headers: bytes, body: await openAsBlob(path) })
  process.stdout.write('brought and looked at in ' + Math.round(performance.now() - started) + ' ms\\n')
  process.send('brought')
  const body = JSON.stringify({ file_id: file.file_id, mapping: JSON.parse(readFileSync(mapping, 'utf8')), historical: true, dry_run: dry === 'dry' })
  let job = await ask('', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  while (job.state === 'waiting' || job.state === 'running') {
    await new Promise((done) => setTimeout(done, 500))
    job = await ask('/' + job.import_id)
  }
  process.stdout.write(JSON.stringify({ state: job.state, counts: job.counts, s: Math.round((performance.now() - started) / 1000) }) + '\\n')
})()
`

const folder = mkdtempSync(join(tmpdir(), 'mingjing-loop-'))
const table = join(folder, 'many.csv')
writeMany(table, Math.floor((MB * 1e6) / BYTES_A_ROW))
const mapping = join(folder, 'mapping.json')
writeFileSync(mapping, JSON.stringify(MANY_DOCUMENT))
const settings = readSettings({ data: join(folder, 'data'), port: 0, log: 'silent', upload_bytes: 1e9 }, {})
const serving = await openServing({
  settings,
  anonymous: null,
  onBroken: (error) => {
    throw error
  },
})
const { key } = await addKey(serving.keys, { role: 'administrator' }, 0)
await serving.keysChanged()
console.log(`${Math.round(statSync(table).size / 1e6)} MB`)
const delay = monitorEventLoopDelay({ resolution: 5 })
const tell = (what: string): void => {
  const ms = (ns: number): number => Math.round(ns / 1e6)
  const { rss } = process.memoryUsage()
  console.log(
    `${what}: loop p50 ${ms(delay.percentile(50))} p99 ${ms(delay.percentile(99))} longest ${ms(delay.max)} ms, rss ${Math.round(rss / 1e6)} MB`,
  )
  delay.reset()
}
delay.enable()
const args = ['-e', CLIENT, serving.url, key, table, mapping, isDry ? 'dry' : '']
const client = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
client.on('message', () => tell('bringing'))
await new Promise((done) => client.once('exit', done))
tell(isDry ? 'dry run' : 'importing')
await serving.close()
rmSync(folder, { recursive: true, force: true })
