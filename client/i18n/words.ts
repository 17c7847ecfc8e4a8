// Choosing the dictionary: what the address says, else what the reader chose last on this device, else Chinese. A screen
// carries the dictionary of its language alone. A key missing in one of the two is a type error, never an empty label.

import { valuesIn, withValues } from '../lib/address.ts'
import type { Words } from './zh.ts'

export type { Words }
export type Lang = 'zh' | 'en'

export const langOf = (search: string, chosen: Lang = 'zh'): Lang => {
  const { lang } = valuesIn(search, ['lang'])
  return lang === 'en' || lang === 'zh' ? lang : chosen
}

export const loadWords = async (lang: Lang): Promise<Words> =>
  lang === 'en' ? (await import('./en.ts')).en : (await import('./zh.ts')).zh

export const otherLang = (lang: Lang): Lang => (lang === 'en' ? 'zh' : 'en')

/** The address of this same page in the other language. */
export const searchIn = (lang: Lang, search: string): string =>
  withValues(search, { lang: lang === 'en' ? 'en' : null })

/** A name in the reader's language, Chinese where no English one is known. */
export const named = (t: Words, name: string, nameEn: string | null | undefined): string =>
  t.lang === 'en' && nameEn ? nameEn : name

/** A code's word, or the code itself where the dictionary has none: never blank. */
export const wordFor = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code
