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
    "return { kind: 'waits', from: overdueFrom ?? asInstant(waiting.limitAt + 1) }",
    "return { kind: 'late', from: overdueFrom ?? asInstant(waiting.limitAt + 1), who: null }",
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
  fault('F5 five tellings are all', 'case/rivals.ts', ' && !state.rivalsBeyond', ''),
]
