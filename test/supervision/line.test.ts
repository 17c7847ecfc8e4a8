// The line under pressure: a full queue says so and takes nothing (I5), a screen that fails harms no receipt (L2), a new
// catalogue judges everything again between the batches (J6), and no request is forgotten when the line comes to rest.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { Busy } from '../../server/supervision/busy.ts'
import type { WorkState } from '../../server/supervision/work.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from './house.ts'

const NOW = '2026-09-30T10:00:00+08:00'

let store: ReturnType<typeof openMemory>
let at: SupervisorHouse
beforeEach(async () => {
  store = openMemory()
  at = await openSupervisorOn(store, NOW, { limits: { queueEvents: 3, sliceCases: 7 } })
  await enactCatalogue(at.supervisor, SMALL, 'test')
  await at.supervisor.settled()
})
afterEach(() => at.close())

const outcomesOf = (told: readonly { outcome: string }[]): string[] => told.map(({ outcome }) => outcome)
const receive = (no: string) => at.event('RECEIVE', no, { task_code: 'five' })

/** Holds the line between two commits until it is let go. */
const hold = (): (() => void) => {
  let release = (): void => undefined
  const gate = new Promise<void>((done) => {
    release = done
  })
  void at.supervisor.between(() => gate)
  return release
}

/** Enacts documents that all wait behind the held line, and what it says of itself right after each: no slice comes between. */
const enactAtOnce = async (...documents: readonly CatalogueFile[]) => {
  const { supervisor } = at
  const release = hold()
  const enacted: Promise<{ entry: number }>[] = []
  const told: Promise<WorkState>[] = []
  for (const document of documents) {
    let waits = (): void => undefined
    const queued = new Promise<void>((done) => {
      waits = done
    })
    const enacting = enactCatalogue(
      {
        law: supervisor.law,
        inPieces: (work) => supervisor.inPieces(work),
        loadCatalogue(...said) {
          const loaded = supervisor.loadCatalogue(...said)
          told.push(supervisor.between(async () => supervisor.state()))
          waits()
          return loaded
        },
      },
      document,
      'test',
    )
    enacted.push(enacting)
    await Promise.race([queued, enacting])
  }
  release()
  return { entries: (await Promise.all(enacted)).map(({ entry }) => entry), told: await Promise.all(told) }
}

describe('a full queue', () => {
  it('I5: past its bound nothing is taken, with a word when to come again; then it is taken', async () => {
    const release = hold()
    const [first, second, third] = [[receive('C1'), receive('C2')], [receive('C3')], [receive('C4')]]
    const taken = [at.take(...first), at.take(...second)]
    const refused = at.take(...third)
    await expect(refused).rejects.toThrow(Busy)
    await expect(refused).rejects.toMatchObject({ retryAfterS: 1 })
    release()
    expect((await Promise.all(taken)).map(outcomesOf)).toEqual([['accepted', 'accepted'], ['accepted']])
    expect((await store.head()).cases).toBe(3)
    expect(outcomesOf(await at.take(...third))).toEqual(['accepted'])
  })

  it('I5: one request larger than the bound is still taken when nothing waits', async () => {
    const events = Array.from({ length: 10 }, (_, n) => receive(`C${n}`))
    expect(new Set(outcomesOf(await at.take(...events)))).toEqual(new Set(['accepted']))
  })

  it('I3: a request that follows at once on the answer of another is not left lying', async () => {
    // one step later each time: the line comes to rest somewhere between
    for (let steps = 0; steps < 12; steps++) {
      await at.take(receive(`S${steps}`))
      for (let step = 0; step < steps; step++) await null
      expect(outcomesOf(await at.take(receive(`T${steps}`)))).toEqual(['accepted'])
    }
  })

  it('I4: what waits when the house closes is refused, not forgotten', async () => {
    const release = hold()
    const waiting = [at.take(receive('C1')), at.supervisor.between(async () => 'read')]
    const told = Promise.allSettled(waiting)
    const closing = at.close()
    release()
    await closing
    expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(at.take(receive('C2'))).rejects.toThrow('closed')
  })
})

