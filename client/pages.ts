// The one registry of pages: another page is one more row here. Each is loaded when it is first gone to, so that a
// television carries the wall alone. A title is made from the address alone and stands before anything is fetched.

import type { Component } from 'svelte'
import type { Words } from './i18n/words.ts'
import { valuesIn } from './lib/address.ts'
import { isTable } from './master/tables.ts'

/** What an address says of a page: the named parts of its path. */
export type Parts = Readonly<Record<string, string>>

export interface PageEntry {
  readonly name: string
  /** Path with `:named` parts, which are handed to the page as its properties. */
  readonly address: string
  /** What the browser's tab calls it: what is looked at first, the house is added last. */
  readonly title: (t: Words, parts: Parts, search: string) => readonly string[]
  /** `screen`: for a television, on dark ground, without a bar. `reader`: for anyone of the office. `keeper`: changes things. */
  readonly role: 'screen' | 'reader' | 'keeper'
  /** Its word in the bar, in the order of this list; absent: reached from another page. */
  readonly bar?: (t: Words) => string
  // biome-ignore lint/suspicious/noExplicitAny: each page has properties of its own, named in its address
  readonly load: () => Promise<{ default: Component<any> }>
}

/** `T-07.case.1109-0081.pause:feed:e.7`: rule, kind of subject, subject, occasion; points may stand in the last two. */
const CARD_ID = /^([A-Z]-\d+)\.[a-z]+\.(.+?)\.[a-z_]+(?::.*)?$/

/** The rule of a card, and whose it is. */
const cardParts = (cardId = ''): string[] => CARD_ID.exec(cardId)?.slice(1) ?? [cardId]

const tableTitle = (t: Words, search: string): string[] => {
  const { table, code } = valuesIn(search, ['table', 'code'])
  return [...(code === '' ? [] : [code]), t.catalogue.tables[isTable(table) ? table : 'items'], t.catalogue.title]
}

const catalogue = <V extends 'calendars' | 'unlisted' | 'law' | 'load'>(view: V) =>
  ({
    name: `catalogue/${view}` as const,
    address: `/catalogue/${view}`,
    title: (t) => [t.catalogue[view], t.catalogue.title],
    role: view === 'load' ? 'keeper' : 'reader',
    load: () => import('./master/CataloguePage.svelte'),
  }) satisfies PageEntry

export const PAGES = [
  {
    name: 'wall',
    address: '/wall',
    title: (t) => [t.office.wall],
    role: 'screen',
    bar: (t) => t.office.wall,
    load: () => import('./wall/Wall.svelte'),
  },
  {
    name: 'cards',
    address: '/cards',
    title: (t) => [t.cards.title],
    role: 'reader',
    bar: (t) => t.office.cards,
    load: () => import('./card/CardsPage.svelte'),
  },
  {
    name: 'card',
    address: '/cards/:cardId',
    title: (_, { cardId }) => cardParts(cardId),
    role: 'reader',
    load: () => import('./card/CardPage.svelte'),
  },
  {
    name: 'cases',
    address: '/cases',
    title: (t, _, search) => [valuesIn(search, ['apart']).apart === '1' ? t.apart.title : t.casesList.title],
    role: 'reader',
    bar: (t) => t.casesList.title,
    load: () => import('./case/CaseListPage.svelte'),
  },
  {
    name: 'case',
    address: '/cases/:projectNo',
    title: (_, { projectNo = '' }) => [projectNo],
    role: 'reader',
    load: () => import('./case/CasePage.svelte'),
  },
  {
    name: 'window',
    address: '/windows/:windowNo',
    title: (t, { windowNo = '' }) => [t.window.title(windowNo)],
    role: 'reader',
    load: () => import('./case/WindowPage.svelte'),
  },
  {
    name: 'numbers',
    address: '/numbers',
    title: (t) => [t.numbers.title],
    role: 'keeper',
    bar: (t) => t.numbers.title,
    load: () => import('./case/NumbersPage.svelte'),
  },
  {
    name: 'measures',
    address: '/measures',
    title: (t) => [t.measures.title],
    role: 'reader',
    bar: (t) => t.measures.title,
    load: () => import('./figures/MeasuresPage.svelte'),
  },
  {
    name: 'rankings',
    address: '/rankings',
    title: (t) => [t.rankings.title],
    role: 'reader',
    bar: (t) => t.rankings.title,
    load: () => import('./figures/RankingPage.svelte'),
  },
  {
    name: 'behind',
    address: '/rankings/cases',
    title: (t) => [t.rankings.cases],
    role: 'reader',
    load: () => import('./figures/CasesPage.svelte'),
  },
  {
    name: 'catalogue',
    address: '/catalogue',
    title: (t, _, search) => tableTitle(t, search),
    role: 'reader',
    bar: (t) => t.catalogue.title,
    load: () => import('./master/CataloguePage.svelte'),
  },
  catalogue('calendars'),
  catalogue('unlisted'),
  catalogue('law'),
  catalogue('load'),
  {
    name: 'imports',
    address: '/imports',
    title: (t) => [t.imports.title],
    role: 'keeper',
    bar: (t) => t.imports.title,
    load: () => import('./imports/ImportsPage.svelte'),
  },
  {
    name: 'due',
    address: '/due',
    title: (t) => [t.dueForm.title],
    role: 'reader',
    bar: (t) => t.dueForm.title,
    load: () => import('./due/DuePage.svelte'),
  },
] as const satisfies readonly PageEntry[]

export type PageName = (typeof PAGES)[number]['name']

/** Where no row fits: the polite page. */
export const UNKNOWN: PageEntry = {
  name: 'unknown',
  address: '/:path',
  title: (t) => [t.office.unknownTitle],
  role: 'reader',
  load: () => import('./frame/Unknown.svelte'),
}

export const titleOf = (t: Words, { entry, parts }: Place, search: string): string =>
  [...entry.title(t, parts, search), t.name].join(' · ')

export interface Place {
  readonly entry: PageEntry
  readonly parts: Parts
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The named parts of a path under an address, null where it is not one of its. */
const partsIn = (address: string, path: string): Parts | null => {
  const [wanted, told] = [address.split('/'), path.split('/')]
  if (wanted.length !== told.length) return null
  const parts: Record<string, string> = {}
  for (const [i, word] of wanted.entries()) {
    const said = told[i] ?? ''
    if (word.startsWith(':') && said !== '') parts[word.slice(1)] = decode(said)
    else if (word !== said) return null
  }
  return parts
}

/** The page an address means. The bare house is its wall. */
export const placeOf = (path: string, pages: readonly PageEntry[] = PAGES): Place => {
  const asked = path === '/' ? '/wall' : path.replace(/(?<=.)\/$/, '')
  for (const entry of pages) {
    const parts = partsIn(entry.address, asked)
    if (parts !== null) return { entry, parts }
  }
  return { entry: UNKNOWN, parts: { path } }
}
