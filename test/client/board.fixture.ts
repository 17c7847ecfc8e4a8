// A plausible board for tests and for looking: 80 windows of 30 departments before a long holiday. Pure and seeded.

import type { Board, BoardDay, HourFlow, StreamCard, Tile } from '../../server/contract/live.ts'
import type { WireLevel } from '../../server/contract/vocabulary.ts'

export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const DEPARTMENTS: readonly (readonly [string, string])[] = [
  ['市场监督管理局', 'Market Regulation Bureau'],
  ['人力资源和社会保障局', 'Human Resources and Social Security Bureau'],
  ['住房和城乡建设局', 'Housing and Construction Bureau'],
  ['自然资源和规划局', 'Natural Resources and Planning Bureau'],
  ['不动产登记中心', 'Real Estate Registry'],
  ['公安局', 'Public Security Bureau'],
  ['公安局出入境管理支队', 'Exit-Entry Administration'],
  ['税务局', 'Tax Bureau'],
  ['医疗保障局', 'Healthcare Security Bureau'],
  ['卫生健康委员会', 'Health Commission'],
  ['交通运输局', 'Transport Bureau'],
  ['教育局', 'Education Bureau'],
  ['民政局', 'Civil Affairs Bureau'],
  ['生态环境局', 'Ecology and Environment Bureau'],
  ['应急管理局', 'Emergency Management Bureau'],
  ['发展和改革委员会', 'Development and Reform Commission'],
  ['工业和信息化局', 'Industry and Information Bureau'],
  ['农业农村局', 'Agriculture Bureau'],
  ['水务局', 'Water Bureau'],
  ['文化广电旅游局', 'Culture and Tourism Bureau'],
  ['城市管理局', 'Urban Management Bureau'],
  ['消防救援支队', 'Fire and Rescue'],
  ['住房公积金管理中心', 'Housing Fund Centre'],
  ['司法局', 'Justice Bureau'],
  ['商务局', 'Commerce Bureau'],
  ['财政局', 'Finance Bureau'],
  ['烟草专卖局', 'Tobacco Monopoly Bureau'],
  ['气象局', 'Meteorological Bureau'],
  ['残疾人联合会', "Disabled Persons' Federation"],
  ['退役军人事务局', 'Veterans Affairs Bureau'],
]

const ITEMS: readonly (readonly [string, string])[] = [
  ['食品经营许可（新办）', 'Food business licence (new)'],
  ['建设工程规划许可证核发', 'Construction planning permit'],
  ['国有建设用地使用权及房屋所有权转移登记', 'Transfer of land use right and house ownership'],
  ['建筑工程施工许可', 'Building works permit'],
  ['企业设立登记', 'Company registration'],
  ['医疗机构执业登记', 'Medical institution registration'],
  ['道路货物运输经营许可', 'Road haulage licence'],
  ['公众聚集场所投入使用、营业前消防安全检查', 'Fire safety check of public venues before opening'],
]

const RULES: Record<1 | 2 | 3, readonly (readonly [string, string, string])[]> = {
  1: [['T-01', '即将到期', 'Due soon']],
  2: [
    ['T-02', '超承诺时限', 'Past the promised limit'],
    ['T-04', '环节超时', 'Step past its limit'],
    ['P-01', '无受理办结', 'Concluded without acceptance'],
  ],
  3: [['T-03', '超法定时限', 'Past the statutory limit']],
}

export const NOW = '2026-09-29T14:32:07+08:00'
const nowMs = Date.parse(NOW)
const iso = (ms: number): string => new Date(ms).toISOString()
const HOUR = 3_600_000

const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T

export const busyDay = (speed: number): BoardDay => ({
  zone: 'Asia/Shanghai',
  speed,
  on: '2026-09-29',
  kind: 'work',
  holiday: { name: '国庆节', in_days: 2 },
  office: [
    { from: '2026-09-29T09:00:00+08:00', to: '2026-09-29T12:00:00+08:00' },
    { from: '2026-09-29T13:30:00+08:00', to: '2026-09-29T17:30:00+08:00' },
  ],
  next_opening: '2026-09-30T09:00:00+08:00',
})

