// What a question to the limit calculator costs before it is answered, so that no request holds the others (I5). Counted in
// look-ups of the engine: every pause and every approval is looked at for every due date that has to be found, and an
// explanation walks its days and names its pauses. Looks at the shape of the question alone, and never throws.

const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** Due dates found for one answer, beside those of its approvals. */
const RUNS = 8
/** Days and words of one explanation, as look-ups. */
const EXPLAINED = 2_000
/** Of pauses in an explanation each is sought among all. */
const SOUGHT_AT_ONCE = 10

/** The cost of one question, at least 1. */
export const costOf = (question: unknown): number => {
  if (typeof question !== 'object' || question === null) return 1
  const { pauses, extensions, explain } = question as Readonly<Record<string, unknown>>
  const stops = size(pauses)
  const words = explain === true ? EXPLAINED + Math.ceil((stops * stops) / SOUGHT_AT_ONCE) : 0
  return (RUNS + size(extensions)) * (1 + stops) + words
}

/** What one question may cost: it is answered at a stretch. */
export const MOST_COST_OF_ONE = 20_000
/** What one request may cost in all. */
export const MOST_COST = 400_000
/** Too much for one request, or for one question of it. */
export const isTooCostly = (questions: readonly unknown[]): boolean => {
  let sum = 0
  for (const question of questions) {
    const cost = costOf(question)
    sum += cost
    if (cost > MOST_COST_OF_ONE || sum > MOST_COST) return true
  }
  return false
}
