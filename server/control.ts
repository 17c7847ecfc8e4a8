// Commands beside a running server (A6): a local socket under the data folder, one JSON line asked, one answered.
// Only who can open the folder can speak here. A path too long for a socket stands in the temporary folder instead.

import { createHash } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { problemLine } from './contract/problems.ts'
import type { Command, Handlers } from './office/console.ts'
import { Refusal } from './office/refusal.ts'

const SOCKET_CHARS = 100

const socketOf = (folder: string): string => {
  const path = join(resolve(folder), 'control.sock')
  if (Buffer.byteLength(path) <= SOCKET_CHARS) return path
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16)
  return join(tmpdir(), `mingjing-${name}.sock`)
}

/** What the other side answered instead of a value. `faults` where a document was refused. */
export class ControlRefusal extends Error {
  readonly code: string
  readonly more: unknown
  constructor(code: string, message: string, more: unknown) {
    super(message)
    this.code = code
    this.more = more
  }
}

const told = (error: unknown): { code: string; message: string; more: unknown } => {
  if (error instanceof Refusal)
    return { code: error.code, message: problemLine(error.code, error.place), more: error.more }
  const { code, more } = error as { readonly code?: unknown; readonly more?: unknown }
  const message = error instanceof Error ? error.message : String(error)
  return { code: typeof code === 'string' ? code : 'internal', message, more: more ?? null }
}

const answer = async (line: string, handlers: Handlers): Promise<string> => {
  try {
    const { command, args } = JSON.parse(line) as { command: Command; args: Record<string, unknown> }
    const handler = Object.hasOwn(handlers, command) ? handlers[command] : undefined
    if (handler === undefined) throw new ControlRefusal('unknown_command', `no command ${command}`, null)
    return JSON.stringify({ value: (await handler(args)) ?? null })
  } catch (error) {
    return JSON.stringify({ error: told(error) })
  }
}

export interface Control {
  /** Lets what is being done come to its end; nobody else is heard. */
  close(): Promise<void>
}

/** Listens in the data folder. Whoever calls this holds the writer's lock, so a socket left behind is dead. */
export const openControl = (folder: string, handlers: Handlers): Promise<Control> => {
  const path = socketOf(folder)
  rmSync(path, { force: true })
  /** Connections that have not said what they want. */
  const asking = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    asking.add(socket)
    socket.on('close', () => asking.delete(socket))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('end', () => {
      asking.delete(socket)
      void answer(Buffer.concat(chunks).toString('utf8'), handlers).then((line) => socket.end(line))
    })
  })
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      done({
        close: () =>
          new Promise((ended) => {
            server.close(() => ended())
            for (const socket of asking) socket.destroy()
          }),
      })
    })
  })
}

/** No socket, nobody behind it, or no folder for one: whatever is wrong with the folder, whoever opens it says so. */
const NO_SERVER: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTDIR'])

/** Asks a running server; null when none runs on this folder. */
export const askServer = (
  folder: string,
  command: Command,
  args: Record<string, unknown>,
): Promise<{ value: unknown } | null> =>
  new Promise((done, fail) => {
    const socket = connect(socketOf(folder))
    const chunks: Buffer[] = []
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (NO_SERVER.has(error.code ?? '')) done(null)
      else fail(error)
    })
    socket.on('connect', () => socket.end(JSON.stringify({ command, args })))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => {
      const { value, error } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        value?: unknown
        error?: { code: string; message: string; more: unknown }
      }
      if (error === undefined) done({ value })
      else fail(new ControlRefusal(error.code, error.message, error.more))
    })
  })
