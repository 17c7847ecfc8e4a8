// Which methods a path takes, heard while routes are added: so that a wrong method is told from an unknown path (405 and
// Allow, RFC 9110 15.5.6). The catch-all of the client's files says nothing of a path and is left out.

import type { FastifyInstance } from 'fastify'

/** One route of the API, or of those that say how the house lives. */
export interface RouteTold {
  readonly method: string
  /** With its parameters as they are named: `/api/v1/cases/:project_no`. */
  readonly url: string
  /** Most bytes of a body. */
  readonly bodyBytes: number
  /** JSON schemas of its query parameters, by their names. */
  readonly query: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Those without which it does not answer. */
  readonly required: readonly string[]
}

/** Fills while routes are added; the client's pages and the questions of what may be asked are left out. */
export const listRoutes = (app: FastifyInstance): readonly RouteTold[] => {
  const routes: RouteTold[] = []
  app.addHook('onRoute', ({ url, method, schema, bodyLimit }) => {
    if (!url.startsWith('/api/') && url !== '/health' && url !== '/ready') return
    const asked = (schema?.querystring ?? {}) as { properties?: RouteTold['query']; required?: readonly string[] }
    const told = { url, query: asked.properties ?? {}, required: asked.required ?? [] }
    const bodyBytes = bodyLimit ?? app.initialConfig.bodyLimit ?? 0
    for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, bodyBytes, ...told })
  })
  return routes
}

interface Pattern {
  readonly matches: RegExp
  readonly methods: Set<string>
}

const CATCH_ALL = ['*', '/*']

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')

/** `/cases/:no` → one segment, `/cases/*` → any rest. */
const patternOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part).replaceAll('*', '.*')))
  return new RegExp(`^${parts.join('/')}$`)
}

/** Listens to routes being added; what it returns tells the methods of a path as it was asked, in the order of adding. */
export const hearRoutes = (app: FastifyInstance): ((asked: string) => string[]) => {
  const patterns = new Map<string, Pattern>()
  app.addHook('onRoute', ({ url, method }) => {
    if (CATCH_ALL.includes(url)) return
    const known = patterns.get(url) ?? { matches: patternOf(url), methods: new Set<string>() }
    for (const each of [method].flat()) known.methods.add(each)
    patterns.set(url, known)
  })
  return (asked) => {
    const path = asked.split('?', 1)[0] ?? ''
    const found = [...patterns.values()].filter(({ matches }) => matches.test(path))
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort()
  }
}
