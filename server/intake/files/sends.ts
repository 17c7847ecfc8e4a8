// What a mapping can send at all (I8, I12): `TYPE` for every type of event it can make, `TYPE.key` for every listed
// payload key it can fill. From the mapping alone, never from a file: what it cannot send is not known, not missing.

import { PAYLOAD_KEYS } from '../../contract/ingest.ts'
import { EVENT_TYPES, type EventType } from '../../core/case/event.ts'
import type { ActivityFile, CaseRuleFile, EventRuleFile, MappingFile, ValueFile } from './mapping.ts'

type Side = 'start' | 'complete'
type Values = Readonly<Record<string, ValueFile>> | undefined

const fills = (value: ValueFile): boolean =>
  typeof value === 'string' || !('const' in value) || (value.const !== null && value.const !== '')

const add = (to: Set<string>, type: EventType, ...values: readonly Values[]): void => {
  to.add(type)
  for (const { name } of PAYLOAD_KEYS[type]) {
    const isFilled = values.some((each) => {
      const value = each?.[name]
      return value !== undefined && fills(value)
    })
    if (isFilled) to.add(`${type}.${name}`)
  }
}

/** Ends of an activity that a rule's rows can stamp. */
const sidesOf = ({ at, start, complete, lifecycle, lifecycles }: EventRuleFile): ReadonlySet<Side> => {
  const sides = new Set<Side>()
  if (start !== undefined) sides.add('start')
  if (complete !== undefined) sides.add('complete')
  if (at === undefined) return sides
  if (lifecycle === undefined) return sides.add('complete')
  const lowered = Object.entries(lifecycles ?? {}).map(([name, side]) => [name.toLowerCase(), side])
  for (const side of Object.values({ start: 'start', complete: 'complete', ...Object.fromEntries(lowered) }))
    if (side !== 'skip') sides.add(side as Side)
  return sides
}

const isStep = (entry: ActivityFile): boolean => entry === 'STEP' || (typeof entry === 'object' && 'step' in entry)

const addEntry = (to: Set<string>, entry: ActivityFile, rule: EventRuleFile): void => {
  const sides = sidesOf(rule)
  if (entry === 'SKIP') return
  if (isStep(entry)) {
    const code = { step_code: 'step' }
    if (sides.has('start')) add(to, 'STEP_START', rule.payload, rule.personal, code)
    if (sides.has('complete')) add(to, 'STEP_END', rule.payload, rule.personal, code)
    return
  }
  const listed = typeof entry === 'string' ? { type: entry as EventType } : (entry as { type: EventType })
  const { at: side = 'complete', payload } = listed as { at?: Side; payload?: Values }
  // the other end of an activity leaves a row out only where a transition tells the ends apart
  if (rule.lifecycle === undefined || sides.has(side)) add(to, listed.type, payload, rule.personal)
}

const addRule = (to: Set<string>, rule: EventRuleFile): void => {
  const { type, payload } = rule
  if (type === undefined) {
    for (const entry of Object.values(rule.types ?? { '*': 'STEP' as const })) addEntry(to, entry, rule)
  } else addEntry(to, payload === undefined ? { type } : { type, payload }, rule)
}

const addCase = (to: Set<string>, { type, payload, personal }: CaseRuleFile): void => add(to, type, payload, personal)

/** Tokens in the order of the phases of the events, the keys of a type behind it. */
export const sendsOf = (mapping: Pick<MappingFile, 'case' | 'events'>): string[] => {
  const found = new Set<string>()
  for (const rule of mapping.case ?? []) addCase(found, rule)
  for (const rule of mapping.events ?? []) addRule(found, rule)
  return EVENT_TYPES.flatMap((type) => [type, ...PAYLOAD_KEYS[type].map(({ name }) => `${type}.${name}`)]).filter(
    (token) => found.has(token),
  )
}
