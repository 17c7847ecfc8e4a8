// The server that a benchmark measures, in a process of its own: this command or that of another checkout, with a clock that
// is told the instant from outside. The same few lines are put before both, so that neither is spared anything.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { City } from '../../../fixtures/city/catalogue.ts'
import { addressOf, type Child, childOf } from '../guard/child.ts'
import { START } from './rows.ts'
import { type Door, openWire } from './send.ts'

/** How `mingjing` is begun: arguments of node, then the words of the command. */
export type Begun = readonly string[]

/** This very command, as this process was begun. */
export const ownCommand = (): Begun => [...process.execArgv, process.argv[1] ?? '']

/** That of another checkout, which has been built. */
export const commandIn = (checkout: string): Begun => [join(checkout, 'server', 'mingjing.mjs')]

/** The clock of the process says what it was told last, and goes on from there; each word is answered. */
const TOLD_CLOCK = `
  const real = Date.now, mono = performance.now.bind(performance)
  let at = ${START}, from = mono()
  Date.now = () => Math.floor(at + mono() - from)
  process.on('message', (told) => { at = told; from = mono(); process.send(told) })
  process.channel?.unref()`

const told = (code: string): string[] => ['--import', `data:text/javascript,${encodeURIComponent(code)}`]

export interface Prepared {
  readonly folder: string
  readonly keys: Readonly<Record<string, string>>
}

export interface Served {
  readonly door: Door
  readonly folder: string
  /** Seconds of CPU that its process has taken, all threads; NaN where the system does not say so. */
  cpu(): number
  /** Sets its clock; resolves when it is set. */
  setClock(at: number): Promise<void>
  end(): Promise<void>
}

/** Clock ticks a second, in which Linux counts: on every machine it runs on. */
const TICKS = 100

/** @returns seconds of CPU of a process, itself and the system for it */
export const cpuOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  } catch {
    return Number.NaN
  }
}

const startServer = (begun: Begun, folder: string): Child => {
  const words = ['serve', '--data', folder, '--port', '0', '--log', 'error']
  const child: ChildProcess = spawn(process.execPath, [...told(TOLD_CLOCK), ...begun, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return childOf(child, 'serve')
}

/** Serves a copy of a prepared folder, or the folder itself; the copy goes with the server. */
export const serve = async (begun: Begun, { folder: from, keys }: Prepared, isCopied = true): Promise<Served> => {
  const folder = isCopied ? mkdtempSync(join(tmpdir(), 'mingjing-bench-')) : from
  if (isCopied) cpSync(from, folder, { recursive: true })
  const child = startServer(begun, folder)
  const end = async (): Promise<void> => {
    await child.end()
    if (isCopied) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = await addressOf(child)
    return {
      door: { url, keys },
      folder,
      cpu: () => cpuOf(child.process.pid ?? 0),
      async setClock(at) {
        await child.ask(at)
      },
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** The city's catalogue without what former versions did not know: both sides are given the same. */
const catalogueOf = ({ catalogue }: City): string =>
  JSON.stringify({ ...catalogue, sources: catalogue.sources?.map(({ rate_scale: _, ...source }) => source) })

/** A folder with keys of the city's sources and its catalogue in force, made by the command that is to serve it. */
export const prepare = async (begun: Begun, city: City): Promise<Prepared> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-bench-'))
  const addKey = (...words: string[]): string => {
    const out = execFileSync(process.execPath, [...begun, 'key', 'add', '--data', folder, '--json', ...words])
    return (JSON.parse(out.toString('utf8')) as { key: string }).key
  }
  const keys: Record<string, string> = { administrator: addKey('--role', 'administrator') }
  for (const role of ['supervisor', 'screen']) keys[role] = addKey('--role', role)
  for (const { source } of city.sources) keys[source] = addKey('--source', source)
  const prepared = { folder, keys }
  const served = await serve(begun, prepared, false)
  try {
    const wire = await openWire(served.door.url)
    await wire.post('/api/v1/catalogue', keys.administrator ?? '', catalogueOf(city))
    wire.close()
  } finally {
    await served.end()
  }
  return prepared
}
