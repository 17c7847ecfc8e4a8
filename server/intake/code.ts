// A code or name as it is meant (I15): outer blanks and invisible characters are no part of it, over every door alike.
// Text that two systems write in two ways that look alike is one text. What is no character of any text is refused by
// whoever asks. Changes nothing inside a code that a person can see.

/** Combining grapheme joiner and Hangul filler: invisible among letters. */
const JOINER = 0x34f
const FILLER = 0x3164

/**
 * Whether a text is one plain line: no blank at its ends, nothing invisible, nothing that needs a closer look. A loop
 * over code units, for it stands on the hot path.
 */
export const isPlainLine = (text: string): boolean => {
  const last = text.length - 1
  for (let i = 0; i <= last; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x20 && unit < 0x7f) continue
    if (unit === 0x20) {
      if (i === 0 || i === last) return false
      continue
    }
    // letters of the basic plane, Chinese above all; what cannot be seen stands below and above, but for these two
    if (unit === JOINER || unit === FILLER) return false
    if ((unit > 0xad && unit < 0x600) || (unit > 0x3000 && unit < 0xd800)) continue
    return false
  }
  return true
}

/**
 * What nobody sees (I15), as a class of characters: format characters, whatever is ignored where it is not understood (variation
 * selectors, fillers, joiners), and the empty pattern of Braille.
 */
export const UNSEEN = '\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800'
const INVISIBLE = new RegExp(`[${UNSEEN}]`, 'gu')

/** Without outer blanks and invisible characters; '' where nothing is left. */
export const bareCode = (text: string): string => (isPlainLine(text) ? text : text.replace(INVISIBLE, '').trim())

const NO_CHARACTER = /\p{Noncharacter_Code_Point}/u

/** Whether a text holds what is no character of any text: U+FFFE, U+FFFF and their like. */
export const holdsNoCharacter = (text: string): boolean => NO_CHARACTER.test(text)
