// Formats of files (I8): a further one is registered and nothing else is touched – it is told by its first bytes and its name,
// named by a mapping, read, mapped and handed to the door like any other.

import { describe, expect, it } from 'vitest'
import { blocks } from '../../fixtures/readers/blocks/reader.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { compileMapping, type Mapping } from '../../server/intake/files/map.ts'
import { importFile } from '../../server/intake/files/run.ts'
import { formatOf, openBy, openTable, READERS } from '../../server/intake/readers/registry.ts'
import { sniff } from '../../server/intake/readers/sniff.ts'
import { fileOfTest } from './files.ts'

const WITH = [...READERS, blocks]
const FILE =
  '%BLOCKS 1\n\nno: A1\non: 2026-03-02T09:00:00+08:00\n\nno: A2\non: never\n\nno: A3\non: 2026-03-03T09:00:00+08:00\n'
const MAPPING = {
  mapping: 'blocks of a terminal',
  source: 'terminal',
  format: 'blocks',
  fields: { project_no: 'no' },
  events: [{ type: 'ACCEPT', at: 'on' }],
}

const imported = async (mapping: Mapping, open = openBy(WITH)) => {
  const events: string[] = []
  const lines: string[] = []
  const report = await importFile(openSource(fileOfTest('cases.blk', FILE)), {
    mapping,
    open,
    readers: WITH,
    deliver: async (sent) => {
      for (const event of sent as Record<string, string>[])
        events.push(`${event.project_no} ${typeof event.occurred_at === 'string' ? event.occurred_at : 'as written'}`)
      return sent.map(() => ({ outcome: 'accepted', code: null, field: null, detail: null }))
    },
    onIssue: ({ place, code }) => lines.push(`${place.line} ${code}`),
    onProgress: () => undefined,
    resumed: null,
    onAnswered: () => undefined,
  })
  return { events, lines, format: report.format, refused: report.refused?.code ?? null }
}

describe('a format of a fixture folder', () => {
  const compiled = compileMapping(MAPPING, WITH)
  const mapping = 'mapping' in compiled ? compiled.mapping : null

  it('I8: is named by a mapping and read row by row, a bad one told with its line', async () => {
    if (mapping === null) throw new Error(JSON.stringify(compiled))
    expect(await imported(mapping)).toEqual({
      // what cannot be read is handed in to be kept
      events: ['A1 2026-03-02T01:00:00.000Z', 'A2 as written', 'A3 2026-03-03T01:00:00.000Z'],
      lines: ['6 bad_date'],
      format: 'blocks',
      refused: null,
    })
  })

  it('I8: is told by its first bytes, whatever the file is called, and by its name', async () => {
    const told = async (name: string, text: string) =>
      (await sniff(openSource(fileOfTest(name, text)), name, WITH)).format
    expect(await told('cases.csv', FILE)).toBe('blocks')
    expect(await told('cases.csv', 'no,on\n')).toBe('csv')
    expect(formatOf('cases.blk.gz', WITH)).toBe('blocks')
  })

  it('I8: where it is not registered it is told by name what is read', async () => {
    expect(compileMapping(MAPPING)).toEqual({
      faults: [{ at: '/format', detail: 'no such format: blocks; NDJSON, CSV, XLSX, XES, and .gz of them' }],
    })
    if (mapping === null) throw new Error('no mapping')
    expect((await imported(mapping, openTable)).refused).toBe('unknown_format')
  })
})
