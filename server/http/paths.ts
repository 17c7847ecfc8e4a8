// Which methods a path takes, heard while routes are added: so that a wrong method is told from an unknown path (405 and
// Allow, RFC 9110 15.5.6). The catch-all of the client's files says nothing of a path and is left out.

import type { FastifyInstance } from 'fastify'

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
