// The filters of a list as rows of one form: what is chosen from few, a code of the catalogue, a free text, a day. And what
// is meant by a text typed for a code. Pure: the address keeps the values, the form draws them and says them on paper.

import type { MasterRow, MasterTable } from '../../server/contract/master.ts'
import type { Words } from '../i18n/words.ts'

interface Named {
  /** Its name in the address. */
  name: string
  label: string
  value: string
}
interface Choice extends Named {
  kind: 'choice'
  /** The empty value stands for all and is not said on paper. */
  options: readonly { value: string; text: string }[]
}
interface Code extends Named {
  kind: 'code'
  /** Where the catalogue lists it, with its name. */
  table: MasterTable
}
interface Free extends Named {
  kind: 'text' | 'search' | 'day'
}
export type Filter = Choice | Code | Free

/** By level, of those that the list can have; all of them until one is chosen. */
export const levelFilter = (t: Words, value: string, levels: readonly (0 | 1 | 2 | 3)[]): Filter => ({
  kind: 'choice',
  name: 'level',
  label: t.cards.level,
  value,
  options: [{ value: '', text: t.cards.all }, ...levels.map((level) => ({ value: `${level}`, text: t.level[level] }))],
})

/** By a code, under the name it bears in every list. */
export const codeFilter = (t: Words, name: 'window' | 'department' | 'region', value: string): Filter => ({
  kind: 'code',
  name,
  label: name === 'region' ? t.catalogue.region : t.cards[name],
  value,
  table: `${name}s`,
})

/**
 * The code meant by a text, among the rows the catalogue finds for it: a code as it stands or but for its case, a whole
 * name, the one name that holds it. Else the text itself: cases name codes that no catalogue knows (D-05), and those are
 * looked for as well.
 */
export const codeMeant = (text: string, found: readonly Pick<MasterRow, 'code' | 'name' | 'name_en'>[]): string => {
  const said = text.toLowerCase()
  const alike = found.filter(({ code }) => code.toLowerCase() === said)
  const byName = found.filter(({ name, name_en }) => [name, name_en].some((each) => each?.toLowerCase() === said))
  const within = found.filter(({ code }) => !code.toLowerCase().includes(said))
  if (found.some(({ code }) => code === text)) return text
  for (const each of [alike, byName, found.length === 1 ? within : []]) {
    const [only, more] = each
    if (only !== undefined && more === undefined) return only.code
  }
  return text
}
