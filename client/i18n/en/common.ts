// English: the words every page shares. Same keys as the Chinese, held by the type.

import type { zhCommon } from '../zh/common.ts'
import { holidayEn } from './holidays.ts'

const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
export const enCommon: typeof zhCommon = {
  lang: 'en',

  htmlLang: 'en',

  name: 'Mingjing',

  marks: { list: ', ', comma: ', ', clause: '; ', colon: ': ', open: ' (', close: ')' },

  subtitle: 'Electronic supervision',

  switchTo: '中文',

  switchLabel: 'Switch language',

  date: (t) => `${SHORT_DAYS[t.weekday]} ${t.day} ${MONTHS[t.month - 1]} ${t.year}`,

  weekday: (n) => SHORT_DAYS[n] as string,

  weekdayShort: (n) => (SHORT_DAYS[n] as string).slice(0, 2),

  monthDay: (month, day) => `${day} ${MONTHS[month - 1]}`,

  dayKind: { work: 'working day', makeup: 'make-up working day', weekend: 'weekend', holiday: 'public holiday' },

  holidayIn: (name, days) => {
    const called = holidayEn(name)
    return days === 0 ? called : days === 1 ? `${called} tomorrow` : `${called} in ${days} days`
  },

  level: ['Normal', 'Warn', 'Yellow', 'Red'],
}
