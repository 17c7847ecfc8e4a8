// `mingjing catalogue FILE…`: master data of JSON, CSV, XLSX or NDJSON, by a mapping or by its headers, weighed against the
// law in force and enacted, through the running server or alone (A6, I9). Exit 0 all taken, 1 rows were left out because
// that was asked for, 2 refused: then nothing of the file was taken. Reads beside a running server, changes through it.

import { readFileSync } from 'node:fs'
import { readSettings } from '../config.ts'
import type { CardShiftName, CaseMoved, LawMoves } from '../contract/law-moves.ts'
import type { CalendarCoverage, MasterFault, MasterLoad, NoticeChoice } from '../contract/master.ts'
import { ControlRefusal } from '../control.ts'
import { atAStretch } from '../core/steps.ts'
import { openSource, type Source } from '../intake/files/bytes.ts'
import { FileRefused, fileProblemText } from '../intake/files/row.ts'
import type { MasterMappingFile } from '../intake/master/mapping.ts'
import { parseYaml } from '../intake/yaml.ts'
import { catalogueIn, movesIn } from '../office/law/moves.ts'
import { masterMapping, weighFile } from '../office/law/weigh.ts'
import { openReading, type Parser } from '../office/reading.ts'
import { act } from './act.ts'
import { besideServer } from './beside.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const readMasterMapping = (path: string): MasterMappingFile => {
  let document: unknown
  try {
    document = parseYaml(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ControlRefusal('bad_mapping', `${path}: ${error instanceof Error ? error.message : error}`, null)
  }
  const read = masterMapping(document)
  if ('mapping' in read) return read.mapping
  const words = `${path}: 映射有 ${read.faults.length} 处有误 faults in the mapping`
  throw new ControlRefusal('bad_mapping', words, { faults: read.faults })
}

const SHOWN = 20

const faultText = ({ line, sheet, table, field, zh, en }: MasterFault): string => {
  const place = line === null ? '' : sheet === null ? `line ${line}` : `${sheet}!${line}`
  const parts = field.startsWith('/') ? [place, field] : [place, table, field]
  return `  ${parts.filter((part) => part !== null && part !== '').join(' ')}  ${zh}（${en}）`
}

const REACHED = {
  stated: '文件载明 stated',
  asked: '载入人指明 as asked',
  whole_year: '列全该年法定节假日 names the whole year',
  last_day:
    '止于所列最后一日；如通知覆盖更远，请用 --covers-to 指明 no further than the last day named: say --covers-to where the notice reaches further',
  unchanged: '未变 unchanged',
} as const

const LEFT = {
  replaces: '未列而取消 not named, they go',
  adds: '未列而不变 not named, they stay',
  none: '未列，请用 --notice replaces（取消）或 --notice adds（不变）指明 not named: say --notice replaces (they go) or --notice adds (they stay)',
} as const

const formerly = ({ from, to, before_from, before_to }: CalendarCoverage): string =>
  before_to === null || (before_to === to && before_from === from)
    ? ''
    : `（原 formerly ${before_from} – ${before_to}）`

const reachText = (reach: CalendarCoverage): string[] => {
  const { calendar_id, from, to, by, unnamed, left, notice } = reach
  return [
    `  日历 calendar ${calendar_id}：覆盖 covers ${from} – ${to}${formerly(reach)}，${REACHED[by]}`,
    ...(unnamed.length === 0
      ? []
      : [`    未列而依法放假 off by statute, not named: ${unnamed.map(({ on, name }) => `${on} ${name}`).join('、')}`]),
    ...(left.length === 0
      ? []
      : [
          `    现行日历的日子 days in force，${LEFT[notice ?? 'none']}：${left.map(({ on, name }) => `${on} ${name ?? ''}`.trim()).join('、')}`,
        ]),
  ]
}

