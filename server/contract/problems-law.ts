// Problems with loads of law and calendar (I9, T1a): their status and words. A part of the one table in problems.ts.

export const LAW_PROBLEMS = {
  bad_catalogue: {
    status: 422,
    zh: '目录有误，未予采用，原目录继续有效。首处在 {at}：{detail}',
    en: 'The catalogue has faults; nothing of it was taken and the former one holds. The first is at {at}: {detail}',
  },
  load_not_found: {
    status: 404,
    zh: '没有编号为 {detail} 的载入。',
    en: 'There is no load of entry {detail}.',
  },
  load_contained: {
    status: 409,
    zh: '该次载入的日历已并入其后的载入（{detail}），单独撤回不会取消那些日子；请先撤回后者。',
    en: 'What this load says of a calendar is contained in a later load ({detail}), so that taking it back alone would not take those days with it: take the later one back first.',
  },
  load_taken_back: {
    status: 409,
    zh: '第 {detail} 号载入已经撤回。',
    en: 'The load of entry {detail} has been taken back already.',
  },
  law_moved: {
    status: 409,
    zh: '试载之后目录又有更新，请重新试载后再采用。',
    en: 'The catalogue has changed since the trial: try the file again before enacting it.',
  },
} as const
