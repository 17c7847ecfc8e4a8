// Problems with case numbers (I11): their status and words. A part of the one table in problems.ts.

export const NUMBER_PROBLEMS = {
  proposal_declined: {
    status: 409,
    zh: '同样的合并或拆分建议（第 {detail} 号）已被监督人员驳回。',
    en: 'A supervisor has declined the same proposal (no. {detail}).',
  },
  proposal_decided: {
    status: 409,
    zh: '该建议已有结论（{detail}）。',
    en: 'This proposal has been decided already ({detail}).',
  },
  numbers_stand: {
    status: 409,
    zh: '该来源的编号归属已是如此：{detail}',
    en: 'That is how the numbers of this source stand already: {detail}',
  },
  not_own: {
    status: 409,
    zh: '该来源的编号不能自编（监察室催办用办件全称，来源名称不得含冒号）：{detail}',
    en: 'This source cannot have numbers of its own (the office urges by full number, a name bears no colon): {detail}',
  },
  no_collision: {
    status: 409,
    zh: '该编号没有疑似撞号，或已如此认定。',
    en: 'This number is in no doubt, or that has been said of it already.',
  },
  bad_alias: {
    status: 409,
    zh: '这两个办件编号不能这样合并或拆分：{detail}',
    en: 'These numbers cannot be joined or parted so: {detail}',
  },
} as const
