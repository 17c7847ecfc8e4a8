// A workbook out of the XML of its cells, for shapes that no spreadsheet program would be asked to write.

import { zipOf } from './bombs.ts'

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** Number formats by the style of a cell (`s="1"` is the first): a number of the standard, or a format of its own. */
export interface Workbook {
  readonly formats?: readonly (number | string)[]
  readonly texts?: readonly string[]
  /** Cells of each row, as they stand in the sheet: `<c t="str"><v>x</v></c>`. */
  readonly rows: readonly string[]
}

const relations = (of: readonly [id: string, type: string, target: string][]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${of
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const stylesOf = (formats: readonly (number | string)[]): string => {
  const own = formats.flatMap((format, i) =>
    typeof format === 'string' ? [`<numFmt numFmtId="${170 + i}" formatCode="${escaped(format)}"/>`] : [],
  )
  const used = formats.map((format, i) => `<xf numFmtId="${typeof format === 'string' ? 170 + i : format}"/>`)
  return `<styleSheet ${MAIN}><numFmts>${own.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${used.join('')}</cellXfs></styleSheet>`
}

/** The bytes of a workbook of one sheet. */
export const workbook = ({ formats = [], texts = [], rows }: Workbook): Buffer => {
  const parts: { name: string; text: string }[] = []
  const part = (name: string, text: string): void => {
    parts.push({ name, text: `<?xml version="1.0" encoding="UTF-8"?>${text}` })
  }
  const xml = 'application/xml'
  const types = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${xml}"/></Types>`
  part('[Content_Types].xml', types)
  part('_rels/.rels', relations([['a', 'officeDocument', 'xl/workbook.xml']]))
  part(
    'xl/workbook.xml',
    `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`,
  )
  part(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['a', 'worksheet', 'worksheets/sheet1.xml'],
      ['b', 'sharedStrings', 'sharedStrings.xml'],
      ['c', 'styles', 'styles.xml'],
    ]),
  )
  part('xl/sharedStrings.xml', `<sst ${MAIN}>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`)
  part('xl/styles.xml', stylesOf(formats))
  const body = rows.map((cells, i) => `<row r="${i + 1}">${cells}</row>`).join('')
  part('xl/worksheets/sheet1.xml', `<worksheet ${MAIN}><sheetData>${body}</sheetData></worksheet>`)
  return zipOf(parts)
}

export const textCell = (text: string): string => `<c t="str"><v>${text}</v></c>`
