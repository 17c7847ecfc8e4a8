// How much the one line takes at a time: events that may wait, events of a batch, cases kept, cases judged in a slice or
// weighed, and how soon a store that took nothing is tried again.

export interface SupervisorLimits {
  readonly queueEvents: number
  readonly batchEvents: number
  readonly cachedCases: number
  readonly sliceCases: number
  /** Cases looked at, at most, when it is asked what taking back an import would do. */
  readonly weighedCases: number
  /** Real ms after a failed commit until the store is tried again; doubled with every failure. */
  readonly probeMs: number
}

export const DEFAULT_LIMITS: SupervisorLimits = {
  queueEvents: 50_000,
  batchEvents: 500,
  cachedCases: 8_000,
  sliceCases: 200,
  weighedCases: 5_000,
  probeMs: 1_000,
}
