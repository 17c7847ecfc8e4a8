// The cards a board shows: yellow and red ones without an answer, all of them, in the orders in which they are looked at;
// those that somebody is to lift or keep; of the others raised today, the newest. Orders are kept and not made anew: a
// board is drawn many times a second, and thousands may wait. Rules: L1, L4, C4, C5.

import type { Card } from '../core/card/card.ts'
import { isStanding, isWaiting } from '../core/card/standing.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'

const PAGE_CARDS = 300
/** A morning on which a hundred thousand cases are warned must not live in memory, nor be sorted four times a second. */
const MOST_OTHERS = 300

type Order = (a: Card, b: Card) => number

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const newestFirst: Order = (a, b) => b.raisedAt - a.raisedAt || byText(a.cardId, b.cardId)
const oldestLimit: Order = (a, b) => a.limitAt - b.limitAt || byText(a.cardId, b.cardId)
const worstAndOldestLimit: Order = (a, b) => b.level - a.level || oldestLimit(a, b)

/** Somebody is to decide whether it is lifted: it stands, and its unit has nothing to answer. */
const isToLift = (card: Card): boolean => card.state === 'to_lift' && card.level >= 2 && !card.ofRecord

/** Cards of a block at most: putting one among a hundred thousand moves no more of them than these. */
const MOST_OF_BLOCK = 512

