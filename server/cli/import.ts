// `mingjing import`: events from files through a mapping (I8, C10), beside a running server or alone (A6). Says how far
// it is by the bytes it has read, and line by line what was not taken and why. Exit 0 all taken or known, 1 something
// was skipped, rejected or refused, 2 asked wrongly, 3 the list of what was not taken broke off. Killed, it goes on where
// it was answered when run again.

import { readFileSync } from 'node:fs'
import { readSettings, type Settings } from '../config.ts'
import type { ImportChanges } from '../contract/import-changes.ts'
import type { ImportDeclares } from '../contract/import-declares.ts'
import type { NamesFound } from '../contract/import-names.ts'
import { problemLine } from '../contract/problems.ts'
import { ControlRefusal } from '../control.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import { openSource } from '../intake/files/bytes.ts'
import type { Issue } from '../intake/files/issue.ts'
import { untoldIn, waitsForYes } from '../intake/files/look-up.ts'
import { compileMapping, type Mapping } from '../intake/files/map.ts'
import { readDocument } from '../intake/files/mapping-text.ts'
import { openReport, ReportBroken, type ReportFile } from '../intake/files/report.ts'
import { openResume, type Resume } from '../intake/files/resume.ts'
import { FileRefused, fileProblemText } from '../intake/files/row.ts'
import { type Answered, type FileReport, importFile } from '../intake/files/run.ts'
import { openReading, type Parser } from '../office/reading.ts'
import { besideServer } from './beside.ts'
import { type ChangesFile, changesIn, openChangesFile } from './import-changes.ts'
import { type Door, openDoor, withdrawImport } from './import-door.ts'
import { askForYes, type Looked, lookInAll, NOT_LOOKED } from './import-names.ts'
import { importedText, progressBar } from './import-told.ts'

/** Mapping of a file of YAML or JSON. Throws ControlRefusal with every fault. */
export const readMapping = (path: string): Mapping => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ControlRefusal('bad_mapping', `${path}: ${error instanceof Error ? error.message : error}`, null)
  }
  const read = readDocument(text)
  const compiled = 'faults' in read ? read : compileMapping(read.document)
  if ('mapping' in compiled) return compiled.mapping
  const { faults } = compiled
  throw new ControlRefusal('bad_mapping', `${path}: 映射有 ${faults.length} 处有误 faults in the mapping`, { faults })
}

export interface ImportAsked {
  readonly files: readonly string[]
  readonly settings: Settings
  readonly mapping: Mapping | null
  readonly source: string | null
  /** The instant before which it is a declared past record; null: live. */
  readonly historical: Instant | null
  /** RFC 3339: as of when a register is that says it in no column; null: nobody has said it. */
  readonly asOf?: string | null
  readonly dryRun: boolean
  /** A yes to what the catalogue does not list (I15). */
  readonly acceptUnlisted?: boolean
  readonly report: string | null
  /** CSV of what each export of a register changed (I14). */
  readonly changes?: string | null
  /** What else the command reads, beside `files` and the data folder: the list is none of them. */
  readonly reads?: readonly string[]
  /** Reads files that unfold or nest under guard; absent: one of this import's own. */
  readonly parser?: Parser
  readonly onProgress?: (file: string, at: { bytes: number | null; of: number; rows: number }) => void
}

/** The list of what was not taken broke off (exit 3); says what was answered until then. */
export class ListBroken extends Error {}

const listBroken = ({ message }: ReportBroken, reports: Iterable<Answered>, dryRun: boolean): ListBroken => {
  const sum = { accepted: 0, known: 0, rejected: 0 }
  for (const { accepted, known, rejected } of reports) {
    sum.accepted += accepted
    sum.known += known
    sum.rejected += rejected
  }
  const { zh, en } = fileProblemText('no_report', message)
  const { accepted, known, rejected } = sum
  const counted = `接收 accepted ${accepted}，已有 known ${known}，拒收 rejected ${rejected}`
  const after = dryRun
    ? '试运行，未导入；请换一个报告路径再试。 A dry run, nothing was imported: try again with another report.'
    : '已接收的均已保留；换一个报告路径再次运行同一命令，即接着导入，不会重复。 What was accepted is kept: run the same command again with another report, it goes on from there and takes nothing twice.'
  return new ListBroken(`${zh}。 ${en}.\n至此 so far：${counted}。\n${after}`)
}

