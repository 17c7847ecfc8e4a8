// The names of the files of `mingjing import` (I15): looked up in all of them before anything is taken. What the catalogue does not
// list, or lists twice, waits for --accept-unlisted; without it the command ends with the code unlisted_name. Takes nothing in.

import type { NamesFound } from '../contract/import-names.ts'
import { ControlRefusal } from '../control.ts'
import { openSource, wholeDigestOf } from '../intake/files/bytes.ts'
import { lookUpNames, untoldIn, waitsForYes } from '../intake/files/look-up.ts'
import type { Mapping } from '../intake/files/map.ts'
import { Names } from '../intake/files/names.ts'
import { placeText } from '../intake/files/row.ts'
import type { OpenTable } from '../intake/readers/reader.ts'
import type { Door, NamedBy } from './import-door.ts'

export interface Looked {
  readonly names: Names | null
  readonly found: NamesFound | null
  readonly named: NamedBy
}

export interface LookingIn {
  readonly files: readonly string[]
  readonly mapping: Mapping | null
  readonly door: Pick<Door, 'names'>
  readonly open: OpenTable
}

export const NOT_LOOKED: Looked = { names: null, found: null, named: { digest: null, names: null } }

const lookIn = async (path: string, { mapping, door, open }: LookingIn): Promise<Looked> => {
  const digest = await wholeDigestOf(openSource(path))
  if (mapping?.isNaming !== true) return { ...NOT_LOOKED, named: { digest, names: null } }
  const names = new Names(await door.names({ digest, mapping: mapping.digest }))
  await lookUpNames(openSource(path), { mapping, names, open })
  return { names, found: names.found(), named: { digest, names: { mapping: mapping.digest, pairs: names.pairs() } } }
}

/** Of each file in turn. */
export const lookInAll = async (asked: LookingIn): Promise<Looked[]> => {
  const looked: Looked[] = []
  for (const path of asked.files) looked.push(await lookIn(path, asked))
  return looked
}

const SHOWN = 40

/** `line 5  org_code …`, a line each. */
const linesOf = (found: NamesFound): string[] => {
  const issues = untoldIn(found)
  const lines = issues.slice(0, SHOWN).map(({ place, field, zh, en }) => `  ${placeText(place)}  ${field}  ${zh} ${en}`)
  const left = found.counts.unlisted + found.counts.ambiguous - lines.length
  return left > 0 ? [...lines, `  …… 另有 ${left} 个 more`] : lines
}

/** Throws where a file says what the catalogue does not list, and nobody has said yes to that. */
export const askForYes = (files: readonly string[], looked: readonly Looked[]): void => {
  const waiting = looked.flatMap(({ found }, i) => {
    const waits = found === null ? null : waitsForYes(found)
    return found === null || waits === null ? [] : [{ file: files[i] ?? '', found, waits }]
  })
  if (waiting.length === 0) return
  const texts = waiting.flatMap(({ file, found, waits: { zh, en } }) => [`${file}：${zh}。 ${en}.`, ...linesOf(found)])
  const words =
    '确认导入请加 --accept-unlisted；否则先补录目录，或在映射中写明对照（map）。 Say --accept-unlisted to take them in; else mend the catalogue, or say in the mapping what they are (map).'
  const names = Object.fromEntries(waiting.map(({ file, found }) => [file, found]))
  throw new ControlRefusal('unlisted_name', `unlisted_name\n${[...texts, words].join('\n')}`, { names })
}
