// The text of a mapping: YAML or JSON read into a document with the place of a fault, and a document written as YAML for
// people (I8). Bounded, for it may come from a page. Knows nothing of what the document means.

import { isMap, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml'
import type { MappingFault } from '../../contract/imports.ts'
import { isDeeper } from '../nesting.ts'
import { isDeepYaml } from '../yaml.ts'

export const MAPPING_CHARS = 262_144
/** A mapping is five levels deep. */
const DEEPEST = 16
const TOO_DEEP = `nested more than ${DEEPEST} deep`

const faulty = (detail: string): { faults: readonly MappingFault[] } => ({ faults: [{ at: '/', detail }] })

export const tooLong = (): { faults: readonly MappingFault[] } => faulty(`≤ ${MAPPING_CHARS} characters`)

/** The document of a text, or what is wrong with it as YAML; `at` is the line. */
export const readDocument = (text: string): { document: unknown } | { faults: readonly MappingFault[] } => {
  if (text.length > MAPPING_CHARS) return tooLong()
  if (isDeepYaml(text)) return faulty(TOO_DEEP)
  try {
    const lineCounter = new LineCounter()
    const parsed = parseDocument(text, { lineCounter })
    const [error] = parsed.errors
    if (error !== undefined) {
      const { line } = lineCounter.linePos(error.pos[0])
      return {
        faults: [{ at: `line ${line}`, detail: (error.message.split('\n')[0] ?? '').replace(/ at line .*$/, '') }],
      }
    }
    const document: unknown = parsed.toJS()
    return isDeeper(document, DEEPEST) ? faulty(TOO_DEEP) : { document }
  } catch (error) {
    return faulty(error instanceof Error ? error.message.slice(0, 200) : 'not YAML')
  }
}

const LINE_CHARS = 100

/** A document as YAML: small tables on one line, as the mappings that ship are written. */
export const writeDocument = (document: unknown): string => {
  // through text, so that what is nested nowhere and what is not JSON cannot come out as YAML of its own kind
  const parsed = parseDocument(
    stringify(JSON.parse(JSON.stringify(document)), { lineWidth: 0, aliasDuplicateObjects: false }),
  )
  visit(parsed, {
    Map(_, node, path) {
      const isSmall = node.items.every(({ value }) => isScalar(value)) && String(node).length < LINE_CHARS
      const isValue = path.length > 4 && !path.some((above) => isMap(above) && above.flow === true)
      if (isSmall && isValue) node.flow = true
    },
  })
  return parsed.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** How texts of mappings are read and written: here, or where what takes long holds nobody (I5). */
export interface MappingTexts {
  read(text: string): Promise<ReturnType<typeof readDocument>>
  write(document: unknown): Promise<string>
}
