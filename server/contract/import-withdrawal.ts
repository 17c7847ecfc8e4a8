// What taking a whole import back would do (I14, C5). Types only.

/** What taking an import back would do: told before it is done. */
export interface ImportWithdrawal {
  import_id: string
  events: number
  cases: number
  /** Cards lifted at once. */
  lifted: number
  /** Cards that were told and count: they wait as 待撤, counted still, for a second person (C5). */
  to_lift: number
  /** Cards that come to stand or count: new, or lifted, overtaken, declined or waiting before. */
  raised: number
  /** False: so many cases that only the first were looked at. */
  whole: boolean
}
