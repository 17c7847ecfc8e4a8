// The words of the screens, Chinese: the first language and the shape of the dictionary (A, part 0).
// Short, exact, polite, in the language of the office. No logic beyond putting figures into sentences.

import { join } from './join.ts'
import { zhCards } from './zh/cards.ts'
import { zhCatalogue } from './zh/catalogue.ts'
import { zhCodes } from './zh/codes.ts'
import { zhCommon } from './zh/common.ts'
import { zhDue } from './zh/due.ts'
import { zhDuties } from './zh/duties.ts'
import { zhImports } from './zh/imports.ts'
import { zhMeasures } from './zh/measures.ts'
import { zhNumbers } from './zh/numbers.ts'
import { zhOffice } from './zh/office.ts'
import { zhRankings } from './zh/rankings.ts'
import { zhRegisters } from './zh/registers.ts'
import { zhWall } from './zh/wall.ts'

export const zh = join(
  zhCommon,
  zhWall,
  zhOffice,
  zhRankings,
  zhMeasures,
  zhDue,
  zhImports,
  zhRegisters,
  zhCatalogue,
  zhCodes,
  zhCards,
  zhDuties,
  zhNumbers,
)

export type Words = typeof zh
