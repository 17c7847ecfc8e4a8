// Words that people and databases write where there is nothing (I15): in a column of dates, codes or numbers they say that there
// is none, and as the number of a case they would make one case of many. And what stands in a cell in the place of a value: an
// error of a sheet, a ditto mark, a mark of not knowing. Knows no column and no event.

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

const MAY_BE_ERROR = /[#＃﹟]|[EeＥｅ][RrＲｒ]{2}[:：﹕]/u

/** Errors of sheets, which some programs print without the mark at their end. */
const ERROR =
  /^(?:#{2,}|#[A-Z][A-Z0-9_/]*[!?]|#(?:N\/A|NULL|DIV\/0|VALUE|REF|NAME|NUM|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|GETTING_DATA)|ERR:\d{3})$/

const asCompared = (text: string): string => bareCode(text).normalize('NFKC')

/**
 * Whether a text is an error of a sheet as programs print it, or the ##### of a column too narrow to show what it holds: it has
 * no value. Marks of full width are the same marks.
 */
export const isSheetError = (text: string): boolean =>
  MAY_BE_ERROR.test(text) && ERROR.test(asCompared(text).toUpperCase())

/** Ditto, and not known. As a reader of one line sees it: what stands above it is nobody's guess. */
const UNSAID = /^(?:同上|同前|[〃々]+|["“”]+|''|′′|\?+|不详|不明|未知)$/u
const UNSAID_LONGEST = 8

/** Whether a text stands for a code that it does not say: a ditto mark, a mark of not knowing. */
export const isUnsaid = (text: string): boolean => {
  const bare = bareCode(text)
  return bare.length <= UNSAID_LONGEST && UNSAID.test(bare.normalize('NFKC'))
}

/** Whether a text is no number of one case: nothing, or what stands in the place of a value. */
export const namesNoCase = (text: string): boolean => isNoNumber(text) || isSheetError(text) || isUnsaid(text)
