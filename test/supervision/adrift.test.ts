// A clock that misbehaves, seen from the wall as well (J3, J4, L2): back, forward a week, asleep over midnight, stopped
// between commit and publication. What was due is found with its computed instant, the screens come right, and nothing
// is raised or shown twice. A supervisor and a pump over one store, both thrown away and made anew as a restart does.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Board, WallPatch } from '../../server/contract/live.ts'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump, type Pump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger } from '../../server/store/port.ts'
import { instant, openSupervisorOn, SMALL, type SupervisorHouse } from './house.ts'

/** A Monday; five working days on is Sunday the 20th, which works. */
const MONDAY = '2026-09-14T10:00:00+08:00'
const DUE = '2026-09-20T23:59:59.999+08:00'
const FIVE = { task_code: 'five' }
const A_SECOND = 1_000

interface Centre {
  readonly at: SupervisorHouse
  readonly pump: Pump
  readonly patches: WallPatch[]
  board(): Board
  /** Lets patches go out: real time passes, the clock of supervision does not. */
  pass(): Promise<void>
  /** The process is gone; the store is what it was. */
  end(): Promise<void>
}

let store: ReturnType<typeof openMemory>
const open: Centre[] = []

const openCentre = async (now: string, ledger: Ledger = store): Promise<Centre> => {
  const at = await openSupervisorOn(store, now, { ledger })
  const patches: WallPatch[] = []
  let mono = 0
  const pump = await openPump({
    supervisor: at.supervisor,
    records: store,
    reader: store,
    clock: { ...at.clock, now: at.clock.now, mono: () => mono },
    panels: PANELS,
    start: `start ${open.length}`,
    onPatch: (_, patch) => patches.push(patch),
    onTrouble: (error) => {
      throw error
    },
  })
  const outbox = pump.outbox('all')
  if (outbox === null) throw new Error('there is no board of everything')
  const centre: Centre = {
    at,
    pump,
    patches,
    board: () => outbox.snapshot().board,
    async pass() {
      mono += 2 * A_SECOND
      await vi.advanceTimersByTimeAsync(2 * A_SECOND)
      await at.supervisor.settled()
      await vi.advanceTimersByTimeAsync(A_SECOND)
    },
    async end() {
      open.splice(open.indexOf(centre), 1)
      pump.close()
      await at.close()
    },
  }
  open.push(centre)
  return centre
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  store = openMemory()
})
afterEach(async () => {
  for (const centre of open.slice()) await centre.end()
  vi.useRealTimers()
})

const begin = async (now = MONDAY): Promise<Centre> => {
  const centre = await openCentre(now)
  await enactCatalogue(centre.at.supervisor, SMALL, 'test')
  await centre.at.supervisor.settled()
  await centre.at.take(centre.at.event('ACCEPT', 'C1', FIVE))
  await centre.pass()
  return centre
}

const cards = async () => {
  const { rows } = await store.listCards({ limit: 100 })
  return rows
    .map(({ card, moves }) => ({
      rule: card.rule,
      state: card.state,
      limitAt: card.limitAt,
      raised: moves.filter(({ move }) => move === 'raise').length,
    }))
    .sort((a, b) => (a.rule < b.rule ? -1 : 1))
}
const shownCards = ({ board }: Centre): string[] =>
  board()
    .cards.map(({ card_id: id }) => id)
    .sort()

describe('forward a week', () => {
  it('J3, J4: warning and limit both passed meanwhile: each card once, at its own instant, and the wall shows the case', async () => {
    const centre = await begin()
    expect(centre.board().figures).toMatchObject({ in_hand: 1, overdue_in_hand: 0 })
    await centre.at.moveTo('2026-09-21T10:00:00+08:00')
    await centre.pass()
    const [warned, late] = await cards()
    expect(warned).toMatchObject({ rule: 'T-01', state: 'overtaken', raised: 1 })
    expect(late).toEqual({ rule: 'T-02', state: 'notified', limitAt: Date.parse(DUE), raised: 1 })
    expect(centre.board().figures).toMatchObject({ in_hand: 1, overdue_in_hand: 1, accepted_today: 0 })
    expect(shownCards(centre)).toHaveLength(1)
    expect((await centre.at.audit()).findings).toEqual([])
  })
})

