// Asking the API: one GET with the reader's key. A refusal or a silence comes back as a value that a page can say
// in words, never as a throw.

import type { Problem } from '../../server/contract/api.ts'
import { keptKey } from './key.ts'

export type Answer<T> =
  | { kind: 'found'; value: T }
  | { kind: 'missing' }
  | { kind: 'key_needed' }
  | { kind: 'refused'; zh: string; en: string; code: string }
  | { kind: 'silent' }

/** A page of a list: its rows and the cursor of the next page, null behind the last. */
export interface PageOf<I> {
  items: I[]
  next: string | null
}

const problemOf = async (response: Response): Promise<Partial<Problem>> => {
  try {
    return (await response.json()) as Partial<Problem>
  } catch {
    return {}
  }
}

const refusal = (response: Response, problem: Partial<Problem>): Answer<never> => {
  if (response.status === 401) return { kind: 'key_needed' }
  if (response.status === 404) return { kind: 'missing' }
  const code = problem.code ?? String(response.status)
  return { kind: 'refused', zh: problem.zh ?? code, en: problem.en ?? code, code }
}

const send = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
  const key = keptKey(localStorage)
  const headers = { ...init.headers, ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  try {
    const response = await fetch(path, { ...init, headers })
    if (!response.ok) return refusal(response, await problemOf(response))
    return { kind: 'found', value: (await response.json()) as T }
  } catch {
    return { kind: 'silent' }
  }
}

export const ask = <T>(path: string): Promise<Answer<T>> => send<T>(path, { headers: { accept: 'application/json' } })

export const put = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  send<T>(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
