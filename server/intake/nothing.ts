// Words that people and databases write where there is nothing (I15): in a column of dates, codes or numbers they say that there
// is none, and as the number of a case they would make one case of many. Knows no column and no event.

import { bareCode } from './code.ts'

const NOTHING: ReadonlySet<string> = new Set(
  'na n/a n.a. #na #n/a null (null) <null> nil none nan nat undefined \\n - -- --- – — —— ―― / // \\ . 无 暂无 空 无数据 nodate'.split(
    ' ',
  ),
)
const LONGEST = 9

export const isNothing = (text: string): boolean => {
  const bare = bareCode(text)
  return bare.length <= LONGEST && NOTHING.has(bare.toLowerCase())
}

/** Whether a text is the number of nothing: neither such a word nor zero names a case or an event. */
export const isNoNumber = (text: string): boolean => isNothing(text) || /^0+$/.test(bareCode(text))
