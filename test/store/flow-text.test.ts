// The text of flows beside a case: it comes back as it was, and its differences add up to the change.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLOW_KINDS, type Flow } from '../../server/core/measure/flows.ts'
import { asDay } from '../../server/core/time/instant.ts'
import { flowChange, flowsToText, textToFlows } from '../../server/store/sqlite/flow-text.ts'

const word = fc.constantFrom('', 'A', 'B', '"政务"', '@D1')
const flow: fc.Arbitrary<Flow> = fc.record({
  kind: fc.constantFrom(...FLOW_KINDS),
  on: fc.integer({ min: 20_000, max: 20_002 }).map(asDay),
  hour: fc.constantFrom(null, 0, 23),
  n: fc.constantFrom(1, -1) as fc.Arbitrary<1 | -1>,
  region: word,
  department: word,
  window: word,
  operator: word,
  item: word,
  source: word,
  member: fc.boolean(),
  code: fc.constantFrom(null, 'item:X'),
})
const flows = fc.array(flow, { maxLength: 12 })

const sums = (list: readonly (readonly (string | number)[])[]) => {
  const found = new Map<string, number>()
  for (const row of list) {
    const key = JSON.stringify(row.slice(0, 11))
    found.set(key, (found.get(key) ?? 0) + Number(row[11]))
  }
  return [...found].filter(([, n]) => n !== 0).sort()
}
const tuples = (list: readonly Flow[]) => flowChange('', flowsToText(list))

describe('flows beside a case', () => {
  it('M7: come back exactly as they were written', () => {
    fc.assert(
      fc.property(flows, (list) => {
        expect(textToFlows(flowsToText(list))).toEqual(list)
      }),
      { seed: 7 },
    )
  })

  it('M7: before + (after − before) = after, whatever the order and however often a flow stands', () => {
    fc.assert(
      fc.property(flows, flows, flows, (kept, before, after) => {
        const [old, now] = [
          [...kept, ...before],
          [...kept, ...after],
        ]
        const change = flowChange(flowsToText(old), flowsToText(now))
        expect(change.every((row) => row[11] !== 0)).toBe(true)
        expect(sums([...tuples(old), ...change])).toEqual(sums(tuples(now)))
        expect(flowChange(flowsToText(old), flowsToText([...old].reverse()))).toEqual([])
      }),
      { seed: 7 },
    )
  })
})
