// Files of strangers, read in threads of their own under bounds of memory and time (I8): opened once for a command or a door,
// closed with it.

import { openParser, type Parser } from '../supervision/parse.ts'

export type { Parser } from '../supervision/parse.ts'

export const openReading = (): Parser => openParser()
