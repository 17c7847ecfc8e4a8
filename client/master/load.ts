// Sending a file of master data as a form: a trial, or the enacting of what a trial has shown. An answer is a value that a
// page can say in words; a refusal brings the faults with it. Keeps nothing.

import type { LawMoves } from '../../server/contract/law-moves.ts'
import type { MasterLoad, NoticeChoice } from '../../server/contract/master.ts'
import { keptKey } from '../lib/key.ts'

export type Sent =
  | { kind: 'read'; load: MasterLoad }
  | { kind: 'refused'; zh: string; en: string; load: MasterLoad | null }
  | { kind: 'key_needed' }
  | { kind: 'silent' }

export interface Asked {
  readonly file: File
  readonly mapping: File | null
  readonly validFrom: string
  /** The last day that a notice of the file covers (T1a); '': as the file says. */
  readonly coversTo: string
  /** What becomes of days in force that a notice does not name (T1a); '': not said. */
  readonly notice: NoticeChoice | ''
  /** A calendar may cover less than the one in force. */
  readonly shrinks: boolean
  readonly name: string
  readonly skipFaulty: boolean
}

const formOf = (asked: Asked, more: Readonly<Record<string, string>>): FormData => {
  const form = new FormData()
  form.set('file', asked.file)
  if (asked.mapping !== null) form.set('mapping', asked.mapping)
  const { validFrom: valid_from, coversTo: covers_to, name: catalogue, notice } = asked
  const texts = { valid_from, covers_to, catalogue, notice, ...more }
  for (const [name, value] of Object.entries(texts)) if (value !== '') form.set(name, value)
  if (asked.shrinks) form.set('shrinks', '1')
  if (asked.skipFaulty) form.set('skip_faulty', '1')
  return form
}

const send = async (form: FormData): Promise<Sent> => {
  const key = keptKey(localStorage)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (key !== null) headers.authorization = `Bearer ${key}`
  try {
    const response = await fetch('/api/v1/catalogue/files', { method: 'POST', headers, body: form })
    const said = (await response.json()) as Record<string, unknown>
    if (response.ok) return { kind: 'read', load: said as unknown as MasterLoad }
    if (response.status === 401 || response.status === 403) return { kind: 'key_needed' }
    const load = (said.load as MasterLoad | undefined) ?? null
    return { kind: 'refused', zh: String(said.zh ?? ''), en: String(said.en ?? ''), load }
  } catch {
    return { kind: 'silent' }
  }
}

export const tryFile = (asked: Asked): Promise<Sent> => send(formOf(asked, { dry_run: '1' }))

/** Enacts what a trial against the law `law` has shown, under a person's name. */
export const enactFile = (asked: Asked, who: string, law: number): Promise<Sent> =>
  send(formOf(asked, { who, law: String(law) }))

export type TakenBack =
  | { kind: 'moves'; moves: LawMoves }
  | { kind: 'done'; entry: number }
  | { kind: 'refused'; zh: string; en: string }
  | { kind: 'key_needed' }
  | { kind: 'silent' }

/** Takes a load of law back (T1a), or tells first what that would move. */
export const takeBack = async (
  entry: number,
  body: { why: string; who?: string; dry_run?: boolean },
): Promise<TakenBack> => {
  const key = keptKey(localStorage)
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json' }
  if (key !== null) headers.authorization = `Bearer ${key}`
  try {
    const path = `/api/v1/catalogue/loads/${entry}/take-back`
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    const said = (await response.json()) as Record<string, unknown>
    if (response.status === 401 || response.status === 403) return { kind: 'key_needed' }
    if (!response.ok) return { kind: 'refused', zh: String(said.zh ?? ''), en: String(said.en ?? '') }
    return said.entry === null
      ? { kind: 'moves', moves: said.moves as LawMoves }
      : { kind: 'done', entry: Number(said.entry) }
  } catch {
    return { kind: 'silent' }
  }
}
