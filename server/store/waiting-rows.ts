// Rows of files that wait, counted by source and unit (I14, I15): each row once, however many of its events wait and whichever
// imports brought it. Which of them wait still is said in waiting.ts. Pure.

import { factKey } from '../core/case/event.ts'
import type { WaitingRows } from './held.ts'
import { readRaw } from './mended.ts'
import { editionIn, type Waiting } from './waiting.ts'

/** What an event that waits is of: rows that share one of these are one row. */
const rowsOf = (row: Waiting): string[] => {
  const { id, source, eventId, projectNo, importNo, rowNo, again } = row
  const brought = [...(importNo === null || rowNo === null ? [] : [{ importNo, rowNo }]), ...again]
  const keys = brought.map((one) => `row ${one.importNo} ${one.rowNo}`)
  if (eventId !== null) keys.push(`event ${factKey(source, eventId)}`)
  const register = editionIn(readRaw(row.raw))?.name
  if (projectNo !== null && typeof register === 'string') keys.push(JSON.stringify([source, register, projectNo]))
  // of before its row was kept
  if (rowNo === null && projectNo !== null) keys.push(JSON.stringify([source, projectNo]))
  return keys.length === 0 ? [`one ${id}`] : keys
}

const unitOf = (row: Waiting): string => {
  const { org_code: unit } = readRaw(row.raw)
  return typeof unit === 'string' ? unit : ''
}

interface Found {
  readonly source: string
  unit: string
}

/** Events of one row brought together: the row has the unit that one of them names. */
class Grouped {
  readonly #rows = new Map<string, { into: string } | Found>()

  add(row: Waiting): void {
    const unit = unitOf(row)
    const roots = [...new Set(rowsOf(row).map((key) => this.#rootOf(key)))]
    const [root = '', ...others] = roots
    const found = this.#at(root) ?? { source: row.source, unit: '' }
    if (found.unit === '') found.unit = unit
    this.#rows.set(root, found)
    for (const other of others) {
      const met = this.#at(other)
      if (found.unit === '' && met !== null) found.unit = met.unit
      this.#rows.set(other, { into: root })
    }
  }

  #rootOf(key: string): string {
    let at = key
    for (let next = this.#rows.get(at); next !== undefined && 'into' in next; next = this.#rows.get(at)) at = next.into
    return at
  }

  #at(root: string): Found | null {
    const found = this.#rows.get(root)
    return found === undefined || 'into' in found ? null : found
  }

  counted(): WaitingRows[] {
    const counts = new Map<string, WaitingRows>()
    for (const found of this.#rows.values()) {
      if ('into' in found) continue
      const { source, unit } = found
      const key = JSON.stringify([source, unit])
      counts.set(key, { source, unit, rows: (counts.get(key)?.rows ?? 0) + 1 })
    }
    return [...counts.values()].sort((a, b) =>
      a.source !== b.source ? (a.source < b.source ? -1 : 1) : a.unit < b.unit ? -1 : 1,
    )
  }
}

/** @param still those that wait still, in the order of their numbers */
export const countRows = (still: readonly Waiting[]): WaitingRows[] => {
  const grouped = new Grouped()
  for (const row of still) grouped.add(row)
  return grouped.counted()
}