const SHIFTED: Readonly<Record<CardShiftName, string>> = {
  raised: '新增 raised',
  raised_waiting: '新增待核 raised, to confirm',
  counted: '待核转计入 come to count',
  waiting: '计入转待核 wait again',
  to_lift: '转待撤 to be lifted',
  lifted: '撤下 lifted',
  overtaken: '被替代 overtaken',
  restored: '恢复 stand again',
  changed: '内容有变 otherwise changed',
}

const countsText = (counts: Readonly<Record<string, number>>, named: (key: string) => string): string => {
  const some = Object.entries(counts).filter(([, n]) => n !== 0)
  return some.length === 0 ? '无 none' : some.map(([key, n]) => `${named(key)} ${n}`).join('，')
}

const signed = (figures: Readonly<Record<string, number>>): string => {
  const some = Object.entries(figures)
  return some.length === 0 ? '无 none' : some.map(([kind, n]) => `${kind} ${n > 0 ? '+' : ''}${n}`).join('，')
}

const movedText = ({ project_no, code, due_before, due_after, cards }: CaseMoved): string => {
  const due = due_before === due_after ? '' : `：${due_before ?? '—'} → ${due_after ?? '—'}`
  const each = cards.map(({ rule, shift }) => ` ${rule} ${SHIFTED[shift]}`).join('；')
  return `    ${project_no ?? code}${due}${each}`
}

const movesText = (moves: LawMoves): string[] => [
  `  将变动 would move：${moves.moved} 件 cases；到期日 due dates ${moves.due_moved}（转为确定 become certain ${moves.certain}，转为暂定 provisional ${moves.provisional}），办结评定 verdicts ${moves.verdicts_moved}${moves.set_apart === 0 ? '' : `，不能评判 set apart ${moves.set_apart}`}；已看 looked at ${moves.looked}/${moves.cases} 件 cases`,
  `  牌 cards：${countsText(moves.cards, (shift) => SHIFTED[shift as CardShiftName])}；数 figures：${signed(moves.figures)}`,
  ...moves.examples.slice(0, 5).map(movedText),
]

const NAMED: Readonly<Record<MasterLoad['names'][number]['kind'], string>> = {
  resolved: '名称代以编码 name taken as its code',
  ambiguous: '名称对应多个编码 name of several codes',
  unlisted: '目录中没有的编码 code that the catalogue does not list',
}

const told = (load: MasterLoad, isLoaded: boolean): string => {
  const lines = [
    `${load.file}: ${load.format}${load.encoding === null ? '' : `, ${load.encoding}`}，${load.rows} 行 rows，“${load.catalogue}”，${load.valid_from ?? '—'} 起 from`,
  ]
  for (const { table, taken, repeated, skipped, faulty, added, changed, same } of load.tables)
    lines.push(
      `  ${table}：取 taken ${taken}（新 new ${added}，变 changed ${changed}，同 same ${same}），重复 repeated ${repeated}，略去 skipped ${skipped}，有误 faulty ${faulty}`,
    )
  for (const { zh, en, rows, first_line } of load.notes)
    lines.push(`  提示 note ${rows}（首行 first line ${first_line}）：${zh} ${en}`)
  for (const { table, zh, en, rows, first_line } of load.skipped)
    lines.push(`  略去 skipped ${rows}（${table}，首行 first line ${first_line}）：${zh}${zh === en ? '' : ` ${en}`}`)
  for (const { table, field, name, kind, codes, rows, line } of load.names.slice(0, SHOWN))
    lines.push(
      `  ${NAMED[kind]}（${table}.${field}，${rows} 行 rows${line === null ? '' : `，首行 first line ${line}`}）：${name}${codes.length === 0 ? '' : ` → ${codes.join(', ')}`}`,
    )
  for (const one of load.coverage) lines.push(...reachText(one))
  if (load.moves !== null) lines.push(...movesText(load.moves))
  for (const fault of load.faults.slice(0, SHOWN)) lines.push(faultText(fault))
  if (load.fault_count > SHOWN)
    lines.push(`  …… 共 ${load.fault_count} 处有误，此处列 ${SHOWN} 处 faults in all, ${SHOWN} of them here`)
  if (load.fault_count === 0 && !isLoaded) lines.push('  无误，未载入 no faults, nothing loaded')
  if (load.entry !== null) lines.push(`  已载入 loaded, entry ${load.entry}`)
  return `${lines.join('\n')}\n`
}

