// Every clause of part 3 and rule of part 5 that the model tells of, and what of parts 1, 2 and 6 it meets on the way: each in
// fifty of twenty thousand cases at least. `often`: so often that six hundred cases meet it too. What the model counts and
// this list does not name fails the long run as well, so that no clause is counted without being expected.

export interface Expected {
  readonly clause: string
  readonly often: boolean
}

const often = (...clauses: string[]): Expected[] => clauses.map((clause) => ({ clause, often: true }))
const seldom = (...clauses: string[]): Expected[] => clauses.map((clause) => ({ clause, often: false }))

export const LEAST = 50
export const OF_CASES = 20_000

const RULES: readonly Expected[] = [
  ...often('T-01', 'T-02', 'T-03', 'T-03p', 'T-04', 'T-05', 'T-06', 'T-07', 'T-08', 'T-09', 'P-01', 'P-02', 'P-03'),
  ...often('P-04', 'P-04 step missing', 'D-05', 'D-06', 'T-01 by share', 'T-01 an hour before closing'),
  ...seldom('T-01 accepted in the last hour', 'T-01 of hours', 'T-01 of one day', 'T-01 the working day before'),
  ...seldom('T-12', 'P-04 step out of order', 'T-04 whole late as well'),
]

const CALENDAR: readonly Expected[] = [
  ...often('T1 make-up day worked', 'T1 weekday off', 'T1 regional calendar', 'T1a statutory day off past the notice'),
  ...often('T2 accepted on a rest day', 'T2 acceptance day counted', 'T3 runs out at closing'),
  ...often('T3 runs out with the last millisecond', 'T3 stated date', 'T3 stated instant'),
  ...seldom('T2 acceptance day off, the next counted', 'T3 the last instant is in time'),
  ...seldom('T3 the next millisecond is late'),
  ...often('T4 unit WD', 'T4 unit ND', 'T4 unit M', 'T4 unit H', 'T4 unit 0', 'T4 ND rolls over rest days'),
  ...often('T4 M rolls over rest days', 'T4 same working day', 'T4 same day: the next working day'),
  ...often('T4 hours begin at the next opening', 'T13 past the calendar', 'T13 last days of December'),
  ...seldom('T13 card above 预警 on a provisional date'),
]

const PAUSES: readonly Expected[] = [
  ...often('T5 paused day left out', 'T5 conclusion ends a pause', 'T5 pause without lawful kind stops nothing'),
  ...often('T5 pause without lawful notice stops nothing', 'T6 RESUME by event', 'T6 RESUME by kind'),
  ...often('T6 RESUME by nothing: all', 'T6 approved WD', 'T6 approved ND', 'T6 cap of the school'),
  ...often('T6 clock runs past the cap', 'T6 second SUSPEND of an open kind'),
  ...seldom('T5 nothing remains at the pause', 'T5 overlapping pauses', 'T5 pause begun before acceptance'),
  ...seldom('T5 pause of a M limit', 'T5 pause of a ND limit', 'T5 pause of one day'),
  ...seldom('T5 paused minute of an H limit', 'T5 pause begun after the due day'),
  ...seldom('T5 pause without lawful approver stands', 'T5 pause without lawful approver stops nothing'),
  ...seldom('T5 pause without lawful basis stands', 'T5 pause without lawful basis stops nothing'),
  ...seldom('T6 open pause runs to its cap', 'T6 RESUME of nothing'),
]

const CLOCKS: readonly Expected[] = [
  ...often('T7 extension in time', 'T7 extension late'),
  ...seldom('T7 extension over', 'T7 extension second', 'T7 approved inside a pause', 'T7 maximum of the item'),
  ...seldom('T7 maximum of joint handling', 'T7 maximum of the law'),
  ...often('T8 accepted by word', 'T8 accepted by a correction', 'T8 accepted by silence', 'T8 late notice'),
  ...seldom('T8 correction after 容缺受理', 'T8 card on an untyped item'),
  ...often('T9 delivery', 'T9 first review', 'T9 joint reply', 'T9 pause', 'T9 step with a limit'),
  ...seldom('T9 permit handled jointly', 'T9 complaint', 'T9 bad rating'),
  ...often('T10 items version in force', 'T10 departments version in force', 'T10 undated'),
  ...often('T10 regions version in force', 'T10 declaration of a source in force'),
  ...often('T10 first items version begins later', 'T10 immediate item without a promise'),
  ...often('T10 permit without a statute', 'T10 promise later than the statute'),
  ...often('T10 stated earlier than the catalogue', 'T10 stated later than the catalogue'),
  ...often('T10 stated where the catalogue has none', 'T10 due_as_of stated'),
  ...seldom('T10 stated due moved by a pause', 'T10 stated due moved by an extension', 'T10 due as of the export'),
  ...seldom('T11 green channel used', 'T11 green channel not used', 'T12 urged past the promise'),
]

