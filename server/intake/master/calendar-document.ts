// Calendars and notices of a document that stands as it is written (T1a): how far each reaches, and what of it whoever loads
// it must have said yes to. The places are pointers, for a document has no lines. Changes nothing of the document but the
// choice that was made for its notices.

import type { CalendarFile, NoticeFile } from '../../contract/catalogue.ts'
import type { CalendarCoverage, MasterFault } from '../../contract/master.ts'
import type { Steps } from '../../core/steps.ts'
import { type InForce, isWrongWork, statutoryOf, weighNotice, weighWhole } from './calendar-weighed.ts'
import { masterFault } from './faults.ts'

export interface WeighedDocument {
  readonly coverage: CalendarCoverage[]
  /** For which it is refused whole. */
  readonly faults: MasterFault[]
  /** Days that are not taken as they are said. */
  readonly kept: MasterFault[]
  readonly body: Record<string, unknown>
}

const at = (field: string, table: string) => ({ place: null, table, field })

const wrongWork = (days: CalendarFile['days'], statutory: string | null, pointer: string): MasterFault[] =>
  days.flatMap((day, i) =>
    isWrongWork(statutory, day)
      ? [masterFault('statutory_work', at(`${pointer}/days/${i}/kind`, pointer.split('/')[1] ?? ''), day.on)]
      : [],
  )

/** Stops after each calendar and notice (I5). */
export function* weighDocument(document: Record<string, unknown>, inForce: InForce): Steps<WeighedDocument> {
  const weighed: WeighedDocument = { coverage: [], faults: [], kept: [], body: { ...document } }
  for (const [i, file] of ((document.calendars ?? []) as CalendarFile[]).entries()) {
    yield
    const pointer = `/calendars/${i}`
    const former = inForce.current(file.calendar_id)?.statutory
    const frame = file.statutory === undefined && former !== undefined ? { ...file, statutory: former } : file
    weighed.kept.push(...wrongWork(file.days, statutoryOf(frame, inForce.current), pointer))
    const { coverage, faults } = weighWhole(file, 'stated', at(pointer, 'calendars'), inForce)
    weighed.coverage.push(coverage)
    weighed.faults.push(...faults)
  }
  const notices: NoticeFile[] = []
  for (const [i, written] of ((document.notices ?? []) as NoticeFile[]).entries()) {
    yield
    const pointer = `/notices/${i}`
    const known = inForce.current(written.calendar_id)
    if (known === null) {
      // the law itself says that there is none
      notices.push(written)
      continue
    }
    const statutory = statutoryOf(written.statutory === undefined ? known : written, inForce.current)
    weighed.kept.push(...wrongWork(written.days, statutory, pointer))
    const { notice, coverage, faults } = weighNotice(written, known, at(pointer, 'calendars'), inForce)
    weighed.coverage.push(coverage)
    weighed.faults.push(...faults)
    notices.push(notice)
  }
  if (notices.length > 0) weighed.body.notices = notices
  return weighed
}
