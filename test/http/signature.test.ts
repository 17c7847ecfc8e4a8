// Which rule a person confirms under their own name is the law's data (C4, T12): brought by a catalogue over HTTP, asked for
// at the move, told by the card. A document that cannot hold is refused in both languages.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardView, Problem } from '../../server/contract/api.ts'
import type { CatalogueFile, RuleRow } from '../../server/contract/catalogue.ts'
import type { LawView } from '../../server/contract/master.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-09-30T10:30:00+08:00', sources: ['east'] })
})
afterEach(() => house.close())

const withRules = (...rules: RuleRow[]): CatalogueFile => ({ ...SMALL, rules })

/** The yellow card of a case past its promise of five working days. */
const yellow = async (): Promise<CardView> => {
  const { items } = (await (await house.get('/api/v1/cards?rule=T-02')).json()) as { items: CardView[] }
  return items[0] as CardView
}
const late = {
  event_id: 'E1',
  event_type: 'ACCEPT',
  project_no: 'LATE',
  occurred_at: '2026-09-14T10:00:00+08:00',
  org_code: 'D1',
  window_no: 'A01',
  task_code: 'five',
}

const send = async (path: string, key: string, body: unknown): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(`${house.serving.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}
const confirm = async (card: CardView, said: Record<string, string>) =>
  send(`/api/v1/cards/${encodeURIComponent(card.card_id)}/moves`, 'supervisor', {
    move: 'confirm',
    why: '属实',
    ...said,
  })

describe('a signature', () => {
  it('C4, T12: where a catalogue has a rule signed, its card says so and is confirmed by name alone', async () => {
    await house.load(withRules({ rule_id: 'T-02', mode: 'confirm', signed: true }))
    await house.post('east', [late])
    const card = await yellow()
    expect(card).toMatchObject({ state: 'to_confirm', waits_for: 'person', signed: true })
    const nameless = await confirm(card, {})
    expect([nameless.status, (nameless.body as Problem).code]).toEqual([400, 'no_signature'])
    expect((await yellow()).state).toBe('to_confirm')
    expect(await confirm(card, { signed_by: '王某' })).toMatchObject({ status: 200, body: { state: 'notified' } })
    expect((await yellow()).history.at(-1)?.by).toMatch(/^王某 \(supervisor:/)
  })

  it('C4: where it is to be confirmed and no more, no name is asked for', async () => {
    await house.load(withRules({ rule_id: 'T-02', mode: 'confirm' }))
    await house.post('east', [late])
    const card = await yellow()
    expect(card).toMatchObject({ state: 'to_confirm', signed: false })
    expect(await confirm(card, {})).toMatchObject({ status: 200, body: { state: 'notified' } })
  })

  it('J7, C4: the law tells which rules are signed, and that a catalogue changed them', async () => {
    await house.load(
      withRules({ rule_id: 'P-01', mode: 'confirm' }, { rule_id: 'P-02', mode: 'confirm', signed: true }),
    )
    const law = (await (await house.get('/api/v1/law')).json()) as LawView
    const rules = law.rules as { id: string; signed: boolean }[]
    expect(rules.filter(({ signed }) => signed).map(({ id }) => id)).toEqual(['T-12', 'P-02'])
    expect(law.loads[0]?.rows.rules).toBe(2)
  })

  it.each([
    ['a rule that is not there', { rule_id: 'X-99' }, '/rules/0/rule_id', '没有规则 X-99'],
    [
      'no one to sign',
      { rule_id: 'T-02', signed: true },
      '/rules/0/signed',
      'T-02 的方式是 auto，不经人确认，无从签署',
    ],
    ['a level, which is the school’s', { rule_id: 'T-02', level: 3 }, '/rules/0/level', ''],
    ['a proposal that nobody signs', { rule_id: 'T-12', signed: false }, '/rules/0/signed', 'T-12 必须由人签署'],
    ['a member that is not known', { rule_id: 'T-02', sign: true }, '/rules/0/sign', ''],
  ])('I9, C4: %s refuses the catalogue, and the law stays', async (_, row, at, zh) => {
    await house.load(SMALL)
    const refused = await send('/api/v1/catalogue', 'administrator', { ...SMALL, rules: [row] })
    expect(refused).toMatchObject({ status: 422, body: { code: 'bad_catalogue' } })
    expect((refused.body as Problem).at).toBe(at)
    expect((refused.body as Problem).zh).toContain(zh)
    const law = (await (await house.get('/api/v1/law')).json()) as LawView
    expect(law.loads).toHaveLength(1)
  })
})
