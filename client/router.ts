// Which page an address means, and moving between pages without loading the document again (History API).
// An address it does not know is a page too: the polite one. Never fetches anything.

import { CARRIED, valuesIn, withValues } from './lib/address.ts'

export type Place =
  | { page: 'wall' }
  | { page: 'case'; projectNo: string }
  | { page: 'window'; windowNo: string }
  | { page: 'cards' }
  | { page: 'card'; cardId: string }
  | { page: 'cases' }
  | { page: 'measures' }
  | { page: 'numbers' }
  | { page: 'rankings' }
  | { page: 'behind' }
  | { page: 'due' }
  | { page: 'imports' }
  | { page: 'catalogue'; view: string }
  | { page: 'unknown'; path: string }

/** Views of the catalogue; the empty one is its tables. */
const CATALOGUE: ReadonlySet<string> = new Set(['', 'calendars', 'unlisted', 'law', 'load'])

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const placeOf = (path: string): Place => {
  const [first = '', second = '', ...rest] = path.split('/').slice(1)
  if (rest.length > 0) return { page: 'unknown', path }
  if (first === '' || (first === 'wall' && second === '')) return { page: 'wall' }
  if (first === 'cases' && second !== '') return { page: 'case', projectNo: decode(second) }
  if (first === 'windows' && second !== '') return { page: 'window', windowNo: decode(second) }
  if (first === 'cases') return { page: 'cases' }
  if (first === 'measures' && second === '') return { page: 'measures' }
  if (first === 'numbers' && second === '') return { page: 'numbers' }
  if (first === 'cards' && second === '') return { page: 'cards' }
  if (first === 'cards') return { page: 'card', cardId: decode(second) }
  if (first === 'rankings' && second === '') return { page: 'rankings' }
  if (first === 'rankings' && second === 'cases') return { page: 'behind' }
  if (first === 'due' && second === '') return { page: 'due' }
  if (first === 'catalogue' && CATALOGUE.has(second)) return { page: 'catalogue', view: second }
  if (first === 'imports' && second === '') return { page: 'imports' }
  return { page: 'unknown', path }
}

export const caseHref = (projectNo: string): string => `/cases/${encodeURIComponent(projectNo)}`
export const cardHref = (cardId: string): string => `/cards/${encodeURIComponent(cardId)}`
export const windowHref = (windowNo: string): string => `/windows/${encodeURIComponent(windowNo)}`

/** Language and scope travel with the reader from page to page; filters of a page do not. */
export const carry = (href: string, search: string): string => {
  const [path = href, own = ''] = href.split('?')
  const told = new URLSearchParams(own)
  const carried = CARRIED.filter((name) => !told.has(name))
  return path + withValues(own, valuesIn(search, carried))
}

/** The inside link a click is meant for, or null when the browser should do as it always does. */
export const insideLink = (event: MouseEvent): string | null => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return null
  const anchor = event.target instanceof Element ? event.target.closest('a') : null
  const href = anchor?.getAttribute('href')
  if (!href?.startsWith('/') || href.startsWith('/api/') || anchor?.target || anchor?.hasAttribute('download'))
    return null
  return href
}
