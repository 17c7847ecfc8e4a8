// The folders of the field, each a complaint of somebody, and where it is asked: in a test of this room that names its files.

export const FOLDERS = [
  'backslash-quotes',
  'closing-date-only',
  'cloudevents-sdk',
  'date-and-time-apart',
  'due-at-midnight',
  'empty-shared-string',
  'error-cells',
  'iso-date-cells',
  'merged-department',
  'null-words',
  'register-updated',
  'sheet-formats',
  'short-rows',
  'sla-hours',
  'spaces-in-numbers',
  'text-markers',
  'unix-zero',
  'xes-odd',
  'xlsx-export-ffff',
  'zero-padded-numbers',
] as const
