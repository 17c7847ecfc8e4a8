// Reading instants in the centre's zone, and spans that run by the clock. Pure: `now` is an argument.
// Knows no calendar of working days: whatever needs one comes counted from the server.

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const options: Intl.DateTimeFormatOptions = {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }
  const made = new Intl.DateTimeFormat('en-US', options)
  formats.set(zone, made)
  return made
}

export interface LocalTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** Civil day number, 1970-01-01 = 0. */
  civil: number
  /** 0 Sunday … 6 Saturday. */
  weekday: number
}

export const localTime = (ms: number, zone: string): LocalTime => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const civil = Math.floor(Date.UTC(of('year'), of('month') - 1, of('day')) / 86_400_000)
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
    civil,
    weekday: weekdayOf(civil),
  }
}

export const weekdayOf = (civil: number): number => (((civil + 4) % 7) + 7) % 7

/** Civil day number of YYYY-MM-DD. */
export const civilOf = (on: string): number => Math.floor(Date.parse(`${on}T00:00:00Z`) / 86_400_000)

export interface CivilDate {
  year: number
  month: number
  day: number
  weekday: number
}

export const civilDate = (on: string): CivilDate => {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  return { year, month, day, weekday: weekdayOf(civilOf(on)) }
}

const two = (n: number): string => String(n).padStart(2, '0')

export const clockText = (time: LocalTime): string => `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`
export const hourText = (time: LocalTime): string => `${two(time.hour)}:${two(time.minute)}`

/** The wall time as it stands in an RFC 3339 text, read in the text's own offset: {on, at} = {"2026-04-20", "09:12"}. */
export const writtenTime = (instant: string): { on: string; at: string; seconds: string } => ({
  on: instant.slice(0, 10),
  at: instant.slice(11, 16),
  seconds: instant.slice(11, 19),
})

/** Days, hours and minutes between two instants, for spans that run by the clock. */
export interface Span {
  days: number
  hours: number
  minutes: number
  seconds: number
}

export const spanOf = (ms: number): Span => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  }
}
