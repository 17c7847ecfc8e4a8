// How near two sources' tellings of one thing lie (F5, setting `twin_minutes`), as the documents, in the order of their entries, have it: from the day on which
// each holds, by the day of the first telling; before the first of them as it ships. It is the one setting that folding takes
// from the law, so cases folded before it last changed are folded again from their facts (J6). Pure.

import { parseDay } from '../time/civil.ts'
import { asDay, type Day } from '../time/instant.ts'
import foldingFile from './data/folding.json' with { type: 'json' }
import { type LawDocument, standingDocuments, takesBack } from './documents.ts'
import type { TwinSpan, TwinSpans } from './law.ts'
import type { Row } from './tables.ts'

export const SHIPPED_TWIN_MINUTES: number = foldingFile.twin_minutes

/** Twins of a day stand in a case for that day; a longer time could not be held. */
export const MOST_TWIN_MINUTES = 1_439

const minutesIn = (body: Row): number | null => {
  const said = (body.settings as Row | undefined)?.twin_minutes
  return typeof said === 'number' ? said : null
}

const dayOf = (body: Row): Day => (typeof body.valid_from === 'string' ? parseDay(body.valid_from) : null) ?? asDay(0)

/** Days of a version begin in the centre's zone: a document that names another moves them. */
const mayMoveDays = ({ body }: LawDocument): boolean => body.centre !== undefined || body.calendars !== undefined

export const twinSpansOf = (documents: readonly LawDocument[]): TwinSpans => {
  const saying = new Set(documents.filter(({ body }) => minutesIn(body) !== null).map(({ entry }) => entry))
  if (saying.size === 0) return { spans: [SHIPPED], changedBy: 0 }
  const [first = 0] = saying
  const changing = documents.filter((document) => {
    const back = takesBack(document)
    if (back !== null) return document.entry > first
    return saying.has(document.entry) || (document.entry > first && mayMoveDays(document))
  })
  const own = standingDocuments(documents).flatMap(({ entry, body }) => {
    const minutes = minutesIn(body)
    return minutes === null ? [] : [{ validFrom: dayOf(body), entry, minutes }]
  })
  const spans = [SHIPPED, ...own.sort((a, b) => a.validFrom - b.validFrom || a.entry - b.entry)]
  return { spans, changedBy: changing.at(-1)?.entry ?? 0 }
}

const SHIPPED: TwinSpan = { validFrom: null, entry: 0, minutes: SHIPPED_TWIN_MINUTES }

/** The minutes that hold on a day. */
export const twinMinutesOn = ({ spans }: TwinSpans, on: Day): number =>
  spans.findLast(({ validFrom }) => validFrom === null || validFrom <= on)?.minutes ?? SHIPPED_TWIN_MINUTES
