// Problems with keys at the console (A2): their status and words. A part of the one table in problems.ts.

export const KEY_PROBLEMS = {
  bad_role: {
    status: 400,
    zh: '不能这样添加密钥：{detail}',
    en: 'A key cannot be made so: {detail}',
  },
  bad_source: {
    status: 400,
    zh: '来源名称不得含冒号，也不得是 office（监察室自用）：{detail}',
    en: 'A source has no colon in its name and is not office, which is the house itself.',
  },
  bad_code: {
    status: 400,
    zh: '{at}：编码有误（空白、过长或含控制字符）。',
    en: '{at}: not a code.',
  },
  no_live_key: { status: 404, zh: '没有这个有效密钥', en: 'no live key {detail}' },
} as const
