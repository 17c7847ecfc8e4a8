// Words of weighing a load of law and of taking it back (T1a).

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

export const noticeHelp = {
  notice: {
    label: 'Days in force that a notice does not name',
    none: 'not said (refused and asked, where there are any)',
    replaces: 'it replaces the former arrangement: they go',
    adds: 'it adds to the former arrangement: they stay',
    hint: 'to be said of a corrected notice that leaves out days of the former one',
    shrinks: 'A calendar may cover less than it does',
  },
  noticeTitle: 'Loading a notice of holidays',
  noticeWhy:
    'A notice is a table, a row a day, as clerks keep it; it is laid upon the calendar in force, all other days stand:',
  noticeExample: '日期,名称,放假/上班\n2027-01-01,元旦,放假\n2027-01-03,元旦,上班',
  noticeEnd: 'Field names as heads will do as well (calendar_id,on,kind,name). The ids of calendars stand on the page',
}

export const lawLoad = {
  reach: {
    unnamed: (days: string) => `Not named, off by statute all the same: ${days}`,
    shrinks: (before: string, after: string) => `Covers less: ${before} before, ${after} after`,
    left: {
      none: (days: string) => `In force and not named; say whether they go or stay: ${days}`,
      replaces: (days: string) => `Not named, these go: ${days}`,
      adds: (days: string) => `Not named, these stay: ${days}`,
    },
  },
  moves: {
    heading: 'What it would move',
    looked: (n: number, all: number) => `${n} of ${plural(all, 'case')} judged under both laws`,
    rest: (n: number) => `${plural(n, 'case')} more were not tried and are not in these figures`,
    moved: 'cases moved',
    due: 'due dates',
    certain: 'become certain',
    provisional: 'become provisional',
    verdicts: 'verdicts',
    setApart: 'cannot be judged, set apart',
    cards: 'What becomes of cards',
    noCards: 'No card moves',
    shift: {
      raised: 'raised',
      raised_waiting: 'raised, to be confirmed',
      counted: 'waited, come to count',
      waiting: 'counted, wait again',
      to_lift: 'to be lifted',
      lifted: 'lifted',
      overtaken: 'overtaken',
      restored: 'stand again',
      changed: 'told otherwise',
    },
    figures: 'Figures, all departments and days',
    noFigures: 'No figure moves',
    due_sum: 'in hand with a due date',
    risk: 'in hand with a warning',
    andMore: (n: number) => `The first ${n}`,
  },
  takeBack: {
    column: 'Take back',
    open: 'Take back…',
    heading: (entry: number) => `Taking back the load of entry ${entry}`,
    why: 'Reason',
    tryIt: 'See what it would move',
    busy: 'Judging…',
    act: (entry: number) => `Take back the load of entry ${entry}`,
    done: (entry: number) => `taken back by entry ${entry}`,
  },
}

/** Words of what a document may set beside rows (I9, F5). */
export const settingTables = { settings: 'settings', centre: 'centre' }
export const settingFields = {
  twin_minutes: 'minutes within which sources tell the same thing',
  profile: 'profile',
  supervised_from: 'supervised from',
}
export const lawPage = {
  profiles: 'Profiles of the time law',
  inForce: 'in force',
  basis: 'Basis',
  loads: 'Loads',
  noLoads: 'No catalogue has been loaded; the calendars and rules that ship are in force.',
  rows: 'Rows',
  values: 'All values',
  settings: 'Settings',
  twins: 'Minutes within which another source tells the same thing and adds nothing',
  minutes: (n: number) => plural(n, 'minute'),
  since: (day: string | null) => (day === null ? 'as shipped' : `from ${day}`),
}
