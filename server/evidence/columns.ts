// Whether the columns of an entry say what its sealed parts say (A4). The leaf is over kind, instant, source, event id, way,
// body and personal part; what stands beside them for finding by index must be said by the body, and what an entry of its
// kind does not have must not be there.

import type { SealedContent } from './entry.ts'

export interface EntryColumns extends SealedContent {
  readonly projectNo: string | null
  readonly occurredAt: number | null
  readonly voids: string | null
  readonly voidsToo: string | null
}

type Said = readonly [column: string, kept: unknown, told: unknown]
type Wire = Record<string, unknown> & { payload?: { target?: unknown } }

const none = (pairs: Readonly<Record<string, unknown>>): Said[] =>
  Object.entries(pairs).map(([column, kept]) => [column, kept, null])

/** Columns that only a fact has. */
const inputSays = (entry: EntryColumns): Said[] =>
  none({
    event_id: entry.eventId,
    project_no: entry.projectNo,
    occurred_at: entry.occurredAt,
    voids: entry.voids,
    voids_too: entry.voidsToo,
    import_no: entry.importNo,
    historical: entry.historical,
    personal: entry.personal,
    salt: entry.salt,
    personal_digest: entry.personalDigest,
  })

const factSays = (entry: EntryColumns, body: Wire): Said[] => {
  const target = body.event_type === 'VOID' ? body.payload?.target : undefined
  const named = [body.supersedes, target].filter((id, i, all) => typeof id === 'string' && all.indexOf(id) === i)
  return [
    ['event_id', entry.eventId, body.event_id],
    ['source', entry.source, body.source_system],
    ['project_no', entry.projectNo, body.project_no ?? null],
    ['occurred_at', entry.occurredAt, body.occurred_at],
    ['voids', entry.voids, named[0] ?? null],
    ['voids_too', entry.voidsToo, named[1] ?? null],
    // a leaf has one sign for none and for these
    ['import_no', entry.importNo === 0, false],
    ['historical', entry.historical === -1, false],
    ['salt', entry.salt !== null, entry.personal !== null],
    ['personal_digest', entry.personalDigest !== null && entry.personal !== null, false],
  ]
}

/** The name of a column at odds, or null. */
export function columnAtOdds(entry: EntryColumns): string | null {
  let body: Wire
  try {
    body = JSON.parse(entry.body) as Wire
  } catch {
    return 'body'
  }
  const said = entry.kind === 'fact' ? factSays(entry, body) : inputSays(entry)
  return said.find(([, kept, told]) => kept !== told)?.[0] ?? null
}
