// Calls across threads: one request, one answer, by number. Methods are named in one table on the thread's side.
// A thread that dies rejects every call under way and tells its owner. Carries plain data only.

import { type MessagePort, type ResourceLimits, Worker } from 'node:worker_threads'

interface Request {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: { readonly message: string; readonly code: string | null }
}

/** An error that crossed from a thread, with its stable code where it had one. */
export class ThreadError extends Error {
  readonly code: string | null
  constructor(message: string, code: string | null) {
    super(message)
    this.name = 'ThreadError'
    this.code = code
  }
}

/** The thread is no more: no call can be answered. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied'
  /** The stable code of what it died of, where it had one: a folder that cannot be opened is told by it (A6). */
  readonly code: string | null
  constructor(message: string, code: string | null = null) {
    super(message)
    this.code = code
  }
}

const codeOf = (thrown: unknown): string | null => {
  const { code } = typeof thrown === 'object' && thrown !== null ? (thrown as { code?: unknown }) : {}
  return typeof code === 'string' ? code : null
}

/** What was thrown, in words: a thrown value that crossed a thread may have lost its kind and be a plain object. */
const wordsOf = (thrown: unknown): string => {
  if (thrown instanceof Error) return thrown.message
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const { code, message } = thrown as { code?: unknown; message?: unknown }
  return [code, message].filter((part) => typeof part === 'string' && part !== '').join(': ') || JSON.stringify(thrown)
}

export interface Thread {
  call<T>(method: string, args: readonly unknown[]): Promise<T>
  close(): Promise<void>
  /** Ends it where it stands, without asking: calls under way are rejected. */
  kill(): Promise<void>
}

/** Where the thread's file lies: its source beside this one, or its bundle beside this chunk. */
const placeOf = (name: string): URL =>
  new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** Starts the thread `name`: the bundle in production, the source through tsx in development and tests. */
export const startThread = (
  name: string,
  workerData: unknown,
  onDeath: (error: Error) => void,
  resourceLimits: ResourceLimits = {},
): Thread => {
  const place = placeOf(name)
  const source = place.pathname.endsWith('.ts')
  const entry = source ? new URL('./source-thread.mjs', import.meta.url) : place
  const worker = new Worker(entry, { workerData, argv: [place.href], execArgv: [], resourceLimits })
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let last = 0
  let dead: Error | null = null
  let closing = false
  const die = (error: Error): void => {
    if (dead !== null) return
    dead = error
    for (const call of open.values()) call.reject(error)
    open.clear()
    if (!closing) onDeath(error)
  }
  worker.on('message', (answer: Answer) => {
    const call = open.get(answer.id)
    open.delete(answer.id)
    if (answer.error !== undefined) call?.reject(new ThreadError(answer.error.message, answer.error.code))
    else call?.resolve(answer.value as never)
  })
  worker.on('error', (thrown: unknown) =>
    die(new ThreadDied(`thread ${name} died: ${wordsOf(thrown)}`, codeOf(thrown))),
  )
  worker.on('exit', (code) => die(new ThreadDied(`thread ${name} ended with code ${code}`)))
  const call = <T>(method: string, args: readonly unknown[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (dead !== null) return reject(dead)
      last += 1
      open.set(last, { resolve: resolve as (value: never) => void, reject })
      worker.postMessage({ id: last, method, args } satisfies Request)
    })
  return {
    call,
    async close() {
      if (dead !== null || closing) return
      await call('close', [])
      closing = true
      await worker.terminate()
    },
    async kill() {
      closing = true
      await worker.terminate()
    },
  }
}

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

const told = (error: unknown): Answer['error'] => {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown }
  return { message: wordsOf(error), code: typeof code === 'string' ? code : null }
}

/**
 * The thread's side: answers calls by the table, in the order they come. `between` runs in the pauses; it answers nobody,
 * so it has to deal with its own troubles: what it throws ends the thread.
 */
export const serveThread = (port: MessagePort, methods: Methods, between?: () => void): void => {
  let idle: NodeJS.Immediate | null = null
  port.on('message', async (request: Request) => {
    if (idle !== null) clearImmediate(idle)
    try {
      const method = methods[request.method]
      if (method === undefined) throw new Error(`no method ${request.method}`)
      const value = await method(...(request.args as never[]))
      port.postMessage({ id: request.id, value } satisfies Answer)
    } catch (error) {
      port.postMessage({ id: request.id, error: told(error) } as Answer)
    }
    if (between !== undefined && request.method !== 'close') idle = setImmediate(between)
  })
}
