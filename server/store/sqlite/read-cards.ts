// Reading cards and their history, and the sources. Lists page by the place of the last
// row, newest first, so that a page stays what it was while new rows come in.

import type { Card, CardMove, CardState } from '../../core/card/card.ts'
import { UNANSWERED_STATES } from '../../core/card/standing.ts'
import type { Scope } from '../../core/scope.ts'
import type { Instant } from '../../core/time/instant.ts'
import { cursorAtPlace, placeIn } from '../cursor.ts'
import type { CardQuery } from '../port.ts'
import type { Connection } from './open.ts'
import { namedIn } from './scope.ts'

type WithMoves = { card: Card; moves: CardMove[] }
type MoveTuple = [string, number, Instant, string, CardState, string, string]

const MOVE_COLUMNS = 'm.card_id, m.n, m.at, m.move, m.state, m.by_whom, m.why'
// `+`: by place and not by state, for what waits is much, and the newest page of it is near
const UNANSWERED = ` AND k.level >= 2 AND +k.state IN (${UNANSWERED_STATES.map((state) => `'${state}'`).join(', ')})
  AND k.body ->> '$.ofRecord' = 0`

const toMove = ([cardId, n, at, move, state, by, why]: MoveTuple): CardMove => ({ cardId, n, at, move, state, by, why })

/** Conditions and their values, for the few lists that filter by choice. */
function conditions(pairs: readonly (readonly [sql: string, value: string | number | undefined])[]) {
  const given = pairs.filter(([, value]) => value !== undefined)
  return { sql: given.map(([sql]) => sql).join(' AND '), values: given.map(([, value]) => value as string | number) }
}

export function prepareCardReads(db: Connection) {
  const one = db.prepare('SELECT body FROM card WHERE card_id = ?').pluck()
  const inState = db.prepare('SELECT count(*) FROM card WHERE state = ?').pluck()
  const ofThese = db
    .prepare('SELECT count(*) FROM card WHERE state = ? AND department IN (SELECT value FROM json_each(?))')
    .pluck()
  const moves = db
    .prepare(
      `SELECT ${MOVE_COLUMNS} FROM json_each(?) j CROSS JOIN card_move m ON m.card_id = j.value ORDER BY j.key, m.n`,
    )
    .raw()
  const ofSubjects = db
    .prepare(
      `SELECT k.body FROM json_each(?) j CROSS JOIN card k ON k.subject = j.value AND k.subject_kind = ?
       WHERE k.subject_kind <> 'case' ORDER BY k.id`,
    )
    .pluck()
  const ofCases = db
    .prepare(
      `SELECT k.body FROM json_each(?) j CROSS JOIN card k ON k.project_no = j.value
       WHERE k.subject_kind = 'case' ORDER BY k.id`,
    )
    .pluck()

  const withMoves = (cards: Card[]): WithMoves[] => {
    const found = new Map<string, WithMoves>(cards.map((card) => [card.cardId, { card, moves: [] }]))
    for (const t of moves.all(JSON.stringify([...found.keys()])) as MoveTuple[]) found.get(t[0])?.moves.push(toMove(t))
    return [...found.values()]
  }
  return {
    card(cardId: string): WithMoves | null {
      const body = one.get(cardId) as string | undefined
      return body === undefined ? null : (withMoves([JSON.parse(body) as Card])[0] ?? null)
    },
    count(state: CardState, within?: Scope): number {
      const named = namedIn(within)
      return (named === undefined ? inState.get(state) : ofThese.get(state, named)) as number
    },
    cardsOf(subjectKind: string, subjects: readonly string[]): Card[] {
      const keys = JSON.stringify(subjects)
      const bodies = subjectKind === 'case' ? ofCases.all(keys) : ofSubjects.all(keys, subjectKind)
      return (bodies as string[]).map((body) => JSON.parse(body) as Card)
    },
    list(query: CardQuery): { rows: WithMoves[]; next: string | null } {
      const { sql, values } = conditions([
        ['k.id < ?', placeIn(query.after) ?? Number.MAX_SAFE_INTEGER],
        ['k.state = ?', query.state],
        ['k.level = ?', query.level],
        ['k.rule = ?', query.rule],
        ['k.window = ?', query.window],
        ['k.department = ?', query.department],
        ['k.department IN (SELECT value FROM json_each(?))', namedIn(query.within)],
        [
          'k.project_no IN (SELECT value FROM json_each(?))',
          query.projectNos === undefined ? undefined : JSON.stringify(query.projectNos),
        ],
      ])
      const waiting = query.waiting === true ? UNANSWERED : ''
      const rows = db
        .prepare(`SELECT k.id, k.body FROM card k WHERE ${sql}${waiting} ORDER BY k.id DESC LIMIT ?`)
        .raw()
        .all(...values, query.limit + 1) as [number, string][]
      const page = rows.slice(0, query.limit)
      const last = page.at(-1)
      const next = rows.length > query.limit && last !== undefined ? cursorAtPlace(last[0]) : null
      return { rows: withMoves(page.map(([, body]) => JSON.parse(body) as Card)), next }
    },
  }
}

export function prepareDoorReads(db: Connection) {
  const sources = db.prepare(
    'SELECT source, last_at AS lastAt, last_event_at AS lastEventAt FROM source_seen ORDER BY source',
  )
  return { sources: () => sources.all() as { source: string; lastAt: Instant; lastEventAt: Instant }[] }
}