export interface Imported extends FileReport {
  /** By which it is taken back (I14); null: nothing was imported. */
  readonly import_id: string | null
  /** Names where codes are wanted; null: there is none that a catalogue could list. */
  readonly names: NamesFound | null
  /** What it declares of its source (I12); null: nothing. */
  readonly declares: ImportDeclares | null
  /** The first of them. */
  readonly issues: readonly Issue[]
  readonly issue_count: number
  /** What it changed in its register (I14); null: it is an export of none, or a dry run. */
  readonly changes: ImportChanges | null
}

/** Opens something under a path; where that cannot be, it was asked wrongly. */
const opened = <T>(path: string, open: (path: string) => T): T => {
  try {
    return open(path)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const { zh, en } = fileProblemText(error.code, `${path}: ${error.detail}`)
    throw new ControlRefusal(error.code, `${zh}。 ${en}.`, null)
  }
}

const MOST_ISSUES = 200

const NO_RESUME: Resume = { left: null, keep: () => undefined, done: () => undefined }

interface Inside {
  readonly asked: ImportAsked
  readonly door: Door
  readonly list: ReportFile | null
  readonly parser: Parser
  readonly changed: ChangesFile | null
  /** Of each file as far as it has come. */
  readonly reports: Map<string, Readonly<FileReport>>
}

const importOne = async (path: string, looked: Looked, inside: Inside): Promise<Imported> => {
  const { asked, door, list, parser, reports } = inside
  const { mapping, settings, source, historical, dryRun } = asked
  const issues: Issue[] = []
  let count = 0
  const onIssue = (issue: Issue): void => {
    count++
    if (issues.length < MOST_ISSUES) issues.push(issue)
    list?.add(path, issue)
  }
  // of a dry run, which nobody has to say yes to
  const untold = looked.found === null || asked.acceptUnlisted === true ? [] : untoldIn(looked.found)
  for (const issue of untold) onIssue(issue)
  const file = opened(path, openSource)
  const key = { mapping: mapping?.digest ?? '', from: source ?? '', historical: historical !== null }
  const resume = dryRun ? NO_RESUME : openResume(settings.data, file, key)
  const declares = await door.declares()
  const importId = await door.begin(file, looked.named)
  const report = await importFile(file, {
    mapping,
    names: looked.names,
    asOf: asked.asOf ?? null,
    open: parser.open,
    deliver: door.deliver,
    onIssue,
    onProgress: ({ bytes, rows }, report) => {
      reports.set(path, report)
      asked.onProgress?.(path, { bytes, of: file.bytes, rows })
    },
    resumed: resume.left,
    onAnswered: (state) => resume.keep(state),
  })
  resume.done()
  const isRegister = !dryRun && (mapping?.register ?? null) !== null
  const changes = isRegister ? await changesIn(settings.data, importId, inside.changed) : null
  return {
    ...report,
    import_id: importId === '' ? null : importId,
    names: looked.found,
    declares,
    issues,
    issue_count: count,
    changes,
  }
}

const importAll = async (asked: ImportAsked, lists: Pick<Inside, 'list' | 'changed'>): Promise<Imported[]> => {
  const { settings, source, mapping, historical, dryRun } = asked
  const sends = mapping?.sends ?? null
  const asOf = asked.asOf == null ? null : parseInstant(asked.asOf)
  const more = { mapping: mapping?.name ?? null, register: mapping?.register?.name ?? null, asOf }
  const door = await openDoor(settings, { source, historical, aheadMs: settings.aheadMs, sends, ...more }, dryRun)
  const parser = asked.parser ?? openReading()
  const reports: Inside['reports'] = new Map()
  try {
    const looked = await lookInAll({ files: asked.files, mapping, door, open: parser.open })
    if (!dryRun && asked.acceptUnlisted !== true) askForYes(asked.files, looked)
    const imported: Imported[] = []
    const inside = { asked, door, ...lists, parser, reports }
    for (const [i, path] of asked.files.entries()) imported.push(await importOne(path, looked[i] ?? NOT_LOOKED, inside))
    return imported
  } catch (error) {
    throw error instanceof ReportBroken ? listBroken(error, reports.values(), dryRun) : error
  } finally {
    if (asked.parser === undefined) await parser.close()
    await door.close()
  }
}

