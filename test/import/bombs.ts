// Files made to harm whoever unfolds them: a ZIP file by its own directory, XML that nests without end. Made small here and
// never kept.

import { deflateRawSync } from 'node:zlib'

export interface Part {
  readonly name: string
  readonly text: string | Buffer
  /** What the directory says it unfolds to; absent: the truth. */
  readonly says?: number
}

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
const crcOf = (bytes: Buffer): number => {
  let c = 0xffffffff
  for (const byte of bytes) c = (CRC_TABLE[(c ^ byte) & 0xff] as number) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

/** A ZIP file of these parts. */
export const zipOf = (parts: readonly Part[]): Buffer => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, says } of parts) {
    const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text)
    const folded = deflateRawSync(bytes, { level: 9 })
    const title = Buffer.from(name)
    const unfolded = says ?? bytes.length
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crcOf(bytes), 14)
    head.writeUInt32LE(folded.length, 18)
    head.writeUInt32LE(unfolded, 22)
    head.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crcOf(bytes), 16)
    entry.writeUInt32LE(folded.length, 20)
    entry.writeUInt32LE(unfolded, 24)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(head, title, folded)
    directory.push(entry, title)
    at += head.length + title.length + folded.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, list, end])
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const XML = '<?xml version="1.0" encoding="UTF-8"?>'

const SHELL: readonly Part[] = [
  { name: '[Content_Types].xml', text: `${XML}<Types xmlns="${PACKAGE}/content-types"/>` },
  {
    name: '_rels/.rels',
    text: `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    text: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="台账 &amp; 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  },
]

const SHEET = `${XML}<worksheet xmlns="${MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>no</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>`
const STRINGS = `${XML}<sst xmlns="${MAIN}"><si><t>x</t></si></sst>`

/** A workbook of one sheet, with parts of it put in the place of the right ones. */
export const bookWith = (parts: Readonly<Record<string, Omit<Part, 'name'>>>): Buffer => {
  const whole = [
    ...SHELL,
    { name: 'xl/worksheets/sheet1.xml', text: SHEET },
    { name: 'xl/sharedStrings.xml', text: STRINGS },
  ].map((part) => ({ ...part, ...parts[part.name] }))
  const more = Object.keys(parts).filter((name) => !whole.some((part) => part.name === name))
  return zipOf([...whole, ...more.map((name) => ({ name, ...(parts[name] as Omit<Part, 'name'>) }))])
}

/** Elements within elements, so many deep. */
export const deep = (tag: string, depth: number): string => `<${tag}>`.repeat(depth) + `</${tag}>`.repeat(depth)
