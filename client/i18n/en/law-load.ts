// Words of weighing a load of law and of taking it back (T1a).

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

export const noticeHelp = {
  noticeTitle: 'Loading a notice of holidays',
  notice:
    'A notice is a table, a row a day, as clerks keep it; it is laid upon the calendar in force, all other days stand:',
  noticeExample: '日期,名称,放假/上班\n2027-01-01,元旦,放假\n2027-01-03,元旦,上班',
  noticeEnd: 'Field names as heads will do as well (calendar_id,on,kind,name). The ids of calendars stand on the page',
}

export const lawLoad = {
  moves: {
    heading: 'What it would move',
    looked: (n: number, all: number) => `${n} of ${plural(all, 'case')} judged under both laws`,
    rest: (n: number) => `${plural(n, 'case')} more were not tried and are not in these figures`,
    due: 'due dates',
    certain: 'become certain',
    provisional: 'become provisional',
    verdicts: 'verdicts',
    raised: 'cards raised',
    lifted: 'cards lifted',
    raises: 'raises',
    lifts: 'lifts',
  },
  takeBack: {
    open: 'Take back…',
    heading: (entry: number) => `Taking back the load of entry ${entry}`,
    why: 'Reason',
    tryIt: 'See what it would move',
    busy: 'Judging…',
    act: (entry: number) => `Take back the load of entry ${entry}`,
    done: (entry: number) => `taken back by entry ${entry}`,
  },
}
