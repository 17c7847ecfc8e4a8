// What several routes share: query shapes of pages, and the reading of a page's bounds. Nothing of one route.

export const PAGE = {
  limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  /** The `next` of the former page; `after` is the same by another name. */
  cursor: { type: 'string', maxLength: 400 },
  after: { type: 'string', maxLength: 400 },
} as const

const PLACE = { type: 'string', pattern: '^[0-9]{1,16}$' } as const
/** Of lists whose cursor is the place of a row: anything else would read as the end of the list. */
export const NUMBERED_PAGE = { ...PAGE, cursor: PLACE, after: PLACE } as const

export const TEXT = { type: 'string', minLength: 1, maxLength: 400 } as const

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string
  readonly after?: string
}

/** The page's own part of a store query: an absent cursor stays absent. */
export const pageOf = (query: PageQuery): { limit: number; after?: string } => {
  const after = query.cursor ?? query.after
  return after === undefined ? { limit: query.limit } : { limit: query.limit, after }
}
