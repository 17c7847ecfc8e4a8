// Stamps of files (I8): exact formats, a named zone with its changes of clocks, sheets' own dates; nothing is guessed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asInstant } from '../../server/core/time/instant.ts'
import { zoneOf } from '../../server/core/time/zone.ts'
import { formatFrom, instantFrom, readStamp } from '../../server/intake/files/moment.ts'

describe('stamps', () => {
  const ZONES = { sh: 'Asia/Shanghai', ny: 'America/New_York', utc: 'UTC' }
  const TABLE = `
    format                     | zone | written                        | instant
    iso                        | sh   | 2026-03-05T08:30:00            | 2026-03-05T00:30:00.000Z
    iso                        | sh   | 2026-03-05 08:30               | 2026-03-05T00:30:00.000Z
    iso                        | sh   | 2026-03-05                     | 2026-03-04T16:00:00.000Z
    iso                        | sh   | 2026-03-05T08:30:00.123456789Z | 2026-03-05T08:30:00.123Z
    iso                        | sh   | 2010-12-30 14:32:00+01:00      | 2010-12-30T13:32:00.000Z
    iso                        | sh   | 2010-12-30T14:32:00+0100       | 2010-12-30T13:32:00.000Z
    iso                        | sh   | 2026-02-29                     | -
    iso                        | sh   | 05/03/2026                     | -
    iso                        | sh   | 2026-03-05T24:00:00            | -
    MM/dd/yyyy hh:mm:ss a      | ny   | 01/02/2015 09:44:51 PM         | 2015-01-03T02:44:51.000Z
    MM/dd/yyyy hh:mm:ss a      | ny   | 07/02/2015 12:00:00 AM         | 2015-07-02T04:00:00.000Z
    MM/dd/yyyy hh:mm:ss a      | ny   | 07/02/2015 12:00:00 pm         | 2015-07-02T16:00:00.000Z
    MM/dd/yyyy hh:mm:ss a      | ny   | 07/02/2015 13:00:00 PM         | -
    MM/dd/yyyy hh:mm:ss a      | ny   | 7/2/2015 1:00:00 PM            | -
    M/d/yyyy h:mm:ss a         | ny   | 7/2/2015 1:00:00 PM            | 2015-07-02T17:00:00.000Z
    yyyy-dd-MM'T'HH:mm:ss.SSS  | utc  | 2019-19-12T15:13:05.114        | 2019-12-19T15:13:05.114Z
    yyyy/MM/dd HH:mm:ss.SSS    | utc  | 2016/02/01 13:23:52.5          | 2016-02-01T13:23:52.500Z
    dd-MMM-yy HH.mm            | utc  | 30-DEC-10 11.02                | 2010-12-30T11:02:00.000Z
    yyyy年M月d日 ah点mm分        | sh   | 2026年3月5日 下午2点05分          | 2026-03-05T06:05:00.000Z
    yyyyMMddHHmmssXXX          | sh   | 20260305083000+08:00           | 2026-03-05T00:30:00.000Z
    epoch_ms                   | sh   | 1772670600000                  | 2026-03-05T00:30:00.000Z
    epoch_s                    | sh   | 1772670600                     | 2026-03-05T00:30:00.000Z
    sheet_days                 | sh   | 46086.354166666664             | 2026-03-05T00:30:00.000Z
    yyyy-MM-dd HH:mm           | ny   | 2015-03-08 02:30               | 2015-03-08T07:30:00.000Z
    yyyy-MM-dd HH:mm           | ny   | 2015-11-01 01:30               | 2015-11-01T05:30:00.000Z`
  const rows = TABLE.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()) as [string, keyof typeof ZONES, string, string])

  it.each(rows)('I8: %s in %s: %s → %s', (name, zone, written, instant) => {
    const format = formatFrom(name)
    const stamp = format === null ? null : readStamp(written, [format])
    const at = stamp === null ? null : instantFrom(stamp, zoneOf(ZONES[zone]))
    expect(at === null ? '-' : new Date(at).toISOString()).toBe(instant)
  })

  it("I8: a sheet's own date is wall time of the zone; without a zone it is no instant", () => {
    const stamp = readStamp(new Date(Date.UTC(2026, 2, 5, 8, 30)), [])
    if (stamp === null) throw new Error('not read')
    expect(instantFrom(stamp, zoneOf('Asia/Shanghai'))).toBe(Date.UTC(2026, 2, 5, 0, 30))
    expect(instantFrom(stamp, null)).toBe(null)
  })

  it.each(['', 'HH:mm', 'yyyy-MM', 'dd'])('I8: "%s" is no format of a date', (name) => {
    expect(formatFrom(name)).toBe(null)
  })

  it('I8: what a format prints it reads back, at any instant and in zones with changes of clocks', () => {
    const format = formatFrom('yyyy-MM-dd HH:mm:ss.SSSXXX')
    const zones = [zoneOf('Asia/Shanghai'), zoneOf('America/New_York'), zoneOf('Europe/Amsterdam')]
    const two = (n: number, width = 2): string => String(n).padStart(width, '0')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.constantFrom(...zones), (ms, zone) => {
        const offset = zone.offsetMinutes(asInstant(ms))
        const wall = new Date(ms + offset * 60_000).toISOString().slice(0, 23).replace('T', ' ')
        const size = Math.abs(offset)
        const written = `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
        const stamp = format === null ? null : readStamp(written, [format])
        return stamp !== null && instantFrom(stamp, null) === ms
      }),
      { seed: 8 },
    )
  })
})
