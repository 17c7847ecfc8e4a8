// A code or name as it is meant (I15): outer blanks and invisible characters are no part of it, over every door alike.
// Text that two systems write in two ways that look alike is one text. What is no character of any text is refused by
// whoever asks. Changes nothing inside a code that a person can see.

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
    // letters of the basic plane, Chinese above all; format characters stand below, surrogates and the rest above
    if ((unit > 0xad && unit < 0x600) || (unit > 0x3000 && unit < 0xd800)) continue
    return false
  }
  return true
}

const INVISIBLE = /\p{Cf}/gu

/** Without outer blanks and invisible characters; '' where nothing is left. */
export const bareCode = (text: string): string => (isPlainLine(text) ? text : text.replace(INVISIBLE, '').trim())

const NO_CHARACTER = /\p{Noncharacter_Code_Point}/u

/** Whether a text holds what is no character of any text: U+FFFE, U+FFFF and their like. */
export const holdsNoCharacter = (text: string): boolean => NO_CHARACTER.test(text)
