// English: the words of the wall. Same keys as the Chinese, held by the type.

import type { Span } from '../../lib/hours.ts'
import type { zhWall } from '../zh/wall.ts'
import { holidayEn } from './holidays.ts'

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const span = (of: Span): string => {
  if (of.days > 0) return `${of.days} d ${of.hours} h`
  if (of.hours > 0) return `${of.hours} h ${of.minutes} min`
  return of.minutes > 0 ? `${of.minutes} min ${of.seconds} s` : `${of.seconds} s`
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const hoursText = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`

export const enWall: typeof zhWall = {
  live: {
    on: 'Live',
    onWhy: 'A source has just reported.',
    waiting: 'Waiting for data',
    waitingWhy: 'Nothing has been reported for longer than usual; only office time is counted.',
    shut: 'Closed',
    silent: (name, lag) => `${name} silent for ${lag}`,
    officeTime: 'office time only',
    rowsWait: (name, n) => `${name}: ${n} rows wait`,
    rowsWaitWhy:
      'Something of these rows of its files could not be read: they wait whole, and their cases are in no figure.',
    slowest: (name, lag) => `slowest source ${name} ${lag}`,
    noSources: 'no source yet',
    stale: (at) => `Data as of ${at}`,
    staleWhy: 'The line to the server is down. The screen keeps what it last received and catches up by itself.',
    apart: (n) => `${n} set apart`,
    rejudging: 'judging again',
    rejudging_sources: 'checking',
    storage_full: 'disk full',
    storage_failed: 'not storing',
    rebuilding: 'rebuilding',
    broken: 'writing stopped',
    connecting: 'Connecting to the supervision server',
    connectingWhy: 'The board appears with the first word of the server.',
  },

  span,

  lag: (of) => (of.days > 0 ? plural(of.days, 'day') : span(of)),

  figures: {
    membersInHand: (n) => `joint members besides: ${n}`,
    quarter: 'On time this quarter',
    previous: 'Last quarter',
    ofConcluded: (of) =>
      `${of.onTime} of ${of.all} on time${of.overdue > 0 ? `, ${of.overdue} overdue in hand` : ''}${of.unconfirmed > 0 ? `; ${of.unconfirmed} unconfirmed` : ''}`,
    noneConcluded: 'nothing to count yet this quarter',
    change: (text) => (text === '0' ? 'as last quarter' : `${text} on last`),
    noBase: 'no last quarter',
    received: 'Received',
    accepted: 'Accepted',
    concluded: 'Concluded',
    inHand: 'In hand',
    dueToday: 'Due today',
    atRisk: 'At risk',
    overdue: 'Overdue',
  },

  flow: {
    title: 'Today by hour',
    received: 'received',
    accepted: 'accepted',
    concluded: 'concluded',
    usual: (weekday) => `usual ${SHORT_DAYS[weekday]}`,
    axis: 'cases/h',
    waiting: 'Waiting for the first case of the day',
    hour: (h) => `${h}:00`,
  },

  hall: {
    title: 'Windows',
    hint: 'in the order of the hall; lit = needs attention',
    counts: (n) => String(n),
    lit: (n) => `${n} lit`,
    allCalm: 'all calm',
    waiting: 'Waiting for the catalogue: windows appear here in the order of the hall',
    inHand: (n) => `${n} in hand`,
    late: (wd) => `+${wd} d`,
    lateLong: (wd) => `${plural(wd, 'working day')} late`,
    since: (when) => `since ${when}`,
    waitingReply: (n) => `${plural(n, 'card')} to answer`,
    dueWithin: 'due within 1/3/5 working days',
    dueSoon: (n) => `${n} in 1 d`,
    calm: 'normal',
    left: (d) => {
      if (d.kind === 'past') return 'due'
      if (d.kind === 'office') return d.minutes < 60 ? `${d.minutes} min` : `${Math.floor(d.minutes / 60)} h`
      if (d.kind === 'shut') return 'today'
      if (d.kind === 'work_days') return d.isTomorrow ? 'tmrw' : `${d.n} d`
      return `${d.day} ${MONTHS[d.month - 1]}`
    },
    leftLong: (d) => {
      if (d.kind === 'past') return 'due'
      if (d.kind === 'office') return `${hoursText(d.minutes)} of office time left`
      if (d.kind === 'shut') return 'due today, closed'
      if (d.kind === 'work_days') return d.isTomorrow ? 'due tomorrow' : `${plural(d.n, 'working day')} left`
      return `due ${d.day} ${MONTHS[d.month - 1]}`
    },
    nextDue: 'next due',
    provisional: 'provisional',
  },

  stream: {
    title: 'Cards',
    waitingReply: (n) => `${n} to answer`,
    membersWaiting: (n) => `${plural(n, 'card')} of joint members beside`,
    empty: 'No card stands',
    emptyWhy: 'A warning, yellow or red card appears here the moment a case nears or passes its limit.',
    isNew: 'new',
    ago: (of) =>
      of.days > 0
        ? `${of.days} d ago`
        : of.hours > 0
          ? `${of.hours} h ago`
          : of.minutes > 0
            ? `${of.minutes} min ago`
            : 'just now',
    replyIn: (d) => {
      if (d.kind === 'office') return `reply today, ${hoursText(d.minutes)} left`
      if (d.kind === 'work_days') return `reply in ${d.n} wd`
      return d.kind === 'far' ? `reply by ${d.day} ${MONTHS[d.month - 1]}` : 'reply today'
    },
    replyLate: 'reply overdue',
    late: (wd) => `${wd} d late`,
    ofRecord: 'of record',
    more: (n) => `${n} more`,
    backOffice: 'back office',
    nobody: 'no operator on record',
  },

  forecast: {
    title: 'Due in the days ahead',
    due: 'due',
    atRisk: 'at risk',
    sum: (days, due) => `${due} due in ${plural(days, 'working day')}`,
    beforeHoliday: (n, name) => `${n} before ${name}`,
    off: 'off',
    makeup: 'M',
    today: 'Today',
    offDays: (n, name) => {
      if (n <= 1) return 'off'
      return name === null ? `${n} off` : `${holidayEn(name)}, ${n} days`
    },
    waiting: 'Waiting for cases in hand: their due days appear here',
  },

  load: {
    title: 'Load by department',
    department: 'Department',
    inHand: 'in hand',
    within: ['1 d', '3 d', '5 d'],
    hint: 'due within working days',
    lit: 'lit',
    more: (n) => `${n} more departments`,
  },

  next: { title: 'Next due', hint: 'in order', empty: 'Nothing is about to fall due' },

  sources: {
    title: 'Sources',
    lag: 'since last event, office time',
    never: 'nothing yet',
    waiting: (n) => `${n} rows wait`,
  },

  offHours: {
    closed: 'Closed',
    dayOff: 'Day off',
    lunch: 'Midday break',
    nextOpening: 'Next opening',
    at: (monthDay, weekday, time) => `${weekday} ${monthDay}, ${time}`,
    inSpan: (text) => `in ${text}`,
  },

  key: {
    title: 'A key, please',
    why: 'This screen needs a valid key. The supervision office issues it; it reads only and can be withdrawn.',
    field: 'Key',
    enter: 'Enter',
    kept: 'The key is kept on this device only.',
  },
}
