// A line of a list of cases, as every list of the house shows it: what is stored of a case, in words. Reads nothing.

import { calendarOf, dayAt, type Law } from '../core/law/law.ts'
import { departmentName, instantIn, itemName } from '../present/words.ts'
import type { CaseRow } from '../store/port.ts'

export const caseLine = (row: CaseRow, law: Law) => {
  const calendar = calendarOf(law, row.region, dayAt(law, row.judgedAt))
  const item = itemName(law, row.item)
  const department = departmentName(law, row.department)
  return {
    project_no: row.projectNo,
    item: row.item,
    item_name: item.name,
    item_name_en: item.nameEn,
    department: row.department,
    department_name: department.name,
    department_name_en: department.nameEn,
    window_no: row.window.startsWith('@') ? null : row.window,
    status: row.status,
    level: row.level,
    in_hand: row.inHand,
    due_at: instantIn(calendar, row.dueAt),
    next_turn_at: instantIn(calendar, row.nextTurnAt),
    judged_at: instantIn(calendar, row.judgedAt),
    apart: row.apart,
  }
}
