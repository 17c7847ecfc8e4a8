// Lines of master data without their last cells (I9): a sheet saved as text leaves out what is empty at the end of a line.
import { expect, it } from 'vitest'
import { draftOf, faultsOf } from './files.ts'

const HEAD = 'task_code,name,org_code,promise,statute,extension_max,joint,steps,valid_from'

it('I9: a line without its last cells is taken where what must be said is said, and told', async () => {
  const draft = await draftOf('t.csv', `${HEAD}\nA1,甲,MR,5WD\nA2,乙,MR,6WD,,,,,2026-02-01\n`, {
    validFrom: '2026-01-01',
  })
  expect(faultsOf(draft)).toEqual([])
  expect(draft.notes).toMatchObject([
    { rows: 1, first_line: 2, en: 'the last cells of the row are missing and taken as empty' },
  ])
  expect(draft.document?.items).toMatchObject([
    { task_code: 'A1', promise: '5WD' },
    { task_code: 'A2', promise: '6WD' },
  ])
})
