// The words of the screens, English. Same keys as the Chinese dictionary, held by the type.

import { enCodes } from './en/codes.ts'
import { enCommon } from './en/common.ts'
import { enOffice } from './en/office.ts'
import { enRankings } from './en/rankings.ts'
import { enWall } from './en/wall.ts'
import type { Words } from './zh.ts'

export const en: Words = { ...enCommon, ...enWall, ...enOffice, ...enRankings, ...enCodes }
