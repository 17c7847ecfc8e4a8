// `mingjing demo`: an invented city on the embedded database, fed through the same door as any: keys, catalogue, a past,
// then a day at speed, without end. Its folder is made anew at each start and never a folder of somebody else's data.

import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { readSettings, SettingError } from '../config.ts'
import { printInstant } from '../core/time/civil.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { DEMO_SEED, type DemoNote, runDemo } from '../demo/demo.ts'
import { makeDataFolder } from '../office/folder.ts'
import { addKey } from '../office/keys.ts'
import { openServing, type Serving } from '../serve.ts'
import { endBroken, endServing, untilTold } from './serve.ts'

const CLOCK = '2026-09-29T10:30:00+08:00x60'
const FOLDER = join('data', 'demo')
const MARK = 'made-by-mingjing-demo'
/** Working days of past: about a quarter, so that the quarter's rate stands on something. */
const PAST_WORK_DAYS = 60
/** Limits passed within the last two working days have cards that wait for an answer; older ones are of record. */
const SUPERVISED_WORK_DAYS = 2
const PER_DAY = 130
const PER_DAY_LIVE = 400

/** Empties the demonstration's own folder; refuses one that holds anything else. */
const freshFolder = (folder: string): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARK))) {
      throw new SettingError(
        `${folder} 不是演示目录，未作改动。 ${folder} was not made by the demonstration; it was left alone.`,
      )
    }
    rmSync(folder, { recursive: true })
  }
  makeDataFolder(folder)
  writeFileSync(join(folder, MARK), '')
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const tell = (note: DemoNote): void => {
  if (note.kind === 'loading') say(`  … ${note.events}`)
  else if (note.kind === 'loaded') {
    const { accepted, known, rejected } = note.tally
    say(
      `往期已载入 the past is in: ${accepted} accepted, ${known} known, ${rejected} rejected. 实时播放开始 playing live.`,
    )
  } else if (note.kind === 'waiting') say(`  ${note.why}, ${note.seconds} s`)
  else if (note.kind === 'refused') say(`  refused: ${note.what} ${note.status}`)
}

const postCatalogue = async (url: string, key: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${url}/api/v1/catalogue`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the catalogue was refused: ${await answer.text()}`)
}

const makeKeys = async (
  serving: Serving,
  sources: readonly string[],
  now: Instant,
): Promise<Record<string, string>> => {
  const keys: Record<string, string> = {}
  for (const source of sources) keys[source] = (await addKey(serving.keys, { source, historical: true }, now)).key
  keys.office = (await addKey(serving.keys, { role: 'supervisor', note: '演示部门' }, now)).key
  keys.administrator = (await addKey(serving.keys, { role: 'administrator', note: '演示管理员' }, now)).key
  await serving.keysChanged()
  return keys
}

export const runDemoCommand = async (flags: Record<string, unknown>): Promise<void> => {
  const settings = readSettings({ data: FOLDER, clock: CLOCK, ...flags })
  const city = makeCity(flags.seed === undefined ? DEMO_SEED : Number(flags.seed))
  freshFolder(settings.data)
  const serving = await openServing({ settings, anonymous: 'leader', onBroken: endBroken })
  const { supervisor } = serving
  const start = supervisor.now()
  const calendar = supervisor.law.homeCalendar
  const keys = await makeKeys(
    serving,
    city.sources.map(({ source }) => source),
    start,
  )
  const today = calendar.dayOf(start)
  const supervisedFrom = calendar.startOf(calendar.addWorkDays(today, -SUPERVISED_WORK_DAYS))
  const settled = { supervised_from: printInstant(supervisedFrom, calendar.zone) }
  await postCatalogue(serving.url, keys.administrator ?? '', { ...city.catalogue, settings: settled })
  say(`明镜演示 the demonstration: ${serving.url}/wall`)
  say(
    `虚构城市、虚构人员，监察时钟 ${settings.clock.speed} 倍速。 Invented city and people; the clock runs at ×${settings.clock.speed}. Ctrl+C ends it.`,
  )
  const stop = new AbortController()
  const from = calendar.startOf(calendar.addWorkDays(today, -PAST_WORK_DAYS))
  const playing = runDemo({
    baseUrl: serving.url,
    keys,
    clock: { now: () => supervisor.now(), speed: settings.clock.speed },
    calendar,
    city,
    from,
    start,
    historicalUntil: asInstant(from),
    perDay: PER_DAY,
    perDayLive: PER_DAY_LIVE,
    signal: stop.signal,
    onNote: tell,
  })
  playing.catch(endBroken)
  await untilTold()
  stop.abort()
  await endServing({
    async close() {
      await playing
      await serving.close()
    },
  })
}
