// The local socket of a running server (A6): it does what its commands are, and nothing that merely every object has.

import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Control, openControl } from '../../server/control.ts'
import type { Handlers } from '../../server/office/console.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingjing-control-'))
const heard: string[] = []
const handlers = {
  ping: async () => {
    heard.push('ping')
    return 'pong'
  },
} as unknown as Handlers

let control: Control
beforeAll(async () => {
  control = await openControl(folder, handlers)
})
afterAll(async () => {
  await control.close()
  rmSync(folder, { recursive: true, force: true })
})

const asked = (line: string): Promise<unknown> =>
  new Promise((done, fail) => {
    const socket = connect(join(folder, 'control.sock'), () => socket.end(line))
    let told = ''
    socket.on('data', (chunk) => {
      told += chunk
    })
    socket.on('error', fail)
    socket.on('end', () => done(JSON.parse(told)))
  })

describe('the local socket', () => {
  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf', 'nothing'])(
    'A6: %s is no command [S22]',
    async (command) => {
      const told = await asked(JSON.stringify({ command, args: {} }))
      expect(told).toMatchObject({ error: { code: 'unknown_command' } })
      expect(told).not.toHaveProperty('value')
    },
  )

  it('A6: a command is done once, and what is none of JSON is refused [S22]', async () => {
    expect(await asked('{"command":"ping","args":{}}')).toEqual({ value: 'pong' })
    expect(await asked('ping')).toMatchObject({ error: { code: 'internal' } })
    expect(heard).toEqual(['ping'])
  })
})
