// The command in a process of its own, for the suites of `mingjing import`: started, what it said when it ended, and what
// it left in the store.

import { type ChildProcess, spawn } from 'node:child_process'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { nodeArgs, ROOT } from '../torture/process.ts'

export const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(process.execPath, [...nodeArgs(), 'import', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

export const ended = async (child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> => {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString('utf8')
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8')
  })
  return new Promise((done) => child.once('close', (code) => done({ code, ...said })))
}

/** Facts in all cases of a store. */
export const factsIn = async (folder: string): Promise<{ facts: number; differences: number }> => {
  const records = openRecords(folder)
  try {
    const rows = await records.stale(-1, -1, '', 1_000_000)
    const { count } = await auditStore({ records })
    return {
      facts: rows.reduce((sum, { row }) => sum + (JSON.parse(row.state) as { facts: number }).facts, 0),
      differences: count,
    }
  } finally {
    await records.close()
  }
}