describe('a subscriber that throws', () => {
  it('L2: harms neither the receipt nor the others, even where cutting it fails as well', async () => {
    const heard: number[] = []
    let cuts = 0
    at.supervisor.subscribe({
      take: () => {
        throw new Error('a screen on fire')
      },
      cut: () => {
        cuts += 1
        throw new Error('and the extinguisher is empty')
      },
    })
    at.supervisor.subscribe({ take: ({ changes }) => heard.push(changes.length), cut: () => undefined })
    expect(outcomesOf(await at.take(receive('C1')))).toEqual(['accepted'])
    expect(outcomesOf(await at.take(receive('C2')))).toEqual(['accepted'])
    expect(heard).toEqual([1, 1])
    expect(cuts).toBe(2)
    expect(at.broken).toEqual([])
  })
})

describe('a new catalogue while cases are open', () => {
  it('J6: judges all of them again in slices, while events go on, and the recount agrees', async () => {
    const many = Array.from({ length: 40 }, (_, n) =>
      at.event('ACCEPT', `C${n}`, { task_code: 'five', occurred_at: '2026-09-21T10:00:00+08:00' }),
    )
    await at.take(...many)
    const items = SMALL.items?.map((item) => (item.task_code === 'five' ? { ...item, promise: '2WD' } : item)) ?? []
    const { entries, told } = await enactAtOnce({ ...SMALL, catalogue: '提速', items })
    expect(told).toMatchObject([{ rejudging: true, rejudgingFor: 'law' }])
    expect(outcomesOf(await at.take(receive('NEW')))).toEqual(['accepted'])
    await at.supervisor.settled()
    expect(at.supervisor.state().rejudging).toBe(false)
    const rows = await store.cases(many.map(({ project_no }) => String(project_no)))
    expect([...rows.values()].every(({ row }) => row.law === entries[0])).toBe(true)
    const { rows: late } = await store.listCards({ rule: 'T-02', limit: 100 })
    expect(late).toHaveLength(40)
    const report = await at.audit()
    expect(report).toMatchObject({ pending: 0, count: 0 })
  })

  it('J6: what an import declares of its source is told as that, and never as new rules or calendars [U8]', async () => {
    await at.take(receive('C1'))
    const declared = {
      catalogue: '申报',
      valid_from: '2024-01-01',
      sources: [{ source: 'file', name: '文件', sends: ['RECEIVE'] }],
    }
    const again = { ...declared, catalogue: '再申报' }
    const { told } = await enactAtOnce(declared, { ...SMALL, catalogue: '又一版' }, again)
    // what the law moves is not made small by a declaration that comes meanwhile
    expect(told.map(({ rejudging, rejudgingFor }) => [rejudging, rejudgingFor])).toEqual([
      [true, 'sources'],
      [true, 'law'],
      [true, 'law'],
    ])
    await at.supervisor.settled()
    expect(at.supervisor.state()).toMatchObject({ rejudging: false, rejudgingFor: null })
    await at.close()
    at = await openSupervisorOn(store, '2026-09-21T10:00:00+08:00')
    expect(at.supervisor.state()).toMatchObject({ rejudging: false, rejudgingFor: null })
  })

  it('D-05: an unlisted window has one card, lifted when it is listed, and back when it is named anew', async () => {
    const odd = (no: string) => at.event('RECEIVE', no, { task_code: 'five', window_no: 'Z99' })
    await at.take(odd('C1'), odd('C2'))
    await at.take(odd('C3'))
    const states = async () =>
      (await store.listCards({ rule: 'D-05', limit: 10 })).rows.map(({ card, moves }) => [
        card.subject,
        card.state,
        moves.filter(({ move }) => move === 'raise').length,
      ])
    const [before] = await states()
    expect(before).toEqual(['window:Z99', 'notified', 1])
    const windows = [...(SMALL.windows ?? []), { window_no: 'Z99', name: '新窗口', org_code: 'D1' }]
    await enactCatalogue(at.supervisor, { ...SMALL, catalogue: '补录窗口', windows }, 'test')
    await at.supervisor.settled()
    expect(await states()).toEqual([['window:Z99', 'lifted', 1]])
    expect((await at.audit()).findings).toEqual([])
  })
})
