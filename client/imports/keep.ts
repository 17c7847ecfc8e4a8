// What of the page outlives a reload: the mapping's text, which file it is for, the source, the job looked at. Kept for this
// tab alone, and without anything of the file itself.

export interface Kept {
  fileId: string | null
  text: string
  /** The clerk's own, not a suggestion. */
  own: boolean
  source: string
  historical: boolean
  /** As of when a register is. */
  asOf: string
  jobId: string | null
}

const PLACE = 'mingjing.import'

export const NOTHING: Kept = {
  fileId: null,
  text: '',
  own: false,
  source: '',
  historical: false,
  asOf: '',
  jobId: null,
}

export const keptIn = (storage: Pick<Storage, 'getItem'>): Kept => {
  try {
    return { ...NOTHING, ...(JSON.parse(storage.getItem(PLACE) ?? '{}') as Partial<Kept>) }
  } catch {
    return NOTHING
  }
}

/** Storage may be full or forbidden: then a reload begins anew. */
export const keep = (storage: Pick<Storage, 'setItem'>, kept: Kept): void => {
  try {
    storage.setItem(PLACE, JSON.stringify(kept))
  } catch {
    // nothing to be done
  }
}
