// Jobs of importing (I8): one file after another through the door, each with how far it truly is, what was answered so far
// and the list of what was not taken. A job outlives the page that asked for it; a server that stops leaves it cut, and
// importing again makes no double, for ids are digests. Reads files only through the guarded parser.

import { randomBytes } from 'node:crypto'
import type { ImportCounts, ImportJob } from '../../contract/imports.ts'
import { rateScaleAt } from '../../core/law/law.ts'
import type { Instant } from '../../core/time/instant.ts'
import { untoldIn, waitsForYes } from '../../intake/files/look-up.ts'
import type { Names } from '../../intake/files/names.ts'
import { type FileReport, importFile, refusedReport } from '../../intake/files/run.ts'
import type { Intake } from '../../intake/outcome.ts'
import type { DoorContext } from '../../intake/rating.ts'
import type { Parser } from '../../supervision/parse.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { Refusal } from '../refusal.ts'
import { begunOf, type JobAsked } from './begin.ts'
import type { ChangesTold } from './changes.ts'
import { declaresIn } from './declares.ts'
import { deliverEvents, tryEvents } from './door.ts'
import type { ImportLog, IssueWriter } from './log.ts'
import { namesIn } from './names.ts'
import { type Spool, sourceOf } from './spool.ts'

export interface JobParts {
  readonly supervisor: Intake & Pick<Supervisor, 'law' | 'now' | 'beginImport' | 'namesKept'>
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly parser: Parser
  readonly spool: Spool
  readonly log: ImportLog
  readonly changes: ChangesTold
  readonly onTrouble: (error: unknown, reference: string) => void
}

export interface ImportJobs {
  start(asked: JobAsked): ImportJob
  /** Newest first. */
  list(): readonly ImportJob[]
  find(importId: string): ImportJob | null
  /** What has been answered stands; false where it is at its end. */
  stop(importId: string): boolean
  close(): Promise<void>
}

const MOST_WAITING = 8
const MOST_JOBS = 50
/** Events at once: a server has others to answer, and judging alone waits for nobody. */
const SLICE = 500
const DRY_SLICE = 250
/** Between two words to the disk of how a job stands. */
const KEEP_MS = 1_000

/** Thrown into a run that is to end. */
class Stopped extends Error {}

const countsOf = (report: Readonly<FileReport>): ImportCounts => {
  const { rows, events, accepted, known, rejected, identical_rows, left_out, skipped, waiting } = report
  return { rows, events, accepted, known, rejected, identical_rows, left_out, skipped, waiting: [...waiting] }
}

interface Job {
  view: ImportJob
  readonly asked: JobAsked
  stopped: boolean
}

const isEnded = ({ state }: ImportJob): boolean => state !== 'waiting' && state !== 'running'

class Jobs implements ImportJobs {
  readonly #parts: JobParts
  readonly #jobs = new Map<string, Job>()
  #past: ImportJob[]
  #queue: Promise<void> = Promise.resolve()
  #closing = false

