// Firsts that are told again and differently (F5): each telling is judged by itself, and a card above 预警 that not every one
// of them gives waits for a person. What one telling is silent on it does not contradict.

import type { Fact, Json } from '../../server/core/case/event.ts'
import { dayOf } from './days.ts'
import { type EitherOrder, eitherOrdersOf, type Story, type Telling } from './story.ts'
import { isAfter, isBare } from './told.ts'

/** So many differing tellings of firsts are weighed, the first of them: of more whatever is given waits. */
const MOST_DIFFERING = 4

type First = 'received' | 'accepted' | 'decided' | 'completed'
const TYPES: Readonly<Record<First, Fact['type']>> = {
  received: 'RECEIVE',
  accepted: 'ACCEPT',
  decided: 'DECIDE',
  completed: 'COMPLETE',
}
const SAID: Readonly<Record<First, readonly string[]>> = {
  received: ['apply_type', 'project_type', 'green_channel', 'joint_parent'],
  accepted: ['project_type', 'promise_limit', 'legal_limit', 'promise_due_at', 'legal_due_at', 'mode'],
  decided: ['result'],
  completed: ['result'],
}

const isEnd = (of: First): boolean => of === 'decided' || of === 'completed'

const sameTime = (a: Fact, b: Fact): boolean => (isBare(a) || isBare(b) ? dayOf(a.at) === dayOf(b.at) : a.at === b.at)

const NO_MARKS: ReadonlySet<Json | undefined> = new Set<Json | undefined>([false, '否', 'N', '0'])
/** A mark written as a yes is the same yes; written as a no it says nothing. */
const wordOf = (key: string, value: Json | undefined): string | null => {
  if (value === undefined || value === null) return null
  if (key === 'joint_parent') return String(value).trim() || null
  if (key !== 'green_channel') return JSON.stringify(value)
  if (NO_MARKS.has(value)) return null
  return value === true || value === '是' || value === '1' ? 'yes' : JSON.stringify(value)
}

/** The item it names, and who stood behind it. */
const namesOf = ({ payload, item, org, window, operator }: Fact): (Json | undefined)[] => [
  payload.task_code ?? item,
  org,
  window,
  operator,
]

const differs = (of: First, a: Fact, b: Fact): boolean =>
  !sameTime(a, b) ||
  namesOf(a).some((one, i) => {
    const two = namesOf(b)[i]
    return one !== null && two !== null && one !== two
  }) ||
  SAID[of].some((key) => {
    const [one, two] = [wordOf(key, a.payload[key]), wordOf(key, b.payload[key])]
    return one !== null && two !== null && one !== two
  })

/** The tellings of a first: what a refusal had ended is no end, and the acceptance that takes one back tells of no first. */
const tellingsIn = (facts: readonly Fact[], of: First): Fact[] => {
  const told: Fact[] = []
  let refusedAt: number | null = null
  let refusal: Fact | null = null
  for (const fact of facts) {
    const takesBack = fact.type === 'ACCEPT' && refusal !== null
    // of one day, one of them bare, it may have come before, and tells the acceptance again
    const isSure = takesBack && isAfter(fact, refusal)
    if (takesBack && isEnd(of)) told.length = refusedAt ?? 0
    if (fact.type === TYPES[of] && !(isSure && of === 'accepted' && told.length > 0)) told.push(fact)
    if (fact.type === 'REFUSE_ACCEPT') refusedAt ??= told.length
    if (fact.type === 'REFUSE_ACCEPT') refusal ??= fact
    if (!takesBack) continue
    refusedAt = null
    refusal = null
  }
  return told
}

/** What it says, word for word. */
const wordsOf = (of: First, fact: Fact): string =>
  JSON.stringify([fact.at, isBare(fact), ...namesOf(fact), ...SAID[of].map((key) => wordOf(key, fact.payload[key]))])

