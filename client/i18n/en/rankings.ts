// English: the words of rankings and of the lists behind their figures. Same keys as the Chinese, held by the type.

import type { zhRankings } from '../zh/rankings.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

export const enRankings: typeof zhRankings = {
  rankings: {
    title: 'Ranking',
    by: 'By',
    window: 'Window',
    department: 'Department',
    kind: { quarter: 'Quarter', half: 'Half-year', year: 'Year', month: 'Month' },
    period: {
      quarter: (year, n) => `Q${n} ${year}`,
      half: (year, n) => `${n === 1 ? 'First' : 'Second'} half ${year}`,
      year: (year) => `${year}`,
      month: (year, n) => `${MONTHS[n - 1]} ${year}`,
    },
    allTime: 'All time',
    custom: 'Own period',
    kindLabel: 'Kind of period',
    before: 'Period before',
    after: 'Period after',
    running: 'period still running',
    download: 'Download',
    notGiven: 'The file was not given out: check the network or the key and try again.',
    within: 'Only',
    clear: 'clear',
    windowsOf: (name) => `Windows of ${name}`,
    unranked: (n) => `Not ranked: ${n}`,
    none: 'No cases to rank in this period.',
    interval: (low, high) => `95 % interval ${low} to ${high}`,
    scale: (from) => `${from}%`,
    places: (n, flags) =>
      flags === 0 ? `${n} ranked` : `${n} ranked, ${flags} red-flag candidate${flags === 1 ? '' : 's'}`,
    cases: 'Cases',
    casesTitle: (name, figure, value) => `${name} · ${figure}: ${value}`,
    casesWhy: 'Exactly the cases that make up this figure.',
    cardsWhy: 'Exactly the cases these cards are about; where one has several, their number is told.',
    noCases: 'There are no cases behind this figure.',
    badAddress: 'The period or the figure in the address is not right.',
    adds: 'Counts',
    figure: {
      received: 'received',
      accepted: 'accepted',
      concluded: 'concluded',
      on_time: 'on time',
      late: 'late',
      undated: 'undated',
      excluded: 'excluded',
      granted: 'granted',
      refused: 'refused',
      withdrawn: 'withdrawn or terminated',
      in_hand: 'in hand',
      overdue_in_hand: 'overdue in hand',
      counted: 'counted cases',
      warnings: 'warnings',
      yellows: 'yellow cards',
      reds: 'red cards',
    },
  },
}
