// The pump: turns commits into patches (L1, L2). Cards and changes of level go out at once, counts at most four times a
// second, the first at once; a pending count rides on the next patch. A new day loads the sums afresh; until they are
// there nothing is drawn of it: head, counts and forecast of one board are of one day.

import type { WallPatch } from '../contract/live.ts'
import type { Card } from '../core/card/card.ts'
import { litCards } from '../core/card/standing.ts'
import type { CaseChange } from '../core/plan.ts'
import { liesWithin, type Scope } from '../core/scope.ts'
import type { Instant } from '../core/time/instant.ts'
import { instantIn } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import type { Clock } from '../supervision/clock.ts'
import type { Published } from '../supervision/publish.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { drawBoard, type Moved } from './board.ts'
import { type BoardGround, isAcross, scopeNamed } from './ground.ts'
import { makeOutbox, type Outbox } from './outbox.ts'
import type { AnyPanel, Feed } from './panels/panel.ts'
import { loadTally, type Tally } from './tally.ts'
import { type Head, tilePlaces } from './tile.ts'

const COALESCE_MS = 250
const DAY_CHECK_MS = 1_000
/** Between two readings of the rows that wait: an import moves them at every slice. */
const WAITING_MS = 1_000
/** A chain that no screen has asked for so long is dropped: whoever comes back gets a snapshot of a new one. */
const IDLE_MS = 600_000

export interface PumpParts {
  readonly supervisor: Supervisor
  /** For point look-ups by index on this thread. */
  readonly records: Records
  /** For the sums of a day, on another thread. */
  readonly reader: Records
  readonly clock: Clock
  /** What a board is made of. */
  readonly panels: readonly AnyPanel[]
  /** Names this server start in cursors. */
  readonly start: string
  readonly onPatch: (scope: string, patch: WallPatch) => void
  readonly onTrouble: (error: unknown) => void
}

export interface Pump {
  /** The chain of a scope by its name; null: no such scope, or not for who may see no more than `within`. */
  outbox(name: string, within?: Scope): Outbox | null
  /** Names of the scopes whose chains are kept. */
  scopes(): string[]
  /** Names of the panels that a screen may ask for. */
  readonly panels: ReadonlySet<string>
  /** Instant of the supervision clock, printed in the centre's zone. */
  asOf(): string
  close(): void
}

const windowsIn = (change: CaseChange): string[] => {
  const windows: string[] = []
  for (const flow of change.flowsBefore) if (flow.kind === 'in_hand' || flow.kind === 'due') windows.push(flow.window)
  for (const flow of change.flows) if (flow.kind === 'in_hand' || flow.kind === 'due') windows.push(flow.window)
  return windows
}

const isUrgent = (published: Published): boolean =>
  published.cards.length > 0 ||
  published.lawChanged === true ||
  published.changes.some((change) => change.flowsBefore.some((flow) => flow.kind === 'risk' || flow.kind === 'overdue'))

const readHeads = async (
  records: Records,
  windows: readonly string[],
  parts: PumpParts,
): Promise<Map<string, Head>> => {
  const found = await records.heads(windows, parts.supervisor.now(), [])
  const lit = found.flatMap((head) => (head.worst !== null && head.worst.level > 0 ? [head.worst.projectNo] : []))
  const cases = lit.length === 0 ? new Map() : await records.cases(lit)
  const heads = new Map<string, Head>()
  for (const { window, worst, nextDueAt } of found) {
    const cards: Card[] = worst === null ? [] : (cases.get(worst.projectNo)?.cards ?? [])
    // a head is of a case in hand
    const card = worst === null || worst.level === 0 ? null : (litCards(cards, false)[0] ?? null)
    heads.set(window, { worst: worst === null ? null : { ...worst, card }, nextDueAt })
  }
  return heads
}

interface Kept {
  readonly outbox: Outbox
  /** Monotonic ms when it was last asked for. The gateway asks with every beat for the scope of every screen. */
  askedAt: number
}

