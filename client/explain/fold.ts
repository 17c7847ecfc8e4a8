// Folding a strip of days (T14): long stretches in which nothing turns become one band that says how many days it
// stands for and what they did. Acceptance, pause edges, notch, due day, conclusion and today are always drawn. Pure.

import type { Cell } from './strip.ts'

/** A stretch folded away; its days may have been left out by the server already. */
export interface Band {
  from: string
  to: string
  days: number
  /** How many of them were counted, and the numbers they bore. */
  counted: number
  first: number
  last: number
  /** Ground of the pause that goes on all through it. */
  paused: string | null
  /** Working days late reached in it; 0 before the due day. */
  late: number
}

/** Cells in a row, then a band, then cells again. `column`: where the first cell stands so that weekdays keep theirs. */
export interface Stretch {
  column: number
  cells: Cell[]
  band: Band | null
}

const DAY_MS = 86_400_000
const dayNo = (on: string): number => Date.parse(`${on}T00:00:00Z`) / DAY_MS
const dayText = (no: number): string => new Date(no * DAY_MS).toISOString().slice(0, 10)

/** Up to so many cells a strip is drawn whole, but for its pauses. */
const WHOLE = 126
const AROUND = 10
const AROUND_PAUSED = 4
/** Less than this is not worth a band. */
const WORTH = 14

/** For each cell, the ground of the pause it lies in: days off inside a pause belong to it. */
const pausesOver = (cells: readonly Cell[]): (string | null)[] => {
  const grounds: (string | null)[] = cells.map(() => null)
  let last = -1
  for (const [i, cell] of cells.entries()) {
    if (cell.paused === null) continue
    const isSame =
      last >= 0 &&
      cells[last]?.paused === cell.paused &&
      cells.slice(last + 1, i).every((between) => between.kind === 'off')
    grounds.fill(cell.paused, isSame ? last : i, i + 1)
    last = i
  }
  return grounds
}

const turnsOf = (cells: readonly Cell[], grounds: readonly (string | null)[]): number[] =>
  cells.flatMap((cell, i) => {
    const edge = grounds[i] !== grounds[i - 1] || grounds[i] !== grounds[i + 1]
    const ends = i === 0 || i === cells.length - 1
    return ends || edge || cell.flag !== null || cell.notch || cell.today ? [i] : []
  })

/** How far each cell is from its nearest turn. */
const distances = (length: number, turns: readonly number[]): number[] => {
  const far = Array.from({ length }, () => length)
  const sweep = (from: number, to: number, by: 1 | -1): void => {
    const at = new Set(turns)
    for (let i = from, near = length; i !== to; i += by) {
      near = at.has(i) ? 0 : near + 1
      far[i] = Math.min(far[i] ?? length, near)
    }
  }
  sweep(0, length, 1)
  sweep(length - 1, -1, -1)
  return far
}

const keptOf = (cells: readonly Cell[], grounds: readonly (string | null)[]): boolean[] => {
  const far = distances(cells.length, turnsOf(cells, grounds))
  const unpaused = grounds.filter((ground) => ground === null).length
  const kept = far.map((distance, i) =>
    grounds[i] !== null ? distance <= AROUND_PAUSED : unpaused <= WHOLE || distance <= AROUND,
  )
  for (let from = kept.indexOf(false); from >= 0; ) {
    let to = from
    while (kept[to] === false) to += 1
    if (to - from < WORTH) kept.fill(true, from, to)
    from = kept.indexOf(false, to)
  }
  return kept
}

interface Fold {
  readonly cells: readonly Cell[]
  readonly grounds: readonly (string | null)[]
}

/** The band between two drawn cells. */
const bandBetween = ({ cells, grounds }: Fold, before: number, after: number): Band => {
  const [a, b] = [cells[before] as Cell, cells[after] as Cell]
  const numbered = (cell: Cell): boolean => cell.number !== null
  const last = cells.slice(0, before + 1).findLast(numbered)?.number ?? 0
  const next = cells.slice(after).find(numbered)?.number ?? last + 1
  const counted = Math.max(0, next - last - 1)
  const late = cells.slice(after).find((cell) => cell.late > 0)?.late ?? 0
  const ground = grounds[before] ?? null
  return {
    from: dayText(dayNo(a.on) + 1),
    to: dayText(dayNo(b.on) - 1),
    days: dayNo(b.on) - dayNo(a.on) - 1,
    counted,
    first: last + 1,
    last: next - 1,
    paused: ground !== null && ground === grounds[after] && counted === 0 ? ground : null,
    late: counted === 0 && dayNo(a.on) >= dayNo(cells.find(({ kind }) => kind === 'due')?.on ?? b.on) ? late : 0,
  }
}

/** The strip in stretches; one without a band when nothing is folded. */
export const foldStrip = (cells: readonly Cell[]): Stretch[] => {
  const grounds = pausesOver(cells)
  const kept = keptOf(cells, grounds)
  const first = dayNo(cells[0]?.on ?? '1970-01-01')
  const out: Stretch[] = []
  let before = -1
  for (const [i, cell] of cells.entries()) {
    if (!kept[i]) continue
    const former = out.at(-1)
    const isNext = before >= 0 && dayNo(cell.on) - dayNo((cells[before] as Cell).on) === 1
    if (former !== undefined && isNext) former.cells.push(cell)
    else {
      if (former !== undefined) former.band = bandBetween({ cells, grounds }, before, i)
      out.push({ column: ((dayNo(cell.on) - first) % 7) + 1, cells: [cell], band: null })
    }
    before = i
  }
  return out
}
