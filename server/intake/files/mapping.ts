// The mapping file (I8): how rows of a foreign file become wire events (I1). Written in YAML or JSON, checked whole
// before anything is read, every fault with its place; unknown names are faults, for a mistyped one must not vanish.
// The schema is the documentation: descriptions stand at the members. Reads no file itself.

import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { MappingFault } from '../../contract/imports.ts'
import { EVENT_TYPES, type EventType } from '../../core/case/event.ts'
import { RATE_SCALES } from '../rating.ts'
import { shapeFaults } from './mapping-faults.ts'

const Name = Type.String({ minLength: 1, maxLength: 200 })
const closed = { additionalProperties: false }
const optional = Type.Optional
const described = (description: string) => ({ ...closed, description })

const Value = Type.Union(
  [
    Name,
    Type.Object({ const: Type.Unknown() }, described('the same for every row')),
    Type.Object(
      {
        column: Name,
        map: optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
        none: optional(Type.Array(Type.String(), { description: 'words of this column that mean nothing' })),
        default: optional(Type.String()),
        required: optional(Type.Boolean()),
      },
      described('a column with a table of codes (null: as if empty), a word for empty cells, or a must'),
    ),
    Type.Object({ date: Name, time: Name }, described('an instant whose date and time of day stand in two columns')),
  ],
  { description: 'a column (an XES attribute; of its trace: case:NAME), or more about it' },
)

const Values = Type.Record(Type.String(), Value)

const When = Type.Object({ column: Name, is: Type.Array(Type.String(), { minItems: 1 }) }, closed)

const Scale = Type.Union(
  RATE_SCALES.map((scale) => Type.Literal(scale)),
  {
    description: 'which way levels of satisfaction run: 1 is best, or 1 is worst of five; until it is said RATE waits',
  },
)

const shared = {
  when: optional(When),
  rate_scale: optional(Scale),
  id: optional(Value),
  fields: optional(Values),
  payload: optional(Values),
  personal: optional(Values),
}

const EventName = Type.Unsafe<EventType>(Type.Union(EVENT_TYPES.map((name) => Type.Literal(name))))

const CaseRule = Type.Object(
  {
    type: EventName,
    at: Value,
    key: optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'of a register: names the event in its row; unsaid: type',
      }),
    ),
    ...shared,
  },
  described('one event once a case, from attributes of the case; none where the instant is empty'),
)

const Activity = Type.Union([
  Type.Literal('STEP', { description: 'STEP_START and STEP_END; the step code is the activity' }),
  Type.Literal('SKIP', { description: 'left out, and counted' }),
  EventName,
  Type.Object({ step: Type.String({ minLength: 1, maxLength: 64 }) }, described('a step under this code')),
  Type.Object(
    {
      type: EventName,
      at: optional(Type.Union([Type.Literal('start'), Type.Literal('complete')])),
      payload: optional(Values),
    },
    closed,
  ),
])

const EventRule = Type.Object(
  {
    type: optional(EventName),
    activity: optional(Value),
    types: optional(Type.Record(Type.String(), Activity)),
    at: optional(Value),
    start: optional(Value),
    complete: optional(Value),
    lifecycle: optional(Name),
    lifecycles: optional(
      Type.Record(Type.String(), Type.Union([Type.Literal('start'), Type.Literal('complete'), Type.Literal('skip')]), {
        description: 'what a transition of `at` stamps; start and complete speak for themselves',
      }),
    ),
    ...shared,
  },
  described(
    'what each row makes: of one type, or by activity and a table of types ("*": any other); payload is that of the one type or of the steps',
  ),
)

export const MAPPING_SCHEMA = Type.Object(
  {
    mapping: Type.String({ minLength: 1, maxLength: 200, description: 'a name people know it by' }),
    source: optional(Type.String({ maxLength: 64, description: 'source system; --source goes before it' })),
    format: optional(Type.String({ description: 'ndjson, csv, xlsx, xes; unsaid: by the name of the file' })),
    encoding: optional(Type.String({ description: 'utf-8, gb18030, windows-1251 …; unsaid: UTF-8, else GB18030' })),
    delimiter: optional(Type.String({ minLength: 1, maxLength: 4 })),
    columns: optional(Type.Array(Name, { description: 'names of the columns of a file without a header' })),
    skip_rows: optional(Type.Integer({ minimum: 0, maximum: 100, description: 'lines above the header' })),
    sheet: optional(Type.Union([Type.String(), Type.Integer({ minimum: 1 })])),
    zone: optional(Type.String({ description: 'IANA zone of stamps without an offset' })),
    dates: optional(Type.Array(Name, { minItems: 1, description: 'iso, epoch_ms, dd/MM/yyyy HH:mm …; unsaid: iso' })),
    none: optional(
      Type.Array(Type.String(), { description: 'words that mean nothing, in every column; those of dates are known' }),
    ),
    register: optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description:
          'the file is an export of this register, one row a case: a later one replaces what an earlier one said',
      }),
    ),
    as_of: optional(Value),
    rate_scale: optional(Scale),
    fields: optional(Values),
    case: optional(Type.Array(CaseRule)),
    events: optional(Type.Array(EventRule)),
  },
  closed,
)

export type MappingFile = Static<typeof MAPPING_SCHEMA>
export type CaseRuleFile = Static<typeof CaseRule>
export type EventRuleFile = Static<typeof EventRule>
export type ValueFile = Static<typeof Value>
export type ActivityFile = Static<typeof Activity>

const checker = Compile(MAPPING_SCHEMA)

/** Faults of its shape; what the names in it mean is checked where it is compiled. */
export const mappingFaults = (document: unknown): MappingFault[] => shapeFaults(checker, document)
