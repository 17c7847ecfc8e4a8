// The reference of wire events, made from the tables by which they are checked (I1). `npm run reference` writes it; a test
// asks that the file kept is what the tables say.

import { writeFileSync } from 'node:fs'
import { FIELD_CLASSES, LENGTHS, PAYLOAD_KEYS, type PayloadKey } from '../../server/contract/ingest.ts'
import { EVENT_TYPES } from '../../server/contract/vocabulary.ts'

export const REFERENCE = new URL('../../server/contract/EVENTS.md', import.meta.url)

const keyRow = ({ name, shape, class: of, required, choices }: PayloadKey): string => {
  const said = choices === undefined ? shape : choices.map((choice) => `\`${choice}\``).join(' ')
  return `| \`${name}\` | ${said} | ${of} | ${required === true ? 'yes' : ''} |`
}

const partOf = (type: (typeof EVENT_TYPES)[number]): string[] => {
  const keys = PAYLOAD_KEYS[type]
  if (keys.length === 0) return ['', `## ${type}`, '', 'No listed key.']
  return ['', `## ${type}`, '', '| key | shape or words | class | required |', '|---|---|---|---|', ...keys.map(keyRow)]
}

export const referenceText = (): string =>
  [
    '# Wire events',
    '',
    'Made from `contract/ingest.ts` by `npm run reference`; `test/house/reference.test.ts` asks that it is what that says. Shapes are told there. A payload key that is not listed for its type is personal.',
    '',
    `Lengths: ${Object.entries(LENGTHS)
      .map(([name, most]) => `${name} ${most}`)
      .join(', ')}.`,
    '',
    '| field | class |',
    '|---|---|',
    ...Object.entries(FIELD_CLASSES).map(([name, of]) => `| \`${name}\` | ${of} |`),
    ...EVENT_TYPES.flatMap(partOf),
    '',
  ].join('\n')

if (process.argv.includes('--write')) writeFileSync(REFERENCE, referenceText())
