// `mingjing catalogue` as the process that people run.

import { spawn } from 'node:child_process'
import { nodeArgs, ROOT } from '../torture/process.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs it to its end. */
export const catalogueCommand = (args: readonly string[]): Promise<Ran> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [...nodeArgs(), 'catalogue', ...args], { cwd: ROOT })
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString('utf8')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString('utf8')
    })
    child.once('close', (code) => done({ code, ...said }))
  })