interface Asked {
  readonly mapping: MasterMappingFile | null
  readonly validFrom: string | null
  readonly name: string | null
  readonly skipFaulty: boolean
  /** How far a notice reaches that does not say so itself (T1a). */
  readonly coversTo: string | null
  /** Whether a notice replaces days in force that it does not name or adds to them, and yes to less coverage (T1a). */
  readonly notice: NoticeChoice | null
  readonly shrinks: boolean
  readonly dryRun: boolean
  readonly parser: Parser
}

const opened = (file: string): Source => {
  try {
    return openSource(file)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const { zh, en } = fileProblemText(error.code, error.detail)
    throw new ControlRefusal(error.code, `${file}：${zh}。 ${file}: ${en}.`, null)
  }
}

/** Weighs one file, and enacts it unless it is a trial. Throws ControlRefusal where nothing of it may be taken. */
const loadFile = async (file: string, asked: Asked, settings: ReturnType<typeof readSettings>): Promise<MasterLoad> => {
  const { data, clock } = settings
  const { mapping, validFrom, skipFaulty, coversTo, notice, shrinks, dryRun } = asked
  const weighed = await weighFile(
    opened(file),
    {
      file,
      mapping,
      catalogue: asked.name,
      validFrom,
      skipFaulty,
      coversTo,
      notice,
      shrinks,
      open: asked.parser.open,
      inPieces: atAStretch,
    },
    await catalogueIn(data),
  )
  const { document, laws } = weighed
  const load = laws === null ? weighed.load : { ...weighed.load, moves: await movesIn(data, laws, clock.now()) }
  if (document === null) {
    const words = `${told(load, true)}${file}: ${load.fault_count} 处有误，未载入 faults, nothing loaded`
    throw new ControlRefusal('bad_catalogue', words, null)
  }
  if (dryRun) return load
  const yes = { notice, shrinks, skip_faulty: skipFaulty }
  const { entry } = (await act(data, clock, 'catalogue.load', { body: document, ...yes })) as { entry: number }
  return { ...load, entry }
}

const noticeOf = (value: unknown): NoticeChoice | null => {
  const said = textOf(value)
  if (said === null || said === 'replaces' || said === 'adds') return said
  throw new ControlRefusal(
    'bad_field',
    `--notice：应为 replaces 或 adds。 --notice: replaces or adds, not ${said}.`,
    null,
  )
}

export const runCatalogue = async (files: readonly string[], flags: Record<string, unknown>): Promise<void> => {
  const settings = await besideServer(readSettings({ data: flags.data, clock: flags.clock }))
  const mappingPath = textOf(flags.mapping)
  const asked: Asked = {
    mapping: mappingPath === null ? null : readMasterMapping(mappingPath),
    validFrom: textOf(flags.validFrom),
    name: textOf(flags.name),
    skipFaulty: flags.skipFaulty === true,
    coversTo: textOf(flags.coversTo),
    notice: noticeOf(flags.notice),
    shrinks: flags.shrinks === true,
    dryRun: flags.dryRun === true,
    parser: openReading(),
  }
  const loads: MasterLoad[] = []
  try {
    for (const file of files) {
      const load = await loadFile(file, asked, settings)
      loads.push(load)
      if (flags.json !== true) process.stdout.write(told(load, load.entry !== null))
    }
  } finally {
    await asked.parser.close()
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ dry_run: asked.dryRun, files: loads })}\n`)
  if (loads.some(({ fault_count }) => fault_count > 0)) process.exitCode = 1
}
