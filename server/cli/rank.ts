// `mingjing rank`: the ranking of a period as a file or on the screen (R1, X1). Opens read-only, on one state of the
// store, so it may run beside a server; what it says is as of the last commit, and it says so.

import { writeFileSync } from 'node:fs'
import { readSettings, SettingError } from '../config.ts'
import { type Period, parsePeriod, quarterOf } from '../core/measure/period.ts'
import { asInstant } from '../core/time/instant.ts'
import { FILE_FORMATS, type FileFormat } from '../export/file.ts'
import { rankingFile } from '../export/ranking.ts'
import { inFolder } from '../office/folder.ts'
import { readRanking } from '../office/ranking.ts'
import { RANKED_BY, type RankedBy } from '../present/ranking.ts'

type Flags = Readonly<Record<string, unknown>>

const oneOf = <T extends string>(flags: Flags, name: string, known: readonly T[], otherwise: T): T => {
  const given = flags[name] === undefined ? otherwise : String(flags[name])
  const found = known.find((each) => each === given)
  if (found === undefined) throw new SettingError(`--${name} ${given}: ${known.join(' | ')}`)
  return found
}

const textFlag = (flags: Flags, name: string): string | null => (flags[name] === undefined ? null : String(flags[name]))

const formatOf = (flags: Flags): FileFormat => {
  const ending = /\.(csv|xlsx|json)$/.exec(String(flags.output ?? ''))?.[1]
  const known: readonly FileFormat[] = FILE_FORMATS
  return oneOf(flags, 'format', known, known.find((format) => format === ending) ?? 'text')
}

const periodIn = (given: string): Period => {
  const period = parsePeriod(given)
  if (period === null) {
    throw new SettingError(
      `期间 ${given} 无法识别。 Period ${given} cannot be read: 2026-Q3, 2026-H1, 2026-07, from..to.`,
    )
  }
  return period
}

const put = (path: string, body: string | Uint8Array): void => {
  try {
    writeFileSync(path, body)
  } catch (error) {
    throw new SettingError(`无法写入 cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export const runRank = async (flags: Flags): Promise<void> => {
  const { data } = readSettings({ data: flags.data })
  const by: RankedBy = oneOf(flags, 'by', RANKED_BY, 'window')
  const lang = oneOf(flags, 'lang', ['zh', 'en'] as const, 'zh')
  const format = formatOf(flags)
  const output = textFlag(flags, 'output')
  if (format === 'xlsx' && output === null) {
    throw new SettingError('XLSX 请用 -o 指定文件。 Name a file for XLSX with -o FILE.')
  }
  const asked = textFlag(flags, 'period')
  const named = asked === null ? null : periodIn(asked)
  const view = await inFolder(
    data,
    async ({ records, law }) => {
      const { at, turnedTo } = await records.head()
      const now = asInstant(Math.max(at ?? 0, turnedTo ?? 0))
      const period = named ?? quarterOf(law.homeCalendar.dayOf(now))
      const scope = { region: textFlag(flags, 'region'), department: textFlag(flags, 'department') }
      return readRanking(records, { period, by, scope }, { law, now })
    },
    { frozen: true },
  )
  const { body } = await rankingFile(view, format, lang)
  if (output === null) process.stdout.write(body)
  else {
    put(output, body)
    process.stderr.write(`${output}: ${view.rows.length} 行 rows，数据截至 as of ${view.as_of}\n`)
  }
}
