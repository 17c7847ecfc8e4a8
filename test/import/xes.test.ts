// Event logs (I8): every version and oddity of XES read with its place, what is broken refused where it breaks.
import { describe, expect, it } from 'vitest'
import { fileOfTest } from './files.ts'
import { read } from './read.ts'

describe('XES', () => {
  const CASES: [what: string, xml: string, rows: string[]][] = [
    [
      'attributes of the trace are on its events under case:, whatever their order',
      '<log><trace><event><date key="t" value="2026-01-01"/></event><string key="n" value="c"/></trace></log>',
      ['case@trace 1 (line 1) {"case:n":"c"}', 'event@trace 1 event 1 (line 1) {"t":"2026-01-01","case:n":"c"}'],
    ],
    [
      'kinds; nested attributes, lists and containers; a name twice',
      `<log><trace>
        <event><int key="i" value="7"/><float key="f" value="1.5"/><boolean key="b" value="true"/><int key="big" value="9007199254740993"/>
        <string key="s" value="x"><int key="inner" value="1"/></string>
        <list key="l"><values><int key="a" value="1"/><int key="a" value="2"/></values></list>
        <container key="c"><id key="k" value="u"/></container></event>
      </trace></log>`,
      [
        'case@trace 1 (line 1) {}',
        'event@trace 1 event 1 (line 2) {"i":7,"f":1.5,"b":true,"big":"9007199254740993","s":"x","s/inner":1,"l/a":1,"l/a#2":2,"c/k":"u"}',
      ],
    ],
    ['a trace without events', '<log><trace/></log>', ['case@trace 1 (line 1) {}']],
    ['an event outside any trace', '<log><event><string key="n" value="e"/></event></log>', ['event@line 1 {"n":"e"}']],
    [
      'declarations are no attributes',
      '<log><global scope="trace"><string key="n" value="?"/></global><classifier name="c" keys="n"/><trace/></log>',
      ['case@trace 1 (line 1) {}'],
    ],
    [
      'a prefix before the elements',
      '<x:log xmlns:x="u"><x:trace><x:string key="n" value="c"/></x:trace></x:log>',
      ['case@trace 1 (line 1) {"case:n":"c"}'],
    ],
    ['an empty log', '<log/>', []],
    [
      'broken in the middle: whole traces before it are read',
      '<log><trace><string key="n" value="1"/></trace>\n<trace><event></trace></log>',
      ['case@trace 1 (line 1) {"case:n":"1"}', 'refused@line 2 broken_file'],
    ],
    ['cut off', '<log><trace/>', ['case@trace 1 (line 1) {}', 'refused@line 1 broken_file']],
    ['another document', '<html><body/></html>', ['refused@line 1 broken_file']],
    [
      'an entity of its own',
      '<!DOCTYPE log [<!ENTITY e "x">]><log><string key="n" value="&e;"/></log>',
      ['refused@line 1 broken_file'],
    ],
    ['nothing', '', ['refused@line 1 broken_file']],
  ]
  it.each(CASES)('I8: %s', async (_, xml, rows) => {
    expect(await read(fileOfTest('t.xes', xml))).toEqual(rows)
  })

  it('I8: a trace longer than what is held is handed on in parts, none lost or twice', async () => {
    const events = Array.from({ length: 12_001 }, (_, i) => `<event><int key="i" value="${i}"/></event>`).join('')
    const rows = await read(fileOfTest('t.xes', `<log><trace><string key="n" value="c"/>${events}</trace></log>`))
    const numbers = rows.filter((row) => row.startsWith('event')).map((row) => Number(/"i":(\d+)/.exec(row)?.[1]))
    expect(numbers).toEqual(Array.from({ length: 12_001 }, (_, i) => i))
    expect(rows[0]).toContain('event 1 ')
    expect(rows.filter((row) => !row.includes('"case:n":"c"'))).toEqual([])
  })
})
