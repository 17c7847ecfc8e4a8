// Every trouble a command can meet, as a sentence that helps and an exit code: 2 asked wrongly, 3 could not, 4 could not check
// for lack of room, which says nothing of what was to be checked.

import { CommanderError } from 'commander'
import { SettingError } from '../config.ts'
import { phraseOf } from '../contract/phrases.ts'
import { problemLine } from '../contract/problems.ts'
import { ControlRefusal } from '../control.ts'
import { isOfStore } from '../office/folder.ts'
import { Refusal } from '../office/refusal.ts'

export interface Told {
  readonly text: string
  readonly code: number
}

const STORE: Readonly<Record<string, string>> = {
  writer_locked: '该数据目录正由另一个明镜进程写入，同一目录只允许一个写入者。',
  store_folder: '数据目录无法建立或写入；请换一个目录，或检查权限。',
  store_missing: '该目录下没有明镜的数据；请先用 mingjing serve 或 mingjing catalogue 建立。',
  store_full: '磁盘已满，本次写入未保留，已答复的内容不受影响。',
  check_no_room: '磁盘空间不足，未能检查：什么都没有查，也不说明账本是好是坏；请腾出空间后再查。',
  store_dropped: '前一批未能写入，本批一并作废，未保留。',
  lease_lost: '账本已由另一个写入者接管，本进程不再写入；已答复的不受影响。',
  storage_full: '磁盘已满，没有得到答复的内容一概未收，已答复的不受影响；腾出空间后再试。',
  storage_failed: '数据未能写入磁盘，没有得到答复的内容一概未收，已答复的不受影响；请再试。',
  store_corrupt: '数据文件已损坏，或不是明镜的数据；请从备份恢复，或换一个目录。',
  store_version: '数据由另一版本的明镜写入；较旧的，用 mingjing upgrade 或 mingjing serve 升级。',
  store_format: '数据是旧格式的账本，尚未升级，已原样保留；请先运行 mingjing upgrade，或用 mingjing serve 启动一次。',
  store_engine: '账本已由更新版本的明镜判定，本版本不予打开，已原样保留；请换用新版本，或用升级时保留的旧文件。',
  upgrade_no_room: '磁盘空间不足，不能升级账本；尚未开始，账本原样未动。请腾出空间后再试。',
  upgrade_running: '账本正由另一个明镜进程升级，或该目录正被写入；请等它结束。',
  upgrade_busy: '旧账本正被另一个进程读取，不能换上新账本；请先结束它再试，已完成的部分保留。',
  upgrade_damaged: '旧账本与其存证不符，未升级，原样未动；请从备份恢复。',
  upgrade_failed: '旧账本中有一处不能转入新格式，未升级，原账本原样未动；请连同下面的位置报告。',
  ledger_gone:
    '账本文件缺失或为空，而旁边的密钥文件里有密钥；未另起新账本。请从备份恢复 ledger.sqlite；确要重新开始，请把 access.sqlite 一并移走。',
  store_unsafe: '该磁盘或数据库不能保证写入落盘，已拒绝写入。',
  store_broken: '数据目录无法读写。',
  clock_backwards: '时钟早于上次写入，已拒绝写入；请校正时钟。',
  chain_mismatch: '存证链与账本不衔接，未写入；请运行 mingjing verify。',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const faultsOf = (more: unknown): string => {
  const faults = (more as { faults?: { at: string; detail: string }[] } | null)?.faults ?? []
  const said = (detail: string): string => {
    const { zh, en } = phraseOf(detail)
    return zh === en ? en : `${zh} ${en}`
  }
  return faults.map(({ at, detail }) => `\n  ${at}: ${said(detail)}`).join('')
}

export const explainTrouble = (error: unknown): Told => {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 }
  if (error instanceof SettingError) return { text: error.message, code: 2 }
  if (error instanceof ControlRefusal && error.code in STORE)
    return { text: `${STORE[error.code] ?? ''} ${error.message}`.trim(), code: 3 }
  if (error instanceof ControlRefusal) return { text: `${error.message}${faultsOf(error.more)}`, code: 2 }
  if (error instanceof Refusal)
    return { text: `${problemLine(error.code, error.place)}${faultsOf(error.more)}`, code: 2 }
  const code = codeOf(error)
  if (code === 'check_no_room') return { text: `${STORE[code]} ${(error as Error).message}`, code: 4 }
  const said = error instanceof Error ? error.message : String(error)
  if (code === 'EADDRINUSE') {
    const text = `端口已被占用，请用 --port 换一个端口，或先停掉占用它的程序。 The port is in use: choose another with --port. (${said})`
    return { text, code: 3 }
  }
  if (code === 'ENOENT' || code === 'EISDIR')
    return { text: `文件无法读取。 The file cannot be read: ${said}`, code: 2 }
  if (code === 'EACCES') return { text: `没有权限。 Not permitted: ${said}`, code: 3 }
  if (isOfStore(error) || code in STORE) return { text: `${STORE[code] ?? ''} ${said}`.trim(), code: 3 }
  // what the system refuses is no fault of the program: a sentence, and no trace of where it was asked
  if (/^(E[A-Z]+|ERR_FS_[A-Z]+)$/.test(code)) return { text: `系统拒绝了此操作。 The system refused: ${said}`, code: 3 }
  return { text: error instanceof Error ? (error.stack ?? said) : said, code: 3 }
}
