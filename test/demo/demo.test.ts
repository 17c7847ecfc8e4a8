// The demonstration at a front door: the past in lots and marked, the present at the clock, nothing lost when the door
// is busy or the line breaks, cards answered in office hours.
import { afterEach, describe, expect, it } from 'vitest'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { playCity } from '../../fixtures/city/play.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { answerDelayMs, openAnswering } from '../../server/demo/answers.ts'
import { type DemoNote, type DemoOptions, DemoRefused, runDemo } from '../../server/demo/demo.ts'
import { type FrontDoor, openFrontDoor, type Script } from './front-door.ts'
import { instant, officeCalendar } from './reckoning.ts'

const calendar = officeCalendar()
const city = makeCity(4)
const FROM = instant('2026-09-21T00:00:00+08:00')
const START = instant('2026-09-23T10:30:00+08:00')
const LATER = instant('2026-09-23T11:00:00+08:00')
const KEYS = {
  office: 'key-office',
  ...Object.fromEntries(city.sources.map((row) => [row.source, `key-${row.source}`])),
}

const doors: FrontDoor[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

const idsUntil = (until: Instant): string[] =>
  [...playCity(city, { from: FROM, until, calendar, seed: city.seed, perDay: 130 })].map(({ event }) => event.event_id)

/** Runs the demonstration until the door has taken so many events; the clock stands wherever `now` says. */
const runUntil = async (count: number, script: Script, more: Partial<DemoOptions> = {}) => {
  const stop = new AbortController()
  const notes: DemoNote[] = []
  let taken = 0
  const door = await openFrontDoor({
    ...script,
    onLot: (lot, nth) => {
      const said = script.onLot?.(lot, nth) ?? 'take'
      if (said === 'take') taken += lot.events.length
      if (taken >= count) setImmediate(() => stop.abort())
      return said
    },
  })
  doors.push(door)
  await runDemo({
    baseUrl: door.baseUrl,
    keys: KEYS,
    clock: { now: () => LATER, speed: 60 },
    calendar,
    city,
    from: FROM,
    start: START,
    perDay: 130,
    signal: stop.signal,
    onNote: (note) => notes.push(note),
    ...more,
  })
  return { door, notes }
}

const idsOf = (door: FrontDoor, historical: boolean): string[] =>
  door.taken.filter((lot) => lot.historical === historical).flatMap((lot) => lot.events.map((event) => event.event_id))

describe('the demonstration', () => {
  it('I3: the past goes in lots of at most 500 with the key of its source', async () => {
    const past = idsUntil(START)
    const { door, notes } = await runUntil(past.length, {})
    expect(idsOf(door, false).sort()).toEqual([...past].sort())
    expect(door.taken.every((lot) => lot.events.length <= 500)).toBe(true)
    expect(door.mostAtOnce()).toBe(1)
    for (const lot of door.taken)
      for (const event of lot.events)
        if (event.source_system !== 'legacy-oa') expect(`key-${event.source_system}`).toBe(lot.key)
    expect(new Set(door.taken.map((lot) => lot.key)).size).toBe(6)
    expect(notes.some((note) => note.kind === 'refused')).toBe(false)
  })

  it('I8: a past declared historical is marked, what the clock reaches afterwards is not', async () => {
    const all = idsUntil((LATER + 1) as Instant)
    const past = idsUntil(START)
    const { door } = await runUntil(all.length, {}, { historicalUntil: START })
    expect(idsOf(door, true).sort()).toEqual([...past].sort())
    expect(idsOf(door, false).sort()).toEqual(all.slice(past.length).sort())
  })

  it('I8: the historical part of the past may end before the start', async () => {
    const historicalUntil = instant('2026-09-22T12:00:00+08:00')
    const past = idsUntil(START)
    const { door } = await runUntil(past.length, {}, { historicalUntil })
    expect(idsOf(door, true).sort()).toEqual(idsUntil(historicalUntil).sort())
  })

  it('I5: busy answers and broken lines cost nothing: every lot is sent again', async () => {
    const all = idsUntil((LATER + 1) as Instant)
    const said = ['take', 'busy', 'cut', 'take', 'busy'] as const
    const { door, notes } = await runUntil(all.length, { onLot: (_, nth) => said[nth] ?? 'take' })
    expect(door.taken.flatMap((lot) => lot.events.map((event) => event.event_id)).sort()).toEqual([...all].sort())
    expect(notes.filter((note) => note.kind === 'waiting').map((note) => note.why)).toContain('503')
    expect(notes.filter((note) => note.kind === 'waiting').map((note) => note.why)).toContain('connection')
  })

  it('A1: a refused key ends it with the status, not with silence', async () => {
    await expect(runUntil(1, { onLot: () => 401 })).rejects.toThrow(DemoRefused)
  })
})

describe('the departments’ answers', () => {
  const RAISED = '2026-09-22T10:00:00+08:00'
  const prompt = (n: number) => `1103-20260922-${n}|T-02|promise`
  const soon = [1, 2, 3, 4, 5, 6].map(prompt).filter((cardId) => answerDelayMs(cardId) < 24 * 3_600_000)

  const answering = async (cardIds: readonly string[], onMove?: Script['onMove']) => {
    let now = instant(RAISED)
    const waiting = new Set(cardIds)
    const door = await openFrontDoor({
      cards: () => [...waiting].map((card_id) => ({ card_id, rule_id: 'T-02', raised_at: RAISED })),
      onMove: (move) => {
        const status = onMove?.(move) ?? 200
        if (status === 200) waiting.delete(move.cardId)
        return status
      },
    })
    doors.push(door)
    const rounds = openAnswering({
      baseUrl: door.baseUrl,
      keys: KEYS,
      clock: { now: () => now, speed: 60 },
      calendar,
      signal: new AbortController().signal,
      onNote: () => undefined,
    })
    const roundAt = async (text: string): Promise<string[]> => {
      now = instant(text)
      const before = door.moves.length
      await rounds.round()
      return door.moves.slice(before).map((move) => `${move.move} ${move.cardId}`)
    }
    return { door, roundAt }
  }

  it('C4: a card is explained when its delay is over, and closed later, with the office’s key', async () => {
    const cardId = soon[0] as string
    const { door, roundAt } = await answering([cardId])
    expect(await roundAt('2026-09-22T10:30:00+08:00')).toEqual([])
    expect(await roundAt('2026-09-23T11:00:00+08:00')).toEqual([`explain ${cardId}`])
    expect(await roundAt('2026-09-23T11:01:00+08:00')).toEqual([])
    expect(await roundAt('2026-09-24T11:30:00+08:00')).toEqual([`close ${cardId}`])
    expect(door.moves.every((move) => move.key === 'key-office' && /\p{Script=Han}{4}/u.test(move.why))).toBe(true)
  })

  it('T1: nobody explains a card at night or on a holiday', async () => {
    const { roundAt } = await answering(soon)
    expect(await roundAt('2026-09-23T22:00:00+08:00')).toEqual([])
    expect(await roundAt('2026-10-01T10:00:00+08:00')).toEqual([])
  })

  it('I5: a round moves at most twenty cards', async () => {
    const many = Array.from({ length: 60 }, (_, n) => prompt(n + 100))
    const { roundAt } = await answering(many)
    expect(await roundAt('2026-10-09T10:00:00+08:00')).toHaveLength(20)
    expect(await roundAt('2026-10-09T10:01:00+08:00')).toHaveLength(20)
  })

  it('C4: a refused move is not tried again, a busy door is', async () => {
    const refusing = await answering(soon, () => 409)
    expect(await refusing.roundAt('2026-09-23T11:00:00+08:00')).toHaveLength(soon.length)
    expect(await refusing.roundAt('2026-09-23T11:01:00+08:00')).toEqual([])
    const busy = await answering(soon, () => 503)
    expect(await busy.roundAt('2026-09-23T11:00:00+08:00')).toHaveLength(soon.length)
    expect(await busy.roundAt('2026-09-23T11:01:00+08:00')).toHaveLength(soon.length)
  })

  it('L4: a few cards are left lying for days', () => {
    const delays = Array.from({ length: 900 }, (_, n) => answerDelayMs(prompt(n)))
    const slow = delays.filter((delay) => delay > 48 * 3_600_000).length
    expect(slow).toBeGreaterThan(50)
    expect(slow).toBeLessThan(150)
  })
})