  constructor(parts: JobParts) {
    this.#parts = parts
    this.#past = parts.log.left()
    for (const job of this.#past) this.#keep(job)
  }

  start(asked: JobAsked): ImportJob {
    const { upload } = asked
    const waiting = [...this.#jobs.values()].filter(({ view }) => !isEnded(view)).length
    if (waiting >= MOST_WAITING || this.#closing) throw new Refusal('imports_busy')
    const job: Job = { view: this.#viewOf(asked), asked, stopped: false }
    this.#jobs.set(job.view.import_id, job)
    upload.holds++
    this.#keep(job.view)
    this.#prune()
    this.#queue = this.#queue
      .then(() => this.#run(job))
      .catch((error) => this.#parts.onTrouble(error, job.view.import_id))
    return job.view
  }

  list(): readonly ImportJob[] {
    return [...[...this.#jobs.values()].map(({ view }) => view).reverse(), ...this.#past]
  }

  find(importId: string): ImportJob | null {
    return this.#jobs.get(importId)?.view ?? this.#past.find((job) => job.import_id === importId) ?? null
  }

  stop(importId: string): boolean {
    const job = this.#jobs.get(importId)
    if (job === undefined || isEnded(job.view)) return false
    job.stopped = true
    return true
  }

  async close(): Promise<void> {
    this.#closing = true
    await this.#queue
  }

  #viewOf({ upload, mapping, source, historical, dryRun, actor }: JobAsked): ImportJob {
    return {
      import_id: randomBytes(9).toString('base64url'),
      file_id: upload.fileId,
      name: upload.name,
      mapping: mapping?.name ?? null,
      source,
      historical: historical !== null,
      dry_run: dryRun,
      by: actor.name,
      state: 'waiting',
      started_at: this.#now(),
      ended_at: null,
      progress: { bytes: 0, of: upload.bytes, rows: 0, of_rows: upload.rows },
      counts: null,
      issues: 0,
      changes: null,
      declares: null,
      names: null,
      refused: null,
      trouble: null,
    }
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString()
  }

  async #run(job: Job): Promise<void> {
    // a server that stops leaves what waits and what runs as they stand: the next one says that they were cut
    if (this.#closing) return
    const { log } = this.#parts
    const { import_id: importId } = job.view
    const list = log.write(importId)
    job.view = { ...job.view, state: 'running' }
    this.#keep(job.view)
    const end = await this.#import(job, list).then(
      (report): Partial<ImportJob> => ({ state: 'done', counts: countsOf(report), refused: report.refused }),
      (error: unknown) => this.#troubleOf(error, importId),
    )
    if (end.state === 'done') job.view = { ...job.view, changes: await this.#changesOf(importId) }
    // the list is whole before the job is said to be at its end
    const unwritten = await list.close().then(
      () => null,
      (error: unknown) => this.#troubleOf(error, importId),
    )
    const isCut = this.#closing && end.state === 'stopped'
    if (!isCut) job.view = { ...job.view, ...end, ...unwritten, ended_at: this.#now() }
    this.#letGo(job)
    this.#keep(job.view)
  }

  /** What it changed in its register; what was taken in stands, whether that can be told or not. */
  async #changesOf(importId: string): Promise<ImportJob['changes']> {
    try {
      const found = await this.#parts.changes.find(importId)
      return found === null ? null : await this.#parts.changes.of(found)
    } catch (error) {
      this.#parts.onTrouble(error, importId)
      return null
    }
  }

  /** How a job stands is also in memory: a disk that does not take it stops nothing. */
  #keep(view: ImportJob): void {
    try {
      this.#parts.log.keep(view)
    } catch (error) {
      this.#parts.onTrouble(error, view.import_id)
    }
  }

  #troubleOf(error: unknown, reference: string): Pick<ImportJob, 'state' | 'trouble'> {
    if (error instanceof Stopped) return { state: 'stopped', trouble: null }
    this.#parts.onTrouble(error, reference)
    const zh = `导入未完成，已答复的事件有效；可再次导入，不会重复。编号 ${reference}。`
    const en = `The import was not completed; what was answered stands. Import it again: nothing comes twice. Reference ${reference}.`
    return { state: 'failed', trouble: { zh, en } }
  }

  /** Imported whole, the file has done its work; after a dry run it is still to be imported. */
  #letGo({ view, asked: { upload } }: Job): void {
    upload.holds--
    if (view.state === 'done' && view.refused === null) upload.rows = view.progress.rows
    if (view.state !== 'done' || view.dry_run || upload.holds > 0) return
    this.#parts.spool.drop(upload.fileId)
  }

  async #import(job: Job, list: IssueWriter): Promise<FileReport> {
    const { upload, mapping, acceptUnlisted, dryRun } = job.asked
    const names = await namesIn(upload, mapping, { ...this.#parts, goOn: () => this.#goOn(job) })
    job.view = { ...job.view, names: names?.found() ?? null }
    const waits = names === null || acceptUnlisted ? null : waitsForYes(names.found())
    const untold = names === null || waits === null ? [] : untoldIn(names.found())
    for (const issue of untold) list.add(issue)
    job.view = { ...job.view, issues: job.view.issues + untold.length }
    // a dry run goes on to tell of everything else, too
    return waits === null || dryRun ? this.#importAll(job, list, names) : refusedReport(job.view.name, waits)
  }

  async #importAll(job: Job, list: IssueWriter, names: Names | null): Promise<FileReport> {
    const { asked } = job
    const { supervisor, clock, aheadMs, parser } = this.#parts
    const { upload, mapping, source, historical, actor } = asked
    const by = actor.name
    const scaleOf: DoorContext['scaleOf'] = (from, at) => rateScaleAt(supervisor.law, from, at)
    const door = { clock, aheadMs, scaleOf, handOver: { source, historical, by } }
    let importNo: number | null = null
    const begun = async (): Promise<typeof door & { handOver: { importNo: number } }> => {
      importNo ??= await supervisor.beginImport(await begunOf(job, names))
      return { ...door, handOver: { ...door.handOver, importNo } }
    }
    job.view = { ...job.view, declares: declaresIn(supervisor, source, mapping) }
    let kept = performance.now()
    return importFile(sourceOf(upload), {
      mapping,
      names,
      asOf: asked.asOf,
      open: parser.open,
      deliver: async (events, marks) => {
        this.#goOn(job)
        if (asked.dryRun) return tryEvents(events, door, marks)
        return deliverEvents(supervisor, events, await begun(), marks)
      },
      onIssue: (issue) => {
        job.view = { ...job.view, issues: job.view.issues + 1 }
        list.add(issue)
      },
      onProgress: ({ bytes, rows }, report) => {
        this.#goOn(job)
        job.view = { ...job.view, progress: { ...job.view.progress, bytes, rows }, counts: countsOf(report) }
        if (performance.now() - kept < KEEP_MS) return
        kept = performance.now()
        this.#keep(job.view)
      },
      sliceEvents: asked.dryRun ? DRY_SLICE : SLICE,
      resumed: null,
      onAnswered: () => undefined,
    })
  }

  #goOn(job: Job): void {
    if (job.stopped || this.#closing) throw new Stopped('stopped')
  }

  /** The last so many jobs are remembered. */
  #prune(): void {
    const ended = this.list().filter(isEnded)
    for (const { import_id: importId } of ended.slice(MOST_JOBS)) {
      this.#parts.log.forget(importId)
      this.#jobs.delete(importId)
      this.#past = this.#past.filter((job) => job.import_id !== importId)
    }
  }
}

export const openJobs = (parts: JobParts): ImportJobs => new Jobs(parts)
