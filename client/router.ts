// Addresses of what can be looked at, and moving between pages without loading the document again (History API).
// Which page an address means is said by the registry (pages.ts). Never fetches anything.

import { CARRIED, valuesIn, withValues } from './lib/address.ts'

export const caseHref = (projectNo: string): string => `/cases/${encodeURIComponent(projectNo)}`
export const cardHref = (cardId: string): string => `/cards/${encodeURIComponent(cardId)}`
export const windowHref = (windowNo: string): string => `/windows/${encodeURIComponent(windowNo)}`

/** The cases set apart: a view of the cases, with an address of its own. */
export const APART = '/cases?apart=1'

/** Whether a page, told by its path or by what it is a view of, belongs to an entry of the bar. */
export const isUnder = (here: string, href: string): boolean =>
  here === href || here.startsWith(`${href}/`) || here.startsWith(`${href}?`)

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
