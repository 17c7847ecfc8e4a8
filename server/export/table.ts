// The neutral table behind every file: typed columns, plain rows, a title and a few lines above them. Knows no HTTP, no
// SQL and no kind of report. Printing follows the screens: one decimal, 100 % only for exactly all, with nothing that waits
// beside it (X1, M1, M3).

export type Lang = 'zh' | 'en'

export interface InWords {
  readonly zh: string
  readonly en: string
}

export type Cell = string | number | null

export interface Column {
  /** Member of a row; of a text the English reader gets `<key>_en` where the row has it. */
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly type: 'text' | 'integer' | 'rate' | 'date'
  /** A rate that is exactly one integer column over another. */
  readonly part?: string
  readonly of?: string
  /** Of a rate: the count while there is any of which it is never printed as all (M1). */
  readonly unless?: string
}

export type Row = Readonly<Record<string, Cell>>

export interface Table {
  /** Name of the file and of the sheet. */
  readonly name: InWords
  readonly title: InWords
  readonly notes: readonly InWords[]
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** Bars of a column of rates: one for each of the first rows, named by these labels. */
  readonly chart: { readonly value: string; readonly labels: readonly InWords[] } | null
}

export const NOTHING = '—'

export const cellOf = (row: Row, column: Column, lang: Lang): Cell => {
  const twin = lang === 'en' && column.type === 'text' ? row[`${column.key}_en`] : undefined
  return twin ?? row[column.key] ?? null
}

/** Tenths of a per cent, rounded half up; 1000 and 0 only where exact. */
export const tenthsOf = (part: number, of: number): number => {
  const rounded = Math.floor((2000 * part + of) / (2 * of))
  if (part < of && rounded >= 1000) return 999
  return part > 0 && rounded <= 0 ? 1 : rounded
}

/** Tenths of a per cent of a rate cell; null where there is no rate. */
export const rateTenths = (row: Row, column: Column): number | null => {
  const value = row[column.key]
  if (typeof value !== 'number') return null
  const [part, of] = [row[column.part ?? ''], row[column.of ?? '']]
  return typeof part === 'number' && typeof of === 'number' ? tenthsOf(part, of) : tenthsOf(value, 1)
}

export const tenthsText = (tenths: number): string =>
  tenths === 1000 ? '100%' : `${Math.floor(tenths / 10)}.${tenths % 10}%`

/** Whether what waits beside a rate of all keeps it from being said to be all (M1). */
export const isDoubted = (row: Row, column: Column): boolean =>
  Number(row[column.unless ?? ''] ?? 0) > 0 && rateTenths(row, column) === 1000

/** A cell as people read it. */
export const printCell = (row: Row, column: Column, lang: Lang): string => {
  if (column.type === 'rate') {
    const tenths = rateTenths(row, column)
    if (isDoubted(row, column)) return '<100%'
    return tenths === null ? NOTHING : tenthsText(tenths)
  }
  const cell = cellOf(row, column, lang)
  return cell === null ? NOTHING : String(cell)
}

const isWide = (char: string): boolean =>
  /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60\uffe0-\uffe6—…·“”]/.test(char)

/** Width on screen and paper, in half-width characters. */
export const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0)
