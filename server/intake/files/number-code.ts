// A number as the code its format makes of it (I8): 42 under `00000000` is 00000042, under `"YS"0000` YS0042. Only formats
// of zeros, places and literals; one that rounds, groups, splits or dates makes no code. Knows no workbook.

/** Characters that stand for themselves outside quotes. */
const LITERAL = /[-+()!^&'~{}<>= ]|\P{ASCII}/u

interface Pieces {
  /** Texts between the places of digits; one more than there are places. */
  readonly texts: readonly string[]
  /** '0' shows a zero where there is no digit, '#' nothing. */
  readonly places: readonly ('0' | '#')[]
}

const PIECE = /"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[(?:[A-Za-z]+|Color ?\d+)\]|General|G\/通用格式|[0#]|./gsu

/** Pieces of the section for numbers that are not negative; null: a format that makes no code. */
const piecesOf = (format: string): Pieces | null => {
  const texts = ['']
  const places: ('0' | '#')[] = []
  const literal = (text: string): void => {
    texts[texts.length - 1] += text
  }
  for (const match of format.matchAll(PIECE)) {
    const [piece, quoted, escaped, currency] = match
    if (piece === ';') break
    if (quoted !== undefined || escaped !== undefined || currency !== undefined)
      literal(quoted ?? escaped ?? currency ?? '')
    else if (piece.startsWith('[')) continue
    else if (piece === '0' || piece === '#') {
      places.push(piece)
      texts.push('')
    } else if (/^G/.test(piece) && piece.length > 1) {
      places.push('0')
      texts.push('')
    } else if (LITERAL.test(piece)) literal(piece)
    else return null
  }
  return places.length === 0 ? null : { texts, places }
}

export type NumberCode = (number: number) => string | null

/** What a format of zeros and literals shows of whole numbers; null: it makes no code. */
export const numberCode = (format: string): NumberCode | null => {
  const pieces = piecesOf(format)
  if (pieces === null) return null
  const { texts, places } = pieces
  const isPlain = places.filter((place) => place === '0').length < 2 && texts.every((text) => text.trim() === '')
  if (isPlain) return null
  return (number) => {
    if (!Number.isSafeInteger(number) || number < 0 || number >= 1e15) return null
    const digits = [...String(number)]
    const out: string[] = [texts[places.length] ?? '']
    for (let i = places.length - 1; i >= 0; i--) {
      // the first place takes all digits that are left
      const digit = i === 0 ? digits.splice(0).join('') : (digits.pop() ?? '')
      out.push(digit === '' && places[i] === '0' ? '0' : digit, texts[i] ?? '')
    }
    return out.reverse().join('')
  }
}