export const openPump = async (parts: PumpParts): Promise<Pump> => {
  const { supervisor, clock } = parts
  const outboxes = new Map<string, Kept>()
  let made = 0
  const heads = new Map<string, Head>()
  const dirty = new Set<string>()
  let tally: Tally
  /** Of the calendar by whose days the sums were read. */
  let zone = ''
  let pending: NodeJS.Timeout | NodeJS.Immediate | null = null
  let flushing = false
  let again = false
  let lastFlush = Number.NEGATIVE_INFINITY
  let lastWaiting = Number.NEGATIVE_INFINITY
  let closed = false
  let reloading = false
  let stale = false
  /** Since the chains were last drawn. */
  let moved = new Set<Feed>()
  let allMoved = false

  const printed = (at: Instant): string => instantIn(supervisor.law.homeCalendar, at) ?? ''
  const isOfToday = (): boolean => supervisor.law.homeCalendar.dayOf(supervisor.now()) === tally.today
  /** The instant as which a board is drawn: now, or the end of the day whose sums are at hand. */
  const drawnAt = (): Instant => (isOfToday() ? supervisor.now() : supervisor.law.homeCalendar.endOf(tally.today))
  const groundOf = (name: string): BoardGround | null => {
    const now = drawnAt()
    const { law } = supervisor
    const scope = scopeNamed(name, law, now)
    return scope === null ? null : { law, tally, heads, now, speed: clock.speed, scope, across: isAcross(name) }
  }
  const mayShow = (name: string, within: Scope): boolean => {
    const scope = scopeNamed(name, supervisor.law, drawnAt())
    return scope !== null && liesWithin(scope, within)
  }

  const load = (): Promise<void> =>
    supervisor.between(async () => {
      zone = supervisor.law.homeCalendar.zone.name
      tally = await loadTally(parts.reader, supervisor.law.homeCalendar, supervisor.now())
      const windows = tilePlaces(supervisor.law).map(({ window }) => window.code)
      const read = await readHeads(parts.reader, windows, parts)
      heads.clear()
      for (const [window, head] of read) heads.set(window, head)
      dirty.clear()
      allMoved = true
    })

  const dropIdle = (): void => {
    for (const [scope, { askedAt }] of outboxes) if (clock.mono() - askedAt > IDLE_MS) outboxes.delete(scope)
  }

  const send = (): void => {
    dropIdle()
    const what: Moved = allMoved ? 'all' : moved
    for (const [scope, { outbox }] of outboxes) {
      const ground = groundOf(scope)
      if (ground === null) continue
      const patch = outbox.advance(drawBoard(parts.panels, ground, outbox.board, what), printed(drawnAt()))
      if (patch !== null) parts.onPatch(scope, patch)
    }
    moved = new Set()
    allMoved = false
  }

  /** Windows that cannot be read stay dirty. */
  const readDirty = async (): Promise<void> => {
    const windows = [...dirty].filter((window) => supervisor.law.tables.windows.has(window))
    dirty.clear()
    if (windows.length === 0) return
    moved.add('heads')
    try {
      for (const [window, head] of await readHeads(parts.records, windows, parts)) heads.set(window, head)
    } catch (error) {
      for (const window of windows) dirty.add(window)
      throw error
    }
  }

  const readWaiting = async (): Promise<void> => {
    if (!tally.isWaitingStale || clock.mono() - lastWaiting < WAITING_MS) return
    lastWaiting = clock.mono()
    await tally.readWaiting(parts.reader)
    moved.add('waiting')
  }

  const flush = async (): Promise<void> => {
    if (flushing) {
      again = true
      return
    }
    flushing = true
    try {
      do {
        again = false
        lastFlush = clock.mono()
        await readDirty()
        await readWaiting()
        if (closed) break
        if (isOfToday()) send()
        else void reload()
      } while (again && !closed)
    } catch (error) {
      parts.onTrouble(error)
    } finally {
      flushing = false
      if (tally.isWaitingStale) schedule(false)
    }
  }

  const schedule = (urgent: boolean): void => {
    if (closed) return
    const wait = urgent ? 0 : Math.max(0, COALESCE_MS - (clock.mono() - lastFlush))
    if (pending !== null && !urgent) return
    if (pending !== null) clearTimeout(pending as NodeJS.Timeout)
    pending = setTimeout(() => {
      pending = null
      void flush()
    }, wait)
  }

  const reload = async (): Promise<void> => {
    stale = true
    if (reloading) return
    reloading = true
    try {
      while (stale && !closed) {
        stale = false
        await load()
        await flush()
      }
    } catch (error) {
      if (!closed) parts.onTrouble(error)
    } finally {
      reloading = false
    }
  }

  const noteMoved = (published: Published): void => {
    if (published.totals.length > 0) moved.add('sums')
    if (published.cards.length > 0) moved.add('cards')
    if (published.sources.length > 0) moved.add('sources')
    if (published.lawChanged === true) allMoved = true
  }

  /** New law moves no sum by itself, its slices do: only where the day begins elsewhere are the sums read afresh. */
  const lawChanged = (): void => {
    if (supervisor.law.homeCalendar.zone.name !== zone || !isOfToday()) void reload()
    else {
      for (const { window } of tilePlaces(supervisor.law)) dirty.add(window.code)
      schedule(true)
    }
  }

  await load()
  const leave = supervisor.subscribe({
    take(published) {
      noteMoved(published)
      tally.take(published)
      for (const change of published.changes) for (const window of windowsIn(change)) dirty.add(window)
      if (published.lawChanged === true) lawChanged()
      else schedule(isUrgent(published))
    },
    cut(error) {
      // the sums may have taken a part of the commit: they are read afresh, and the screens come again
      parts.onTrouble(error)
      void reload()
    },
  })
  const dayCheck = setInterval(() => {
    if (!isOfToday()) void reload()
    dropIdle()
  }, DAY_CHECK_MS)
  dayCheck.unref()

  return {
    outbox(name, within = 'all') {
      if (within !== 'all' && !mayShow(name, within)) return null
      const known = outboxes.get(name)
      if (known !== undefined) {
        known.askedAt = clock.mono()
        return known.outbox
      }
      if (!isOfToday()) void reload()
      const ground = groundOf(name)
      if (ground === null) return null
      const first = { board: drawBoard(parts.panels, ground, null, 'all'), asOf: printed(drawnAt()) }
      // each chain is named for itself: a cursor of one that was dropped must not be taken for a place in the next
      const outbox = makeOutbox(`${parts.start}.${made++}`, parts.panels, first)
      outboxes.set(name, { outbox, askedAt: clock.mono() })
      return outbox
    },
    scopes: () => [...outboxes.keys()],
    panels: new Set(parts.panels.map(({ name }) => name)),
    asOf: () => printed(supervisor.now()),
    close() {
      closed = true
      leave()
      clearInterval(dayCheck)
      if (pending !== null) clearTimeout(pending as NodeJS.Timeout)
    },
  }
}
