// Cases that once showed a fault, of the product or of the model, at their smallest and by name: kept as data, so that no
// later change of the generator makes them others.

import { readFileSync } from 'node:fs'
import type { Fact } from '../../server/core/case/event.ts'
import { centreOf } from './centre.ts'
import type { GeneratedCase } from './generate.ts'
import type { Engine } from './product.ts'
import type { Row } from './world.ts'

export interface KeptCase {
  readonly name: string
  /** Which of the centre's schools. */
  readonly form: number
  readonly items: readonly Row[]
  readonly facts: readonly Fact[]
  readonly instants: readonly number[]
  readonly delivered: readonly (readonly [source: string, upTo: number])[]
}

/** A case as it is kept. */
export const keeping = (name: string, { centre, facts, instants, delivered }: GeneratedCase): KeptCase => {
  const items = [...new Set(facts.map(({ item }) => item))].flatMap(
    (code) => centre.world.tables.items?.get(code ?? '') ?? [],
  )
  return { name, form: centre.form, items, facts, instants, delivered: [...delivered] }
}

export const KEPT = (JSON.parse(readFileSync(new URL('./kept.json', import.meta.url), 'utf8')) as { cases: KeptCase[] })
  .cases

export const caseKept = (engine: Engine, { form, items, facts, instants, delivered }: KeptCase): GeneratedCase => ({
  centre: centreOf(engine, form, items),
  facts,
  instants,
  delivered: new Map(delivered),
})
