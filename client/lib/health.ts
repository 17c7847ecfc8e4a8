// How the house itself stands, from /health: its clock, cases set apart (J5), judging again or rebuilding (J6). Asked when
// a page opens and twice a minute while it is seen. A silence is null: a page then says nothing of the house.

export interface Health {
  status: 'ok' | 'degraded' | 'broken' | 'storage_full' | 'storage_failed'
  /** Instant of the supervision clock, RFC 3339. */
  now: string | null
  cases_apart: number
  rejudging: boolean
  /** Why: rules, items or calendars have changed, or only what a source can send. */
  rejudging_for?: 'law' | 'sources' | null
  rebuilding?: boolean
  broken: string | null
}

export const askHealth = async (): Promise<Health | null> => {
  try {
    const answer = await fetch('/health', { headers: { accept: 'application/json' } })
    // a broken house answers 503 and still says how it stands
    return answer.ok || answer.status === 503 ? ((await answer.json()) as Health) : null
  } catch {
    return null
  }
}

const EVERY_MS = 30_000

/** Tells how the house stands now and from time to time; stops when the answer is called. */
export const watchHealth = (tell: (health: Health | null) => void): (() => void) => {
  let open = true
  const look = async (): Promise<void> => {
    const health = await askHealth()
    if (open) tell(health)
  }
  void look()
  const timer = setInterval(() => {
    if (document.visibilityState !== 'hidden') void look()
  }, EVERY_MS)
  return () => {
    open = false
    clearInterval(timer)
  }
}

export type Trouble =
  | 'broken'
  | 'storage_full'
  | 'storage_failed'
  | 'rebuilding'
  | 'rejudging'
  | 'rejudging_sources'
  | 'apart'

/** What a reader must know before trusting the figures, the gravest first. */
export const troublesOf = (health: Health | null): Trouble[] => {
  if (health === null) return []
  const rejudges = health.rejudging && health.rebuilding !== true
  const said: [Trouble, boolean][] = [
    ['broken', health.broken !== null],
    ['storage_full', health.status === 'storage_full'],
    ['storage_failed', health.status === 'storage_failed'],
    ['rebuilding', health.rebuilding === true],
    ['rejudging', rejudges && health.rejudging_for !== 'sources'],
    ['rejudging_sources', rejudges && health.rejudging_for === 'sources'],
    ['apart', health.cases_apart > 0],
  ]
  return said.filter(([, holds]) => holds).map(([trouble]) => trouble)
}
