// What the suites of master data share: files made for a test, drafts of them, and the mapping the project ships.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { CalendarFile } from '../../server/contract/catalogue.ts'
import { MASTER_TABLES } from '../../server/contract/tables/registry.ts'
import { layNotices, type NoticeSource } from '../../server/core/law/notices.ts'
import { atAStretch } from '../../server/core/steps.ts'
import type { CalendarSource } from '../../server/core/time/calendar-source.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { draftMaster, type MasterDraft } from '../../server/intake/master/draft.ts'
import type { MasterMappingFile } from '../../server/intake/master/mapping.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { masterMapping } from '../../server/office/law/weigh.ts'
import { fileOfTest } from '../import/files.ts'

export const masterMappingOf = (document: unknown): MasterMappingFile => {
  const read = masterMapping(document)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.mapping
}

const shipped = (name: string): URL => new URL(`../../fixtures/mappings/${name}.yaml`, import.meta.url)

export const shippedMapping = (name: string): MasterMappingFile =>
  masterMappingOf(parse(readFileSync(fileURLToPath(shipped(name)), 'utf8')))

export const mappingText = (name: string): string => readFileSync(fileURLToPath(shipped(name)), 'utf8')

/** A calendar in force, small: two years, with these days listed. */
export const cnWith = (days: CalendarFile['days']): CalendarFile => ({
  calendar_id: 'cn',
  name: '法定节假日',
  zone: 'Asia/Shanghai',
  from: '2025-01-01',
  to: '2026-12-31',
  certain_to_month_day: '12-28',
  days,
})

interface Asked {
  readonly mapping?: MasterMappingFile
  readonly validFrom?: string
  readonly calendar?: CalendarFile
  readonly coversTo?: string
  readonly notice?: 'replaces' | 'adds'
  readonly shrinks?: boolean
}

export const draftOf = async (name: string, content: string | Uint8Array, asked: Asked = {}): Promise<MasterDraft> =>
  draftMaster(openSource(fileOfTest(name, content)), {
    file: name,
    mapping: asked.mapping ?? null,
    catalogue: null,
    validFrom: asked.validFrom ?? null,
    calendar: (id) => (asked.calendar?.calendar_id === id ? asked.calendar : null),
    home: 'cn',
    coversTo: asked.coversTo ?? null,
    notice: asked.notice ?? null,
    shrinks: asked.shrinks ?? false,
    open: openTable,
    inPieces: atAStretch,
    tables: MASTER_TABLES,
  })

/** The calendar that holds once the notice of a draft is laid upon this one. */
export const laidBy = (draft: MasterDraft, current: CalendarFile): CalendarFile => {
  const notices = (draft.document?.notices ?? []) as NoticeSource[]
  if (notices.length === 0) throw new Error(faultsOf(draft).join('; '))
  return layNotices(current as CalendarSource, notices) as CalendarFile
}

/** `line table field code` of every fault. */
export const faultsOf = (draft: MasterDraft): string[] =>
  draft.faults.map(({ line, table, field, code }) => `${line ?? '-'} ${table ?? '-'} ${field || '-'} ${code}`)

export const itemsOf = (draft: MasterDraft): Record<string, unknown>[] =>
  (draft.document?.items ?? []) as Record<string, unknown>[]
