// Both dictionaries at once, for what compares or proves them. A page loads the one it speaks (words.ts).

import { en } from './en.ts'
import type { Lang, Words } from './words.ts'
import { zh } from './zh.ts'

export const wordsOf = (lang: Lang): Words => (lang === 'en' ? en : zh)
