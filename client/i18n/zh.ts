// The words of the screens, Chinese: the first language and the shape of the dictionary (A, part 0).
// Short, exact, polite, in the language of the office. No logic beyond putting figures into sentences.

import { zhCodes } from './zh/codes.ts'
import { zhCommon } from './zh/common.ts'
import { zhOffice } from './zh/office.ts'
import { zhRankings } from './zh/rankings.ts'
import { zhWall } from './zh/wall.ts'

export const zh = { ...zhCommon, ...zhWall, ...zhOffice, ...zhRankings, ...zhCodes }

export type Words = typeof zh
