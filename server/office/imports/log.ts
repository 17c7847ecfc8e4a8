// What a job of importing leaves on the disk (I8): how it stands, so that after a restart one that was cut is said to be cut;
// and the list of everything it did not take, a line of JSON each, read a page at a time. Holds no more than a page.

import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { ImportIssue, ImportJob } from '../../contract/imports.ts'
import { cursorAtPlace, placeIn } from '../../store/cursor.ts'

export interface IssueWriter {
  add(issue: ImportIssue): void
  close(): Promise<void>
}

export interface IssuePage {
  readonly items: ImportIssue[]
  readonly next: string | null
}

export interface ImportLog {
  /** Jobs of servers before this one, newest first; what was under way is interrupted. */
  left(): ImportJob[]
  keep(job: ImportJob): void
  forget(importId: string): void
  write(importId: string): IssueWriter
  page(importId: string, after: string | null, limit: number): IssuePage
  all(importId: string): AsyncIterable<ImportIssue>
}

const LINE_BYTES = 16_384
const JOB = '.job.json'

const cut = (job: ImportJob): ImportJob => {
  const isCut = job.state === 'waiting' || job.state === 'running'
  return { ...job, file_id: null, state: isCut ? 'interrupted' : job.state }
}

/** Whole lines from a place of a file on, and the place behind them. */
const linesFrom = (path: string, from: number, limit: number): { lines: string[]; to: number; isEnd: boolean } => {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return { lines: [], to: from, isEnd: true }
  }
  try {
    const buffer = Buffer.alloc(limit * LINE_BYTES)
    const read = readSync(file, buffer, 0, buffer.length, from)
    const lines: string[] = []
    let at = 0
    while (lines.length < limit) {
      const end = buffer.indexOf(10, at)
      if (end < 0 || end >= read) break
      lines.push(buffer.toString('utf8', at, end))
      at = end + 1
    }
    return { lines, to: from + at, isEnd: from + at >= fstatSync(file).size }
  } finally {
    closeSync(file)
  }
}

/** Texts of a report are short; one that quotes a long name is cut, so that a page's bytes are bounded. */
const lineOf = (issue: ImportIssue): string => {
  const short = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)}…` : text)
  const { field, zh, en } = issue
  return `${JSON.stringify({ ...issue, field: short(field), zh: short(zh), en: short(en) })}\n`
}

export const openImportLog = (folder: string): ImportLog => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const reportOf = (importId: string): string => join(folder, `${importId}.report`)
  const jobOf = (importId: string): string => join(folder, `${importId}${JOB}`)
  const read = (name: string): ImportJob | null => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8')) as ImportJob
    } catch {
      return null
    }
  }
  return {
    left: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(JOB))
        .flatMap((name) => read(name) ?? [])
        .map(cut)
        .sort((a, b) => (a.started_at < b.started_at ? 1 : -1)),
    keep(job) {
      const path = jobOf(job.import_id)
      writeFileSync(`${path}.new`, JSON.stringify(job), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    forget(importId) {
      rmSync(jobOf(importId), { force: true })
      rmSync(reportOf(importId), { force: true })
    },
    write(importId) {
      const out = createWriteStream(reportOf(importId), { mode: 0o600 })
      const ended = finished(out)
      // a disk that is full is told when the list is closed, not by an error nobody hears
      ended.catch(() => undefined)
      return {
        add: (issue) => void (out.destroyed || out.write(lineOf(issue))),
        close() {
          out.end()
          return ended
        },
      }
    },
    page(importId, after, limit) {
      const from = placeIn(after ?? undefined) ?? 0
      const { lines, to, isEnd } = linesFrom(reportOf(importId), from, limit)
      return { items: lines.map((line) => JSON.parse(line) as ImportIssue), next: isEnd ? null : cursorAtPlace(to) }
    },
    async *all(importId) {
      const lines = createInterface({ input: createReadStream(reportOf(importId), { encoding: 'utf8' }) })
      for await (const line of lines) yield JSON.parse(line) as ImportIssue
    },
  }
}
