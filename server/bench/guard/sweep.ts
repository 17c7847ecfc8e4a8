// Every route of a running server in turn (I5): each is asked many times at once by one caller, over whatever it lists at its
// longest, or with the largest bodies it takes, and what that held is measured. The routes are asked of the server itself, so
// that a new one is measured by existing: where nothing is known of what it wants, it gets what holds every parser.

import { eventsOfOne, manyCases, openingOf } from './bodies.ts'
import { type Answered, type Door, JSON_TYPE, LINES_TYPE, post, request, type Sent } from './door.ts'
import { codeIn, EVENTS, type Load } from './load.ts'
import { bodiesFor, bringRegisters, LARGE_CASE, placesFor, type Route } from './sweep-asked.ts'

/** Asked at once by one caller. */
const AT_ONCE = 40

/** What a required parameter is given where its schema lists no choice. */
const GIVEN: Readonly<Record<string, string>> = { period: 'all', kind: 'received', name: 'x.ndjson', source: 'sweep' }

/** Parameters whose choices differ in what they cost: each is asked. */
const ASKED_ALL = ['format', 'by']

/** Queries of a route: pages as long as they may be, every choice of what is costly. */
const queriesOf = ({ query, required }: Route): string[] => {
  const base = new URLSearchParams()
  if (query.limit?.maximum !== undefined) base.set('limit', String(query.limit.maximum))
  for (const name of required) base.set(name, GIVEN[name] ?? String(query[name]?.enum?.[0] ?? 'x'))
  if (query.period !== undefined) base.set('period', 'all')
  let queries = [base]
  for (const name of ASKED_ALL) {
    const choices = query[name]?.enum
    if (choices === undefined) continue
    queries = queries.flatMap((one) =>
      choices.map((choice) => {
        const next = new URLSearchParams(one)
        next.set(name, String(choice))
        return next
      }),
    )
  }
  return queries.map((one) => (one.size === 0 ? '' : `?${one}`))
}

/** `/cases/:project_no` with the largest there is in each place. */
const pathOf = (url: string, places: Readonly<Record<string, string>>): string =>
  url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(places[`${url} ${name}`] ?? places[name] ?? '1'))

/** Those that are not the administrator's to ask. */
const KEYS: Readonly<Record<string, string>> = {
  'POST /api/v1/cards/:card_id/moves': 'supervisor',
  'POST /api/v1/cases/:project_no/urge': 'supervisor',
}

const sentTo = (route: Route, places: Readonly<Record<string, string>>, share: number): Sent[] => {
  const path = pathOf(route.url, places)
  const key = KEYS[`${route.method} ${route.url}`] ?? 'administrator'
  const queries = queriesOf(route)
  if (route.method === 'GET' || route.method === 'DELETE')
    return queries.map((query) => ({ method: route.method, path: path + query, key }))
  const bodies = bodiesFor(route, share)
  return bodies.map(({ more = '', ...body }) => ({
    method: route.method,
    path: path + (queries[0] ?? '') + more,
    key,
    ...body,
  }))
}

const told = (answers: readonly Answered[]): string => {
  const counts = new Map<string, number>()
  for (const { status, text } of answers) {
    const said = status < 400 ? String(status) : `${status} ${codeIn(text)}`
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  return [...counts].map(([said, n]) => `${n} × ${said}`).join(', ')
}

const ofRoute = (route: Route, share: number): Load => ({
  name: `h ${route.method} ${route.url}`,
  async ready(door) {
    const sent = sentTo(route, await placesFor(door), share)
    // one large body is much; many at once would measure the generator
    const times = sent[0]?.body === undefined ? Math.ceil((AT_ONCE * share) / sent.length) : 2
    return async () => {
      const asked = sent.flatMap((one) => Array.from({ length: Math.max(times, 1) }, () => request(door, one)))
      return told(await Promise.all(asked))
    }
  },
})

const send = async (door: Door, type: string, body: string): Promise<void> => {
  const { status, text } = await post(door, EVENTS, { key: 's4', type, body })
  if (status >= 300) throw new Error(`the sweep was refused: ${status} ${text.slice(0, 300)}`)
}

const CASES = 20_000
const LOT = 2_000
const OF_ONE_CASE = 1_900
const REGISTER_ROWS = 10_000

/** Twenty thousand cases and more, each past its due; one with as many events as a case may have; a register exported twice. */
export const fillForSweep = async (door: Door, share: number): Promise<void> => {
  const texts = manyCases(Math.ceil(CASES * share), 'sweep', 0)
  for (let from = 0; from < texts.length; from += LOT)
    await send(door, LINES_TYPE, `${texts.slice(from, from + LOT).join('\n')}\n`)
  const large = { projectNo: LARGE_CASE, salt: 'large' }
  await send(door, JSON_TYPE, JSON.stringify(openingOf(LARGE_CASE, 'large-o')))
  await send(door, JSON_TYPE, JSON.stringify(eventsOfOne(Math.ceil(OF_ONE_CASE * share), large)))
  await bringRegisters(door, Math.ceil(REGISTER_ROWS * share))
}

export const sweepOf = (routes: readonly Route[], share: number): Load[] => routes.map((route) => ofRoute(route, share))
