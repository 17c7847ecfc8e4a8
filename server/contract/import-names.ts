// The wire of names in files (I15): where a row stands, which names were taken for codes, and which are those of none or of
// several. Types only.

export interface ImportPlace {
  /** Line of the text file or row of the sheet, from 1. */
  line: number
  sheet?: string
  /** Number of the trace in an event log and of the event in it, from 1. */
  trace?: number
  event?: number
}

/** A name of a file and the code it was taken for; `of`: within this department alone, where others have a namesake. */
export interface NamePair {
  field: 'region_code' | 'org_code' | 'window_no' | 'operator_id' | 'task_code'
  name: string
  of: string | null
  code: string
}

/** A text that stands where a code is wanted, how many cases say it, and the first row that does. */
export interface NameMet {
  field: NamePair['field']
  name: string
  cases: number
  place: ImportPlace
}

/** What stands where codes are wanted and is none of the catalogue (I15); each list at most so long, all are counted. */
export interface NamesFound {
  resolved: (NameMet & { code: string; of: string | null })[]
  /** Of no code: taken in as unlisted, after a yes. */
  unlisted: NameMet[]
  /** Of several codes: not guessed; after a yes taken in as it stands, unless the mapping says which is meant. */
  ambiguous: (NameMet & { codes: string[] })[]
  /** `cases`: that say any of what is not resolved. */
  counts: { resolved: number; unlisted: number; ambiguous: number; cases: number }
  /** As an earlier import of this very file had it: nothing is asked again. */
  kept: boolean
}
