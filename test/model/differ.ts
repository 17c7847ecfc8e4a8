// The differ: the model's answer about a case against the product's, at every asked instant, in the words of both.

import type { Fact } from '../../server/core/case/event.ts'
import type { Law } from '../../server/core/law/law.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { printAt } from './days.ts'
import { judgedOf, viewOf } from './judge.ts'
import { type Engine, type State, stateOf, type Told } from './product.ts'
import { cardsOf } from './rules.ts'
import type { World } from './world.ts'

/** What is told of a case at an instant: each line by its name. */
export type Lines = Readonly<Record<string, string>>

export interface Difference {
  readonly now: number
  readonly line: string
  readonly model: string
  readonly product: string
}

interface WhoLike {
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
}

const at = (instant: number | null | undefined): string =>
  instant === null || instant === undefined ? '—' : printAt(instant)
const who = ({ org, window, operator }: WhoLike): string => `${org ?? '—'}/${window ?? '—'}/${operator ?? '—'}`
const mark = (provisional: boolean): string => (provisional ? ' provisional' : '')

interface CardLike {
  readonly rule: string
  readonly occasion: string
  readonly limitAt: number
  readonly provisional: boolean
  readonly level: number
  readonly waits: boolean
}

const putCard = (
  lines: Record<string, string>,
  card: CardLike,
  untyped: boolean,
  holder: WhoLike,
  contested = '',
): void => {
  // what differing firsts contest waits for another reason (F5), which the model does not weigh
  const waiting = untyped ? ' untyped' : contested === '' ? '' : ' contested'
  const marks = `${mark(card.provisional)}${card.waits ? ' waits' : ''}${waiting}`
  lines[`${card.rule} ${card.occasion}`] = `${at(card.limitAt)} level ${card.level}${marks} ${who(holder)}`
}

/** How far each batch source has delivered (I13). */
export type Delivered = ReadonlyMap<string, number>

export const modelLines = ({ world, facts, delivered }: Omit<Question, 'law' | 'instants'>, now: number): Lines => {
  const view = viewOf(world, facts, now, delivered)
  if (view === null) return { case: 'void' }
  const judged = judgedOf(view)
  const lines: Record<string, string> = {
    received: at(view.story.received?.at),
    accepted: `${at(judged.acceptedAt)}${judged.deemed ? ' deemed' : ''}`,
    concluded: `${at(judged.concludedAt)} ${judged.outcome ?? ''} ${judged.verdict ?? ''}`,
    promise: `${at(judged.promiseDue)}${mark(judged.promiseProvisional)}`,
    statute: `${at(judged.statuteDue)}${mark(judged.statuteProvisional)}`,
    overdue: at(judged.overdueFrom),
    paused: String(judged.paused),
  }
  for (const card of cardsOf(view)) putCard(lines, card, card.untyped, card.who)
  return lines
}

const toldLines = (told: Told): Lines => {
  const lines: Record<string, string> = {
    received: at(told.receivedAt),
    accepted: `${at(told.acceptedAt)}${told.deemed ? ' deemed' : ''}`,
    concluded: `${at(told.concluded?.at)} ${told.outcome ?? ''} ${told.verdict ?? ''}`,
    promise: `${at(told.promise?.due.dueAt)}${mark(told.promise?.due.provisional ?? false)}`,
    statute: `${at(told.statute?.due.dueAt)}${mark(told.statute?.due.provisional ?? false)}`,
    overdue: at(told.overdueFrom),
    paused: String(told.paused),
  }
  for (const finding of told.findings)
    putCard(lines, finding, finding.contested === 'item_type', finding.holder, finding.contested ?? '')
  return lines
}

const agree = (model: string | undefined, product: string | undefined): boolean =>
  product?.includes(' contested') === true
    ? model?.replace(' untyped', '') === product.replace(' contested', '')
    : model === product

const differing = (now: number, model: Lines, product: Lines): Difference[] =>
  [...new Set([...Object.keys(model), ...Object.keys(product)])]
    .filter((line) => !agree(model[line], product[line]))
    .map((line) => ({ now, line, model: model[line] ?? 'none', product: product[line] ?? 'none' }))

export interface Question {
  readonly world: World
  readonly law: Law
  readonly facts: readonly Fact[]
  readonly instants: readonly number[]
  readonly delivered: Delivered
}

/** Every line on which the model and the product do not agree. */
export const differences = (engine: Engine, question: Question): Difference[] => {
  const { law, facts, instants, delivered } = question
  const out: Difference[] = []
  let state: State | null
  try {
    state = stateOf(engine, facts, law, instants.at(-1) ?? 0)
  } catch (error) {
    return [{ now: 0, line: 'case', model: 'folded', product: `apart: ${String(error)}` }]
  }
  let turn: { readonly at: number; readonly lines: Lines; readonly model: Lines } | null = null
  for (const now of instants) {
    const model = modelLines(question, now)
    const told = state === null ? null : engine.judgeCase(state, law, now as Instant, delivered as never)
    const product = state === null || told === null ? { case: 'void' } : toldLines(told)
    // J2: what the product says it will not say anew before its next turn, the model does not either
    if (turn !== null && now < turn.at)
      for (const one of differing(now, model, turn.lines))
        if (turn.lines[one.line] === turn.model[one.line]) out.push({ ...one, line: `before its turn ${one.line}` })
    out.push(...differing(now, model, product))
    turn = told === null ? null : { at: told.nextTurnAt ?? Number.POSITIVE_INFINITY, lines: product, model }
  }
  return out
}
