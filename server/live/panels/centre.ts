// Whose wall it is.

import type { Board } from '../../contract/live.ts'
import type { Panel } from './panel.ts'

export const centre: Panel<Board['centre']> = {
  name: 'centre',
  feeds: [],
  draw: ({ law }) => ({ name: law.centre.name, name_en: law.centre.nameEn }),
}
