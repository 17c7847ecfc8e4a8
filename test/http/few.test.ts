// Small doors that said the wrong thing (I5, I6, A1): a long body of due questions gives way, dismissing for nobody is not
// done, an auditor reads imports, and raw text that may be personal is read by those who may.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildLaw } from '../../server/core/law/build.ts'
import { dueRoutes } from '../../server/http/due.ts'
import { dueLawOf } from '../../server/office/due.ts'
import { addKey } from '../../server/office/keys.ts'
import { openSlices } from '../../server/supervision/slices.ts'
import { type House, openHouse as openServer } from '../live/house.ts'
import { bearer, openHouse } from './house.ts'

describe('due questions', () => {
  it('I5: a thousand costly ones are answered in order, and whoever asks meanwhile is answered between [S2]', async () => {
    let now = 0
    // a clock by which every question takes longer than a slice lasts
    const mono = () => {
      now += 11
      return now
    }
    const { app } = openHouse({ routes: [dueRoutes({ law: () => dueLawOf(buildLaw([])), mono })] })
    const ask = (payload: unknown) =>
      app.inject({ method: 'POST', url: '/api/v1/due', headers: bearer('administrator'), payload: payload as object })
    const order: string[] = []
    const questions = Array.from({ length: 300 }, (_, n) => ({ accept: '2026-03-02', limit: `${n + 1}H` }))
    const [many] = await Promise.all([
      ask(questions).then((answer) => {
        order.push('many')
        return answer
      }),
      ask({ accept: '2026-03-02', limit: '5WD' }).then(() => order.push('one')),
    ])
    expect(order).toEqual(['one', 'many'])
    const answers = many.json() as { due_at: string }[]
    expect(answers).toHaveLength(300)
    expect([...answers].sort((a, b) => (a.due_at < b.due_at ? -1 : 1))).toEqual(answers)
  })

  it('I5: a question that is too dear, or too many of them together, is refused with a code and two languages [S6]', async () => {
    const { app } = openHouse({ routes: [dueRoutes({ law: () => dueLawOf(buildLaw([])), mono: () => 0 })] })
    const ask = (payload: unknown) =>
      app.inject({ method: 'POST', url: '/api/v1/due', headers: bearer('administrator'), payload: payload as object })
    const pauses = Array.from({ length: 3_000 }, () => ['2026-03-03', '2026-03-04'])
    const asked = { accept: '2026-03-02', limit: '20WD' }
    const dear = { ...asked, pauses }
    const together = Array.from({ length: 250 }, () => ({ ...asked, explain: true }))
    for (const body of [dear, [asked, dear], together]) {
      const answer = await ask(body)
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'too_costly'])
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect([answer.json().zh, answer.json().en]).toEqual([
        expect.stringMatching(/[一-龥]/),
        expect.stringMatching(/[a-z]/),
      ])
    }
    const borne = await ask([asked, { ...asked, pauses: pauses.slice(0, 1) }])
    expect([borne.statusCode, borne.json()]).toEqual([200, [expect.anything(), expect.anything()]])
  })

  it('I5: two long works take turns', async () => {
    let now = 0
    const slices = openSlices(() => {
      now += 11
      return now
    })
    const told: string[] = []
    const work = (name: string) => slices.map([1, 2, 3], () => told.push(name))
    await Promise.all([work('a'), work('b')])
    expect(told.join('')).toBe('ababab')
  })
})

describe('doors of a running house', () => {
  let house: House
  beforeAll(async () => {
    house = await openServer({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
    const bad = { event_id: 'b', event_type: 'RECEIVE', project_no: 'Q1', occurred_at: 'soon' }
    await house.post('east', [{ ...bad, payload: { applicant_name: '张三' } }])
  })
  afterAll(() => house.close())

  const ask = async (key: string, path: string, body?: unknown) => {
    const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${house.keys[key] ?? key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  it('I6: rows of a source that has none are not dismissed, nor rows beyond all counting [S19]', async () => {
    const said = { source_system: 'nobody', up_to: 5, why: '试' }
    expect((await ask('supervisor', 'quarantine/dismiss', said)).status).toBe(404)
    const beyond = { source_system: 'east', up_to: 1e300, why: '试' }
    expect((await ask('supervisor', 'quarantine/dismiss', beyond)).status).toBe(400)
    expect((await ask('supervisor', 'quarantine/dismiss', { ...said, source_system: 'east' })).status).toBe(200)
  })

  it('I9: a region that lies in itself is refused, and the former catalogue holds [S21]', async () => {
    const regions = [
      { region_code: 'A', name: '甲', parent: 'B' },
      { region_code: 'B', name: '乙', parent: 'A' },
    ]
    const catalogue = { catalogue: '环', valid_from: '2024-01-01', regions }
    const told = await ask('administrator', 'catalogue', catalogue)
    expect([told.status, told.body.code]).toEqual([422, 'bad_catalogue'])
    expect(house.serving.supervisor.law.version).toBe(0)
  })

  it('A1: an auditor reads the imports and starts none [S20]', async () => {
    expect((await ask('auditor', 'imports')).status).toBe(200)
    expect((await ask('auditor', 'imports', {})).status).toBe(403)
  })

  it('A1: raw text of the quarantine is withheld from whoever may not read personal data [S20]', async () => {
    const rawOf = async (key: string) => ((await ask(key, 'quarantine')).body.items as { raw: string | null }[])[0]?.raw
    expect(await rawOf('supervisor')).toContain('张三')
    expect(await rawOf('administrator')).toBeNull()
    expect((await ask('administrator', 'quarantine/1')).body.raw).toBeNull()
    const { key } = await addKey(house.serving.keys, { role: 'auditor' }, 0)
    await house.serving.keysChanged()
    expect(await rawOf(key)).toContain('张三')
  })
})
