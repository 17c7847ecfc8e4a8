// Words of weighing a load of law and of taking it back (T1a).

export const noticeHelp = {
  notice: {
    label: '通知未列的现行日子',
    none: '未指明（有则不载，先问）',
    replaces: '取代原安排：取消',
    adds: '补充原安排：不变',
    hint: '更正的通知漏列原通知的日子时须指明',
    shrinks: '日历的覆盖可以变短',
  },
}

export const lawLoad = {
  reach: {
    unnamed: (days: string) => `通知未列、依法放假的日子仍按放假计：${days}`,
    shrinks: (before: string, after: string) => `覆盖变短：原 ${before}，载入后 ${after}`,
    left: {
      none: (days: string) => `现行日历有、通知未列的日子，请指明取消还是不变：${days}`,
      replaces: (days: string) => `通知未列、将取消的日子：${days}`,
      adds: (days: string) => `通知未列、仍不变的日子：${days}`,
    },
  },
  moves: {
    heading: '采用后将变动',
    looked: (n: number, all: number) => `按两版规则各判一遍：${n}/${all} 件`,
    rest: (n: number) => `另有 ${n} 件未试判，不在以下数字之内`,
    moved: '有变动的办件',
    due: '到期日变动',
    certain: '转为确定',
    provisional: '转为暂定',
    verdicts: '办结评定变动',
    setApart: '不能评判、将另存',
    cards: '牌的变动',
    noCards: '没有牌变动',
    shift: {
      raised: '新增',
      raised_waiting: '新增待核',
      counted: '待核转计入',
      waiting: '计入转待核',
      to_lift: '转待撤',
      lifted: '解除',
      overtaken: '被升级替代',
      restored: '恢复',
      changed: '内容有变',
    },
    figures: '数字的增减（全部部门、全部日期）',
    noFigures: '数字不变',
    due_sum: '在办、有到期日',
    risk: '在办、有预警',
    andMore: (n: number) => `以下列前 ${n} 件`,
  },
  takeBack: {
    column: '撤回',
    open: '撤回…',
    heading: (entry: number) => `撤回第 ${entry} 号载入`,
    why: '理由',
    tryIt: '先看会变动什么',
    busy: '正在试判…',
    act: (entry: number) => `撤回第 ${entry} 号载入`,
    done: (entry: number) => `已由第 ${entry} 号撤回`,
  },
}

/** Words of what a document may set beside rows (I9, F5). */
export const settingTables = { settings: '设定', centre: '中心' }
export const settingFields = {
  twin_minutes: '两源同报的时限（分钟）',
  profile: '时限规则方案',
  supervised_from: '监察起始时刻',
}
export const lawPage = {
  profiles: '时限规则方案',
  inForce: '现行',
  basis: '依据',
  loads: '载入沿革',
  noLoads: '还没有载入过目录，现行的是随程序发布的日历与规则。',
  rows: '行数',
  values: '全部取值',
  settings: '设定',
  twins: '两个来源先后报送同一件事，相隔不超过几分钟的只算一次',
  minutes: (n: number) => `${n} 分钟`,
  since: (day: string | null) => (day === null ? '随程序发布' : `${day} 起`),
}
