// The reference of wire events is what the tables say by which they are checked (I1).

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { REFERENCE, referenceText } from './reference.ts'

it('I1: the reference of wire events equals the schemas [B16]', () => {
  expect(readFileSync(REFERENCE, 'utf8')).toBe(referenceText())
})