export const calmTile = (i: number, over: Partial<Tile> = {}): Tile => {
  const [name, nameEn] = DEPARTMENTS[i % DEPARTMENTS.length] as readonly [string, string]
  const row = Math.floor(i / 10) + 1
  const column = (i % 10) + 1
  const area = 'ABCD'[Math.floor((row - 1) / 2)] ?? 'E'
  const number = ((row - 1) % 2) * 10 + column
  return {
    window_no: `${area}${String(number).padStart(2, '0')}`,
    name: `${name}综合窗口`,
    name_en: `${nameEn} counter`,
    department: `D${String(i % DEPARTMENTS.length).padStart(2, '0')}`,
    department_name: name,
    department_name_en: nameEn,
    row,
    column,
    level: 0,
    rule: null,
    rule_name: null,
    rule_name_en: null,
    case_tail: null,
    project_no: null,
    holder: null,
    limit_at: null,
    late_by_wd: 0,
    provisional: false,
    in_hand: 20,
    waiting_reply: 0,
    next_due_at: '2026-09-30T23:59:59.999+08:00',
    due_within: [1, 3, 6],
    ...over,
  }
}

const litTile = (tile: Tile, level: 1 | 2 | 3, random: () => number): Tile => {
  const [rule, name, nameEn] = pick(RULES[level], random)
  const serial = String(Math.floor(random() * 400)).padStart(4, '0')
  return {
    ...tile,
    level,
    rule,
    rule_name: name,
    rule_name_en: nameEn,
    case_tail: `20260917-${serial}`,
    project_no: `370100${tile.window_no}20260917-${serial}`,
    holder: pick(['王*', '李*', '赵*', '欧阳*'], random),
    limit_at: level === 1 ? iso(nowMs + 5 * HOUR) : iso(nowMs - 30 * HOUR),
    // only what is about a limit has a lateness
    late_by_wd: level === 1 || !rule.startsWith('T-') ? 0 : 1 + Math.floor(random() * 3),
    waiting_reply: level === 1 ? 0 : 1 + Math.floor(random() * 2),
    next_due_at: level === 1 && random() < 0.5 ? '2026-09-29T17:30:00+08:00' : '2026-09-30T23:59:59.999+08:00',
    provisional: random() < 0.15,
  }
}

const cardOf = (tile: Tile, n: number, random: () => number): StreamCard => {
  const level = (tile.level === 0 ? 1 : tile.level) as WireLevel
  const [item, itemEn] = pick(ITEMS, random)
  return {
    card_id: `c${n}`,
    rule_id: tile.rule ?? 'T-01',
    rule_name: tile.rule_name ?? '即将到期',
    rule_name_en: tile.rule_name_en ?? 'Due soon',
    level,
    state: level >= 2 ? (random() < 0.8 ? 'notified' : 'explained') : 'raised',
    window_no: tile.window_no,
    department_name: tile.department_name,
    department_name_en: tile.department_name_en,
    item_name: item,
    item_name_en: itemEn,
    project_no: tile.project_no ?? `3701${n}`,
    case_tail: tile.case_tail ?? '20260920-0007',
    holder: tile.holder ?? '孙*',
    limit_at: tile.limit_at ?? iso(nowMs - HOUR),
    raised_at: iso(nowMs - Math.floor(random() * 40 * HOUR)),
    reply_due_at: level >= 2 ? iso(nowMs + Math.floor(random() * 60 * HOUR) - 2 * HOUR) : null,
    late_by_wd: tile.late_by_wd,
    provisional: tile.provisional,
    of_record: false,
  }
}

const hoursOf = (random: () => number): HourFlow[] =>
  [3, 34, 61, 66, 48, 9, 14, 52, 0, 0].map((height, i) => {
    const hour = 8 + i
    const happened = hour <= 14
    return {
      hour,
      received: happened ? height + Math.floor(random() * 8) : 0,
      accepted: happened ? height : 0,
      concluded: happened ? Math.floor(height * (0.6 + random() * 0.5)) : 0,
      usual: [8, 40, 58, 60, 44, 12, 10, 49, 55, 38][i] ?? null,
    }
  })