/** Cards in one order, in blocks; putting and taking away seek their place by halves. */
class Ordered {
  /** None is empty. */
  readonly #blocks: Card[][] = []
  readonly #order: Order
  constructor(cards: Card[], order: Order) {
    this.#order = order
    cards.sort(order)
    for (let from = 0; from < cards.length; from += MOST_OF_BLOCK / 2)
      this.#blocks.push(cards.slice(from, from + MOST_OF_BLOCK / 2))
  }
  get isEmpty(): boolean {
    return this.#blocks.length === 0
  }
  get count(): number {
    let count = 0
    for (const block of this.#blocks) count += block.length
    return count
  }
  get top(): Card | null {
    return this.#blocks[0]?.[0] ?? null
  }
  put(card: Card): void {
    const index = this.#blockOf(card)
    const block = this.#blocks[index]
    if (block === undefined) {
      this.#blocks.push([card])
      return
    }
    block.splice(this.#placeOf(block, card), 0, card)
    if (block.length > MOST_OF_BLOCK) this.#blocks.splice(index + 1, 0, block.splice(MOST_OF_BLOCK / 2))
  }
  /** `card` must be the very one that was put. */
  remove(card: Card): void {
    const index = this.#blockOf(card)
    const block = this.#blocks[index]
    if (block === undefined) return
    const place = this.#placeOf(block, card)
    if (block[place] !== card) return
    block.splice(place, 1)
    if (block.length === 0) this.#blocks.splice(index, 1)
  }
  /** The first so many of those wanted. */
  first(isWanted: (card: Card) => boolean, most: number): Card[] {
    const found: Card[] = []
    for (const block of this.#blocks)
      for (const card of block) {
        if (found.length >= most) return found
        if (isWanted(card)) found.push(card)
      }
    return found
  }
  /** The first block whose last card does not come before this one; else the last block. */
  #blockOf(card: Card): number {
    const place = firstNotBefore(this.#blocks.length, (at) => this.#order(this.#blocks[at]?.at(-1) as Card, card))
    return Math.max(0, Math.min(place, this.#blocks.length - 1))
  }
  #placeOf(block: readonly Card[], card: Card): number {
    return firstNotBefore(block.length, (at) => this.#order(block[at] as Card, card))
  }
}

/** Of `count` places in order the first that does not come before something; `order` compares the one at a place with it. */
const firstNotBefore = (count: number, order: (at: number) => number): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (order(middle) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** A card that a board may show beside the waiting ones: raised today, and still standing. */
const isFresh = (card: Card, since: Instant): boolean =>
  card.raisedAt >= since && !card.ofRecord && isStanding(card) && card.state !== 'to_lift' && card.state !== 'closed'

const addTo = (counts: Map<string, number>, key: string, n: number): void => {
  const now = (counts.get(key) ?? 0) + n
  if (now === 0) counts.delete(key)
  else counts.set(key, now)
}

export class ShownCards {
  readonly #since: Instant
  readonly #waiting: Map<string, Card>
  /** The waiting ones as they are looked at: what weighs most, what is oldest, what has just come. */
  readonly #gravest: Ordered
  readonly #oldest: Ordered
  readonly #newest: Ordered
  readonly #toLift = new Ordered([], worstAndOldestLimit)
  readonly #liftable = new Map<string, Card>()
  readonly #byWindow = new Map<string, Ordered>()
  readonly #byDepartment = new Map<string, number>()
  /** Of them the cards of members of joint handlings (M1). */
  readonly #ofMembers = new Map<string, number>()
  /** Oldest first. */
  readonly #others = new Map<string, Card>()

  /** @param since start of the day; @param waiting cards without an answer, each once */
  constructor(since: Instant, waiting: readonly Card[]) {
    this.#since = since
    this.#waiting = new Map(waiting.map((card) => [card.cardId, card]))
    this.#gravest = new Ordered(waiting.slice(), worstAndOldestLimit)
    this.#oldest = new Ordered(waiting.slice(), oldestLimit)
    this.#newest = new Ordered(waiting.slice(), newestFirst)
    const windows = new Map<string, Card[]>()
    for (const card of waiting) {
      this.#count(card, 1)
      const { window } = card.holder
      if (window === null) continue
      const cards = windows.get(window)
      if (cards === undefined) windows.set(window, [card])
      else cards.push(card)
    }
    for (const [window, cards] of windows) this.#byWindow.set(window, new Ordered(cards, worstAndOldestLimit))
  }

  put(card: Card): void {
    const before = this.#waiting.get(card.cardId)
    if (before !== undefined) this.#take(before)
    this.#putLiftable(card)
    if (isWaiting(card)) {
      this.#others.delete(card.cardId)
      this.#add(card)
    } else if (!isFresh(card, this.#since)) this.#others.delete(card.cardId)
    else {
      this.#others.set(card.cardId, card)
      const [oldest] = this.#others.keys()
      if (this.#others.size > MOST_OTHERS && oldest !== undefined) this.#others.delete(oldest)
    }
  }

  /** How many of a department wait. */
  waitingOf(department: string): number {
    return this.#byDepartment.get(department) ?? 0
  }

  /** Of these the ones on members of joint handlings, which no sum across departments bears (M1). */
  membersWaitingOf(department: string): number {
    return this.#ofMembers.get(department) ?? 0
  }

  /** Departments with cards that wait; `-` where a card is of none. */
  departments(): Iterable<string> {
    return this.#byDepartment.keys()
  }

  /** How many cards wait for a window. */
  countOfWindow(window: string): number {
    return this.#byWindow.get(window)?.count ?? 0
  }

  /** Of those the worst, and of such the one with the earliest limit. */
  topOfWindow(window: string): Card | null {
    return this.#byWindow.get(window)?.top ?? null
  }

  /**
   * Of the waiting cards at most so many: most of them the gravest with the oldest limits, always some of the oldest of
   * any level, and some that have just come.
   */
  waiting(isWanted: (card: Card) => boolean, most: number): Card[] {
    const some = Math.ceil(most / 5)
    const found = new Set([...this.#newest.first(isWanted, some), ...this.#oldest.first(isWanted, some)])
    for (const card of this.#gravest.first(isWanted, most)) if (found.size < most) found.add(card)
    return [...found].sort(worstAndOldestLimit)
  }

  /** Cards that somebody is to lift or keep, the worst and oldest first. */
  toLift(isWanted: (card: Card) => boolean, most: number): Card[] {
    return this.#toLift.first(isWanted, most)
  }

  /** Of the other cards raised today, the newest, newest first. */
  others(isWanted: (card: Card) => boolean): Card[] {
    return [...this.#others.values()].filter(isWanted).sort(newestFirst)
  }

  #add(card: Card): void {
    this.#waiting.set(card.cardId, card)
    for (const order of [this.#gravest, this.#oldest, this.#newest]) order.put(card)
    this.#count(card, 1)
    const { window } = card.holder
    if (window === null) return
    const cards = this.#byWindow.get(window)
    if (cards === undefined) this.#byWindow.set(window, new Ordered([card], worstAndOldestLimit))
    else cards.put(card)
  }

  #take(card: Card): void {
    this.#waiting.delete(card.cardId)
    for (const order of [this.#gravest, this.#oldest, this.#newest]) order.remove(card)
    this.#count(card, -1)
    const { window } = card.holder
    if (window === null) return
    const cards = this.#byWindow.get(window)
    cards?.remove(card)
    if (cards?.isEmpty === true) this.#byWindow.delete(window)
  }

  #putLiftable(card: Card): void {
    const before = this.#liftable.get(card.cardId)
    if (before !== undefined) {
      this.#liftable.delete(card.cardId)
      this.#toLift.remove(before)
    }
    if (!isToLift(card)) return
    this.#liftable.set(card.cardId, card)
    this.#toLift.put(card)
  }

  #count({ department, member }: Card, n: number): void {
    addTo(this.#byDepartment, department, n)
    if (member) addTo(this.#ofMembers, department, n)
  }
}

type Page = Awaited<ReturnType<Records['listCards']>>

/** All cards that a query finds. */
const readAll = async (records: Records, query: { waiting: true } | { state: 'to_lift' }): Promise<Card[]> => {
  const found: Card[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: Page = await records.listCards({ ...query, limit: PAGE_CARDS, ...(after === '' ? {} : { after }) })
    for (const { card } of page.rows) found.push(card)
    after = page.next
  }
  return found
}

/** Reads the cards a board of this day shows. */
export const loadCards = async (records: Records, since: Instant): Promise<ShownCards> => {
  const shown = new ShownCards(since, await readAll(records, { waiting: true }))
  for (const card of await readAll(records, { state: 'to_lift' })) shown.put(card)
  const fresh: Card[] = []
  for (let after: string | null = ''; after !== null && fresh.length < MOST_OTHERS; ) {
    const page: Page = await records.listCards({ limit: PAGE_CARDS, ...(after === '' ? {} : { after }) })
    for (const { card } of page.rows) if (!isWaiting(card) && isFresh(card, since)) fresh.push(card)
    // rows lie in the order in which their cards were raised
    const last = page.rows[page.rows.length - 1]
    after = last === undefined || last.card.raisedAt < since ? null : page.next
  }
  for (const card of fresh.slice(0, MOST_OTHERS).reverse()) shown.put(card)
  return shown
}
