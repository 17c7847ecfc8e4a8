// Chinese: the words of the page of measures. The shape both languages share.

export const zhMeasures = {
  measures: {
    title: '统计',
    by: {
      department: '部门',
      window: '窗口',
      operator: '经办人',
      item: '事项',
      region: '区划',
      source: '来源',
    },
    none: '本期没有办件。',
    rows: (n: number) => `共 ${n} 行，点击数字即见其办件`,
  },
}
