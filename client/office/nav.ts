// The pages of the office in the order of its bar: one row an entry, so that another page is one more row. Pure.

import type { Words } from '../i18n/words.ts'

interface Entry {
  href: string
  text: (t: Words) => string
}

export const NAV: readonly Entry[] = [
  { href: '/wall', text: (t) => t.office.wall },
  { href: '/cards', text: (t) => t.office.cards },
  { href: '/cases', text: (t) => t.casesList.title },
  { href: '/numbers', text: (t) => t.numbers.title },
  { href: '/measures', text: (t) => t.measures.title },
  { href: '/rankings', text: (t) => t.rankings.title },
  { href: '/catalogue', text: (t) => t.catalogue.title },
  { href: '/imports', text: (t) => t.imports.title },
  { href: '/due', text: (t) => t.dueForm.title },
]

/** The cases set apart: a view of the cases, with an address of its own. */
export const APART = '/cases?apart=1'

/** Whether a page, told by its path or by what it is a view of, belongs to an entry of the bar. */
export const isUnder = (here: string, href: string): boolean =>
  here === href || here.startsWith(`${href}/`) || here.startsWith(`${href}?`)
