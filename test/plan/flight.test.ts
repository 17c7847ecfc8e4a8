// Batches planned while those before are still on their way to the disk (F2, I4, L2): the plan sees what they wrote, and
// nothing they did not. Over a store whose commits wait for the test's word.
import { describe, expect, it } from 'vitest'
import type { Taken } from '../../server/core/plan.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger, StoredCase } from '../../server/store/port.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { handClock } from '../../server/supervision/clock.ts'
import type { IngestOutcome } from '../../server/supervision/ingest.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor } from '../../server/supervision/supervisor.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { events } from './story.ts'

interface Held {
  /** Sends a request of its own batch; its receipts come when it has landed. */
  send(story: string): Promise<IngestOutcome[]>
  /** From here on commits wait. */
  hold(): void
  /** Lets everything land and waits until the line is still. */
  release(): Promise<void>
  caseOf(projectNo: string): Promise<StoredCase | undefined>
  audit(): Promise<string[]>
  close(): Promise<void>
}

const openHeld = async (cachedCases = DEFAULT_LIMITS.cachedCases): Promise<Held> => {
  const store = openMemory()
  let gate = Promise.resolve()
  let open = (): void => undefined
  const ledger: Ledger = {
    lease: store.lease,
    commit: async (batch, claim) => {
      await gate
      return store.commit(batch, claim)
    },
    close: () => store.close(),
  }
  const parts = { clock: handClock(at('08-03 09:00')), limits: { ...DEFAULT_LIMITS, cachedCases, batchEvents: 1 } }
  const supervisor = await openSupervisor({ ledger, records: store, ...parts, onBroken: () => undefined })
  await supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'test')
  await supervisor.settled()
  return {
    send(story) {
      const taken: readonly Taken[] = events(story)
      const raws = taken.map(() => null)
      return supervisor.ingest(taken, raws, { source: null, by: 'test' })
    },
    hold() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    async release() {
      open()
      gate = Promise.resolve()
      await supervisor.settled()
    },
    caseOf: async (projectNo) => (await store.cases([projectNo])).get(projectNo),
    audit: async () => (await auditStore({ records: store })).findings.map(({ what, where }) => `${what} ${where}`),
    close: () => supervisor.close(),
  }
}

const outcomes = async (answers: readonly Promise<IngestOutcome[]>[]): Promise<string[]> =>
  (await Promise.all(answers)).flat().map(({ outcome, code }) => code ?? outcome)

describe('what is under way', () => {
  it('F2 I2: the same event again is known before it has landed, other content a conflict, told after it landed', async () => {
    const held = await openHeld()
    held.hold()
    const answers = [
      held.send('P1 06-01 ACCEPT id=a item=PERMIT'),
      held.send('P1 06-01 ACCEPT id=a item=PERMIT'),
      held.send('P1 06-01 ACCEPT id=a item=SERVICE'),
    ]
    let told = false
    void answers[1]?.then(() => {
      told = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toBe(false)
    await held.release()
    expect(await outcomes(answers)).toEqual(['accepted', 'known', 'id_conflict'])
    await held.close()
  })

  it('F2: an older event folds the case again over what is under way', async () => {
    const held = await openHeld()
    await held.send('P1 06-01 ACCEPT id=a item=PERMIT')
    held.hold()
    const answers = [
      held.send('P1 06-05 DECIDE id=d result=granted'),
      held.send('P1 06-03 STEP_START id=s step_code=JD'),
      held.send('P1 06-02 STEP_START id=r step_code=SC'),
    ]
    await held.release()
    expect(await outcomes(answers)).toEqual(['accepted', 'accepted', 'accepted'])
    const found = await held.caseOf('P1')
    expect(JSON.parse(found?.row.state ?? '{}')).toMatchObject({ facts: 4, steps: [{ code: 'SC' }, { code: 'JD' }] })
    expect(await held.audit()).toEqual([])
    await held.close()
  })

  it('F2 F3: an event void before it came stays void while it is under way', async () => {
    const held = await openHeld()
    await held.send('P1 06-01 ACCEPT id=a item=PERMIT')
    await held.send('P1 06-20 DECIDE id=right result=granted supersedes=wrong')
    held.hold()
    const answers = [
      held.send('P1 06-05 DECIDE id=wrong result=granted'),
      held.send('P1 06-03 STEP_START id=s step_code=JD'),
    ]
    await held.release()
    expect(await outcomes(answers)).toEqual(['accepted', 'accepted'])
    const found = await held.caseOf('P1')
    expect(JSON.parse(found?.row.state ?? '{}')).toMatchObject({ facts: 3, ends: [{ eventId: 'right' }] })
    expect(await held.audit()).toEqual([])
    await held.close()
  })

  it('F2 F3: a void waits for what it names', async () => {
    const held = await openHeld()
    held.hold()
    const answers = [
      held.send('P1 06-01 ACCEPT id=a item=PERMIT'),
      held.send('P1 06-05 DECIDE id=d result=granted'),
      held.send('P1 06-06 VOID id=v target=d'),
      held.send('P1 06-02 STEP_START id=s step_code=JD'),
    ]
    await held.release()
    expect(await outcomes(answers)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    expect((await held.caseOf('P1'))?.row.status).toBe('accepted')
    expect(await held.audit()).toEqual([])
    await held.close()
  })

  it('F2 C2: a case that left the cache while under way is not planned from what the store still lacks', async () => {
    const held = await openHeld(1)
    held.hold()
    const answers = [
      held.send('P1 06-01 ACCEPT id=a item=PERMIT\nP2 06-01 ACCEPT id=b item=PERMIT'),
      held.send('P1 06-02 STEP_START id=c step_code=JD'),
    ]
    await held.release()
    expect(await outcomes(answers)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(JSON.parse((await held.caseOf('P1'))?.row.state ?? '{}')).toMatchObject({ facts: 2 })
    expect(await held.audit()).toEqual([])
    await held.close()
  })
})
