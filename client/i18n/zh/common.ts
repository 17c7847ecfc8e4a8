// Chinese: the words every page shares. The shape both languages share.

import type { LocalTime } from '../../lib/hours.ts'

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const

export const zhCommon = {
  lang: 'zh' as 'zh' | 'en',

  htmlLang: 'zh-CN',

  name: '明镜',

  /** Between the words of a list, of a row of figures, of clauses. */
  marks: { list: '、', comma: '，', clause: '；', colon: '：', open: '（', close: '）' },

  subtitle: '电子监察',

  switchTo: 'English',

  switchLabel: '切换语言',

  date: (t: LocalTime) => `${t.year}年${t.month}月${t.day}日 星期${WEEKDAYS[t.weekday]}`,

  weekday: (n: number) => `周${WEEKDAYS[n]}`,

  weekdayShort: (n: number) => WEEKDAYS[n] as string,

  monthDay: (month: number, day: number) => `${month}月${day}日`,

  dayKind: { work: '工作日', makeup: '调休上班', weekend: '休息日', holiday: '法定节假日' },

  holidayIn: (name: string, days: number) => (days === 0 ? name : days === 1 ? `明日${name}` : `距${name} ${days} 天`),

  level: ['正常', '预警', '黄牌', '红牌'] as [string, string, string, string],
}
