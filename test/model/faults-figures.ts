// Faults in what the figures make of cards that wait, stand as told, or were decided about (M1, C5, F5).

import { type Fault, fault } from './plant.ts'

export const FIGURES: readonly Fault[] = [
  fault(
    'C5 what is asked about is in time by the facts',
    'card/lateness.ts',
    'late.find(isCounted)',
    "late.find((card) => isCounted(card) && card.state !== 'to_lift')",
  ),
  fault(
    'C5 what is kept is in time by the facts',
    'card/lateness.ts',
    'late.find(isCounted)',
    "late.find((card) => isCounted(card) && card.lift?.decided !== 'keep')",
  ),
  fault(
    'M1 what waits is late',
    'card/lateness.ts',
    "return { kind: 'waits', from: byCard ? asInstant(waiting.limitAt + 1) : overdueFrom }",
    "return { kind: 'late', from: byCard ? asInstant(waiting.limitAt + 1) : overdueFrom, who: null }",
  ),
  fault(
    'F5 what was declined is late all the same',
    'card/lateness.ts',
    'own.contested !== null && judged.inTimeBySome',
    'own.contested !== null && judged.inTimeBySome && false',
  ),
  fault(
    'F5 C5 a telling that comes too late takes what was told out by itself',
    'card/change.ts',
    'if (doubted !== null) return doubted',
    "if (doubted !== null && doubted.state === 'lifted') return doubted",
  ),
  fault('F5 five tellings are all', 'case/rivals.ts', '!state.rivalsBeyond && ', ''),
  fault(
    'C5 what was declined once is declined for ever',
    'card/declined.ts',
    'if (own === undefined || coveringOf(own).length === 0) return finding',
    'if (own === undefined) return finding\n  if (declined.length > 0) return null',
  ),
  fault(
    'C5 what was declined is told again with the limit that was declined',
    'card/declined.ts',
    'if (further !== null) return { ...finding, limitAt: further.limitAt, holder: further.holder, basis: further.basis }',
    'if (further !== null) return finding',
  ),
  fault(
    'C5 what was declined is asked about again at once',
    'card/declined.ts',
    'declined.by.every((event) => told.by.includes(event))',
    'declined.by.every((event) => told.by.includes(event)) && declined.by.length > 9',
  ),
  fault(
    'F3 what lost its last fact counts as nothing at once',
    'measure/count.ts',
    '...(struckBy(cards)?.lift?.counted ?? []),',
    '',
  ),
  fault(
    'F3 what lost its last fact and was kept counts as nothing',
    'card/lateness.ts',
    'cards.find((card) => isCounted(card) && card.lift?.counted !== undefined)',
    "cards.find((card) => card.state === 'to_lift' && card.lift?.counted !== undefined)",
  ),
  fault(
    'F3 what lost its last fact counts when it is lifted',
    'card/lateness.ts',
    'cards.find((card) => isCounted(card) && card.lift?.counted !== undefined)',
    'cards.find((card) => card.lift?.counted !== undefined)',
  ),
  fault(
    'C5 what is neither received nor accepted any more counts as nothing at once',
    'becoming.ts',
    'const lost = isBegun(judgement) ? {} : { counted: countedOf(before.flows) }',
    'const lost = {}',
  ),
]
