// A hall under the Dalian profile in June 2026 (06-19 is a holiday) with one story a case, told at 10:00 of Friday 06-26:
// deemed accepted, paused past its cap, urged in vain, silent for the batch source's sake, late and not urged.

import { event, type House, openHouse } from './house.ts'

export const STORIES = {
  deemed: 'P-0601-001',
  paused: 'P-0601-002',
  urged: 'P-0601-003',
  batch: 'P-0610-004',
  late: 'P-0601-005',
  unlawful: 'P-0622-006',
  joint: 'P-0622-007',
} as const

const day = (on: string, time = '10:00'): string => `2026-${on}T${time}:00+08:00`

const pause = (over: Record<string, unknown>) => ({
  kind: 'hearing',
  basis: '行政许可法第四十六条',
  approver: '周某',
  approved_days: { value: 5, unit: 'WD' },
  notice_at: day('06-03', '09:00'),
  ...over,
})

const told = [
  event('RECEIVE', STORIES.deemed, day('06-01')),

  event('RECEIVE', STORIES.paused, day('06-01', '09:30')),
  event('ACCEPT', STORIES.paused, day('06-01')),
  event('SUSPEND', STORIES.paused, day('06-03'), { window_no: 'A02', payload: pause({}) }),

  event('RECEIVE', STORIES.urged, day('06-01', '09:30')),
  event('ACCEPT', STORIES.urged, day('06-01')),
  event('STEP_START', STORIES.urged, day('06-10'), { window_no: 'A02', payload: { step_code: 'SC' } }),
  event('URGE', STORIES.urged, day('06-17'), {
    operator_name: '督查员甲',
    payload: { reason: '承诺已过两日，请即办' },
  }),

  event('ACCEPT', STORIES.late, day('06-01')),
  event('COMPLAIN', STORIES.late, day('06-16')),
  event('RATE', STORIES.late, day('06-17'), { payload: { level: 5, origin: 'active' } }),

  event('ACCEPT', STORIES.unlawful, day('06-22')),
  event('SUSPEND', STORIES.unlawful, day('06-23'), { payload: { kind: 'publicity', approver: '周某' } }),

  event('RECEIVE', STORIES.joint, day('06-22', '09:00'), { payload: { green_channel: true } }),
  event('ACCEPT', STORIES.joint, day('06-22', '09:30')),
  event('JOINT_DISPATCH', STORIES.joint, day('06-22'), { payload: { member: 'HC', reply_due_at: '2026-06-24' } }),
]

/** Opens the hall and tells the stories; the caller closes it. */
export const openStories = async (): Promise<House> => {
  const house = await openHouse('2026-06-26T10:00:00+08:00x1', {
    settings: { profile: 'dalian' },
    sources: [
      { source: 'test', name: '测试来源', rate_scale: 'best_first' },
      { source: 'nightly', name: '夜间批量', mode: 'batch', delivers_at: ['02:00'] },
    ],
  })
  await house.post(told)
  await house.post([event('ACCEPT', STORIES.batch, day('06-10'))], 'nightly')
  return house
}
