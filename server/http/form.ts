// A form with a file in it (multipart/form-data, RFC 7578), cut where its boundaries stand. Nothing of it is copied: a file of
// tens of megabytes holds nobody (I5). Knows no field by name.

import type { Steps } from '../core/steps.ts'

interface Part {
  readonly name: string
  /** As the form calls the file; null: a field of text. */
  readonly file: string | null
  readonly bytes: Buffer
}

export interface Form {
  /** The first field of text of that name, without outer blanks; null: there is none, or it is empty. */
  text(name: string): string | null
  /** The first file of that name; null: there is none, or it is empty. */
  file(name: string): { readonly name: string; readonly bytes: Buffer } | null
}

const BREAK = '\r\n'
const LINE = Buffer.from(BREAK)
/** Bytes of the lines before a part. */
const MOST_HEAD = 16_384

const boundaryIn = (contentType: string): string | null => {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Browsers write quotes and line ends as percents, others quotes behind a backslash. */
const unescaped = (text: string): string =>
  text.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"').replaceAll('\\"', '"')

const parameterIn = (line: string, name: string): string | null => {
  const found = new RegExp(`;\\s*${name}=(?:"((?:\\\\"|[^"])*)"|([^\\s;"]+))`, 'i').exec(line)
  const said = found?.[1] ?? found?.[2]
  return said === undefined ? null : unescaped(said)
}

/** What the lines before a part say of it; null: not what a form says, or in a coding of its own. */
const partOf = (head: string, bytes: Buffer): Part | null => {
  const lines = head.split(BREAK)
  const lineOf = (name: string): string | undefined => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))
  const coding = lineOf('content-transfer-encoding')
  if (coding !== undefined && !/:\s*(?:binary|[78]bit)\s*$/i.test(coding)) return null
  const said = lineOf('content-disposition')
  if (said === undefined || !/^[^:]*:\s*form-data\s*;/i.test(said)) return null
  const name = parameterIn(said, 'name')
  return name === null ? null : { name, file: parameterIn(said, 'filename'), bytes }
}

/** Bytes looked through before the others have their turn. */
const STRETCH = 1024 * 1024

/** Where the mark stands next; −1: nowhere. */
function* nextOf(body: Buffer, mark: Buffer, from: number): Steps<number> {
  for (let at = from; at < body.length; at += STRETCH) {
    const found = body.subarray(at, at + STRETCH + mark.length - 1).indexOf(mark)
    if (found >= 0) return at + found
    yield
  }
  return -1
}

function* partsIn(body: Buffer, boundary: string): Steps<Part[] | null> {
  const mark = Buffer.from(`${BREAK}--${boundary}`)
  const isFirst = body.subarray(0, mark.length - BREAK.length).equals(mark.subarray(BREAK.length))
  const found = isFirst ? 0 : yield* nextOf(body, mark, 0)
  if (!isFirst && found < 0) return null
  const parts: Part[] = []
  for (let at = isFirst ? mark.length - BREAK.length : found + mark.length; ; ) {
    if (body.subarray(at, at + 2).toString('latin1') === '--') return parts
    const begin = yield* nextOf(body, LINE, at)
    // blanks alone may stand behind a boundary
    if (begin < 0 || !/^[ \t]*$/.test(body.subarray(at, Math.min(begin, at + MOST_HEAD)).toString('latin1')))
      return null
    const head = body.subarray(begin, begin + MOST_HEAD)
    const length = head.indexOf(BREAK + BREAK)
    if (length < 0) return null
    const from = begin + length + 2 * BREAK.length
    // an empty part ends with the break that ends its head
    const to = yield* nextOf(body, mark, from - BREAK.length)
    if (to < 0) return null
    const part = partOf(head.subarray(BREAK.length, length).toString('utf8'), body.subarray(from, Math.max(from, to)))
    if (part === null) return null
    parts.push(part)
    at = to + mark.length
  }
}

/** A form of a body; null: it is none. Stops after some bytes. */
export function* readForm(body: Buffer, contentType: string): Steps<Form | null> {
  const boundary = boundaryIn(contentType)
  const parts = boundary === null ? null : yield* partsIn(body, boundary)
  if (parts === null) return null
  return {
    text(name) {
      const part = parts.find((one) => one.name === name)
      if (part === undefined || part.file !== null) return null
      const text = part.bytes
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .trim()
      return text === '' ? null : text
    },
    file(name) {
      const part = parts.find((one) => one.name === name)
      if (part === undefined || part.file === null || part.bytes.length === 0) return null
      return { name: part.file, bytes: part.bytes }
    },
  }
}
