// Subjects beside the case on the line: the source, whose silence is found by the alarm and lifted by what it sends, in the
// commit of what moved it; through a restart, a new law, a move of a person; and every step of it audited and taken again
// into the very same rows. And a further kind, registered from a fixture folder, nothing else touched.

import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operator } from '../../fixtures/subjects/operator.ts'
import type { CatalogueFile, SourceRow } from '../../server/contract/catalogue.ts'
import type { AnySubjectKind } from '../../server/core/subject.ts'
import { SUBJECTS } from '../../server/core/subjects/registry.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { type Disk, openDisk } from '../audit/ledger.ts'
import { openSupervisorOn, SMALL, SOURCE, type SupervisorHouse } from './house.ts'

const DAY = '2026-09-16'
const at = (time: string, day = DAY): string => `${day}T${time}+08:00`

let disk: Disk
let house: SupervisorHouse
beforeEach(async () => {
  disk = openDisk()
  house = await openSupervisorOn(disk.store, at('08:55:00'))
  await enactCatalogue(house.supervisor, SMALL, 'test')
  await house.supervisor.settled()
})
afterEach(async () => {
  await house.close()
  await disk.close()
  rmSync(disk.folder, { recursive: true, force: true })
})

let n = 0
const hear = async (time: string, day = DAY): Promise<void> => {
  await house.moveTo(at(time, day))
  n += 1
  await house.take(house.event('RECEIVE', `N${n}`, { task_code: 'five' }))
}

/** Heard every five minutes from 09:00 to 09:40: silent from 11:40. */
const speak = async (): Promise<void> => {
  for (let minute = 0; minute <= 40; minute += 5) await hear(`09:${String(minute).padStart(2, '0')}:00`)
}

const cards = async (): Promise<string[]> => {
  const { rows } = await disk.store.listCards({ rule: 'W-03', limit: 10 })
  return rows.map(({ card }) => `${card.cardId} ${card.state}`)
}
const clean = async (): Promise<void> => {
  const { recount, replay, unreadable } = await auditLedger(disk.folder)
  expect([recount?.findings, replay?.findings, unreadable]).toEqual([[], [], []])
  expect(recount?.pending).toBe(0)
}

describe('the source', () => {
  it('W-03, J4: falls silent at the computed instant by a turn of the alarm, and speaks again', async () => {
    await speak()
    expect(house.supervisor.state().nextTurnAt).toBe(Date.parse(at('11:40:00')))
    await house.moveTo(at('11:39:59'))
    expect(await cards()).toEqual([])
    await house.moveTo(at('11:45:00'))
    expect(await cards()).toEqual([`W-03.source.${SOURCE}.${DAY} notified`])
    const card = await disk.store.card(`W-03.source.${SOURCE}.${DAY}`)
    expect([card?.card.limitAt, card?.card.raisedAt]).toEqual([Date.parse(at('11:40:00')), Date.parse(at('11:45:00'))])
    await clean()
    await hear('11:50:00')
    expect(await cards()).toEqual([`W-03.source.${SOURCE}.${DAY} lifted`])
    await clean()
  })

  it('J4, A6: through a restart nothing is lost, and nothing is found twice', async () => {
    await speak()
    await house.close()
    house = await openSupervisorOn(disk.store, at('12:00:00'))
    await house.supervisor.settled()
    expect(await cards()).toEqual([`W-03.source.${SOURCE}.${DAY} notified`])
    await house.close()
    house = await openSupervisorOn(disk.store, at('12:05:00'))
    await house.moveTo(at('12:10:00'))
    expect((await disk.store.card(`W-03.source.${SOURCE}.${DAY}`))?.moves).toHaveLength(1)
    await clean()
  })

  it('J6, I13: declared a batch source it is judged again by its hours', async () => {
    await speak()
    await house.moveTo(at('11:45:00'))
    const batch: SourceRow = {
      source: SOURCE,
      name: '东区系统',
      mode: 'batch',
      delivers_at: ['18:00'],
      grace_work_days: 1,
    }
    const body: CatalogueFile = { catalogue: '来源', valid_from: '2024-01-01', sources: [batch] }
    await enactCatalogue(house.supervisor, body, 'test')
    await house.supervisor.settled()
    expect(await cards()).toEqual([`W-03.source.${SOURCE}.${DAY} lifted`])
    expect(house.supervisor.state().nextTurnAt).toBe(Date.parse(at('18:00:00', '2026-09-17')))
    await clean()
    await house.moveTo(at('18:00:00', '2026-09-17'))
    expect(await cards()).toContain(`W-03.source.${SOURCE}.2026-09-17 notified`)
    await clean()
  })

  it('C4: what a person says of its card stays when it is judged again', async () => {
    await speak()
    await house.moveTo(at('11:45:00'))
    const cardId = `W-03.source.${SOURCE}.${DAY}`
    const move = { cardId, move: 'explain', by: '王科长', why: '断网', signedBy: null, stillOverdue: false }
    expect(await house.supervisor.move(move)).toMatchObject({ state: 'explained' })
    await enactCatalogue(house.supervisor, { ...SMALL, catalogue: '又一次' }, 'test')
    await house.supervisor.settled()
    expect(await cards()).toEqual([`${cardId} explained`])
    await clean()
  })

  it('A4: a row changed behind its back is found, by the recount and by the replay', async () => {
    await speak()
    await house.close()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(`${disk.folder}/ledger.sqlite`)
    db.prepare(`UPDATE subject SET next_turn_at = next_turn_at + 1`).run()
    db.close()
    const { recount, replay } = await auditLedger(disk.folder)
    expect(recount?.findings).toMatchObject([{ what: 'judgement', where: `source ${SOURCE}` }])
    expect(replay?.findings).toMatchObject([{ table: 'subject', column: 'next_turn_at' }])
    house = await openSupervisorOn(disk.store, at('10:00:00'))
  })
})

describe('a kind of a fixture folder', () => {
  it('J4, C2: is folded, judged, carded, turned and audited', async () => {
    const store = openMemory()
    const subjects = [...SUBJECTS, operator as AnySubjectKind]
    const open = (time: string, day = DAY) => openSupervisorOn(store, at(time, day), { subjects })
    let other = await open('10:00:00')
    await enactCatalogue(other.supervisor, SMALL, 'test')
    await other.take(other.event('ACCEPT', 'C1', { task_code: 'five' }))
    await other.take(other.event('DECIDE', 'C1', { payload: { result: 'granted' } }))
    const [row] = (await store.subjects()).filter(({ kind }) => kind === 'operator')
    expect(row).toMatchObject({ key: 'OP1', nextTurnAt: Date.parse(at('23:59:59.999')) })
    await other.close()
    other = await open('09:00:00', '2026-09-17')
    await other.supervisor.settled()
    const found = await store.cardsOf('operator', ['OP1'])
    expect(found).toMatchObject([{ cardId: 'X-01.operator.OP1.day', state: 'notified', basis: { decided: 1 } }])
    expect((await other.audit()).findings).toEqual([])
    await other.close()
  })
})
