// Who is calling: a Bearer key looked up once a request (A1, A2). A route says what it needs; without a word from the
// table the answer is no. Refuses before a body is read. Never logs a key.

import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Access, Identity } from '../access/keys.ts'
import { grantOf, type Permission, type Role } from '../access/permissions.ts'
import { Refusal } from '../office/refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key the request bears, or the anonymous reader of a demonstration; null: nobody. */
    identity: Identity | null
    /** An Authorization header was sent, but it opens nothing. */
    hasBadKey: boolean
  }
}

const BEARER = /^Bearer +([^\s]{1,200}) *$/i

export interface AuthParts {
  readonly access: Access
  /** Role of callers without a key; null: they have none (a demonstration says auditor). */
  readonly anonymous: Role | null
}

/** Reads the key of every request. Decides nothing by itself: that is `need`. */
export const readKeys = (app: FastifyInstance, parts: AuthParts): void => {
  const nobody: Identity | null =
    parts.anonymous === null ? null : { id: 'anonymous', role: parts.anonymous, source: null, name: 'anonymous' }
  app.decorateRequest('identity', null)
  app.decorateRequest('hasBadKey', false)
  app.addHook('onRequest', async (request) => {
    const header = request.headers.authorization
    if (header === undefined) {
      request.identity = nobody
      return
    }
    const key = BEARER.exec(header)?.[1]
    request.identity = key === undefined ? null : parts.access.roleOf(key)
    request.hasBadKey = request.identity === null
  })
}

/** The caller of a route guarded by `need`. */
export const callerOf = (request: FastifyRequest): Identity => {
  if (request.identity === null) throw new Refusal(request.hasBadKey ? 'bad_key' : 'no_key')
  return request.identity
}

/**
 * An onRequest hook that lets only those through whose role has the permission. A grant of `own` passes only where
 * the route says that it narrows its answer to what is the caller's.
 */
export const need = (permission: Permission, narrows: { own: boolean } = { own: false }): onRequestAsyncHookHandler => {
  return async (request) => {
    const grant = grantOf(callerOf(request).role, permission)
    if (grant === 'no' || (grant === 'own' && !narrows.own)) throw new Refusal('not_allowed')
  }
}
