// A file read once for the names in it (I15), before anything of it is handed over: what they are taken for, what nobody can
// take them for, and how many cases say so. What cannot be read is told by the import itself. Holds one batch of rows.

import { setImmediate as othersTurn } from 'node:timers/promises'
import type { NameMet, NamesFound } from '../../contract/import-names.ts'
import type { OpenTable } from '../readers/reader.ts'
import { formatOf } from '../readers/registry.ts'
import type { Source } from './bytes.ts'
import type { Issue } from './issue.ts'
import type { Mapping } from './map.ts'
import type { Names } from './names.ts'
import { FILE_PROBLEMS, FileRefused } from './row.ts'

/** Mapping goes on for so long before whoever else is in this process has a turn. */
const AT_ONCE_MS = 8

export interface LookedIn {
  readonly mapping: Mapping
  readonly names: Names
  readonly open: OpenTable
  /** Throws where the import is to end. */
  readonly goOn?: () => void
}

const lookAt = async (source: Source, { mapping, names, open, goOn }: LookedIn): Promise<void> => {
  const table = await open(source, mapping.format ?? formatOf(source.path), mapping.options)
  let since = performance.now()
  for await (const rows of table.rows()) {
    goOn?.()
    for (const row of rows) {
      if (performance.now() - since > AT_ONCE_MS) {
        await othersTurn()
        since = performance.now()
      }
      if (row.kind !== 'unread') mapping.map(row, { names })
    }
  }
}

export const lookUpNames = async (source: Source, asked: LookedIn): Promise<void> => {
  // where the catalogue lists nothing at all, nothing has to be read for it
  if (asked.names.isEmpty) return
  try {
    await lookAt(source, asked)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
  }
}

const said = (code: 'unlisted_name' | 'ambiguous_name', { field, name, cases, place }: NameMet, more = ''): Issue => {
  const { zh, en } = FILE_PROBLEMS[code]
  return {
    place,
    code,
    field,
    zh: `${zh}：${name}${more}（${cases} 件）`,
    en: `${en}: ${name}${more} (${cases} cases)`,
  }
}

/** The names that wait for a yes, one each with the cases that say it; empty: nothing has to be asked. */
export const untoldIn = ({ unlisted, ambiguous }: NamesFound): Issue[] => [
  ...unlisted.map((met) => said('unlisted_name', met)),
  ...ambiguous.map((met) => said('ambiguous_name', met, ` = ${met.codes.join(' / ')}`)),
]

/** The file as a whole, which waits for a yes; null: it waits for none. */
export const waitsForYes = ({ counts: { unlisted, ambiguous, cases } }: NamesFound): Issue | null => {
  if (unlisted + ambiguous === 0) return null
  const zh = `${unlisted + ambiguous} 个名称在目录中没有或有歧义，涉及 ${cases} 件；一件未收，等待确认（accept_unlisted）后按未备案编码导入`
  const en = `${unlisted + ambiguous} names are of no code of the catalogue or of several, in ${cases} cases; nothing was taken: after a yes (accept_unlisted) they come in as unlisted codes`
  return { place: { line: 1 }, code: 'unlisted_name', field: '', zh, en }
}
