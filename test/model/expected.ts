// Every clause of part 3 and rule of part 5 that the model tells of: each is met in fifty of twenty thousand cases at least.
// `often`: so often that six hundred cases meet it too.

export interface Expected {
  readonly clause: string
  readonly often: boolean
}

const often = (clause: string): Expected => ({ clause, often: true })
const seldom = (clause: string): Expected => ({ clause, often: false })

export const LEAST = 50
export const OF_CASES = 20_000

export const EXPECTED: readonly Expected[] = [
  ...['T-01', 'T-02', 'T-03', 'T-03p', 'T-04', 'T-05', 'T-06', 'T-07', 'T-08', 'T-09', 'P-01', 'P-02', 'P-03'].map(
    often,
  ),
  ...['P-04', 'D-06', 'P-04 step missing'].map(often),
  ...['T-12', 'P-04 step out of order', 'T12 urged past the promise'].map(seldom),
  ...['T1 make-up day worked', 'T1 weekday off', 'T1 regional calendar', 'T2 accepted on a rest day'].map(often),
  ...['T1a statutory day off past the notice', 'T2 acceptance day counted', 'T3 runs out at closing'].map(often),
  ...['T3 runs out with the last millisecond', 'T3 stated date', 'T3 stated instant', 'T4 unit WD'].map(often),
  ...['T4 unit ND', 'T4 unit M', 'T4 unit H', 'T4 unit 0', 'T4 ND rolls over rest days'].map(often),
  ...['T4 M rolls over rest days', 'T4 same working day', 'T4 same day: the next working day'].map(often),
  ...['T4 hours begin at the next opening', 'T5 paused day left out', 'T5 conclusion ends a pause'].map(often),
  ...['T5 nothing remains at the pause', 'T5 overlapping pauses', 'T5 pause begun before acceptance'].map(seldom),
  ...['T5 pause of a M limit', 'T5 pause of a ND limit', 'T5 pause of one day'].map(seldom),
  ...['T5 paused minute of an H limit', 'T5 pause begun after the due day'].map(seldom),
  ...['T5 pause without lawful kind stops nothing', 'T5 pause without lawful notice stops nothing'].map(often),
  ...['T5 pause without lawful approver stands', 'T5 pause without lawful basis stands'].map(seldom),
  ...['T6 RESUME by event', 'T6 RESUME by kind', 'T6 RESUME by nothing: all', 'T6 approved WD'].map(often),
  ...['T6 approved ND', 'T6 cap of the school', 'T6 clock runs past the cap'].map(often),
  ...['T6 second SUSPEND of an open kind', 'T7 extension in time', 'T7 extension late'].map(often),
  ...['T7 extension over', 'T7 extension second', 'T7 approved inside a pause', 'T7 maximum of the item'].map(seldom),
  ...['T8 accepted by a correction', 'T8 accepted by silence', 'T8 late notice'].map(often),
  ...['T8 correction after 容缺受理', 'T11 green channel used', 'T11 green channel not used'].map(seldom),
  ...['T9 delivery', 'T9 first review', 'T9 joint reply', 'T9 pause', 'T9 step with a limit'].map(often),
  ...['T10 items version in force', 'T10 departments version in force', 'T10 undated'].map(often),
  ...['T10 first items version begins later', 'T10 immediate item without a promise'].map(often),
  ...['T10 permit without a statute', 'T10 promise later than the statute'].map(often),
  ...['T10 stated earlier than the catalogue', 'T10 stated later than the catalogue'].map(often),
  ...['T10 stated where the catalogue has none', 'T10 due_as_of stated'].map(often),
  ...['T10 stated due moved by a pause', 'T10 stated due moved by an extension'].map(seldom),
  ...['T13 past the calendar', 'T13 last days of December'].map(often),
]
