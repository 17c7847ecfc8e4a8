// The time law as a table that a person from the legal office can read, 2007–2026, calendar of China.
// rule | accepted (10:00 unless told) | limit, +N extension days, (day1) acceptance day counts | pauses | due, ~ provisional | why

export const TABLE = `
T   | accepted         | limit      | pauses                       | due              | why
T2  | 2026-03-02       | 20WD       | -                            | 2026-03-30       | an ordinary month
T2  | 2026-03-02       | 1WD        | -                            | 2026-03-03       | the next working day
T2  | 2026-03-06       | 1WD        | -                            | 2026-03-09       | Friday: over the weekend
T2  | 2026-03-07       | 1WD        | -                            | 2026-03-09       | accepted on a Saturday: day 0 is off, day 1 the Monday
T2  | 2026-03-08       | 5WD        | -                            | 2026-03-13       | accepted on a Sunday
T2  | 2026-03-02T00:00 | 5WD        | -                            | 2026-03-09       | the first minute of the day is that day
T2  | 2026-03-02T23:59 | 5WD        | -                            | 2026-03-09       | so is the last one
T2  | 2026-03-02T20:00 | 5WD        | -                            | 2026-03-09       | after closing is still day 0
T2  | 2026-03-02       | 20WD(day1) | -                            | 2026-03-27       | local rule: the acceptance day is day 1
T2  | 2026-03-07       | 5WD(day1)  | -                            | 2026-03-13       | accepted on a Saturday: day 1 is the Monday
T2  | 2026-02-14       | 5WD(day1)  | -                            | 2026-02-27       | a make-up Saturday is day 1 itself
T2  | 2026-03-02       | 1WD(day1)  | -                            | 2026-03-02       | one day that is the acceptance day
T1  | 2007-02-12       | 10WD       | -                            | 2007-03-01       | Spring Festival 2007, make-up 02-17 and 02-25
T1  | 2008-01-28       | 10WD       | -                            | 2008-02-14       | Spring Festival 2008, make-up 02-02 and 02-03
T1  | 2009-01-19       | 10WD       | -                            | 2009-02-05       | Spring Festival 2009, make-up 01-24 and 02-01
T1  | 2010-02-08       | 10WD       | -                            | 2010-02-25       | Spring Festival 2010, make-up 02-20 and 02-21
T1  | 2011-01-26       | 10WD       | -                            | 2011-02-14       | Spring Festival 2011, make-up 01-30 and 02-12
T1  | 2012-01-16       | 10WD       | -                            | 2012-02-02       | Spring Festival 2012, make-up 01-21 and 01-29
T1  | 2013-02-04       | 10WD       | -                            | 2013-02-21       | Spring Festival 2013, make-up 02-16 and 02-17
T1  | 2014-01-24       | 10WD       | -                            | 2014-02-12       | Spring Festival 2014, make-up 01-26 and 02-08
T1  | 2015-02-11       | 10WD       | -                            | 2015-03-02       | Spring Festival 2015, make-up 02-15 and 02-28
T1  | 2016-02-01       | 10WD       | -                            | 2016-02-18       | Spring Festival 2016, make-up 02-06 and 02-14
T1  | 2017-01-20       | 10WD       | -                            | 2017-02-08       | Spring Festival 2017, make-up 01-22 and 02-04
T1  | 2018-02-08       | 10WD       | -                            | 2018-02-27       | Spring Festival 2018, make-up 02-11 and 02-24
T1  | 2019-01-28       | 10WD       | -                            | 2019-02-14       | Spring Festival 2019, make-up 02-02 and 02-03
T1  | 2020-01-17       | 10WD       | -                            | 2020-02-07       | Spring Festival 2020 as amended: off to 02-02, back on 02-03
T1  | 2021-02-04       | 10WD       | -                            | 2021-02-23       | Spring Festival 2021, make-up 02-07 and 02-20
T1  | 2022-01-26       | 10WD       | -                            | 2022-02-14       | Spring Festival 2022, make-up 01-29 and 01-30
T1  | 2023-01-16       | 10WD       | -                            | 2023-02-02       | Spring Festival 2023, make-up 01-28 and 01-29
T1  | 2024-02-05       | 10WD       | -                            | 2024-02-23       | Spring Festival 2024, make-up 02-04 and 02-18
T1  | 2025-01-23       | 10WD       | -                            | 2025-02-12       | Spring Festival 2025, make-up 01-26 and 02-08
T1  | 2026-02-10       | 10WD       | -                            | 2026-03-02       | Spring Festival 2026, make-up 02-14 and 02-28
T1  | 2020-01-23       | 1WD        | -                            | 2020-02-03       | amendment of 2020: ten days off in a row
T1  | 2020-01-23       | 5WD        | -                            | 2020-02-07       | amendment of 2020
T1  | 2020-01-19       | 5WD        | -                            | 2020-02-03       | accepted on the make-up Sunday before it
T1  | 2020-06-24       | 3WD        | -                            | 2020-06-30       | Dragon Boat 2020, Sunday 06-28 works
T1  | 2020-09-30       | 5WD        | -                            | 2020-10-14       | eight days of National Day 2020, Saturday 10-10 works
T1  | 2015-09-02       | 3WD        | -                            | 2015-09-08       | Victory Day 2015, Sunday 09-06 works
T1  | 2019-04-26       | 5WD        | -                            | 2019-05-06       | May Day 2019 as amended, Sundays 04-28 and 05-05 work
T1  | 2013-01-04       | 2WD        | -                            | 2013-01-06       | Saturday 01-05 and Sunday 01-06 work
T1  | 2014-04-30       | 2WD        | -                            | 2014-05-05       | Sunday 05-04 works
T1  | 2021-09-17       | 4WD        | -                            | 2021-09-24       | Mid-Autumn 2021, Saturday 09-18 works
T1  | 2021-09-24       | 2WD        | -                            | 2021-09-27       | Sunday 09-26 works
T1  | 2023-04-21       | 5WD        | -                            | 2023-04-27       | Sunday 04-23 works before May Day
T1  | 2023-06-21       | 2WD        | -                            | 2023-06-26       | Dragon Boat 2023, Sunday 06-25 works
T1  | 2024-09-13       | 3WD        | -                            | 2024-09-19       | Saturday 09-14 works, Mid-Autumn after it
T1  | 2024-09-27       | 6WD        | -                            | 2024-10-11       | Sunday 09-29 and Saturday 10-12 work
T1  | 2025-04-25       | 4WD        | -                            | 2025-04-30       | Sunday 04-27 works
T1  | 2025-09-26       | 5WD        | -                            | 2025-10-10       | Sunday 09-28 and Saturday 10-11 work
T1  | 2026-09-18       | 7WD        | -                            | 2026-09-29       | Sunday 09-20 works, Friday 09-25 is off
T1  | 2026-05-08       | 1WD        | -                            | 2026-05-09       | Saturday 05-09 works
T13 | 2006-12-29       | 3WD        | -                            | ~2007-01-08      | before the first notice: weekends only, provisional
T13 | 2007-12-24       | 5WD        | -                            | 2007-12-29       | December 2007, the new year's notice made 12-29 work
T13 | 2011-12-28       | 3WD        | -                            | 2011-12-31       | Saturday 2011-12-31 works
T13 | 2018-12-26       | 3WD        | -                            | 2018-12-29       | December 2018: 12-29 works, 12-31 is off
T13 | 2022-12-28       | 3WD        | -                            | 2023-01-03       | over the new year 2023
T13 | 2025-12-25       | 7WD        | -                            | 2026-01-06       | over the new year 2026, Sunday 01-04 works
T13 | 2026-12-21       | 5WD        | -                            | 2026-12-28       | Monday 12-28: the last day that is certain
T13 | 2026-12-21       | 6WD        | -                            | ~2026-12-29      | Tuesday 12-29 waits for the notice of 2027: provisional
T13 | 2026-12-28       | 3WD        | -                            | ~2026-12-31      | last of December: provisional
T13 | 2026-12-30       | 5WD        | -                            | ~2027-01-07      | into 2027: weekends and New Year's Day, provisional
T13 | 2027-02-01       | 10WD       | -                            | ~2027-02-17      | beyond the coverage: the eve (5 Feb) and the third day (8 Feb) are off by statute, provisional
T13 | 2026-12-10       | 20WD       | -                            | ~2027-01-08      | begun certain, ended provisional
T4  | 2026-03-02       | 30ND       | -                            | 2026-04-01       | from the day after
T4  | 2026-03-06       | 30ND       | -                            | 2026-04-07       | a Sunday of Qingming rolls over the holiday to Tuesday
T4  | 2026-03-05       | 30ND       | -                            | 2026-04-07       | a Saturday of the holiday rolls once
T4  | 2026-09-01       | 30ND       | -                            | 2026-10-08       | 10-01 rolls over the National Day to 10-08
T4  | 2026-01-15       | 30ND       | -                            | 2026-02-14       | Saturday 02-14 works: no roll
T4  | 2026-01-16       | 30ND       | -                            | 2026-02-24       | Sunday 02-15 rolls over the festival to 02-24
T4  | 2026-02-10       | 1ND        | -                            | 2026-02-11       | one natural day
T4  | 2026-04-29       | 2ND        | -                            | 2026-05-06       | May Day rolls to 05-06
T4  | 2025-11-30       | 3M         | -                            | 2026-02-28       | no 30 February: the month end, a make-up day
T4  | 2026-01-31       | 1M         | -                            | 2026-02-28       | the end of February, a make-up Saturday
T4  | 2024-01-31       | 1M         | -                            | 2024-02-29       | leap year: 02-29
T4  | 2023-12-31       | 2M         | -                            | 2024-02-29       | accepted on a Sunday; leap February
T4  | 2026-03-31       | 6M         | -                            | 2026-09-30       | 30 September: no 31st
T4  | 2026-08-31       | 1M         | -                            | 2026-09-30       | 30 September
T4  | 2026-04-01       | 6M         | -                            | 2026-10-08       | 10-01 rolls over the National Day to 10-08
T4  | 2025-10-15       | 3M         | -                            | 2026-01-15       | same number, over the year
T4  | 2025-08-15       | 6M         | -                            | 2026-02-24       | Sunday 2026-02-15 of the festival rolls to 02-24
T4  | 2026-05-16       | 1M         | -                            | 2026-06-16       | accepted on a Saturday: same number in June
T4  | 2025-03-02       | 12M        | -                            | 2026-03-02       | a year
T4  | 2026-05-09       | 0          | -                            | 2026-05-09       | 即办 on a make-up Saturday
T4  | 2026-05-16       | 0          | -                            | 2026-05-18       | 即办 on a Saturday off: the next working day
T4  | 2026-05-15T17:30 | 0          | -                            | 2026-05-15       | at closing: still that day
T4  | 2026-05-15T17:31 | 0          | -                            | 2026-05-18       | after closing: Monday
T4  | 2026-05-15T07:00 | 0          | -                            | 2026-05-15       | before opening: that day
T4  | 2026-05-15T12:30 | 0          | -                            | 2026-05-15       | at noon: that day
T4  | 2026-09-30T18:00 | 0          | -                            | 2026-10-08       | after closing on the eve of the National Day
T4  | 2026-05-08T16:00 | 7H         | -                            | 2026-05-09T16:00 | over night to a make-up Saturday
T4  | 2026-05-11T09:00 | 7H         | -                            | 2026-05-11T17:30 | exactly one office day ends at closing
T4  | 2026-05-11T09:00 | 3H         | -                            | 2026-05-11T12:00 | ends at noon, not after the break
T4  | 2026-05-11T09:01 | 3H         | -                            | 2026-05-11T13:31 | a minute of it falls behind the break
T4  | 2026-05-11T12:00 | 1H         | -                            | 2026-05-11T14:30 | begun in the break
T4  | 2026-05-11T12:30 | 1H         | -                            | 2026-05-11T14:30 | begun in the break, later
T4  | 2026-05-11T13:30 | 4H         | -                            | 2026-05-11T17:30 | the whole afternoon
T4  | 2026-05-11T17:30 | 1H         | -                            | 2026-05-12T10:00 | at closing: from the next opening
T4  | 2026-05-11T22:00 | 1H         | -                            | 2026-05-12T10:00 | in the night
T4  | 2026-05-15T17:29 | 1H         | -                            | 2026-05-18T09:59 | one minute on Friday, the rest on Monday
T4  | 2026-05-16T10:00 | 2H         | -                            | 2026-05-18T11:00 | accepted on a day off
T4  | 2026-09-30T16:30 | 2H         | -                            | 2026-10-08T10:00 | over the National Day
T4  | 2026-02-14T16:30 | 2H         | -                            | 2026-02-24T10:00 | from a make-up day over the Spring Festival
T4  | 2026-05-11T06:00 | 14H        | -                            | 2026-05-12T17:30 | two office days
T4  | 2026-05-11T10:00 | 35H        | -                            | 2026-05-18T10:00 | a week of office hours
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-05-15       | 2026-06-08       | used 4, left 16
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-04-24T16:00 | 2026-05-20       | begun and ended on one day: nothing
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-04-25       | 2026-05-20       | ended on the Saturday: nothing is lost
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-04-27       | 2026-05-21       | one working day is lost: the day of resumption
T5  | 2026-04-20       | 20WD       | 2026-04-20T09:00..2026-04-22 | 2026-05-22       | begun on the acceptance day
T5  | 2026-04-20       | 20WD       | 2026-04-10..2026-04-22       | 2026-05-22       | begun before acceptance: counts from it
T5  | 2026-04-20       | 20WD       | 2026-04-10..2026-04-20T16:00 | 2026-05-20       | over on the acceptance day: nothing
T5  | 2026-04-20       | 20WD       | 2026-04-10..2026-04-17       | 2026-05-20       | before acceptance: nothing
T5  | 2026-04-20       | 20WD       | 2026-05-20..2026-05-25       | 2026-05-25       | begun on the due day: nothing left, due where it ends
T5  | 2026-04-20       | 20WD       | 2026-05-20..2026-05-24       | 2026-05-25       | the same, ended on a Sunday: the Monday
T5  | 2026-04-20       | 20WD       | 2026-05-21..2026-05-29       | 2026-05-20       | begun after the due day: no effect
T5  | 2026-04-20       | 20WD       | 2026-05-19..2026-05-25       | 2026-05-26       | begun the day before: one day left
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-05-08,2026-05-06..2026-05-15 | 2026-06-08       | overlapping: a union
T5  | 2026-04-20       | 20WD       | 2026-05-06..2026-05-15,2026-04-24..2026-05-08 | 2026-06-08       | the same told the other way round
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-05-06,2026-05-06..2026-05-15 | 2026-06-08       | touching on one day: a union
T5  | 2026-04-20       | 20WD       | 2026-04-24..2026-05-15,2026-04-27..2026-04-30 | 2026-06-08       | one within the other
T5  | 2026-04-20       | 20WD       | 2026-04-22..2026-04-24,2026-05-07..2026-05-12 | 2026-05-28       | two apart
T5  | 2026-04-20       | 20WD       | 2026-05-20..2026-05-22,2026-05-22..2026-05-29 | 2026-05-29       | two from the due day on: a union
T5  | 2026-04-20       | 20WD       | 2026-05-20..2026-05-22,2026-05-25..2026-05-29 | 2026-05-22       | the second after the moved due day: no effect
T5  | 2026-04-20       | 20WD       | 2026-05-15..2026-05-18,2026-05-21..2026-05-25 | 2026-05-25       | the second within the due day as moved by the first
T5  | 2026-04-20       | 10WD       | 2026-04-24..2026-05-09       | 2026-05-18       | ended on a make-up Saturday, itself not counted
T5  | 2026-04-20       | 10WD       | 2026-05-01..2026-05-05       | 2026-05-07       | wholly on the holiday: nothing
T5  | 2026-02-10       | 10WD       | 2026-02-13..2026-02-24       | 2026-03-04       | a pause over the Spring Festival
T5  | 2025-12-25       | 7WD        | 2025-12-29..2026-01-04       | 2026-01-09       | over the new year to a make-up Sunday
T5  | 2026-03-02       | 20WD(day1) | 2026-03-02T11:00..2026-03-04 | 2026-03-31       | day 1 is used, the pause begins on it
T5  | 2026-03-02       | 30ND       | 2026-03-10..2026-03-20       | 2026-04-13       | moved by ten natural days to a Saturday, then rolls
T5  | 2026-03-05       | 30ND       | 2026-03-10..2026-03-11       | 2026-04-07       | the unrolled day moves, then rolls once
T5  | 2026-03-05       | 30ND       | 2026-04-06..2026-04-10       | 2026-04-10       | begun in the roll: due where it ends
T5  | 2026-03-05       | 30ND       | 2026-04-04..2026-04-10       | 2026-04-10       | begun on the last day
T5  | 2026-03-05       | 30ND       | 2026-04-08..2026-04-10       | 2026-04-07       | begun after the rolled day: no effect
T5  | 2026-03-02       | 30ND       | 2026-03-10..2026-03-15,2026-03-12..2026-03-20 | 2026-04-13       | natural days of a union
T5  | 2025-11-30       | 3M         | 2026-01-05..2026-01-10       | 2026-03-05       | months move by natural days
T5  | 2026-05-15       | 0          | 2026-05-15T11:00..2026-05-19 | 2026-05-19       | 即办, paused on its day
T5  | 2026-05-16       | 0          | 2026-05-16T11:00..2026-05-17 | 2026-05-18       | 即办 from a Saturday, pause over before the day
T5  | 2026-05-11T09:00 | 7H         | 2026-05-11T10:00..2026-05-11T11:00 | 2026-05-12T10:00 | an hour of office time
T5  | 2026-05-11T09:00 | 7H         | 2026-05-11T12:00..2026-05-11T13:30 | 2026-05-11T17:30 | in the break: nothing
T5  | 2026-05-11T09:00 | 7H         | 2026-05-11T11:30..2026-05-12T09:30 | 2026-05-12T15:30 | over night
T5  | 2026-05-11T09:00 | 7H         | 2026-05-11T17:30..2026-05-13T09:00 | 2026-05-11T17:30 | from the due instant on: no effect
T5  | 2026-05-11T09:00 | 7H         | 2026-05-11T10:00..2026-05-11T11:00,2026-05-11T10:30..2026-05-11T11:30 | 2026-05-12T10:30 | a union by instants
T6  | 2026-04-20       | 10WD       | 2026-04-24T10:00..2026-05-09T00:00 | 2026-05-18       | eight approved days, capped at 05-09
T7  | 2026-03-02       | 20WD+10    | -                            | 2026-04-14       | extended by ten
T7  | 2026-03-02       | 20WD+15    | -                            | 2026-04-21       | joint handling, fifteen
T7  | 2026-03-02       | 20WD+10    | 2026-03-30..2026-04-10       | 2026-04-24       | a pause begun on the former due day
T7  | 2026-03-02       | 20WD+10    | 2026-04-01..2026-04-10       | 2026-04-22       | a pause within the extension
T7  | 2026-03-02       | 20WD+10    | 2026-04-15..2026-04-20       | 2026-04-14       | after the extended due day: no effect
T7  | 2026-03-05       | 30ND+10    | -                            | 2026-04-21       | working days behind the rolled day
T7  | 2026-03-05       | 30ND+10    | 2026-04-08..2026-04-10       | 2026-04-23       | a pause within them
T7  | 2025-11-30       | 3M+5       | -                            | 2026-03-06       | behind three months
T7  | 2026-05-11T09:00 | 7H+1       | -                            | 2026-05-12T17:30 | one office day more
T7  | 2026-05-15       | 0+3        | -                            | 2026-05-20       | 即办 extended
T9  | 2026-01-05       | 45WD       | -                            | 2026-03-13       | joint handling: 45 over the Spring Festival
T9  | 2026-01-05       | 45WD+15    | -                            | 2026-04-03       | and fifteen more
T9  | 2026-09-28       | 10WD       | -                            | 2026-10-16       | delivery after a grant before the National Day
T11 | 2026-09-18       | 19WD       | -                            | 2026-10-21       | planning permit on the green channel
`

export interface Row {
  readonly rule: string
  readonly accepted: string
  readonly limit: string
  readonly extend: number
  readonly countAcceptanceDay: boolean
  readonly pauses: string
  readonly due: string
  readonly provisional: boolean
  readonly why: string
}

const LIMIT = /^(0|\d+[A-Z]+)(?:\+(\d+))?(\(day1\))?$/

function rowOf(line: string): Row {
  const [rule = '', accepted = '', written = '', pauses = '', due = '', why = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const [, limit, extend, day1] = LIMIT.exec(written) ?? []
  if (limit === undefined) throw new Error(`not a row: ${line}`)
  return {
    rule,
    accepted,
    limit,
    extend: Number(extend ?? 0),
    countAcceptanceDay: day1 !== undefined,
    pauses: pauses === '-' ? '' : pauses,
    due: due.replace('~', ''),
    provisional: due.startsWith('~'),
    why,
  }
}

/** The rows under the heading. */
export const ROWS: readonly Row[] = TABLE.trim().split('\n').slice(1).map(rowOf)