/** Takes in files one after another. Throws ControlRefusal where it was asked wrongly, ListBroken where the list is. */
export const importFiles = async (asked: ImportAsked): Promise<Imported[]> => {
  const { source, mapping, report, reads = [] } = asked
  const from = source ?? mapping?.source ?? null
  if (from === null && mapping !== null)
    throw new ControlRefusal('no_source', '请用 --source 指明来源系统。 Name the source system with --source.', null)
  const register = mapping?.register ?? null
  if (register !== null && !register.saysAsOf && (asked.asOf ?? null) === null)
    throw new ControlRefusal('no_as_of', problemLine('no_as_of', {}), null)
  for (const path of asked.files) opened(path, openSource)
  // before the door is opened: where the list cannot be written nothing is taken in
  const list =
    report === null ? null : opened(report, (path) => openReport(path, [...asked.files, ...reads, asked.settings.data]))
  const { changes = null } = asked
  const changed = changes === null ? null : opened(changes, (path) => openChangesFile(path, [...asked.files, ...reads]))
  try {
    return await importAll({ ...asked, source: from }, { list, changed })
  } finally {
    list?.close()
    changed?.close()
  }
}

/** Whether everything in it was taken; of a dry run: would be, as it was asked. */
const isWhole = ({ skipped, rejected, refused, names }: Imported, { dryRun, yes }: Record<'dryRun' | 'yes', boolean>) =>
  skipped + rejected === 0 && refused === null && (!dryRun || yes || names === null || waitsForYes(names) === null)

/** `--historical [instant]`: without one, everything up to now. */
const pastBefore = (flag: unknown, { clock }: Settings): Instant | null => {
  if (flag === undefined || flag === false) return null
  if (flag === true) return clock.now()
  const instant = parseInstant(String(flag))
  if (instant !== null && instant <= clock.now()) return instant
  const words = `--historical ${flag}：应为带时区偏移的过去时刻。 Give an instant with an offset that is past.`
  throw new ControlRefusal('bad_instant', words, null)
}

/** `--as-of INSTANT`: as of when the register is; a day alone is none, for it may be any of its hours. */
const asOfIn = (flag: unknown, { clock }: Settings): string | null => {
  if (flag === undefined) return null
  const instant = parseInstant(String(flag))
  if (instant !== null && instant <= clock.now()) return String(flag)
  const words = `--as-of ${flag}：应为带时区偏移的过去时刻。 Give an instant with an offset that is past.`
  throw new ControlRefusal('bad_instant', words, null)
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

export const runImport = async (files: readonly string[], flags: Record<string, unknown>): Promise<void> => {
  const withdrawn = text(flags.withdraw)
  if (withdrawn !== null) return withdrawImport(withdrawn, flags)
  if (files.length === 0) throw new ControlRefusal('no_file', '请给出要导入的文件。 Name the files to import.', null)
  const settings = await besideServer(
    readSettings({
      data: flags.data,
      clock: flags.clock,
      ...(typeof flags.config === 'string' ? { config: flags.config } : {}),
    }),
  )
  const mappingPath = text(flags.mapping)
  const reads = [mappingPath, settings.config].filter((path) => path !== null)
  const dryRun = flags.dryRun === true
  const progress = progressBar()
  let imported: Imported[]
  try {
    imported = await importFiles({
      files,
      settings,
      mapping: mappingPath === null ? null : readMapping(mappingPath),
      source: text(flags.source),
      historical: pastBefore(flags.historical, settings),
      asOf: asOfIn(flags.asOf, settings),
      dryRun,
      acceptUnlisted: flags.acceptUnlisted === true,
      report: text(flags.report),
      changes: text(flags.changes),
      reads,
      onProgress: progress.at,
    })
  } catch (error) {
    if (!(error instanceof ListBroken)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 3
    return
  } finally {
    progress.end()
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ dry_run: dryRun, files: imported })}\n`)
  else for (const one of imported) process.stdout.write(importedText(one, dryRun))
  const how = { dryRun, yes: flags.acceptUnlisted === true }
  if (!imported.every((one) => isWhole(one, how))) process.exitCode = 1
}
