// A server in a process of its own, as an office runs it: started, asked, killed. Run as the tests have built it, or from
// source where nothing is built. Ends only the process it has started, by its number.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Launch {
  readonly folder: string
  readonly clock: string
  /** A built main.js; absent: what the tests have built, else from source. */
  readonly entry?: string | undefined
  /** Words before node's own: a tracer and its flags. */
  readonly under?: readonly string[]
  readonly more?: readonly string[]
}

export interface Served {
  readonly url: string
  readonly pid: number
  /** SIGKILL, and gone. */
  kill(): Promise<void>
  /** SIGTERM, and gone: its exit code. */
  stop(): Promise<number | null>
  /** Rejects when the process ends. */
  readonly died: Promise<never>
}

/** Where the tests leave word of the main.js that they have built. */
export const BUILT = 'MINGJING_TEST_BUILT'

/** What node runs for `mingjing`. */
export const nodeArgs = (entry: string | undefined = process.env[BUILT]): string[] =>
  entry === undefined ? ['--import', 'tsx', 'server/main.ts'] : [entry]

const READY = /http:\/\/\S+:\d+/

const gone = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode)
    else child.once('exit', (code) => done(code))
  })

export interface Starting {
  /** Resolves when it says where it listens; rejects with what it printed when it ends before. */
  readonly ready: Promise<Served>
  kill(): Promise<void>
}

/** Starts `mingjing serve` on a free port. */
export const startServer = (launch: Launch): Starting => {
  const { folder, clock, entry, under = [], more = [] } = launch
  const asked = ['serve', '--data', folder, '--port', '0', '--clock', clock, '--log', 'error', ...more]
  const [command, ...args] = [...under, process.execPath, ...nodeArgs(entry), ...asked]
  const child = spawn(command as string, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return gone(child)
  }
  const died = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => fail(new Error(`the server ended (${code ?? signal}):\n${printed}`)))
  })
  died.catch(() => undefined)
  const kill = async (): Promise<void> => {
    await end('SIGKILL')
  }
  const said = new Promise<Served>((done) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString('utf8')
      const url = READY.exec(printed)?.[0]
      if (url === undefined) return
      done({ url: new URL(url).origin, pid: child.pid ?? 0, kill, stop: () => end('SIGTERM'), died })
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8')
    })
  })
  const ready = Promise.race([said, died])
  ready.catch(() => undefined)
  return { ready, kill }
}

/** Kilobytes of a process in memory; null where the system does not say. */
export const residentKb = (pid: number): number | null => {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line === null ? null : Number(line[1])
  } catch {
    return null
  }
}