const TYPES = [
  ...['RECEIVE', 'PRE_ACCEPT', 'CORRECT_NOTICE', 'CORRECT_DONE', 'ACCEPT', 'REFUSE_ACCEPT', 'STEP_START', 'HANDOVER'],
  ...['JOINT_DISPATCH', 'JOINT_REPLY', 'SUSPEND', 'RESUME', 'EXTEND', 'STEP_END', 'FEE', 'DECIDE', 'COMPLETE'],
  ...['WITHDRAW', 'TERMINATE', 'DELIVER', 'RATE', 'COMPLAIN', 'URGE', 'ATTEND', 'INSPECT'],
]

const FOLDING: readonly Expected[] = [
  ...seldom(...TYPES.map((type) => `I1 ${type}`), 'I14 earlier edition of a row', 'I14 emptied cell'),
  ...seldom('I15 T-07 of a pause perhaps ended', 'I15 notice answered on its bare day', 'I15 notices of one day'),
  ...seldom('I15 pause perhaps begun anew', 'I15 pause perhaps ended on its day', 'I15 pause resumed on its bare day'),
  ...seldom('I15 step ended on its bare day', 'I15 steps of one day in no known order'),
  ...seldom('I15 reply on the bare day of its dispatch'),
  ...often('I15 event of day precision', 'F3 event void', 'F5 event after the end'),
  ...seldom('I11 two numbers of one case', 'F5 refusal taken back by an acceptance'),
  ...['ACCEPT', 'DELIVER', 'EXTEND.approved_at', 'HANDOVER', 'JOINT_REPLY', 'RESUME', 'SUSPEND', 'SUSPEND.approver']
    .concat('SUSPEND.kind', 'SUSPEND.notice_at')
    .flatMap((what) => seldom(`I12 ${what} cannot be sent`)),
  ...seldom('I12 steps cannot be sent', 'I13 waits for its batch source'),
  ...seldom('I13 batch source has told, or its grace is over'),
  ...seldom('F4 correction answered by whoever ordered it', 'F4 pause answered by whoever ordered it'),
  ...seldom('F4 the member asked', 'M5 several members, none late: the lead'),
  ...seldom('M5 the member whose reply was due first'),
  ...['received', 'accepted', 'decided', 'completed', 'reopened'].flatMap((of) => seldom(`F5 differing firsts: ${of}`)),
  ...seldom('F5 card that not every telling gives', 'F5 more tellings than are weighed'),
  ...seldom('F5 in time by the telling a person took', 'C5 late as it was told, in time by its facts'),
  ...often('C5 every fact void of a case told late'),
  ...seldom('C5 declined of what is told no more', 'C5 declined, and a further telling is late'),
  ...seldom('C5 the same again stays declined'),
  ...often('M1 late or not is not yet said'),
  ...['COMPLAIN', 'CORRECT_NOTICE', 'EXTEND', 'FEE', 'JOINT_DISPATCH', 'JOINT_REPLY', 'RESUME', 'SUSPEND'].flatMap(
    (type) => seldom(`F5 twin of ${type}`),
  ),
  ...often('M2 on_time', 'M2 late', 'M2 undated', 'M2 excluded'),
  ...seldom('M1 member of a joint handling'),
  ...seldom('M2 concluded without acceptance', 'M2 refusal after acceptance'),
]

export const EXPECTED: readonly Expected[] = [...RULES, ...CALENDAR, ...PAUSES, ...CLOCKS, ...FOLDING]

/** What was met in fewer cases than is asked of so many. */
export const tooSeldom = (totals: ReadonlyMap<string, number>, least: number): string[] =>
  EXPECTED.filter(({ clause }) => (totals.get(clause) ?? 0) < least).map(({ clause }) => clause)

/** What was met and is not in the list. */
export const unexpected = (totals: ReadonlyMap<string, number>): string[] =>
  [...totals.keys()].filter((met) => !EXPECTED.some(({ clause }) => clause === met))
