// What the browser's tab, its history and a bookmark call a page: what is looked at first, the house last. Pure; from the
// address alone, so that it stands before anything is fetched. A page without a title does not compile.

import { isTable } from './catalogue/tell.ts'
import type { Words } from './i18n/words.ts'
import { valuesIn } from './lib/address.ts'
import type { Place } from './router.ts'

/** `T-07.case.1109-0081.pause:feed:e.7`: rule, kind of subject, subject, occasion; points may stand in the last two. */
const CARD_ID = /^([A-Z]-\d+)\.[a-z]+\.(.+?)\.[a-z_]+(?::.*)?$/

/** The rule of a card, and whose it is. */
const cardParts = (cardId: string): string[] => CARD_ID.exec(cardId)?.slice(1) ?? [cardId]

const catalogueParts = (t: Words, view: string, search: string): string[] => {
  const views: Readonly<Record<string, string>> = {
    calendars: t.catalogue.calendars,
    unlisted: t.catalogue.unlisted,
    law: t.catalogue.law,
    load: t.catalogue.load,
  }
  const { table, code } = valuesIn(search, ['table', 'code'])
  const of = views[view] ?? t.catalogue.tables[isTable(table) ? table : 'items']
  return [...(view === '' && code !== '' ? [code] : []), of, t.catalogue.title]
}

const partsOf = (t: Words, place: Place, search: string): string[] => {
  switch (place.page) {
    case 'wall':
      return [t.office.wall]
    case 'case':
      return [place.projectNo]
    case 'window':
      return [t.window.title(place.windowNo)]
    case 'cards':
      return [t.cards.title]
    case 'card':
      return cardParts(place.cardId)
    case 'cases':
      return [valuesIn(search, ['apart']).apart === '1' ? t.apart.title : t.casesList.title]
    case 'numbers':
      return [t.numbers.title]
    case 'measures':
      return [t.measures.title]
    case 'rankings':
      return [t.rankings.title]
    case 'behind':
      return [t.rankings.cases]
    case 'due':
      return [t.dueForm.title]
    case 'imports':
      return [t.imports.title]
    case 'catalogue':
      return catalogueParts(t, place.view, search)
    case 'unknown':
      return [t.office.unknownTitle]
  }
}

export const titleOf = (t: Words, place: Place, search: string): string =>
  [...partsOf(t, place, search), t.name].join(' · ')
