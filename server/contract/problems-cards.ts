// Problems with moves of people on cards (C4, C5, T13, I13): their status and words. A part of the one table in problems.ts.

export const CARD_PROBLEMS = {
  unknown_move: { status: 400, zh: '没有这种办理动作：{detail}', en: 'There is no such move: {detail}' },
  wrong_state: {
    status: 409,
    zh: '该牌目前的状态不能这样办理。',
    en: 'A card in its present state cannot take this move.',
  },
  waits_calendar: {
    status: 409,
    zh: '该牌的到期日超出已公布的放假安排，是暂定日期，不由人确认或不予采纳：新的放假通知导入后自动重判，成立即通知。',
    en: 'The due day of this card lies past the published calendar and is provisional: nobody confirms or declines it. It is judged again when the next notice is loaded, and told then if it stands.',
  },
  waits_source: {
    status: 409,
    zh: '该牌在等批量来源补传，不由人确认或不予采纳：补传之后，或宽限期满，自动成立或解除。',
    en: 'This card waits for what a batch source may still deliver: nobody confirms or declines it. It is told or lifted by itself once that came, or the grace is over.',
  },
  stale_move: {
    status: 409,
    zh: '该牌在您打开之后又有办理，请刷新后再试。',
    en: 'The card was moved after you opened it: look at it again before you move it.',
  },
  still_overdue: {
    status: 409,
    zh: '办件仍在办且已超期：确要销号，请再次确认（still_overdue）。',
    en: 'Its case is in hand and overdue still: to close the card all the same, say so (still_overdue).',
  },
  own_ground: {
    status: 409,
    zh: '撤牌所依据的事项由您本人提出，应由他人决定。',
    en: 'You brought what would lift this card yourself: somebody else decides.',
  },
  case_apart: {
    status: 409,
    zh: '该办件已单独搁置、无法计算，暂不能办理其牌；请先由管理员处理（见 /health）。',
    en: 'This case is set apart because it could not be reckoned; its cards cannot be moved until that is mended (see /health).',
  },
} as const
