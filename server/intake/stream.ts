// NDJSON as a stream of bytes → wire events, a slice at a time (I3): one line is held at most, and there is a stop after each,
// so that whoever drives it may give way. One bad line is one rejection with its number and its text, and never harms its
// neighbours (I6).

import { atOnce, type Steps } from '../core/steps.ts'
import { EVENT_CHARS_READ, type IntakeBounds, parseJson, RAW_CHARS, type Wired, withTwice } from './wired.ts'

/** Thrown in the middle of a stream that passes its bounds: what was handed on before stands. */
export class TooLarge extends Error {
  readonly detail: string
  constructor(detail: string) {
    super(detail)
    this.name = 'TooLarge'
    this.detail = detail
  }
}

/** A line longer than this is not an event; it is passed over without being held in memory. */
const LINE_BYTES = EVENT_CHARS_READ

const badLine = (line: number, raw: string, detail: string): Wired => ({
  wire: undefined,
  envelope: 'plain',
  fault: { code: 'bad_json', at: '', detail: `line ${line}: ${detail}` },
  raw: raw.slice(0, RAW_CHARS),
})

const wiredLine = (bytes: Buffer, line: number): Wired => {
  const raw = bytes.toString('utf8')
  const parsed = parseJson(bytes, raw)
  if ('fault' in parsed) return badLine(line, raw, parsed.fault.detail)
  return withTwice({ wire: parsed.value, envelope: 'plain', fault: null, raw }, parsed.twice[0])
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)

/** Cuts a stream of bytes into lines, holding one line at most. */
class Lines {
  private held: Buffer[] = []
  private heldBytes = 0
  private line = 0
  /** Wired lines ready to be handed on. */
  ready: Wired[] = []

  endLine(): void {
    this.line++
    const bytes = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held)
    if (this.heldBytes > LINE_BYTES)
      this.ready.push(badLine(this.line, bytes.toString('utf8'), `≤ ${LINE_BYTES} bytes a line`))
    else if (!isBlank(bytes)) this.ready.push(wiredLine(bytes, this.line))
    this.held = []
    this.heldBytes = 0
  }

  /** Takes the lines of a chunk, so many at most; with a stop after each. */
  *push(chunk: Buffer, most: number): Steps<void> {
    let from = 0
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      this.hold(chunk.subarray(from, to))
      this.endLine()
      if (this.ready.length > most) return
      yield
      from = to + 1
    }
    if (from < chunk.length) this.hold(chunk.subarray(from))
  }

  private hold(part: Buffer): void {
    if (this.heldBytes <= LINE_BYTES) this.held.push(part)
    this.heldBytes += part.length
  }
}

type Drive = (work: Steps<void>) => Promise<void> | void

/** The events of an NDJSON stream, a slice at a time; `drive` goes through each chunk. Throws TooLarge past the bounds. */
export async function* decodeLines(
  chunks: AsyncIterable<Buffer>,
  bounds: IntakeBounds,
  drive: Drive = atOnce,
): AsyncGenerator<Wired[]> {
  const lines = new Lines()
  let bytes = 0
  let given = 0
  const handOn = (count: number): Wired[] => {
    given += count
    return lines.ready.splice(0, count)
  }
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > bounds.bytes) throw new TooLarge(`≤ ${bounds.bytes} bytes`)
    await drive(lines.push(chunk, bounds.events - given))
    if (given + lines.ready.length > bounds.events) throw new TooLarge(`≤ ${bounds.events} events`)
    while (lines.ready.length >= bounds.slice) yield handOn(bounds.slice)
  }
  lines.endLine()
  if (given + lines.ready.length > bounds.events) throw new TooLarge(`≤ ${bounds.events} events`)
  while (lines.ready.length > 0) yield handOn(bounds.slice)
}