describe('asleep over midnight', () => {
  it('J3, J4, L6: from ten minutes before to the morning after: a new day on the wall, the limit of midnight found', async () => {
    const centre = await begin()
    await centre.at.moveTo('2026-09-20T23:50:00+08:00')
    await centre.at.take(centre.at.event('RECEIVE', 'C2', FIVE))
    await centre.pass()
    expect(centre.board().figures).toMatchObject({ received_today: 1, overdue_in_hand: 0 })
    // nobody asks and nothing comes: the machine sleeps, and its alarm finds the hour gone by
    centre.at.clock.set(instant('2026-09-21T08:30:00+08:00'))
    await centre.pass()
    await centre.pass()
    expect(centre.board().figures).toMatchObject({ received_today: 0, overdue_in_hand: 1 })
    expect((await cards()).find(({ rule }) => rule === 'T-02')).toMatchObject({ limitAt: Date.parse(DUE), raised: 1 })
    expect(shownCards(centre)).toHaveLength(1)
    expect((await centre.at.audit()).findings).toEqual([])
  })
})

describe('back', () => {
  it('J4: by a day: the wall takes nothing back, and what falls due a second time is raised no second time', async () => {
    const centre = await begin()
    await centre.at.moveTo('2026-09-21T10:00:00+08:00')
    await centre.pass()
    const [before, board, told] = [await cards(), centre.board(), centre.patches.length]
    await centre.at.moveTo('2026-09-20T10:00:00+08:00')
    await centre.pass()
    await centre.at.moveTo('2026-09-21T10:00:00+08:00')
    await centre.pass()
    expect(await cards()).toEqual(before)
    expect(centre.board().figures).toEqual(board.figures)
    expect(centre.patches.slice(told).flatMap((patch) => patch.cards ?? [])).toEqual([])
  })
})

describe('stopped between commit and publication', () => {
  it('L2, J4: no screen has seen it; after the restart it stands on the wall once, with its cards, and once only', async () => {
    const first = await begin()
    await first.end()
    let stops = false
    const ledger = {
      ...store,
      // what was asked for is on the disk, and the answer never comes
      commit: async (batch: Parameters<typeof store.commit>[0]) => {
        const committed = await store.commit(batch)
        return stops ? new Promise<never>(() => undefined) : committed
      },
    }
    const falling = await openCentre('2026-09-16T10:00:00+08:00', ledger)
    await falling.at.supervisor.settled()
    stops = true
    const late = falling.at.event('ACCEPT', 'C2', { ...FIVE, occurred_at: '2026-08-03T10:00:00+08:00' })
    let answered = false
    void falling.at.take(late).finally(() => {
      answered = true
    })
    await vi.advanceTimersByTimeAsync(A_SECOND)
    expect((await store.cases(['C2'])).size).toBe(1)
    expect([answered, falling.patches.length, falling.board().figures.in_hand]).toEqual([false, 0, 1])
    // the process is gone without a word
    falling.pump.close()
    open.splice(open.indexOf(falling), 1)

    const again = await openCentre('2026-09-16T10:05:00+08:00')
    await again.pass()
    expect(again.board().figures).toMatchObject({ in_hand: 2, overdue_in_hand: 1 })
    const shown = shownCards(again)
    expect(shown.length).toBeGreaterThan(0)
    expect((await again.at.take(late)).map(({ outcome }) => outcome)).toEqual(['known'])
    await again.pass()
    expect(shownCards(again)).toEqual(shown)
    expect((await cards()).every(({ raised }) => raised === 1)).toBe(true)
    expect((await again.at.audit()).findings).toEqual([])
  })
})
