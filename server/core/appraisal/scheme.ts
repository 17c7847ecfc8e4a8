// Schemes of ranking, as data with the day from which they hold (R1, R2, R5): minimum volume, confidence, red-flag share.
// The scheme of a ranking is the one in force on a day; a later version never changes what an earlier one ranked.

import schemesFile from '../law/data/schemes.json' with { type: 'json' }
import { parseDay } from '../time/civil.ts'
import type { Day } from '../time/instant.ts'

/** How many may carry the red flag: a share of the ranked windows, rounded up, or a number. */
export type RedFlagShare = { readonly sharePercent: number } | { readonly number: number }

export interface Scheme {
  readonly id: string
  readonly version: string
  readonly validFrom: Day
  readonly name: string
  readonly nameEn: string
  /** Fewer cases in the denominator than this are listed without a place. */
  readonly minimumCases: number
  /** Standard deviations of the two-sided interval beside a rate: 1.96 is 95 %. */
  readonly confidenceZ: number
  readonly redFlag: RedFlagShare
}

export interface SchemeRow {
  readonly scheme_id: string
  readonly version: string
  readonly valid_from: string
  readonly name: string
  readonly name_en: string
  readonly minimum_cases: number
  readonly confidence_z: number
  readonly red_flag: { readonly share_percent?: number; readonly number?: number }
}

const shareOf = ({ share_percent: percent, number }: SchemeRow['red_flag'], at: string): RedFlagShare => {
  if (number !== undefined && percent === undefined && Number.isInteger(number) && number >= 0) return { number }
  const isShare = percent !== undefined && Number.isInteger(percent) && percent >= 0 && percent <= 100
  if (number === undefined && isShare) return { sharePercent: percent }
  throw new Error(`${at}/red_flag: a whole percentage or a number, one of the two`)
}

/** The schemes of a file, earliest first. Throws on a row that cannot be. */
export const readSchemes = (rows: readonly SchemeRow[]): Scheme[] =>
  rows
    .map((row, i) => {
      const at = `/schemes/${i}`
      const validFrom = parseDay(row.valid_from)
      if (validFrom === null) throw new Error(`${at}/valid_from: ${row.valid_from}`)
      if (!Number.isInteger(row.minimum_cases) || row.minimum_cases < 1) throw new Error(`${at}/minimum_cases`)
      return {
        id: row.scheme_id,
        version: row.version,
        validFrom,
        name: row.name,
        nameEn: row.name_en,
        minimumCases: row.minimum_cases,
        confidenceZ: row.confidence_z,
        redFlag: shareOf(row.red_flag, at),
      }
    })
    .sort((a, b) => a.validFrom - b.validFrom)

const SHIPPED = readSchemes(schemesFile.schemes)

/** The scheme in force on a day; before the first, the first. */
export const schemeInForce = (on: Day, schemes: readonly Scheme[] = SHIPPED): Scheme => {
  const held = schemes.filter(({ validFrom }) => validFrom <= on)
  const found = held[held.length - 1] ?? schemes[0]
  if (found === undefined) throw new Error('there is no scheme of ranking')
  return found
}
