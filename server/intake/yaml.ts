// The text of a YAML or JSON document that somebody else wrote (I5). How deep it nests is found from its words, without
// recursion, before the reader that walks it by recursion sees it: near the end of the stack the engine cannot compile a
// regular expression, and then it ends the whole process instead of throwing.

import { Lexer, Parser, parse } from 'yaml'
import { DEEPEST } from './nesting.ts'

/** The document itself, and a scalar under way, beside the lists and maps. */
const BESIDE = 2

/** Whether lists and maps stand within one another more than `most` deep, in block or in flow; certainly at one more yet. */
export const isDeepYaml = (text: string, most: number = DEEPEST): boolean => {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    // what it has read so far, the innermost last; the trees that it hands out are of no use here
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > most + BESIDE) return true
  }
  return false
}

/** As `parse` of YAML: the value of a text. Throws an Error with its words where it is none, or nests without end. */
export const parseYaml = (text: string): unknown => {
  if (isDeepYaml(text)) throw new Error(`nested more than ${DEEPEST} deep`)
  return parse(text)
}