/** What is told again and differently of a first, each once, in the order of the events. */
const toldAgain = ({ facts }: Story, of: First): Fact[] => {
  const [first, ...others] = tellingsIn(facts, of)
  if (first === undefined) return []
  const differing = others.filter((fact) => differs(of, first, fact))
  const words = differing.map((fact) => wordsOf(of, fact))
  return differing.filter((_, i) => words.indexOf(words[i] as string) === i)
}

const FIRSTS: readonly First[] = ['received', 'accepted', 'decided', 'completed']

/** Of which firsts there is more than one telling (数据冲突). */
export const conflictsOf = (story: Story): (First | 'reopened')[] => [
  ...FIRSTS.filter((of) => toldAgain(story, of).length > 0),
  ...(eitherOrdersOf(story).length > 0 ? (['reopened'] as const) : []),
]

const nameOf = (fact: Fact): string => `${fact.source} ${fact.eventId}`

export interface Weighable {
  /** Whom the telling that counts follows, of each first that is told differently. */
  readonly own: readonly string[]
  readonly tellings: readonly (Telling & { readonly follows: readonly string[] })[]
  readonly areAll: boolean
}

/** What lies wholly after the end is no doubt of the case. */
const isBeforeEnd = ({ conclusion }: Story, { refusal, acceptance }: EitherOrder): boolean =>
  !isAfter(refusal, conclusion) || !isAfter(acceptance, conclusion)

type Followed = Telling & { readonly follows: readonly string[] }

/**
 * Every other telling of the case that is weighed, and whether these are all: the tellings of the firsts as the events are
 * read, and the other order of one day by the firsts that count. Where both are in doubt nobody asks what they give together.
 */
export const tellingsOf = (story: Story): Weighable => {
  const pairs = eitherOrdersOf(story)
  const inDoubt = pairs.some((pair) => isBeforeEnd(story, pair))
  let all: Followed[] = [{ unsaid: new Set(), follows: inDoubt ? ['as read'] : [] }]
  const differing = FIRSTS.flatMap((of) => toldAgain(story, of).map((fact) => ({ of, fact }))).sort(
    (a, b) => story.facts.indexOf(a.fact) - story.facts.indexOf(b.fact),
  )
  const weighed = differing.slice(0, MOST_DIFFERING)
  for (const of of FIRSTS) {
    const said = tellingsIn(story.facts, of)
    const others = weighed
      .filter((one) => one.of === of && (isEnd(of) || !isAfter(one.fact, story.conclusion)))
      .map(({ fact }) => fact)
    const [first] = said
    const following = (telling: Followed, fact: Fact): Followed => {
      const follows = [...telling.follows, nameOf(fact)]
      // what took a refusal back did so whatever the first was
      const isUnsaid = (one: Fact): boolean => one !== fact && (one === first || !story.reopenings.includes(one))
      const unsaid = new Set([...telling.unsaid, ...said.filter(isUnsaid)])
      if (isEnd(of)) return { ...telling, follows, [of]: fact, unsaid }
      // what it is silent on is as the first has it
      const { org, window, operator } = first ?? fact
      const whole = {
        ...fact,
        org: fact.org ?? org,
        window: fact.window ?? window,
        operator: fact.operator ?? operator,
      }
      const item = (fact.payload.task_code ?? fact.item) as string | null
      const retold = new Map([...(telling.retold ?? []), [fact, whole]])
      return { ...telling, follows, ...(item === null ? {} : { item }), [of]: whole, retold, unsaid }
    }
    if (first === undefined || others.length === 0) continue
    all = all.flatMap((telling) => [
      { ...telling, follows: [...telling.follows, nameOf(first)] },
      ...others.map((fact) => following(telling, fact)),
    ])
  }
  const [own, ...tellings] = all
  const [otherwise, ...further] = pairs
  const isOnePair = inDoubt && otherwise !== undefined && further.length === 0
  if (isOnePair) tellings.push({ unsaid: new Set(), otherwise, follows: ['in the other order'] })
  const isOneDoubt = !inDoubt || (isOnePair && differing.length === 0)
  return {
    own: own?.follows ?? [],
    tellings,
    areAll: differing.length === weighed.length && isOneDoubt,
  }
}
