// One wired event judged: a Taken or a Rejection, its places told in the words of its envelope. Never throws, never stores.

import { type Fault, placeInCloudEvent, unwrap } from './cloudevents.ts'
import { isTaken, namedIn, type Rejection, type Taken } from './fact.ts'
import { type DoorContext, readEvent } from './rating.ts'
import { RAW_CHARS, type Wired } from './wired.ts'

const textOf = (wire: unknown): string => {
  try {
    return (JSON.stringify(wire) ?? '').slice(0, RAW_CHARS)
  } catch {
    return ''
  }
}

export interface TakenIn {
  readonly intake: Taken | Rejection
  /** Text for the quarantine; null for what was taken. */
  readonly raw: string | null
}

const rejected = (fault: Fault, wired: Wired): TakenIn => ({
  intake: { ...fault, ...(wired.envelope === 'plain' ? namedIn(wired.wire) : { eventId: null, projectNo: null }) },
  raw: wired.raw ?? textOf(wired.wire),
})

/** One wired event judged, its places told in the words of its envelope. Never throws. */
export const takeIn = (wired: Wired, context: DoorContext): TakenIn => {
  if (wired.fault !== null) return rejected(wired.fault, wired)
  if (wired.envelope === 'plain') {
    const intake = readEvent(wired.wire, context)
    return { intake, raw: isTaken(intake) ? null : (wired.raw?.slice(0, RAW_CHARS) ?? textOf(wired.wire)) }
  }
  const unwrapped = unwrap(wired.wire)
  if ('fault' in unwrapped) return rejected(unwrapped.fault, wired)
  const intake = readEvent(unwrapped.wire, context)
  if (isTaken(intake)) return { intake, raw: null }
  return { intake: { ...intake, at: placeInCloudEvent(intake.at) }, raw: textOf(wired.wire) }
}
