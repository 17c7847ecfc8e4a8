// Feeds of the field to the end of the line (I14, I15, F5): lines of the wire to a real server, and what stands after them;
// what the calculator says of due times that others got wrong.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseView, Receipts } from '../../server/contract/api.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import { answerDue } from '../../server/core/time/due.ts'
import { dueLawOf } from '../../server/office/due.ts'
import { type House, openHouse } from '../live/house.ts'
import { fieldFile } from './come.ts'
import { standsOf } from './stands.ts'

const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(fieldFile(path), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

let house: House
const openHall = async (): Promise<void> => {
  house = await openHouse({ at: '2026-04-30T10:00:00+08:00', sources: ['one'] })
  await house.load(JSON.parse(readFileSync(fieldFile('catalogue.json'), 'utf8')))
}

const told = ({ receipts }: Receipts): string[] =>
  receipts.map(({ outcome, code, field }) => [outcome, code, field].filter(Boolean).join(' '))
const caseOf = async (no: string): Promise<CaseView> =>
  (await (await house.get(`/api/v1/cases/${encodeURIComponent(no)}`)).json()) as CaseView

describe('feeds of the field', () => {
  beforeEach(openHall)
  afterEach(() => house.close())

  it('I15: spaces-in-numbers/wire.ndjson: outer blanks and what nobody sees make no second case', async () => {
    await house.post('one', linesOf('spaces-in-numbers/wire.ndjson'))
    const { cases, cards } = await standsOf(house, '2026-03')
    expect(cases).toEqual(['N-10 d t5 2026-03-17 closed on_time', 'N-9 d t5 2026-03-17 closed on_time'])
    expect(cards).toEqual([])
  })

  it('I1: xlsx-export-ffff/wire.ndjson: a character that is none is refused at the door', async () => {
    const receipts = await house.post('one', linesOf('xlsx-export-ffff/wire.ndjson'))
    expect(told(receipts)).toEqual([
      'accepted',
      'accepted',
      'rejected bad_field /org_code',
      'rejected bad_field /org_code',
    ])
    expect((await standsOf(house, '2026-03')).cases.map((line) => line.split(' ')[0])).toEqual(['P-0'])
  })

  it('F5: register-updated/wire.ndjson: two acceptances of one instant are a conflict, and no yellow of one alone counts', async () => {
    await house.post('one', linesOf('register-updated/wire.ndjson'))
    await house.serving.supervisor.settled()
    for (const no of ['P-1', 'P-2']) {
      const { conflicts, cards } = await caseOf(no)
      expect([no, conflicts]).toEqual([no, ['accepted']])
      for (const { rule_id: rule, level, state, waits_for: why } of cards)
        if (rule === 'T-02' && level >= 2) expect([no, state, why]).toEqual([no, 'to_confirm', 'contested'])
    }
  })

  it('I1 I15: cloudevents-sdk/requests.ndjson: blanks and what nobody sees are no part of its numbers either', async () => {
    const at = { occurred_at: '2026-03-10T09:15:00+08:00', event_type: 'ACCEPT', org_code: 'd' }
    await house.post('one', [
      { ...at, event_id: 'n9', project_no: ' N9 ' },
      { ...at, event_id: 'n10', project_no: 'N\u200b10' },
    ])
    expect([(await caseOf('N9')).project_no, (await caseOf('N10')).project_no]).toEqual(['N9', 'N10'])
  })
})

describe('due times of the field', () => {
  const law = dueLawOf(
    buildLaw([{ entry: 1, body: JSON.parse(readFileSync(fieldFile('sla-hours/calendars.json'), 'utf8')) }]),
  )
  const questions = linesOf('sla-hours/questions.ndjson')
  /** Of a year without a notice the statutory days rest (T13), and 1 January is one: said after the answers were written. */
  const later = { due_on: '2027-01-04', due_at: '2027-01-04T23:59:59+08:00', provisional: true }
  const expected = linesOf('sla-hours/expected.ndjson').map((one) => (one.due_on === '2027-01-01' ? later : one))

  it('T1: sla-hours/expected.ndjson: each question has its answer', () => {
    expect([questions.length, expected.length]).toEqual([36, 36])
  })

  it.each(questions.map((question, i) => ({ said: JSON.stringify(question), question, right: expected[i] })))(
    'T1 T13: sla-hours/questions.ndjson: $said',
    ({ question, right }) => {
      expect(answerDue(question, law)).toMatchObject(right ?? {})
    },
  )
})
