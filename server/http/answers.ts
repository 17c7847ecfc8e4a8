// What several routes share: query shapes of pages, and the reading of a page's bounds. Nothing of one route.

export const PAGE = {
  limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  /** The `next` of the former page; `after` is the same by another name. */
  cursor: { type: 'string', maxLength: 400 },
  after: { type: 'string', maxLength: 400 },
} as const

/** As a store makes them: anything else is refused, and not read as the end of a list. */
const PLACE = { type: 'string', pattern: '^n[0-9a-z]{1,11}$' } as const
const NAME = { type: 'string', pattern: '^t[A-Za-z0-9_-]{1,390}$' } as const
/** Of lists whose cursor holds the place of a row. */
export const NUMBERED_PAGE = { ...PAGE, cursor: PLACE, after: PLACE } as const
/** Of lists whose cursor holds a name. */
export const NAMED_PAGE = { ...PAGE, cursor: NAME, after: NAME } as const
/** The cursor of one list of places, where its name is the only one. */
export const PLACE_AFTER = PLACE

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
