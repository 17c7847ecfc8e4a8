// Codes of a catalogue as they are meant (I15): outer blanks and invisible characters are no part of them, over every door
// alike, so that an event and its department meet.
import { describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'

const BLANK = '\u3000'
const ODD = (code: string): string => ` ${code}\u200b${BLANK}`

const DOCUMENT = {
  catalogue: ODD('大厅'),
  valid_from: '2026-01-01',
  regions: [{ region_code: ODD('R'), name: '区' }],
  departments: [{ org_code: ODD('MR'), name: ODD('市监局'), region_code: ODD('R') }],
  windows: [{ window_no: ODD('W1'), name: '一号', org_code: ODD('MR') }],
  operators: [{ operator_id: ODD('P1'), name: '张三', org_code: ODD('MR'), window_no: ODD('W1') }],
  items: [
    {
      task_code: ODD('T1'),
      name: '许可',
      org_code: ODD('MR'),
      promise: '5WD',
      steps: [{ step_code: ODD('s'), name: '审' }],
    },
  ],
  sources: [{ source: ODD('hall'), name: '大厅系统' }],
}

const TABLE = `org_code,name,region_code\n"${ODD('MR')}",市监局,R\n`

const send = (house: House, path: string, body: FormData | string): Promise<Response> =>
  fetch(`${house.serving.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${house.keys.administrator}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    body,
  })

const formOf = (name: string, text: string): FormData => {
  const form = new FormData()
  form.set('file', new File([text], name))
  form.set('valid_from', '2026-01-01')
  form.set('catalogue', 'c')
  return form
}

const codesOf = ({ serving: { supervisor } }: House): string[] =>
  Object.entries(supervisor.law.tables).flatMap(([table, rows]) =>
    [...(rows as ReadonlyMap<string, unknown>).keys()].map((code) => `${table} ${code}`),
  )

const ALL = ['regions R', 'departments MR', 'windows W1', 'operators P1', 'items T1', 'sources hall']

describe('codes of a catalogue', () => {
  const within = async (act: (house: House) => Promise<void>): Promise<void> => {
    const house = await openHouse({ at: '2026-03-01T10:00:00+08:00', sources: [] })
    try {
      await act(house)
    } finally {
      await house.close()
    }
  }

  it('I15 I9: a document over HTTP', () =>
    within(async (house) => {
      expect((await send(house, '/catalogue', JSON.stringify(DOCUMENT))).status).toBe(201)
      expect(codesOf(house)).toEqual(ALL)
      expect(house.serving.supervisor.law.tables.departments.get('MR')?.[0]).toMatchObject({
        name: '市监局',
        region: 'R',
      })
    }))

  it('I15 I9: the same code written in two ways stands twice, and is told', () =>
    within(async (house) => {
      const departments = ['MR', ODD('MR')].map((org_code) => ({ org_code, name: '局', region_code: 'R' }))
      const answer = await send(house, '/catalogue', JSON.stringify({ ...DOCUMENT, departments }))
      expect([answer.status, JSON.stringify(await answer.json()).includes('stands twice')]).toEqual([422, true])
    }))

  it('I15 I9: a file of JSON, of lines, of cells', () =>
    within(async (house) => {
      expect((await send(house, '/catalogue/files', formOf('c.json', JSON.stringify(DOCUMENT)))).status).toBe(201)
      expect(codesOf(house)).toEqual(ALL)
      const line = JSON.stringify(DOCUMENT.departments[0])
      expect((await send(house, '/catalogue/files', formOf('c.ndjson', line))).status).toBe(201)
      expect((await send(house, '/catalogue/files', formOf('c.csv', TABLE))).status).toBe(201)
      expect(codesOf(house)).toEqual(ALL)
    }))
})
