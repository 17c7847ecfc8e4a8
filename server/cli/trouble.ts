// Every trouble a command can meet, as a sentence that helps and an exit code: 2 asked wrongly, 3 could not.

import { CommanderError } from 'commander'
import { SettingError } from '../config.ts'
import { ControlRefusal } from '../control.ts'
import { StoreError } from '../store/trouble.ts'

export interface Told {
  readonly text: string
  readonly code: number
}

const STORE: Readonly<Record<string, string>> = {
  writer_locked: '该数据目录正由另一个明镜进程写入，同一目录只允许一个写入者。',
  store_missing: '该目录下没有明镜的数据；请先用 mingjing serve 或 mingjing catalogue 建立。',
  store_full: '磁盘已满，本次写入未保留，已答复的内容不受影响。',
  store_corrupt: '数据文件已损坏，或不是明镜的数据；请从备份恢复。',
  store_version: '数据由另一版本的明镜写入。',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const faultsOf = (error: ControlRefusal): string => {
  const faults = (error.more as { faults?: { at: string; detail: string }[] } | null)?.faults ?? []
  return faults.map(({ at, detail }) => `\n  ${at}: ${detail}`).join('')
}

export const explainTrouble = (error: unknown): Told => {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 }
  if (error instanceof SettingError) return { text: error.message, code: 2 }
  if (error instanceof ControlRefusal) return { text: `${error.message}${faultsOf(error)}`, code: 2 }
  const code = codeOf(error)
  const said = error instanceof Error ? error.message : String(error)
  if (code === 'EADDRINUSE') {
    const text = `端口已被占用，请用 --port 换一个端口，或先停掉占用它的程序。 The port is in use: choose another with --port. (${said})`
    return { text, code: 3 }
  }
  if (code === 'ENOENT' || code === 'EISDIR')
    return { text: `文件无法读取。 The file cannot be read: ${said}`, code: 2 }
  if (code === 'EACCES') return { text: `没有权限。 Not permitted: ${said}`, code: 3 }
  if (error instanceof StoreError || code in STORE) return { text: `${STORE[code] ?? ''} ${said}`.trim(), code: 3 }
  return { text: error instanceof Error ? (error.stack ?? said) : said, code: 3 }
}
