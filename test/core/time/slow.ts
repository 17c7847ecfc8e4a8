// The slow oracle: the time law read off the page and walked day by day, or minute by minute for office hours.
// It shares no line with the engine: dates are ISO texts, days off a plain set, and nothing is looked up in a table.

const DAY = 86_400_000
const MINUTE = 60_000

const toMs = (date: string): number => Date.parse(`${date}T00:00:00Z`)
export const shift = (date: string, days: number): string =>
  new Date(toMs(date) + days * DAY).toISOString().slice(0, 10)

export interface SlowWorld {
  readonly off: ReadonlySet<string>
  readonly makeup: ReadonlySet<string>
}

export interface SlowPause {
  readonly from: string
  readonly to: string
}

export interface SlowQuestion {
  /** `YYYY-MM-DDTHH:MM`, local time of a zone without daylight saving. */
  readonly start: string
  readonly unit: 'WD' | 'ND' | 'M' | 'H' | '0'
  readonly value: number
  readonly extend: number
  readonly countAcceptanceDay: boolean
  readonly pauses: readonly SlowPause[]
}

export function worldOf(days: readonly { on: string; kind: 'off' | 'work' }[]): SlowWorld {
  return {
    off: new Set(days.filter((d) => d.kind === 'off').map((d) => d.on)),
    makeup: new Set(days.filter((d) => d.kind === 'work').map((d) => d.on)),
  }
}

/** T1. */
export function works(world: SlowWorld, date: string): boolean {
  if (world.off.has(date)) return false
  const weekday = new Date(toMs(date)).getUTCDay()
  return world.makeup.has(date) || (weekday !== 0 && weekday !== 6)
}

export const dateOf = (stamp: string): string => stamp.slice(0, 10)

/** Next working day, this one included. */
function firstWork(world: SlowWorld, from: string): string {
  let date = from
  while (!works(world, date)) date = shift(date, 1)
  return date
}

/** Does a pause keep this day from counting? Its first day counts as used, its last one does not (T5). */
const stands = (q: SlowQuestion, date: string): boolean =>
  q.pauses.some(({ from, to }) => {
    const begins = dateOf(from) < dateOf(q.start) ? dateOf(q.start) : dateOf(from)
    return begins < date && date <= dateOf(to)
  })

/** Nothing is left: while a pause begun by then stands, the due day is the first working day on or after its end. */
function waitForPauses(world: SlowWorld, q: SlowQuestion, due: string): string {
  let date = due
  for (;;) {
    const open = q.pauses.find(({ from, to }) => dateOf(from) <= date && dateOf(to) > date)
    if (open === undefined) return date
    date = firstWork(world, dateOf(open.to))
  }
}

function walkWorkDays(world: SlowWorld, q: SlowQuestion, from: { after: string; n: number }): string {
  let date = from.after
  for (let used = 0; used < from.n; ) {
    date = shift(date, 1)
    if (works(world, date) && !stands(q, date)) used++
  }
  return waitForPauses(world, q, date)
}

function monthEnd(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function sameNumber(date: string, months: number): string {
  let [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  for (let i = 0; i < months; i++) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
  const day = Math.min(Number(date.slice(8)), monthEnd(year, month))
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function walkNaturalDays(world: SlowWorld, q: SlowQuestion, days: number): string {
  let date = dateOf(q.start)
  for (let used = 0; used < days; ) {
    date = shift(date, 1)
    if (!stands(q, date)) used++
  }
  return waitForPauses(world, q, firstWork(world, date))
}

/** The due day of a limit in days. */
export function slowDueDay(world: SlowWorld, q: SlowQuestion): string {
  const accept = dateOf(q.start)
  if (q.unit === 'WD') {
    if (!q.countAcceptanceDay) return walkWorkDays(world, q, { after: accept, n: q.value + q.extend })
    return walkWorkDays(world, q, { after: shift(accept, -1), n: q.value + q.extend })
  }
  let due: string
  if (q.unit === '0') {
    const open = works(world, accept) && q.start.slice(11, 16) <= '17:30'
    due = waitForPauses(world, q, open ? accept : firstWork(world, shift(accept, 1)))
  } else {
    const natural = q.unit === 'ND' ? q.value : (toMs(sameNumber(accept, q.value)) - toMs(accept)) / DAY
    due = walkNaturalDays(world, q, natural)
  }
  return q.extend === 0 ? due : walkWorkDays(world, q, { after: due, n: q.extend })
}

const OPEN: readonly (readonly [number, number])[] = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60 + 30],
]

const minutesOf = (stamp: string): number => Date.parse(`${stamp}Z`) / MINUTE

/** The due minute of office hours, `YYYY-MM-DDTHH:MM`; all stamps whole minutes. */
export function slowDueMinute(world: SlowWorld, q: SlowQuestion): string {
  const pauses = q.pauses.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const)
  const officeDay = 7 * 60
  let left = q.value * 60 + q.extend * officeDay
  let minute = minutesOf(q.start)
  let open = works(world, dateOf(q.start))
  while (left > 0) {
    const clock = minute % 1440
    if (clock === 0) open = works(world, new Date(minute * MINUTE).toISOString().slice(0, 10))
    const counts =
      open &&
      OPEN.some(([from, to]) => from <= clock && clock < to) &&
      !pauses.some(([from, to]) => from <= minute && minute < to)
    if (counts) left--
    minute++
  }
  return new Date(minute * MINUTE).toISOString().slice(0, 16)
}
