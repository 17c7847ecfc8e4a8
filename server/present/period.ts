// The name of a period as people say it, in both languages: 2026-Q3 → 2026年第三季度, third quarter of 2026.

import type { Period } from '../core/measure/period.ts'
import { printDay, ymdOf } from '../core/time/civil.ts'

const QUARTERS = ['一', '二', '三', '四'] as const
const ORDINALS = ['first', 'second', 'third', 'fourth'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export interface InWords {
  readonly zh: string
  readonly en: string
}

export const periodWords = ({ name, from, to }: Period): InWords => {
  const { year, month, day } = ymdOf(from)
  if (name === 'all') return { zh: '全部期间', en: 'all time' }
  if (from === to) return { zh: `${year}年${month}月${day}日`, en: `${day} ${MONTHS[month - 1]} ${year}` }
  if (name.includes('..'))
    return { zh: `${printDay(from)} 至 ${printDay(to)}`, en: `${printDay(from)} to ${printDay(to)}` }
  if (name.includes('Q')) {
    const n = Math.floor((month - 1) / 3)
    return { zh: `${year}年第${QUARTERS[n]}季度`, en: `${ORDINALS[n]} quarter of ${year}` }
  }
  if (name.includes('H')) {
    const isFirst = month === 1
    return { zh: `${year}年${isFirst ? '上' : '下'}半年`, en: `${isFirst ? 'first' : 'second'} half of ${year}` }
  }
  if (name.length === 4) return { zh: `${year}年`, en: `${year}` }
  return { zh: `${year}年${month}月`, en: `${MONTHS[month - 1]} ${year}` }
}
