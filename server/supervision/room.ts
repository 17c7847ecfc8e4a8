// Room in the quarantine (I5, I6): so many rows and bytes of each source. The oldest resolved rows make room for new ones;
// where none is left, the new one is not kept and its sender is told so, to send it again when there is room. Nothing
// that waits for a person ever leaves, and nothing is dropped without a word. Asked on the line, between two batches.

import type { QuarantineRow } from '../store/held.ts'
import type { Records } from '../store/port.ts'

export interface QuarantineBounds {
  readonly rows: number
  readonly bytes: number
}

export const QUARANTINE_BOUNDS: QuarantineBounds = { rows: 100_000, bytes: 256 * 1024 * 1024 }

export interface Room {
  /** Which of these rows are kept, and the numbers of those that leave for them. What it says is taken as done. */
  take(rows: readonly QuarantineRow[]): Promise<{ readonly kept: readonly boolean[]; readonly gone: readonly number[] }>
}

interface Held {
  rows: number
  bytes: number
  /** Numbers of rows that were told to leave and may still be on their way out. */
  leaving: Set<number>
}

/** Resolved rows looked at in one go, when room is to be made. */
const ASKED = 500

const bytesOf = (row: QuarantineRow): number => Buffer.byteLength(row.raw)

export const openRoom = async (
  records: Pick<Records, 'quarantineCounts' | 'quarantineOldest'>,
  bounds: QuarantineBounds,
): Promise<Room> => {
  const held = new Map<string, Held>()
  for (const { source, rows, bytes } of await records.quarantineCounts())
    held.set(source, { rows, bytes, leaving: new Set() })
  const fits = ({ rows, bytes }: Pick<Held, 'rows' | 'bytes'>, more: number): boolean =>
    rows < bounds.rows && bytes + more <= bounds.bytes

  const makeRoom = async (source: string, of: Held, more: number, gone: number[]): Promise<boolean> => {
    if (fits(of, more)) return true
    const resolved = await records.quarantineOldest(source, ASKED + of.leaving.size)
    const there = new Set(resolved.map(({ id }) => id))
    for (const id of of.leaving) if (!there.has(id)) of.leaving.delete(id)
    for (const { id, bytes } of resolved) {
      if (of.leaving.has(id)) continue
      of.leaving.add(id)
      gone.push(id)
      of.rows -= 1
      of.bytes -= bytes
      if (fits(of, more)) return true
    }
    return false
  }
  return {
    async take(rows) {
      const gone: number[] = []
      const kept: boolean[] = []
      const full = new Set<string>()
      for (const row of rows) {
        const of = held.get(row.source) ?? { rows: 0, bytes: 0, leaving: new Set() }
        held.set(row.source, of)
        const more = bytesOf(row)
        // one that found none makes the rest of its source's rows of this batch ask in vain
        const hasRoom = fits(of, more) || (!full.has(row.source) && (await makeRoom(row.source, of, more, gone)))
        if (!hasRoom) full.add(row.source)
        else {
          of.rows += 1
          of.bytes += more
        }
        kept.push(hasRoom)
      }
      return { kept, gone }
    },
  }
}
