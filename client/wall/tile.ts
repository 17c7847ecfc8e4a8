// What a tile of the hall says, in full and in short, before it is drawn. Pure.

import type { Tile } from '../../server/contract/live.ts'
import { named, type Words } from '../i18n/words.ts'
import { shortDepartment, shortDepartmentEn } from '../lib/names.ts'
import { type OfficeDays, officeDistance } from '../lib/office-time.ts'
import { pleaOf, ruleOf, sinceText } from './view.ts'

export interface TileSaid {
  /** The department in a word or two. */
  short: string
  /** The window's own name without its department's: what tells it from its neighbours. */
  name: string
  rule: string
  /** How late or how long still; where neither is known, the rule's name (`line`) or since when (`lineLong`). */
  line: string
  lineLong: string
  /** Lit by what has no lateness. */
  isNamed: boolean
  /** All of it in one sentence, for whoever hears it. */
  whole: string
}

export const sayTile = (t: Words, tile: Tile, now: number, days: OfficeDays): TileSaid => {
  const department = named(t, tile.department_name, tile.department_name_en)
  const name = named(t, tile.name.replace(tile.department_name, '').trim() || tile.name, tile.name_en)
  const plea = pleaOf(tile, now)
  const rule = ruleOf(t, tile, plea)
  const isLit = tile.level > 0
  const lines = (): readonly [string, string] => {
    if (plea.kind === 'late') return [t.hall.late(plea.workDays), t.hall.lateLong(plea.workDays)]
    if (plea.kind === 'ahead') {
      const distance = officeDistance(plea.at, now, days)
      return [t.hall.left(distance), t.hall.leftLong(distance)]
    }
    return [rule, plea.since === null ? '' : t.hall.since(sinceText(t, plea.since, now, days.day.zone))]
  }
  const [line, lineLong] = lines()
  const whole = [
    `${tile.window_no} ${department} ${name}`,
    t.level[tile.level],
    rule,
    tile.case_tail === null ? '' : `…${tile.case_tail.replace('…', '')}`,
    tile.holder ?? '',
    isLit ? lineLong : '',
    tile.provisional && isLit ? t.hall.provisional : '',
    t.hall.inHand(tile.in_hand),
    `${t.hall.dueWithin} ${tile.due_within.join('/')}`,
    tile.waiting_reply > 0 ? t.hall.waitingReply(tile.waiting_reply) : '',
  ]
  return {
    short: t.lang === 'en' ? shortDepartmentEn(department) : shortDepartment(tile.department_name),
    name,
    rule,
    line,
    lineLong,
    isNamed: plea.kind === 'rule' && isLit,
    whole: whole.filter((part) => part !== '').join(' · '),
  }
}
