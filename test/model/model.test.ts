// The model in short: seeded cases on which model and product agree line by line, the clauses and rules they met, the cases
// kept by name, and a few of the planted faults. The whole is `npm run model` and `npm run model:faults`.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { centresOf } from './centre.ts'
import { differences } from './differ.ts'
import { engineOf, HOUSE } from './engine.ts'
import { EXPECTED, tooSeldom, unexpected } from './expected.ts'
import { FAULTS } from './faults.ts'
import { caseOf } from './generate.ts'
import { caseKept, KEPT } from './kept.ts'
import { planted } from './plant.ts'
import { countInto, type Tally } from './tally.ts'

const CASES = 300
const FIRST = 1

const engine = await engineOf(HOUSE)

describe('the independent model', () => {
  it('F1 F3 F4 F5 T1-T13 M2 C2 I12 I13 I15: agrees with the product on seeded cases, and meets the clauses', () => {
    const centres = centresOf(engine)
    const totals: Tally = new Map()
    for (let seed = FIRST; seed < FIRST + CASES; seed++) {
      const one = caseOf(seed, centres)
      const tally: Tally = new Map()
      countInto(tally)
      expect(differences(engine, { ...one.centre, ...one }), `seed ${seed}`).toEqual([])
      for (const clause of tally.keys()) totals.set(clause, (totals.get(clause) ?? 0) + 1)
    }
    // fifty in twenty thousand, scaled; what is rarer still is met in the long run alone
    const seldom = EXPECTED.filter(({ often }) => often).filter(({ clause }) => (totals.get(clause) ?? 0) < 1)
    expect([seldom, unexpected(totals)]).toEqual([[], []])
  }, 180_000)

  it.each(KEPT.map((kept) => [kept.name, kept] as const))('T10 F4 F5: kept case: %s', (_, kept) => {
    const one = caseKept(engine, kept)
    expect(differences(engine, { ...one.centre, ...one })).toEqual([])
  })

  it('a clause that is met too seldom, or that no list names, is told', () => {
    const met = new Map(EXPECTED.map(({ clause }) => [clause, 50]))
    expect([tooSeldom(met, 50), unexpected(met)]).toEqual([[], []])
    met.set('T-12', 49)
    met.delete('D-06')
    met.set('T99 nobody knows', 1)
    expect([tooSeldom(met, 50).sort(), unexpected(met)]).toEqual([['D-06', 'T-12'], ['T99 nobody knows']])
  })

  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('a fault that can be planted: %s', (_, fault) => {
    const text = readFileSync(join(HOUSE, 'server/core', fault.file), 'utf8')
    expect(planted(text, fault)).not.toBe(text)
  })

  it('a fault whose text is not there is no fault', () => {
    const fault = { name: 'nothing', file: 'case/judge.ts', from: 'no such text', to: 'none' }
    expect(() => planted('some text', fault)).toThrow('stands 0 times')
    expect(() => planted('a a', { ...fault, from: 'a', to: 'b' })).toThrow('stands 2 times')
    expect(() => planted('a', { ...fault, from: 'a', to: 'a' })).toThrow('changes nothing')
  })

  it('catches every planted fault of a sample', () => {
    const command = ['--import', 'tsx', 'test/model/run-faults.ts', '--every', '20', '--cases', '120']
    const told = execFileSync(process.execPath, command, { cwd: HOUSE, encoding: 'utf8' })
    expect(told).toContain(`${Math.ceil(FAULTS.length / 20)} of ${Math.ceil(FAULTS.length / 20)} faults caught`)
  }, 180_000)
})
