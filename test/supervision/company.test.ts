// Small requests that come at the same time are committed together (I4), and whoever comes alone waits for nobody. Over a store
// whose commits land when the test says so; the moment for which the line waits passes when the test says so.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger } from '../../server/store/port.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { events } from '../plan/story.ts'

const MOMENT_MS = 5

/** Facts of each commit that was asked for, and those that wait for `land`. */
let asked: number[]
let waiting: (() => void)[]
let supervisor: Supervisor
let no: number
let ms: number
let isHeld: boolean

/** Everything that needs no clock has had its turn. */
const calm = async (): Promise<void> => {
  for (let i = 0; i < 50; i++) await new Promise((done) => setImmediate(done))
}

const land = async (): Promise<void> => {
  for (const each of waiting.splice(0)) each()
  await calm()
}

/** So many requests of `size` events each. */
const come = async (requests: number, size = 1): Promise<void> => {
  for (let i = 0; i < requests; i++) {
    const lines = Array.from({ length: size }, () => {
      no += 1
      return `P${no} 06-01 09:00 ACCEPT id=e${no} source=s1 item=PERMIT`
    })
    const taken = events(lines.join('\n'))
    const raws = taken.map(() => null)
    supervisor.ingest(taken, raws, { source: 's1', by: 's1' }).catch((error: Error) => expect.fail(error.message))
  }
  await calm()
}

const pass = async (span: number): Promise<void> => {
  ms += span
  await vi.advanceTimersByTimeAsync(span)
  await calm()
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  ;[asked, waiting, no, ms, isHeld] = [[], [], 0, 1_000, true]
  const store = openMemory()
  const commit: Ledger['commit'] = async (batch, claim) => {
    if (batch.facts.length > 0) {
      asked.push(batch.facts.length)
      if (isHeld) await new Promise<void>((landed) => waiting.push(landed))
    }
    return store.commit(batch, claim)
  }
  supervisor = await openSupervisor({
    ledger: { lease: store.lease, commit, close: () => store.close() },
    records: store,
    clock: { ...handClock(at('08-03 09:00')), mono: () => ms },
    limits: DEFAULT_LIMITS,
    onBroken: (error) => expect.fail(error.message),
  })
  await supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'test')
  await supervisor.settled()
})
afterEach(async () => {
  vi.useRealTimers()
  isHeld = false
  await land()
  await supervisor.close()
})

it('I4: what comes while a commit is under way is the next commit, all of it [B17]', async () => {
  await come(1)
  await come(5)
  expect(asked).toEqual([1])
  await land()
  await pass(MOMENT_MS)
  expect(asked).toEqual([1, 5])
})

it('I4: those who were answered are waited for, and are committed together with who waits [B17]', async () => {
  await come(1)
  await come(3)
  await land()
  expect(asked).toEqual([1])
  await come(1)
  expect(asked).toEqual([1, 4])
  await land()
  await come(3)
  expect(asked).toEqual([1, 4])
  await come(1)
  expect(asked).toEqual([1, 4, 4])
})

it('I4: for a moment only: who does not come again holds nobody [B17]', async () => {
  await come(1)
  await come(3)
  await land()
  await pass(MOMENT_MS)
  await land()
  await come(1)
  expect(asked).toEqual([1, 3])
  await pass(MOMENT_MS)
  expect(asked).toEqual([1, 3, 1])
})

it('I4: who comes alone waits for nobody, nor who comes long after [B17]', async () => {
  for (let n = 1; n <= 3; n++) {
    await come(1)
    expect(asked.length).toBe(n)
    await land()
  }
  await come(1)
  await come(3)
  await land()
  await pass(MOMENT_MS)
  await land()
  await pass(MOMENT_MS)
  await come(1)
  expect(asked).toEqual([1, 1, 1, 1, 3, 1])
})

it('I4: a large request is planned while the one before is on its way [B17]', async () => {
  await come(1)
  await come(1, 64)
  expect(asked).toEqual([1, 64])
})
