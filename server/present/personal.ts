// What of an event's payload is shown to whom (I1, A1): the table of the contract says which keys are personal, wherever their
// words lie – apart, as they are kept now, or in the body of an entry that an older engine took in. Who may not read what is
// personal is shown none of it, nor that there was any.

import type { CaseView } from '../contract/api.ts'
import type { CardView } from '../contract/card.ts'
import { PAYLOAD_KEYS } from '../contract/ingest.ts'
import type { LawView } from '../contract/master.ts'
import { MOVES } from '../core/card/procedure.ts'
import type { EventType, Fact, Json } from '../core/case/event.ts'

const PERSONAL: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(PAYLOAD_KEYS).map(([type, keys]) => [
    type,
    new Set(keys.filter((key) => key.class === 'personal').map(({ name }) => name)),
  ]),
)

/** Whether a payload key of an event type holds words about people served. */
export const isPersonalKey = (type: EventType, name: string): boolean => PERSONAL.get(type)?.has(name) === true

/** Free text stands apart, and a mark in its place: it is no value to show. */
const isMark = (type: EventType, name: string, value: Json): boolean => value === true && isPersonalKey(type, name)

/** The listed payload as a reader may see it. */
export const payloadShown = (
  { type, payload }: Pick<Fact, 'type' | 'payload'>,
  mayPersonal: boolean,
): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(payload).filter(
      ([name, value]) => !isMark(type, name, value) && (mayPersonal || !isPersonalKey(type, name)),
    ),
  )

const BY_PEOPLE: ReadonlySet<string> = new Set(MOVES)

/** Words of whoever moved a card are free text, and personal as every other; what the clock or a law did bears no words. */
const movesShown = (history: CardView['history']): CardView['history'] =>
  history.map((move) => (BY_PEOPLE.has(move.move) && move.why !== move.by ? { ...move, why: '' } : move))

/** A card as a reader may see it: who moved it, when and to what, and why only to those who may read what is personal. */
export const cardShown = <T extends Pick<CardView, 'history'>>(view: T, mayPersonal: boolean): T =>
  mayPersonal ? view : { ...view, history: movesShown(view.history) }

/** Members of views that bear what a person said in his own words, wherever they stand. */
const SAID: ReadonlySet<string> = new Set(['why', 'decided_why'])

const withoutWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SAID.has(name) && typeof member === 'string' ? '' : withoutWords(member),
    ]),
  )
}

/** What people have done, as a reader may see it: who, when and what, and why only to those who may read what is personal. */
export const actShown = <T>(view: T, mayPersonal: boolean): T => (mayPersonal ? view : (withoutWords(view) as T))

/** A declaration of whose numbers are bears in its title why, behind what it says. */
const DECLARED = /^(编号归属：[^。]*。).*$/s

/** The law as a reader may see it: its loads without the words of those who made them. */
export const lawShown = (view: LawView, mayPersonal: boolean): LawView =>
  mayPersonal
    ? view
    : {
        ...view,
        loads: view.loads.map((load) => ({
          ...actShown(load, false),
          catalogue: load.catalogue.replace(DECLARED, '$1'),
        })),
      }

/** A case as a reader may see it: its cards, and what people said of its numbers. */
export const caseShown = (view: CaseView, mayPersonal: boolean): CaseView =>
  mayPersonal
    ? view
    : {
        ...view,
        cards: view.cards.map((card) => cardShown(card, false)),
        one_case: actShown(view.one_case, false),
        proposals: actShown(view.proposals, false),
      }