export interface BoardWish {
  /** How many windows are lit; a fifth of them red, two fifths yellow, the rest warned. */
  lit: number
  speed?: number
}

export const makeBoard = (seed: number, wish: BoardWish = { lit: 12 }): Board => {
  const random = seeded(seed)
  const tiles = Array.from({ length: 80 }, (_, i) =>
    calmTile(i, {
      in_hand: Math.floor(random() * 60) + (random() < 0.06 ? 100 : 2),
      due_within: [Math.floor(random() * 4), 4, 9],
    }),
  )
  const chosen = new Set<number>()
  while (chosen.size < wish.lit) chosen.add(Math.floor(random() * 80))
  const levels: (1 | 2 | 3)[] = [3, 2, 1, 2, 1]
  let n = 0
  for (const i of chosen) tiles[i] = litTile(tiles[i] as Tile, levels[n++ % levels.length] as 1 | 2 | 3, random)
  const lit = tiles.filter((tile) => tile.level > 0)
  const cards = [...lit, ...lit.slice(0, 6)].map((tile, i) => cardOf(tile, i, random))
  const level = (wanted: number): number => cards.filter((card) => card.level === wanted).length
  return {
    centre: { name: '滨江市政务服务中心', name_en: 'Binjiang Government Service Centre' },
    day: busyDay(wish.speed ?? 1),
    figures: {
      today: { on_time: 380, late: 6 },
      quarter: { on_time: 21_538, late: 462, overdue: wish.lit === 0 ? 0 : 14 },
      previous_quarter: { on_time: 20_113, late: 554, overdue: 3 },
      unconfirmed: 0,
      received_today: 438,
      accepted_today: 412,
      concluded_today: 386,
      members_in_hand: 0,
      in_hand: 2417,
      due_today: 63,
      at_risk: 9,
      overdue_in_hand: wish.lit === 0 ? 0 : 14,
      warnings_today: level(1),
      yellows_today: level(2),
      reds_today: level(3),
      waiting_reply: cards.filter((card) => card.level >= 2 && card.state === 'notified').length,
      members_waiting_reply: 0,
    },
    hours: hoursOf(random),
    forecast: [
      { on: '2026-09-29', kind: 'work', name: null, due: 63, at_risk: 9 },
      { on: '2026-09-30', kind: 'work', name: null, due: 93, at_risk: 22 },
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => ({
        on: `2026-10-0${day}`,
        kind: 'holiday' as const,
        name: '国庆节',
        due: 0,
        at_risk: 0,
      })),
      { on: '2026-10-08', kind: 'work', name: null, due: 31, at_risk: 31 },
      { on: '2026-10-09', kind: 'work', name: null, due: 58, at_risk: 0 },
      { on: '2026-10-10', kind: 'makeup', name: '国庆节', due: 44, at_risk: 0 },
      { on: '2026-10-11', kind: 'weekend', name: null, due: 0, at_risk: 0 },
      { on: '2026-10-12', kind: 'work', name: null, due: 71, at_risk: 0 },
    ],
    sources: [
      {
        source: 'realty',
        name: '不动产登记',
        last_event_at: iso(nowMs - 192_000),
        lag_ms: 192_000,
        office_lag_ms: 192_000,
        batch: false,
        waiting_rows: 0,
      },
      {
        source: 'market',
        name: '市场监管',
        last_event_at: iso(nowMs - 20_000),
        lag_ms: 20_000,
        office_lag_ms: 20_000,
        batch: false,
        waiting_rows: 0,
      },
      {
        source: 'build',
        name: '工程建设',
        last_event_at: iso(nowMs - 61_000),
        lag_ms: 61_000,
        office_lag_ms: 61_000,
        batch: false,
        waiting_rows: 0,
      },
      {
        source: 'social',
        name: '社保',
        last_event_at: null,
        lag_ms: null,
        office_lag_ms: null,
        batch: false,
        waiting_rows: 0,
      },
    ],
    tiles,
    cards,
  }
}
