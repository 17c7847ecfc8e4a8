// Ledgers that former versions wrote (fixtures/former), brought up: they open, verify and audit are clean, and they say what
// the version that wrote them said of every case, card and figure, but for what was a fault of it and is mended since.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { auditFolder, verifyFolder } from '../../server/office/proof.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { FORMERS, type Former, type Row, saidOf, UPGRADED_AT, upgraded } from './former.ts'

type Mended = readonly [place: string, is: unknown, why: string]

const CLOSED_OVERDUE =
  'C4: closing a card whose case is overdue still is a move of its own, and its commit judges the case'
const ASKED =
  'C5: a card that was told is not lifted by joining numbers; somebody is asked, and parted again it stands again'
const FIRSTS =
  'F5: of two acceptances, one of each number, the later makes the first receipt unanswered; what one version alone gives waits for a person'
const UNTYPED = 'T8: of an item whose type is not known T-05 waits for a person, and is counted and lit only then'

/** Told otherwise since, each with the rule by which it is; of a history its moves. */
const MENDED: Readonly<Record<Former, readonly Mended[]>> = {
  'format-1': [
    ['card T-02.case.A1.promise history', 'raise explain close_overdue reckon', CLOSED_OVERDUE],
    ['card T-02.case.A5.promise history', 'raise ask_lift restore overtake', ASKED],
    ['card T-05.case.A5.notice', 'new', FIRSTS],
    ['card T-05.case.A6.notice history', 'raise', UNTYPED],
    ['card T-05.case.A6.notice state', 'to_confirm', UNTYPED],
    ['case A6 level', 0, UNTYPED],
    ['department D1 yellows', 8, UNTYPED],
    ['item open yellows', 0, UNTYPED],
    ['operator OP1 yellows', 8, UNTYPED],
    ['region 459900 yellows', 10, UNTYPED],
    ['source east yellows', 8, UNTYPED],
    ['window A01 yellows', 8, UNTYPED],
  ],
  'format-2': [
    ['card T-02.case.A5.promise history', 'raise ask_lift restore overtake', ASKED],
    ['card T-05.case.A5.notice', 'new', FIRSTS],
  ],
  'engine-6': [
    ['card T-02.case.A5.promise history', 'raise ask_lift restore overtake', ASKED],
    ['card T-05.case.A5.notice', 'new', FIRSTS],
  ],
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const told = (value: unknown): unknown =>
  Array.isArray(value) ? (value as { move: string }[]).map(({ move }) => move).join(' ') : value

/** What is told otherwise, by its place: `case A1 level`. */
const differences = (place: string, former: Row, present: Row): Record<string, unknown> => {
  const found: Record<string, unknown> = {}
  for (const [name, was] of Object.entries(former)) {
    const is = present[name] ?? null
    if (JSON.stringify(is) !== JSON.stringify(was)) found[`${place} ${name}`] = told(is)
  }
  return found
}

describe.each(FORMERS)('a former ledger, %s', (name) => {
  let folder = ''
  let serving: Serving
  const said = saidOf(name)

  beforeAll(async () => {
    folder = await upgraded(name)
    folders.push(folder)
    const clock = `${UPGRADED_AT}x0`
    const settings = readSettings({ data: folder, port: 0, clock, log: 'silent' }, {})
    serving = await openServing({ settings, anonymous: 'supervisor', onBroken: () => undefined })
    await serving.supervisor.settled()
  })
  afterAll(() => serving.close())

  const get = async (path: string) => (await (await fetch(`${serving.url}${path}`)).json()) as Record<string, unknown>

  it('A4: its seals hold anew, and every derived row is what its entries make it', async () => {
    expect(await verifyFolder(folder)).toMatchObject({ count: 0, findings: [] })
    const audit = await auditFolder(folder)
    expect(audit).toMatchObject({ count: 0, unreadable: [] })
    expect(audit.replay).toMatchObject({ foreign: 0, findings: [] })
    expect(audit.recount?.pending).toBe(0)
  })

  it('M7 F2: says of every case, card and figure what was said of it, but for what is mended', async () => {
    const found: Record<string, unknown> = {}
    for (const former of said.cases) {
      const no = String(former.project_no)
      Object.assign(found, differences(`case ${no}`, former, await get(`/api/v1/cases/${no}`)))
    }
    const cards = (await get('/api/v1/cards?limit=200')).items as Row[]
    const byId = new Map(cards.map((card) => [card.card_id, card]))
    for (const former of said.cards)
      Object.assign(found, differences(`card ${former.card_id}`, former, byId.get(former.card_id) ?? {}))
    for (const { card_id: id } of cards)
      if (!said.cards.some((former) => former.card_id === id)) found[`card ${id}`] = 'new'
    for (const [by, rows] of Object.entries(said.measures)) {
      const present = (await get(`/api/v1/measures?period=all&by=${by}`)).rows as Row[]
      for (const former of rows)
        Object.assign(
          found,
          differences(`${by} ${former.key}`, former, present.find(({ key }) => key === former.key) ?? {}),
        )
    }
    expect(found).toEqual(Object.fromEntries(MENDED[name].map(([place, is]) => [place, is])))
  })

  it('I6: refused rows keep their numbers, and what became of them', async () => {
    const { items } = await get('/api/v1/quarantine')
    const kept = (rows: readonly Row[]) =>
      rows.map(({ id, at, source_system, event_id, project_no, code, resolved_at, resolution }) => ({
        ...{ id, at, source_system, event_id, project_no, code, resolved_at, resolution },
      }))
    expect(kept(items as Row[])).toEqual(kept(said.quarantine))
  })

  it('A4: its last entry names the ledger it was made from, which is kept as it was', async () => {
    const kept = `ledger.${name}.sqlite`
    expect(readdirSync(folder)).toContain(kept)
    const records = openRecords(folder)
    const [entry] = [...(await records.inputs('upgrade')), ...(await records.inputs('rebuild'))]
    const { seq } = await records.head()
    await records.close()
    const { sha256, ...rest } = JSON.parse(entry?.body ?? '{}') as Record<string, unknown>
    expect(rest).toMatchObject({ kept })
    expect(rest.moot ?? []).toEqual([])
    expect(sha256).toBe(
      createHash('sha256')
        .update(readFileSync(join(folder, kept)))
        .digest('hex'),
    )
    expect(entry?.seq).toBe(seq)
    expect(existsSync(join(folder, 'ledger.upgrade.sqlite'))).toBe(false)
  })
})
