// The mappings under which the files of other tools' test suites are read, beside those of fixtures/mappings.

import type { Mapping } from '../../server/intake/files/map.ts'
import { mappingNamed, mappingOf } from './files.ts'

const table = (project: string, activity: string, at: string, more: object = {}): Mapping =>
  mappingOf({ mapping: 'table', zone: 'UTC', fields: { project_no: project }, events: [{ activity, at }], ...more })

export const CONFORMANCE_MAPPINGS: Readonly<Record<string, Mapping>> = {
  xes: mappingNamed('xes'),
  'xes-slashes': mappingOf({
    mapping: 'log whose stamps are texts',
    zone: 'UTC',
    dates: ['yyyy/MM/dd HH:mm:ss.SSS'],
    fields: { project_no: 'case:concept:name' },
    events: [{ activity: 'concept:name', start: 'time:timestamp', complete: 'completeTime' }],
  }),
  table: mappingNamed('table'),
  bare: mappingNamed('table-bare'),
  'days-first': mappingNamed('table-days-first'),
  hebrew: mappingNamed('hebrew'),
  'hebrew-sheet': mappingNamed('hebrew-sheet'),
  'hebrew-bare': table('1', '2', '3', { columns: ['1', '2', '3', '4', '5'], delimiter: '¸' }),
  opyen: mappingOf({
    mapping: 'events with numbers of their own',
    zone: 'UTC',
    dates: ['dd-MM-yyyy:HH.mm'],
    fields: { project_no: 'Case ID' },
    events: [{ activity: 'Activity', at: 'dd-MM-yyyy:HH.mm', id: 'Event ID' }],
  }),
  pm4py: table('case:concept:name', 'concept:name', 'time:timestamp'),
  plain: table('CaseID', 'Activity', 'Timestamp'),
  slashes: table('case:concept:name', 'Activity', 'time:timestamp', { dates: ['yyyy/MM/dd HH:mm:ss.SSS'] }),
  bpi: table('caseid', 'task', 'end_timestamp'),
  purchase: mappingOf({
    mapping: 'purchases',
    zone: 'UTC',
    fields: { project_no: 'caseid' },
    events: [{ activity: 'task', start: 'start_timestamp', complete: 'end_timestamp' }],
  }),
  arrivals: mappingOf({
    mapping: 'arrivals',
    zone: 'UTC',
    fields: { project_no: 'caseid' },
    case: [{ type: 'RECEIVE', at: 'timestamp' }],
  }),
  none: mappingOf({
    mapping: 'nothing of the kind',
    fields: { project_no: 'n' },
    case: [{ type: 'RECEIVE', at: 't' }],
  }),
}
