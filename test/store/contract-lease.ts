// Who may write a ledger, in the law book of the store port (A6): a batch is written under the claim it was planned under, or
// it is answered lost and nothing of it is kept. Two writers here: as where a lock was lost between two turns.

import { expect, it } from 'vitest'
import type { Claim, Lease, Ledger } from '../../server/store/port.ts'
import type { Given } from './contract.ts'
import { at, batch, caseRow, fact } from './rows.ts'

const claimOf = ({ ledger, epoch, commit }: Lease, more: Partial<Claim> = {}): Claim => ({
  ledger,
  epoch,
  expectedCommit: commit,
  ...more,
})

const one = (id: string) => batch({ facts: [fact(id)], cases: [caseRow(`P-${id}`)] })

export function leaseRules(given: Given): void {
  const put = (ledger: Ledger, id: string, claim: Claim) => ledger.commit(one(id), claim)
  const commits = async () => (await given.store.records.head()).commit

  it('A6: batches under one lease follow on each other, each on the one before', async () => {
    const { ledger } = given.store
    const lease = await ledger.lease()
    expect(lease.commit).toBe(0)
    for (const n of [0, 1, 2])
      expect(await put(ledger, `e${n}`, claimOf(lease, { expectedCommit: n }))).toMatchObject({ commit: n + 1 })
    expect((await ledger.lease()).commit).toBe(3)
    expect((await ledger.lease()).epoch).toBe(lease.epoch)
  })

  it.each([
    ['a commit that never came to be', { expectedCommit: 1 }, 'commit'],
    ['another ledger', { ledger: 'elsewhere' }, 'ledger'],
    ['an epoch that is not its own', { epoch: 77 }, 'lease'],
  ] as const)('A6: planned upon %s, it is lost, and nothing of it is kept', async (_, more, lost) => {
    const { ledger, records } = given.store
    const lease = await ledger.lease()
    expect(await put(ledger, 'e1', claimOf(lease, more))).toEqual({ lost })
    expect(await records.head()).toMatchObject({ commit: 0, seq: 0, cases: 0 })
    expect(await put(ledger, 'e1', claimOf(lease))).toMatchObject({ commit: 1, firstSeq: 1 })
  })

  it('A6: a batch that fails takes those that were planned upon it with it, and no others', async () => {
    const { ledger } = given.store
    const lease = await ledger.lease()
    await put(ledger, 'e1', claimOf(lease))
    const twice = ledger.commit(batch({ facts: [fact('e1')] }), claimOf(lease, { expectedCommit: 1 }))
    const behind = put(ledger, 'e2', claimOf(lease, { expectedCommit: 2 }))
    await expect(twice).rejects.toThrow()
    expect(await behind).toEqual({ lost: 'commit' })
    const again = await ledger.lease()
    expect(await put(ledger, 'e3', claimOf(again))).toMatchObject({ commit: 2 })
  })

  it('A6: a second writer that takes the lease between two turns: whatever the first plans is lost from then on', async () => {
    const { ledger, second, records } = given.store
    const first = await ledger.lease()
    await put(ledger, 'e1', claimOf(first))
    const other = second()
    const taken = await other.lease()
    expect(taken).toMatchObject({ ledger: first.ledger, commit: 1 })
    // asking takes nothing
    expect(await put(ledger, 'e2', claimOf(first, { expectedCommit: 1 }))).toMatchObject({ commit: 2 })
    const late = await put(other, 'x1', claimOf(taken))
    expect(late).toEqual({ lost: 'commit' })
    const third = second()
    const newer = await third.lease()
    expect(await put(third, 'x2', claimOf(newer))).toMatchObject({ commit: 3 })
    for (const expectedCommit of [2, 3])
      expect(await put(ledger, 'e3', claimOf(first, { expectedCommit }))).toEqual({ lost: 'lease' })
    expect(await put(other, 'x3', claimOf(taken, { expectedCommit: 3 }))).toEqual({ lost: 'lease' })
    expect((await records.gather({ facts: [fact('e3'), fact('x3')], cached: new Map() })).known.size).toBe(0)
    expect(await commits()).toBe(3)
    expect(await put(third, 'x4', claimOf(newer, { expectedCommit: 3 }))).toMatchObject({ commit: 4 })
  })

  it('A6: of two that asked for it at once the first to commit has it', async () => {
    const { ledger, second } = given.store
    const [mine, other] = [await ledger.lease(), second()]
    const theirs = await other.lease()
    await put(other, 'x1', claimOf(theirs))
    expect(await put(ledger, 'e1', claimOf(mine, { expectedCommit: 1 }))).toEqual({ lost: 'lease' })
  })

  it('A6: without a claim nothing is compared', async () => {
    const { ledger } = given.store
    expect(await ledger.commit(batch({ at: at(0), facts: [fact('e1')] }))).toMatchObject({ commit: 1 })
  })
}
