// A form with a file in it (multipart/form-data, RFC 7578), read as it comes: the parser of @fastify/busboy finds its parts,
// what a part is called is told from its head. Nothing of a file is copied, no more of a form is kept than it may have, and a
// chunk of it holds nobody (I5). Knows no field by name.

import { once } from 'node:events'
import { Dicer } from '@fastify/busboy'
import { Refusal } from '../office/refusal.ts'

/** A file of a form: as the form calls it, and its bytes as they came. */
export interface FormFile {
  readonly name: string
  readonly chunks: readonly Buffer[]
  readonly length: number
}

interface Part {
  /** null: not what a form says, or in a coding of its own. */
  name: string | null
  /** As the form calls the file; null: a field of text. */
  file: string | null
  readonly chunks: Buffer[]
  length: number
}

export interface Form {
  /** The first field of text of that name, without outer blanks; null: there is none, or it is empty. */
  text(name: string): string | null
  /** The first file of that name; null: there is none, or it is empty. */
  file(name: string): FormFile | null
}

/** Bytes of the lines before a part, and lines of them. */
const MOST_HEAD = 16_384
const MOST_LINES = 32
/** Parts of a form; ours has a dozen. */
const MOST_PARTS = 64

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

type Heads = Readonly<Record<string, readonly string[] | undefined>>

/** The parser hands bytes on as they are: they are a text of their own. */
const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** Names a part by what the lines before it say. */
const callPart = (part: Part, heads: Heads): void => {
  const coding = heads['content-transfer-encoding']?.[0]
  if (coding !== undefined && !/^\s*(?:binary|[78]bit)\s*$/i.test(coding)) return
  const said = utf8(heads['content-disposition']?.[0] ?? '')
  if (!/^\s*form-data\s*;/i.test(said)) return
  part.name = parameterIn(said, 'name')
  part.file = parameterIn(said, 'filename')
}

/** The parts of a form as they come, and whether it ended as one. */
class Parts {
  readonly all: Part[] = []
  readonly #dicer: Dicer
  /** The parser has seen the end, or a fault: it may be before the body has ended, and before all of a part has been handed out. */
  readonly #ended: Promise<void>
  /** Each part, once all of it has been handed out. */
  readonly #read: Promise<void>[] = []
  #isBroken = false

  constructor(boundary: string) {
    this.#dicer = new Dicer({ boundary, maxHeaderPairs: MOST_LINES, maxHeaderSize: MOST_HEAD } as Dicer.Config)
    this.#dicer.on('part', (stream) => this.#take(stream))
    this.#ended = new Promise((done) => {
      this.#dicer.on('finish', done)
      this.#dicer.on('error', () => {
        this.#isBroken = true
        done()
      })
    })
  }

  /** Whether more of it is worth reading. */
  async write(chunk: Buffer): Promise<boolean> {
    // a chunk in which the form ends is let go of by nobody: the end is told, and no room is
    if (!this.#dicer.write(chunk)) await Promise.race([once(this.#dicer, 'drain'), this.#ended])
    return !this.#isBroken && this.all.length <= MOST_PARTS
  }

  /** The parts; null: it did not end, or one of them is none of a form. */
  async end(): Promise<readonly Part[] | null> {
    this.#dicer.end()
    await this.#ended
    if (this.#isBroken) return null
    await Promise.all(this.#read)
    const { all } = this
    const isForm = !this.#isBroken && all.length > 0 && all.length <= MOST_PARTS
    return isForm && all.every(({ name }) => name !== null) ? all : null
  }

  #take(stream: Dicer.PartStream): void {
    const part: Part = { name: null, file: null, chunks: [], length: 0 }
    this.all.push(part)
    stream.on('header', (heads: object) => callPart(part, heads as Heads))
    stream.on('data', (chunk: Buffer) => {
      part.chunks.push(chunk)
      part.length += chunk.length
    })
    this.#read.push(
      new Promise((done) => {
        stream.on('end', done)
        stream.on('error', () => {
          this.#isBroken = true
          done()
        })
      }),
    )
  }
}

const partsIn = async (
  body: AsyncIterable<Buffer>,
  contentType: string,
  mostBytes: number,
): Promise<readonly Part[] | null> => {
  const boundary = boundaryIn(contentType)
  if (boundary === null) return null
  const parts = new Parts(boundary)
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Refusal('too_large', { detail: `≤ ${mostBytes} bytes` })
    if (!(await parts.write(chunk))) return null
  }
  return parts.end()
}

/** A form of a body; null: it is none. Throws Refusal past so many bytes. */
export const readForm = async (...asked: Parameters<typeof partsIn>): Promise<Form | null> => {
  const parts = await partsIn(...asked)
  if (parts === null) return null
  return {
    text(name) {
      const part = parts.find((one) => one.name === name)
      if (part === undefined || part.file !== null) return null
      const text = Buffer.concat(part.chunks)
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .trim()
      return text === '' ? null : text
    },
    file(name) {
      const part = parts.find((one) => one.name === name)
      if (part === undefined || part.file === null || part.length === 0) return null
      return { name: part.file, chunks: part.chunks, length: part.length }
    },
  }
}
