// The real command in a process of its own: what it is asked, what it prints, how it ends.

import { spawn } from 'node:child_process'
import { nodeArgs, ROOT } from '../torture/process.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Node with these words, in a process of its own. */
export const ranNode = (
  args: readonly string[],
  stdin = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...env } })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.once('error', fail)
    child.once('close', (code) => done({ code, out, err }))
    child.stdin.end(stdin)
  })

export const mingjing = (args: readonly string[], stdin?: string): Promise<Ran> =>
  ranNode([...nodeArgs(), ...args], stdin)
