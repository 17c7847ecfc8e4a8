// What a table of the office is made of, and what may be done with its rows before they are drawn: put in order, kept within
// some days, written out as a file. The screen, the paper and the file have the same rows and words. Pure.

export interface Column<T> {
  readonly key: string
  readonly head: string
  /** Figures stand to the right, under their heading. */
  readonly number?: boolean
  /** Never broken into two lines. */
  readonly tight?: boolean
  /** What stands in the cell, in words; also what a file says. */
  readonly text: (row: T) => string
  /** What it is put in order by; null goes last. Absent: this column gives no order. */
  readonly order?: (row: T) => string | number | null
}

export interface Order {
  readonly key: string
  readonly down: boolean
}

/** `due` up, `-due` down, as the address has it; null: the order the rows came in. */
export const orderIn = (said: string): Order | null =>
  said === '' ? null : { key: said.replace(/^-/, ''), down: said.startsWith('-') }

/** Up, then down, then as they came. */
export const nextOrder = (key: string, order: Order | null): string => {
  if (order?.key !== key) return key
  return order.down ? '' : `-${key}`
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh', { numeric: true })

/** The rows in the order asked for; those without a value last, equal ones as they came. */
export const inOrder = <T>(rows: readonly T[], columns: readonly Column<T>[], order: Order | null): readonly T[] => {
  const by = columns.find(({ key }) => key === order?.key)?.order
  if (order === null || by === undefined) return rows
  const sign = order.down ? -1 : 1
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      return sign * compare(a, b)
    })
    .map(({ row }) => row)
}

/** From a day to a day, both with it, '' without a bound. What has no day is in no span. */
export interface Span {
  readonly from: string
  readonly to: string
}

export const within = (instant: string | null, { from, to }: Span): boolean => {
  if (from === '' && to === '') return true
  const day = instant?.slice(0, 10) ?? null
  return day !== null && (from === '' || day >= from) && (to === '' || day <= to)
}

/** A spreadsheet takes a cell that begins so for a formula (X1). A negative number is a number. */
const FORMULA = /^(?:[=+@\t\r]|-(?![\d.]+$))/

const cellOf = (text: string): string => {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** UTF-8 with its mark, CRLF: as the server's own files are (X1). */
export const csvOf = <T>(columns: readonly Column<T>[], rows: readonly T[]): string => {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ text }) => text(row)))]
  return `\ufeff${lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')}`
}
