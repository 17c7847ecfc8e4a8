// The words of the screens, English. Same keys as the Chinese dictionary, held by the type.

import { enCards } from './en/cards.ts'
import { enCatalogue } from './en/catalogue.ts'
import { enCodes } from './en/codes.ts'
import { enCommon } from './en/common.ts'
import { enDue } from './en/due.ts'
import { enDuties } from './en/duties.ts'
import { enImports } from './en/imports.ts'
import { enMeasures } from './en/measures.ts'
import { enNumbers } from './en/numbers.ts'
import { enOffice } from './en/office.ts'
import { enRankings } from './en/rankings.ts'
import { enRegisters } from './en/registers.ts'
import { enWall } from './en/wall.ts'
import { join } from './join.ts'
import type { Words } from './zh.ts'

export const en: Words = join(
  enCommon,
  enWall,
  enOffice,
  enRankings,
  enMeasures,
  enDue,
  enImports,
  enRegisters,
  enCatalogue,
  enCodes,
  enCards,
  enDuties,
  enNumbers,
)
