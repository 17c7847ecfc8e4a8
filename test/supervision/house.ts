// A supervisor in this process over a store that outlives it, with a clock moved by hand, and events made in one line.

import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import type { AnySubjectKind } from '../../server/core/subject.ts'
import { SUBJECTS } from '../../server/core/subjects/registry.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { type AuditReport, auditStore } from '../../server/supervision/audit.ts'
import { handClock } from '../../server/supervision/clock.ts'
import type { IngestOutcome } from '../../server/supervision/ingest.ts'
import { DEFAULT_LIMITS, type SupervisorLimits } from '../../server/supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'

export const instant = (text: string): Instant => {
  const at = parseInstant(text)
  if (at === null) throw new Error(`not an instant: ${text}`)
  return at
}

export const SOURCE = 'east'

/** How often it is looked whether something has come about by itself, and for how long at most. */
export const OFTEN = { interval: 2, timeout: 20_000 }

/** A centre of one window and three items; cases are due after 5 working days, or at once, or as they say themselves. */
export const SMALL: CatalogueFile = {
  catalogue: '小目录',
  valid_from: '2024-01-01',
  regions: [{ region_code: '459900', name: '滨江市', calendar: 'cn' }],
  departments: [{ org_code: 'D1', name: '市场监管局', region_code: '459900' }],
  windows: [{ window_no: 'A01', name: '综合窗口', org_code: 'D1', row: 1, column: 1 }],
  operators: [{ operator_id: 'OP1', name: '王晓峰', org_code: 'D1', window_no: 'A01' }],
  items: [
    { task_code: 'five', name: '五日件', org_code: 'D1', project_type: '2', promise: '5WD', statute: '20WD' },
    { task_code: 'open', name: '自定件', org_code: 'D1', project_type: '2' },
  ],
  sources: [{ source: SOURCE, name: '东区系统' }],
}

export interface SupervisorHouse {
  readonly supervisor: Supervisor
  readonly clock: ReturnType<typeof handClock>
  readonly broken: readonly Error[]
  event(type: string, projectNo: string, more?: Record<string, unknown>): Record<string, unknown>
  lastId(): string
  take(...events: readonly Record<string, unknown>[]): Promise<IngestOutcome[]>
  /** Moves the clock and waits until nothing is due any more. */
  moveTo(at: string): Promise<void>
  audit(): Promise<AuditReport>
  close(): Promise<void>
}

export interface HouseMore {
  /** What has a clock and cards beside the cases; absent: what ships. */
  readonly subjects?: readonly AnySubjectKind[]
  readonly limits?: Partial<SupervisorLimits>
  readonly ledger?: Ledger
}

/** Opens a supervisor on a store. Closing it leaves the store open, as if the process had ended. */
export const openSupervisorOn = async (
  store: Ledger & Records,
  at: string,
  more: HouseMore = {},
): Promise<SupervisorHouse> => {
  const clock = handClock(instant(at))
  const broken: Error[] = []
  const kept = { close: async () => undefined }
  const { ledger = store, limits, subjects = SUBJECTS } = more
  const supervisor = await openSupervisor({
    ledger: { ...kept, lease: () => ledger.lease(), commit: (batch, claim) => ledger.commit(batch, claim) },
    records: { ...store, ...kept },
    clock,
    subjects,
    limits: { ...DEFAULT_LIMITS, ...limits },
    onBroken: (error) => broken.push(error),
  })
  let lastId = ''
  let n = 0
  return {
    supervisor,
    clock,
    broken,
    event(type, projectNo, fields = {}) {
      n += 1
      lastId = `${projectNo}-${type}-${n}`
      return {
        event_id: lastId,
        event_type: type,
        project_no: projectNo,
        occurred_at: new Date(supervisor.now()).toISOString(),
        org_code: 'D1',
        window_no: 'A01',
        operator_id: 'OP1',
        operator_name: '王晓峰',
        ...fields,
      }
    },
    lastId: () => lastId,
    take(...events) {
      const items = events.map((event) => {
        const context = { source: SOURCE, now: supervisor.now(), aheadMs: 600_000, historical: null }
        const intake = toFact(event, context)
        if (!isTaken(intake)) throw new Error(`${intake.code} ${intake.at} ${intake.detail}`)
        return intake
      })
      const raws = items.map(() => null)
      return supervisor.ingest(items, raws, { source: SOURCE, by: SOURCE })
    },
    async moveTo(to) {
      clock.set(instant(to))
      await supervisor.settled()
    },
    audit: () => auditStore({ records: store, subjects }),
    close: () => supervisor.close(),
  }
}
