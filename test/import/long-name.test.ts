// A file of a long name that is cut within a character (I8): its report can be had all the same, also of a job that an older
// server left with half a character in its name.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openHouse } from '../live/house.ts'
import { frontOf } from './front.ts'

const MAPPING = {
  mapping: 'm',
  source: 's',
  zone: 'UTC',
  fields: { project_no: 'no' },
  case: [{ type: 'ACCEPT', at: 'on' }],
}

it('I8: the report of a file whose long name is cut within an emoji [S17]', async () => {
  const house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: [] })
  try {
    const name = `${'长'.repeat(199)}😀表.csv`
    const { status, body } = await frontOf(house).bring(name, 'no,on\n1,soon\n')
    expect([status, /\p{Surrogate}/u.test(body.file.name)]).toEqual([200, false])
    const begun = await frontOf(house).start({ file_id: body.file.file_id, mapping: MAPPING })
    const { import_id: id } = await frontOf(house).ended(begun.body.import_id)
    const report = async (): Promise<[number, boolean]> => {
      const answer = await frontOf(house).send(`/${id}/report`, {})
      return [answer.status, (await answer.text()).includes('bad_date')]
    }
    expect(await report()).toEqual([200, true])
    const kept = join(house.folder, 'uploads', `${id}.job.json`)
    await house.reopen(() => {
      const job = JSON.parse(readFileSync(kept, 'utf8')) as { name: string }
      writeFileSync(kept, JSON.stringify({ ...job, name: `${'长'.repeat(199)}\ud83d` }))
    })
    expect(await report(), 'of an older server').toEqual([200, true])
  } finally {
    await house.close()
  }
})
