// The screens of `bench live`, in a process of their own: so many sockets that show the whole board. Each notes when a card of
// a probe first comes in a patch, by the machine's monotonic clock, which is one for all its processes; and a bare socket
// of a process that does nothing else is asked meanwhile, for what the way alone takes.

import { LIVE_PROTOCOL } from '../../contract/vocabulary.ts'
import { joinGateway } from './socket.ts'

/** Numbers of the cases that are measured begin so; nothing of a city's does. */
export const PROBE = 'PROBE-'
const PROBE_IN = /"project_no":"(PROBE-\d+)"/g

/** Milliseconds of the machine's monotonic clock. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6

export interface Seen {
  readonly probe: string
  readonly at: number
}

export interface Noted {
  readonly seen: readonly Seen[]
  /** Round trips of the bare socket, ms. */
  readonly bare: readonly number[]
}

const ECHO_EVERY_MS = 20

const openScreen = async (url: string, token: string, seen: Seen[]): Promise<void> => {
  const known = new Set<string>()
  const socket = await joinGateway(url, token, (text) => {
    if (!text.startsWith('42["wall:patch"')) return
    const at = machineMs()
    for (const [, probe = ''] of text.matchAll(PROBE_IN)) {
      if (known.has(probe)) continue
      known.add(probe)
      seen.push({ probe, at })
    }
  })
  socket.say(`42${JSON.stringify(['wall:hello', { protocol: LIVE_PROTOCOL, scope: 'all', cursor: null }])}`)
}

/** One question at a time, each answered before the next. */
const openEcho = async (url: string, bare: number[]): Promise<void> => {
  let sentAt = 0
  const ask = (): void => {
    sentAt = machineMs()
    socket.say('420["echo",1]')
  }
  const socket = await joinGateway(url, null, (text) => {
    if (!text.startsWith('430')) return
    bare.push(machineMs() - sentAt)
    setTimeout(ask, ECHO_EVERY_MS)
  })
  ask()
}

/** The command behind `bench screens`: says `ready`, and at each word hands over what was noted since the last. */
export const runScreens = async (flags: Record<string, unknown>): Promise<void> => {
  let seen: Seen[] = []
  let bare: number[] = []
  const into: Seen[] = []
  const echoes: number[] = []
  for (let i = 0; i < Number(flags.screens); i++) await openScreen(String(flags.url), String(flags.token), into)
  await openEcho(String(flags.echo), echoes)
  process.on('message', () => {
    seen = into.splice(0)
    bare = echoes.splice(0)
    process.send?.({ seen, bare } satisfies Noted)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.('ready')
}
