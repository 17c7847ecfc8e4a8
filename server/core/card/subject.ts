// What a card is about, and on whose row it stands: for the cards of a case the one walk that its figures take as well (M5,
// T10) – whom it names on the day its limit passed, else the department of the case on that day. Pure.

import { type Belongs, isMember, rowOn } from '../case/grounds.ts'
import type { Judgement } from '../case/judge.ts'
import type { CaseState } from '../case/state.ts'
import type { Instant } from '../time/instant.ts'
import type { SubjectKind } from './card.ts'

export interface CardSubject {
  readonly kind: SubjectKind
  readonly subject: string
  readonly projectNo: string | null
  readonly item: string
  /** Of a member of a joint handling (M1). */
  readonly member: boolean
  /** All its facts come from a declared past record (I8): the earliest declared instant. */
  readonly historicalBefore: Instant | null
  /** The row of a card whose limit passed at an instant; `told`: the department of whom it names, null: that of the subject. */
  readonly rowAt: (at: Instant, told: string | null) => Belongs
}

const NOWHERE: Belongs = { department: '-', region: '-' }

/** What belongs to no department: a code, a case of which no fact stands. */
export const bareSubject = (kind: SubjectKind, subject: string, projectNo: string | null): CardSubject => ({
  kind,
  subject,
  projectNo,
  item: '-',
  member: false,
  historicalBefore: null,
  rowAt: (_at, told) => (told === null ? NOWHERE : { ...NOWHERE, department: told }),
})

/** A case as the subject of its cards. */
export const caseSubject = (state: CaseState, judged: Pick<Judgement, 'grounds' | 'received'>): CardSubject => {
  const { law, calendar } = judged.grounds
  return {
    kind: 'case',
    subject: state.projectNo,
    projectNo: state.projectNo,
    item: state.item ?? '-',
    member: isMember(judged),
    historicalBefore: state.historicalBefore,
    rowAt: (at, told) => rowOn(state, law, calendar.zone.dayOf(at), told),
  }
}

/** The name of a card: the same for any order of arrival, so nothing is raised twice (C2). */
export const cardIdOf = (subject: Pick<CardSubject, 'kind' | 'subject'>, rule: string, occasion: string): string =>
  `${rule}.${subject.kind}.${subject.subject}.${occasion}`
