// What every page and every part of one can ask for without being handed it: the words, the address, the way to another,
// who reads, and how the house stands. Set once by App; read by `usePage`. Holds nothing itself.

import { getContext, setContext } from 'svelte'
import type { Lang, Words } from '../i18n/words.ts'
import type { Health } from '../lib/health.ts'
import type { PlaceOnPage, Places } from './places.ts'

export interface PageContext {
  readonly t: Words
  readonly lang: Lang
  /** The path of the address. */
  readonly path: string
  /** The query of the address, from its question mark; '' where there is none. */
  readonly search: string
  /** Who reads, told apart from others on the same screen: a mark of the key, '' without one. Never the key itself. */
  readonly actor: string
  /** How the house stands; null: not told yet, or the server is silent. */
  readonly health: Health | null
  /** Instant of the supervision clock, RFC 3339, as last told; null: not known yet. */
  readonly now: string | null
  /** The entries of the bar. */
  readonly bar: readonly { readonly href: string; readonly text: string }[]
  readonly places: Places
  /** Where one was on this page, while one comes back to it; null: one comes anew. */
  readonly returning: PlaceOnPage | null
  /** What must be fetched before the page is printed whole. */
  readonly toPrint: Set<() => Promise<void>>
  /** To another page of the house, as a click on a link to it. */
  go(href: string): void
  /** Another query of the same page: replaces, so that Back leaves the page. */
  refine(query: string): void
  switchLang(): void
}

/** The name it is kept under: for a test that draws a part alone. */
export const PAGE_CONTEXT = Symbol('page')

/** For App. */
export const givePage = (page: PageContext): PageContext => setContext(PAGE_CONTEXT, page)

/** To be called while a component is set up. Read its parts where they are used: they change. */
export const usePage = (): PageContext => getContext<PageContext>(PAGE_CONTEXT)
