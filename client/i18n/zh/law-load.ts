// Words of weighing a load of law and of taking it back (T1a).

export const lawLoad = {
  moves: {
    heading: '采用后将变动',
    looked: (n: number, all: number) => `按两版规则各判一遍：${n}/${all} 件`,
    rest: (n: number) => `另有 ${n} 件未试判，不在以下数字之内`,
    due: '到期日变动',
    certain: '转为确定',
    provisional: '转为暂定',
    verdicts: '办结评定变动',
    raised: '新增牌',
    lifted: '撤下牌',
    raises: '新增',
    lifts: '撤下',
  },
  takeBack: {
    open: '撤回…',
    heading: (entry: number) => `撤回第 ${entry} 号载入`,
    why: '理由',
    tryIt: '先看会变动什么',
    busy: '正在试判…',
    act: (entry: number) => `撤回第 ${entry} 号载入`,
    done: (entry: number) => `已由第 ${entry} 号撤回`,
  },
}
