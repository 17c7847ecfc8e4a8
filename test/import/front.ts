// The imports of a server over HTTP, as a page or a script asks for them.

import type { ImportAsked, ImportJob, ImportJobPage, ImportPreview } from '../../server/contract/imports.ts'
import type { House } from '../live/house.ts'

export interface Told<T> {
  readonly status: number
  readonly body: T
}

export interface Front {
  bring(name: string, bytes: string | Uint8Array, role?: string): Promise<Told<ImportPreview>>
  preview(fileId: string, mapping?: unknown, asOf?: string): Promise<Told<ImportPreview>>
  start(asked: ImportAsked, role?: string): Promise<Told<ImportJob>>
  page(importId: string, query?: string): Promise<Told<ImportJobPage>>
  /** The job at its end. */
  ended(importId: string): Promise<ImportJobPage>
  send(path: string, init: RequestInit, role?: string): Promise<Response>
}

export const frontOf = (house: House): Front => {
  const send = (path: string, init: RequestInit, role = 'administrator'): Promise<Response> =>
    fetch(`${house.serving.url}/api/v1/imports${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${house.keys[role]}` },
    })
  const told = async <T>(answer: Promise<Response>): Promise<Told<T>> => {
    const response = await answer
    return { status: response.status, body: (await response.json()) as T }
  }
  const post = (path: string, body: unknown, role?: string): Promise<Response> =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, role)
  const front: Front = {
    send,
    bring: (name, bytes, role) =>
      told(
        send(
          `/preview?name=${encodeURIComponent(name)}`,
          { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes as BodyInit },
          role,
        ),
      ),
    preview: (fileId, mapping, asOf) => told(post('/preview', { file_id: fileId, mapping, as_of: asOf })),
    start: (asked, role) => told(post('', asked, role)),
    page: (importId, query = '') => told(send(`/${importId}${query}`, {})),
    async ended(importId) {
      for (;;) {
        const { body } = await front.page(importId)
        if (body.state !== 'waiting' && body.state !== 'running') return body
      }
    },
  }
  return front
}
