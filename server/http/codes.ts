// Codes and names in paths, queries and bodies as they are meant (I15): by the one function that reads those of events, so
// that no door knows a code that another does not. A control character, half a character, or one that is none is refused.
// Leaves free text, cursors and names of files alone; the doors of events, files and catalogues read their own.

import type { FastifyInstance } from 'fastify'
import { lineOf, Unfit } from '../intake/payload.ts'
import { Refusal } from '../office/refusal.ts'

/** Opaque, a person's words, or what their own door reads. */
const NO_CODES: ReadonlySet<string> = new Set(['cursor', 'after', 'name', 'mapping', 'q', 'card_id', '*'])

const CODES_OF_BODIES = ['alias', 'project_no', 'source', 'source_system', 'event_id', 'code', 'move'] as const

const MOST = 400

const clean = (held: Record<string, unknown>, names: readonly string[]): void => {
  for (const name of names) {
    const value = held[name]
    if (typeof value !== 'string' || value === '' || value.length > MOST) continue
    const bare = lineOf(value, `/${name}`, MOST)
    if (bare === '') throw new Unfit('bad_field', `/${name}`, 'blank')
    held[name] = bare
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Doors whose bodies are documents, read by rooms of their own. */
const OWN_READING = /^\/api\/v1\/(events|due|imports|catalogue|quarantine\/:id\/resubmit)/

const codesIn = (held: Record<string, unknown>): string[] => Object.keys(held).filter((name) => !NO_CODES.has(name))

export const cleanCodes = (app: FastifyInstance): void => {
  app.addHook('preValidation', async ({ params, query, body, routeOptions: { url = '' } }) => {
    if (!url.startsWith('/api/')) return
    try {
      for (const held of [params, query] as Record<string, unknown>[]) clean(held, codesIn(held))
      if (isObject(body) && !OWN_READING.test(url)) clean(body, CODES_OF_BODIES)
    } catch (error) {
      if (error instanceof Unfit) throw new Refusal(error.code, error)
      throw error
    }
  })
}
