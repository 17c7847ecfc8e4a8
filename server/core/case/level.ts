// At which level a case stands, by its limits alone: what waits for a delivery (I13), or is told differently (F5), is not yet
// said and lights nothing. While no event comes it never falls (J2).

import type { Finding } from '../card/card.ts'
import type { Verdict } from './ending.ts'

export type Level = 0 | 1 | 2 | 3

const LEVEL_RULES: ReadonlySet<string> = new Set(['T-01', 'T-02', 'T-03', 'T-04'])

export const levelOf = (findings: readonly Finding[], verdict: Verdict | null): Level => {
  let level: Level = 0
  for (const finding of findings) {
    // a concluded case no longer warns; what was late stays late; what waits for a delivery is not yet said (I13)
    if ((verdict !== null && (finding.level === 1 || finding.rule === 'T-01')) || finding.waits) continue
    if (LEVEL_RULES.has(finding.rule) && finding.level > level) level = finding.level
  }
  return level
}

export interface Levelled {
  readonly findings: readonly Finding[]
  readonly verdict: Verdict | null
  readonly level: Level
}

/** The level that every telling gives: what only some give is not yet said (F5). A warning is the first telling's. */
export const surelyOf = (judged: Levelled, levels: readonly Level[]): Level => {
  const warned = levelOf(
    judged.findings.filter(({ level }) => level === 1),
    judged.verdict,
  )
  const sure = Math.min(judged.level, ...levels) as Level
  return judged.level < 2 ? judged.level : sure > warned ? sure : warned
}
