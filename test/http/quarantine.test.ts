// The quarantine at the door (I6): look, mend, send again; the outcome is recorded and nothing leaves by itself.

import { describe, expect, it } from 'vitest'
import { quarantineRoutes } from '../../server/http/quarantine.ts'
import { isTaken } from '../../server/intake/fact.ts'
import type { QuarantineView, Resubmission } from '../../server/office/rejects-kept.ts'
import { CONTEXT, wire } from '../intake/wire.ts'
import { bearer, clock, openHouse, standIn } from './house.ts'

const VIEW: QuarantineView = {
  id: 7,
  at: '2026-04-20T09:30:00+08:00',
  source_system: 'approval-west',
  event_id: 'E-1',
  project_no: null,
  code: 'missing_field',
  field: '/project_no',
  message: '甲',
  message_en: 'x',
  raw: '{"event_id":"E-1"}',
  resolved_at: null,
  resolution: null,
  cured_by: null,
  import_no: null,
  row: null,
}

const openQuarantine = () => {
  const supervisor = standIn()
  const recorded: Resubmission[] = []
  const asked: unknown[] = []
  const parts = {
    supervisor,
    clock,
    aheadMs: CONTEXT.aheadMs,
    scaleOf: CONTEXT.scaleOf,
    list: async (query: unknown) => {
      asked.push(query)
      return { items: [VIEW], next: 'c2' }
    },
    get: async (id: number) => (id === VIEW.id ? VIEW : null),
    counts: async () => [],
    beside: async () => [VIEW],
    isHeldOtherwise: async () => false,
    dismiss: async () => undefined,
    importOf: async () => null,
    recordResubmission: async (resubmission: Resubmission) => {
      recorded.push(resubmission)
    },
  }
  const { app } = openHouse({ routes: [quarantineRoutes(parts)] })
  return { app, supervisor, recorded, asked }
}

const resubmit = (
  house: ReturnType<typeof openQuarantine>,
  body: unknown,
  key = 'supervisor',
  id: number | string = 7,
) =>
  house.app.inject({
    method: 'POST',
    url: `/api/v1/quarantine/${id}/resubmit`,
    headers: bearer(key),
    payload: body as Record<string, unknown>,
  })

describe('I6: the quarantine', () => {
  it('I6: pages by cursor, with defaults', async () => {
    const house = openQuarantine()
    const answer = await house.app.inject({
      url: '/api/v1/quarantine?code=bad_field&after=n15',
      headers: bearer('auditor'),
    })
    expect(answer.json()).toEqual({ items: [VIEW], next: 'c2' })
    expect(house.asked).toEqual([{ code: 'bad_field', after: 'n15', limit: 100 }])
  })

  it.each([
    ['/api/v1/quarantine/7', 200],
    ['/api/v1/quarantine/8', 404],
    ['/api/v1/quarantine/x', 400],
    ['/api/v1/quarantine?limit=501', 400],
    // what is no cursor must not read as the end of the list
    ['/api/v1/quarantine?cursor=zzz', 400],
  ])('I6: %s answers %d', async (url, status) => {
    expect((await openQuarantine().app.inject({ url, headers: bearer('supervisor') })).statusCode).toBe(status)
  })

  it('I6: a mended event goes through the same intake, under the source it came from', async () => {
    const house = openQuarantine()
    const answer = await resubmit(house, wire())
    expect(answer.json()).toEqual({
      index: 0,
      event_id: 'E-1',
      outcome: 'accepted',
      code: null,
      field: null,
      message: null,
      message_en: null,
    })
    const [intake] = house.supervisor.heard.intakes
    expect(intake !== undefined && isTaken(intake) && intake.fact.source).toBe('approval-west')
    expect(house.recorded).toEqual([
      {
        id: 7,
        source: 'approval-west',
        at: CONTEXT.now,
        by: 'supervisor',
        eventId: 'E-1',
        outcome: expect.objectContaining({ outcome: 'accepted' }),
      },
    ])
  })

  it('I6: what is still wrong is rejected again, with its place', async () => {
    const house = openQuarantine()
    expect((await resubmit(house, { event_id: 'E-1' })).json()).toMatchObject({
      outcome: 'rejected',
      field: '/event_type',
    })
    expect(house.recorded).toHaveLength(1)
  })

  it('I6: an event kept in its CloudEvents envelope may be mended there', async () => {
    const event = {
      specversion: '1.0',
      id: 'E-9',
      source: 'approval-west',
      type: 'ACCEPT',
      subject: 'P',
      time: '2026-04-20T01:30:00Z',
    }
    expect((await resubmit(openQuarantine(), event)).json()).toMatchObject({ outcome: 'accepted', event_id: 'E-9' })
  })

  it.each([
    ['auditor', 403],
    ['source', 403],
    ['administrator', 200],
  ])('A1 I6: resubmission by %s: %d', async (key, status) => {
    expect((await resubmit(openQuarantine(), wire(), key)).statusCode).toBe(status)
  })

  it('I6: a row that is not there takes nothing', async () => {
    const house = openQuarantine()
    expect((await resubmit(house, wire(), 'supervisor', 8)).statusCode).toBe(404)
    expect([house.recorded, house.supervisor.heard.slices]).toEqual([[], []])
  })
})
