// How much the one line takes at a time: events that may wait, events of a batch, cases kept, cases judged in a slice.

export interface SupervisorLimits {
  readonly queueEvents: number
  readonly batchEvents: number
  readonly cachedCases: number
  readonly sliceCases: number
}

export const DEFAULT_LIMITS: SupervisorLimits = {
  queueEvents: 50_000,
  batchEvents: 2_000,
  cachedCases: 8_000,
  sliceCases: 200,
}
