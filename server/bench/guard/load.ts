// What a load of `bench guard` is, and how what it was answered is counted: a load that was not taken in must not pass for one
// that was borne.

import type { Answered, Door } from './door.ts'

export interface Load {
  readonly name: string
  /** Makes everything ready that is not to be measured; resolves with the load itself, which says what it was answered. */
  ready(door: Door): Promise<() => Promise<string>>
}

export const EVENTS = '/api/v1/events'

export interface Counts {
  accepted: number
  known: number
  rejected: number
  codes: Map<string, number>
}

export const none = (): Counts => ({ accepted: 0, known: 0, rejected: 0, codes: new Map() })

export const add = (counts: Counts, { status, text }: Answered): void => {
  const answer = JSON.parse(text) as { accepted?: number; known?: number; rejected?: number; code?: string }
  counts.accepted += answer.accepted ?? 0
  counts.known += answer.known ?? 0
  counts.rejected += answer.rejected ?? 0
  const codes = text.match(/"code":"[a-z_]+"/g) ?? []
  for (const code of new Set(codes)) {
    const name = code.slice(8, -1)
    counts.codes.set(name, (counts.codes.get(name) ?? 0) + codes.filter((one) => one === code).length)
  }
  if (status >= 400 && codes.length === 0) counts.codes.set(String(status), 1)
}

export const told = ({ accepted, rejected, codes }: Counts): string =>
  `${accepted} accepted, ${rejected} rejected${[...codes].map(([code, n]) => `, ${n} ${code}`).join('')}`

export const codeIn = (text: string): string => /"code":"([a-z_]+)"/.exec(text)?.[1] ?? ''
