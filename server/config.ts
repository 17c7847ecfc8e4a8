// Settings: command line over environment over file over default, checked before anything starts. The one place that
// reads the environment. Every setting is also MINGJING_<NAME>.

import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseYaml } from './intake/yaml.ts'
import { type Clock, clockFrom } from './supervision/clock.ts'

export interface Settings {
  readonly data: string
  /** The file that some of them come from. */
  readonly config: string | null
  readonly host: string
  readonly port: number
  readonly clock: Clock
  readonly log: string
  /** Events waiting for the line at most; past them 503 (I5). */
  readonly queueEvents: number
  /** Bytes and events of one request at most; past them 413. */
  readonly bodyBytes: number
  readonly requestEvents: number
  /** Bytes of a file brought to be imported at most; past them 413 (I8). */
  readonly uploadBytes: number
  /** Milliseconds an event may be ahead of the clock (I11). */
  readonly aheadMs: number
  /** Rows and bytes of the quarantine of each source at most; past them a rejected event is not kept: 503 (I6). */
  readonly quarantineRows: number
  readonly quarantineBytes: number
  /** Facts of one case and source at most; past them `too_many_facts` (I5). What was accepted stays so under another bound. */
  readonly caseFacts: number
}

/** A setting that cannot be read: which, and what would do. */
export class SettingError extends Error {}

type Given = Readonly<Record<string, unknown>>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const DEFAULTS: Given = {
  data: 'mingjing-data',
  host: '127.0.0.1',
  port: 8080,
  clock: '',
  log: 'warn',
  queue_events: 50_000,
  body_bytes: 8 * 1024 * 1024,
  request_events: 10_000,
  upload_bytes: 64 * 1024 * 1024,
  ahead_ms: 600_000,
  quarantine_rows: 100_000,
  quarantine_bytes: 256 * 1024 * 1024,
  case_facts: 2_000,
}

const fromFile = (path: string | undefined): Given => {
  if (path === undefined) return {}
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new SettingError(`配置文件 ${path} 无法读取。 The settings file ${path} cannot be read.`)
  }
  let read: unknown
  try {
    read = parseYaml(text)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new SettingError(`配置文件 ${path} 不是有效的 YAML。 The settings file ${path} is not valid YAML: ${said}`)
  }
  if (read === null) return {}
  if (typeof read !== 'object' || Array.isArray(read))
    throw new SettingError(`${path}: 应为键值表。 must be a table of settings.`)
  for (const key of Object.keys(read)) {
    if (!(key in DEFAULTS)) throw new SettingError(`${path}: 未知设置 ${key}。 unknown setting ${key}.`)
  }
  return read as Given
}

const fromEnvironment = (environment: NodeJS.ProcessEnv): Given => {
  const given: Record<string, unknown> = {}
  for (const key of Object.keys(DEFAULTS)) {
    const value = environment[`MINGJING_${key.toUpperCase()}`]
    if (value !== undefined && value !== '') given[key] = value
  }
  return given
}

const whole = (given: Given, key: string, most: number): number => {
  const value = Number(given[key])
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new SettingError(
      `设置 ${key} 应为 0–${most} 的整数，而不是 ${given[key]}。 Setting ${key} must be a whole number up to ${most}.`,
    )
  }
  return value
}

const present = (row: Given): Given =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))

/** All settings of a run. `flags` are those of the command line; undefined ones count as not given. */
export const readSettings = (flags: Given & { readonly config?: string }, environment = process.env): Settings => {
  const { config, ...rest } = flags
  const path = config ?? environment.MINGJING_CONFIG
  const given: Given = { ...DEFAULTS, ...fromFile(path), ...fromEnvironment(environment), ...present(rest) }
  const clock = clockFrom(String(given.clock))
  if (clock === null) {
    const like = '2026-09-30T08:30:00+08:00x600'
    throw new SettingError(
      `时钟 ${given.clock} 无法识别，应形如 ${like}。 The clock cannot be read; write it like ${like}.`,
    )
  }
  const host = String(given.host)
  if (isIP(host) === 0 && !/^[a-z0-9.-]+$/i.test(host)) throw new SettingError(`host ${host}?`)
  const log = String(given.log)
  if (!LOG_LEVELS.includes(log)) throw new SettingError(`log: ${LOG_LEVELS.join(' | ')}`)
  return {
    data: String(given.data),
    config: path ?? null,
    host,
    port: whole(given, 'port', 65_535),
    clock,
    log,
    queueEvents: whole(given, 'queue_events', 10_000_000),
    bodyBytes: whole(given, 'body_bytes', 1_000_000_000),
    requestEvents: whole(given, 'request_events', 1_000_000),
    uploadBytes: whole(given, 'upload_bytes', 1_000_000_000),
    aheadMs: whole(given, 'ahead_ms', 86_400_000),
    quarantineRows: whole(given, 'quarantine_rows', 100_000_000),
    quarantineBytes: whole(given, 'quarantine_bytes', 1_000_000_000_000),
    caseFacts: whole(given, 'case_facts', 100_000),
  }
}
