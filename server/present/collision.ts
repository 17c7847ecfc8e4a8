// A number that sources give several items (I11, 疑似撞号), as pages and lists show it: who gives which item, since when, and
// what a person has said of it. Reckons nothing.

import type { Collision, ItemTold, OwnNumber } from '../contract/numbers.ts'
import type { Fact } from '../core/case/event.ts'
import { ownerOf } from '../core/case/number.ts'
import type { Law } from '../core/law/law.ts'
import type { Calendar } from '../core/time/calendar.ts'
import type { Instant } from '../core/time/instant.ts'
import { departmentName, instantIn, itemName, sourceName } from './words.ts'

/** A fact with what stands beside it. */
export interface ToldFact {
  readonly fact: Fact
  readonly enteredAt: Instant
  readonly void: boolean
}

const itemIn = ({ fact }: ToldFact): string | null => {
  const { task_code: told } = fact.payload
  return typeof told === 'string' ? told : fact.item
}

/** The first telling of each source and item, in the order of the facts (F1). */
export const itemsTold = (facts: readonly ToldFact[], law: Law, calendar: Calendar): ItemTold[] => {
  const found = new Map<string, ItemTold>()
  for (const shown of facts) {
    const item = itemIn(shown)
    if (item === null || shown.void || shown.fact.type === 'VOID') continue
    const { source, eventId, at } = shown.fact
    const key = JSON.stringify([source, item])
    if (found.has(key)) continue
    const { name, nameEn } = itemName(law, item)
    found.set(key, {
      source,
      source_name: sourceName(law, source),
      item,
      item_name: name,
      item_name_en: nameEn,
      event_id: eventId,
      occurred_at: instantIn(calendar, at) ?? '',
      entered_at: instantIn(calendar, shown.enteredAt) ?? '',
    })
  }
  return [...found.values()]
}

/** The number as its source says it; null: a shared one. */
export const ownNumberView = (law: Law, projectNo: string): OwnNumber | null => {
  const owner = ownerOf(law.numbering.own, projectNo)
  return owner === null ? null : { ...owner, source_name: sourceName(law, owner.source) }
}

export interface CollisionParts {
  readonly projectNo: string
  readonly department: string
  readonly calendar: Calendar
  readonly status: string
  readonly facts: readonly ToldFact[]
  readonly waitingCards: number
  readonly oneCase: Collision['one_case']
}

/** When it became one: the first item of another kind came in. */
const sinceOf = (told: readonly ItemTold[]): string | null => {
  const [first] = told
  const others = told.filter(({ source, item }) => source !== first?.source && item !== first?.item)
  return others.map((each) => each.entered_at).sort()[0] ?? null
}

export const collisionView = (parts: CollisionParts, law: Law): Collision => {
  const { projectNo, department, calendar, status, facts, waitingCards, oneCase } = parts
  const { name, nameEn } = departmentName(law, department)
  const told = itemsTold(facts, law, calendar)
  return {
    project_no: projectNo,
    department,
    department_name: name,
    department_name_en: nameEn,
    status,
    told,
    since: sinceOf(told),
    waiting_cards: waitingCards,
    one_case: oneCase,
  }
}
