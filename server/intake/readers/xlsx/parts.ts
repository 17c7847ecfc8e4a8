// Which part of a workbook holds what (I8): its sheets by name and number, the part of each, and the number formats of its
// styles. Read through saxes out of small parts alone; the cells themselves are read elsewhere. Follows the relations of
// the package and assumes no names of parts but where a package without relations has them.

import { SaxesParser } from 'saxes'
import { FileRefused } from '../../files/row.ts'
import { smallText, type ZipPart } from './zip.ts'

const PART_BYTES = 16 * 1024 * 1024

export interface Book {
  readonly bytes: Buffer
  readonly parts: ReadonlyMap<string, ZipPart>
}

export interface BookSheet {
  readonly name: string
  /** null: what its relation names is not in the package. */
  readonly part: ZipPart | null
  readonly isHidden: boolean
}

export interface BookParts {
  readonly sheets: readonly BookSheet[]
  /** Number formats by the index of a cell's style; null: a plain one. */
  readonly formats: readonly (string | null)[]
}

type Attributes = Readonly<Record<string, string>>

/** The attributes of a tag by their names without prefixes. */
const bareNames = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.slice(name.indexOf(':') + 1), value]))

const eachTag = (text: string, onTag: (name: string, attributes: Attributes, depth: number) => void): void => {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', (error) => {
    throw new FileRefused('broken_file', { line: 1 }, error.message)
  })
  parser.on('opentag', ({ name, attributes }) => {
    onTag(name.slice(name.indexOf(':') + 1), bareNames(attributes), depth)
    depth++
  })
  parser.on('closetag', () => {
    depth--
  })
  parser.write(text).close()
}

const textOf = ({ bytes, parts }: Book, name: string): string | null => {
  const part = parts.get(name)
  return part === undefined ? null : smallText(bytes, part, PART_BYTES)
}

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

/** A target of a relation as the name of a part. */
const resolved = (folder: string, target: string): string => {
  const out: string[] = []
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') out.pop()
    else if (step !== '' && step !== '.') out.push(step)
  }
  return out.join('/')
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

const relationsOf = (book: Book, name: string): Relation[] => {
  const folder = folderOf(name)
  const text = textOf(book, `${folder}_rels/${name.slice(folder.length)}.rels`)
  const found: Relation[] = []
  if (text === null) return found
  eachTag(text, (tag, { Id: id = '', Type: type = '', Target: target = '' }) => {
    if (tag === 'Relationship') found.push({ id, type, target: resolved(folder, target) })
  })
  return found
}

const workbookOf = (book: Book): string =>
  relationsOf(book, '').find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'

/** Formats of the standard that show a time of day or a duration: a workbook names them by their numbers alone. */
const OWN_FORMATS: Readonly<Record<string, string>> = {
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  32: 'h时mm分',
  33: 'h时mm分ss秒',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
}

const formatsOf = (text: string): (string | null)[] => {
  const codes = new Map<string, string>()
  const formats: (string | null)[] = []
  let isOfCells = false
  eachTag(text, (tag, { numFmtId = '', formatCode = '' }, depth) => {
    if (tag === 'numFmt') codes.set(numFmtId, formatCode)
    if (depth === 1) isOfCells = tag === 'cellXfs'
    if (tag === 'xf' && isOfCells && depth === 2) formats.push(codes.get(numFmtId) ?? OWN_FORMATS[numFmtId] ?? null)
  })
  return formats
}

/** Throws FileRefused where one of these parts is no XML. */
export const bookParts = (book: Book): BookParts => {
  const workbook = workbookOf(book)
  const relations = relationsOf(book, workbook)
  const sheets: BookSheet[] = []
  const text = textOf(book, workbook)
  if (text !== null)
    eachTag(text, (tag, { name = '', id = '', state = 'visible' }) => {
      if (tag !== 'sheet' || name === '' || id === '') return
      const target = relations.find((relation) => relation.id === id)?.target ?? ''
      sheets.push({ name, part: book.parts.get(target) ?? null, isHidden: state !== 'visible' })
    })
  const styles = relations.find(({ type }) => type.endsWith('/styles'))?.target ?? ''
  const styled = textOf(book, styles)
  return { sheets, formats: styled === null ? [] : formatsOf(styled) }
}
