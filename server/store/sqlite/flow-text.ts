// The flows of one case as the text beside its state: a dictionary of words and rows of places in it,
// about a third of plain JSON. And their difference, which is all that the flow table is ever told.

import { FLOW_KINDS, type Flow } from '../../core/measure/flows.ts'
import { asDay } from '../../core/time/instant.ts'

/** kind, on, hour (-1: null), n, member (1 or 0), then places in the dictionary: region … source, code ('' : null). */
const WIDTH = 12
const NO_HOUR = -1

export const KIND_NO: Readonly<Record<string, number>> = Object.fromEntries(FLOW_KINDS.map((kind, i) => [kind, i]))

/** A flow as the row of table `flow`. */
export type FlowTuple = readonly [
  kind: number,
  on: number,
  hour: number,
  region: string,
  department: string,
  window: string,
  operator: string,
  item: string,
  source: string,
  code: string,
  member: number,
  n: number,
]

export function flowsToText(flows: readonly Flow[]): string {
  if (flows.length === 0) return ''
  const words: string[] = []
  const rows: number[] = []
  const place = (word: string): number => {
    const at = words.indexOf(word)
    return at < 0 ? words.push(word) - 1 : at
  }
  for (const f of flows) {
    rows.push(KIND_NO[f.kind] ?? NO_HOUR, f.on, f.hour ?? NO_HOUR, f.n, f.member ? 1 : 0)
    rows.push(place(f.region), place(f.department), place(f.window), place(f.operator), place(f.item), place(f.source))
    rows.push(place(f.code ?? ''))
  }
  return JSON.stringify([words, rows])
}

export function textToTuples(text: string): FlowTuple[] {
  if (text === '') return []
  const [words, rows] = JSON.parse(text) as [string[], number[]]
  const out: FlowTuple[] = []
  for (let i = 0; i < rows.length; i += WIDTH) {
    const number = (j: number) => rows[i + j] as number
    const word = (j: number) => words[rows[i + j] as number] as string
    out.push([
      number(0),
      number(1),
      number(2),
      word(5),
      word(6),
      word(7),
      word(8),
      word(9),
      word(10),
      word(11),
      number(4),
      number(3),
    ])
  }
  return out
}

export function textToFlows(text: string): Flow[] {
  return textToTuples(text).map((t) => ({
    kind: FLOW_KINDS[t[0]] as Flow['kind'],
    on: asDay(t[1]),
    hour: t[2] === NO_HOUR ? null : t[2],
    n: t[11] as Flow['n'],
    region: t[3],
    department: t[4],
    window: t[5],
    operator: t[6],
    item: t[7],
    source: t[8],
    member: t[10] === 1,
    code: t[9] === '' ? null : t[9],
  }))
}

const sameRow = (a: FlowTuple, b: FlowTuple): boolean => {
  for (let i = 0; i < 11; i++) if (a[i] !== b[i]) return false
  return true
}

const sameFlow = (a: FlowTuple, b: FlowTuple): boolean => a[11] === b[11] && sameRow(a, b)

/** after − before as flow rows with n ≠ 0. What both begin with, most of it, is passed over; the rest is a few rows. */
export function flowChange(before: string, after: string): FlowTuple[] {
  const [old, now] = [textToTuples(before), textToTuples(after)]
  let same = 0
  while (same < old.length && same < now.length && sameFlow(old[same] as FlowTuple, now[same] as FlowTuple)) same++
  const out: FlowTuple[] = []
  const add = (row: FlowTuple, sign: 1 | -1): void => {
    const at = out.findIndex((other) => sameRow(other, row))
    const n = sign * row[11] + (at < 0 ? 0 : (out[at] as FlowTuple)[11])
    const [kind, on, hour, region, department, window, operator, item, source, code, member] = row
    const next: FlowTuple = [kind, on, hour, region, department, window, operator, item, source, code, member, n]
    if (at < 0) out.push(next)
    else out[at] = next
  }
  for (let i = same; i < now.length; i++) add(now[i] as FlowTuple, 1)
  for (let i = same; i < old.length; i++) add(old[i] as FlowTuple, -1)
  return out.filter((row) => row[11] !== 0)
}
