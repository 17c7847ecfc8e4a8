// Chinese: the words of the wall. The shape both languages share.

import type { Span } from '../../lib/hours.ts'
import type { OfficeDistance } from '../../lib/office-time.ts'

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const

const span = (of: Span): string => {
  if (of.days > 0) return `${of.days} 天 ${of.hours} 小时`
  if (of.hours > 0) return `${of.hours} 小时 ${of.minutes} 分`
  return of.minutes > 0 ? `${of.minutes} 分 ${of.seconds} 秒` : `${of.seconds} 秒`
}
/** Minutes of office time. */
const hoursText = (minutes: number): string =>
  minutes < 60 ? `${minutes}分` : `${Math.floor(minutes / 60)}时${minutes % 60 === 0 ? '' : `${minutes % 60}分`}`

export const zhWall = {
  live: {
    on: '实时',
    onWhy: '刚有来源报来事件。',
    waiting: '正在等数据',
    waitingWhy: '已超过通常的间隔没有事件报来；间隔只计办公时间。',
    shut: '已闭厅',
    silent: (name: string, lag: string) => `${name} 已静默 ${lag}`,
    officeTime: '只计办公时间',
    rowsWait: (name: string, n: number) => `${name} 待补 ${n} 行`,
    rowsWaitWhy: '文件中这些行有内容未能读取，整行等待补正；其办件不在各项数字之内。',
    slowest: (name: string, lag: string) => `最慢来源 ${name} ${lag}`,
    noSources: '尚无数据来源',
    stale: (at: string) => `数据截至 ${at}`,
    staleWhy: '与服务器的连接中断，画面停留在最后收到的数据，恢复后自动更新。',
    apart: (n: number) => `搁置 ${n} 件`,
    rejudging: '重判中',
    rejudging_sources: '核对中',
    storage_full: '磁盘已满',
    storage_failed: '暂不能写入',
    rebuilding: '重建中',
    broken: '已停止写入',
    connecting: '正在连接监察服务器',
    connectingWhy: '收到第一份数据后即显示全景。',
  },

  span,

  lag: (of: Span) => (of.days > 0 ? `${of.days} 天` : of.hours > 0 ? `${of.hours} 小时 ${of.minutes} 分` : span(of)),

  figures: {
    membersInHand: (n: string) => `另有并联成员 ${n}`,
    quarter: '本季及时率',
    previous: '上季',
    ofConcluded: (of: { all: string; onTime: string; overdue: number; unconfirmed: number }) =>
      `${of.all} 件中按时 ${of.onTime} 件${of.overdue > 0 ? `，含超期在办 ${of.overdue}` : ''}${of.unconfirmed > 0 ? `，另 ${of.unconfirmed} 件待核` : ''}`,
    noneConcluded: '本季尚无应计办件',
    change: (text: string) => (text === '0' ? '与上季持平' : `比上季 ${text}`),
    noBase: '上季无数据',
    received: '今日收件',
    accepted: '今日受理',
    concluded: '今日办结',
    inHand: '在办',
    dueToday: '今日到期',
    atRisk: '有风险',
    overdue: '超期',
  },

  flow: {
    title: '今日办件',
    received: '收件',
    accepted: '受理',
    concluded: '办结',
    usual: (weekday: number) => `平常周${WEEKDAYS[weekday]}受理`,
    axis: '件/时',
    waiting: '等待今日第一件收件',
    hour: (h: number) => `${h} 时`,
  },

  hall: {
    title: '窗口',
    hint: '按大厅位置排列，亮起即需关注',
    counts: (n: number) => `${n} 个`,
    lit: (n: number) => `亮起 ${n}`,
    allCalm: '全部正常',
    waiting: '等待窗口目录：导入事项目录后，各窗口按大厅位置显示',
    inHand: (n: number) => `在办 ${n}`,
    late: (wd: number) => `超${wd}日`,
    lateLong: (wd: number) => `超 ${wd} 个工作日`,
    since: (when: string) => `${when} 起`,
    waitingReply: (n: number) => `待回复 ${n} 张`,
    dueWithin: '1/3/5 个工作日内到期',
    dueSoon: (n: number) => `1日内${n}`,
    calm: '正常',
    left: (d: OfficeDistance) => {
      if (d.kind === 'past') return '已到期'
      if (d.kind === 'office') return d.minutes < 60 ? `剩${d.minutes}分` : `剩${Math.floor(d.minutes / 60)}时`
      if (d.kind === 'shut') return '今日止'
      if (d.kind === 'work_days') return d.isTomorrow ? '明日' : `剩${d.n}日`
      return `${d.month}月${d.day}日`
    },
    leftLong: (d: OfficeDistance) => {
      if (d.kind === 'past') return '已到期'
      if (d.kind === 'office') return `办公时间还有${hoursText(d.minutes)}`
      if (d.kind === 'shut') return '今日到期，已闭厅'
      if (d.kind === 'work_days') return d.isTomorrow ? '明日到期' : `还有 ${d.n} 个工作日`
      return `${d.month}月${d.day}日到期`
    },
    nextDue: '最近到期',
    provisional: '暂定',
  },

  stream: {
    title: '亮牌',
    waitingReply: (n: number) => `待回复 ${n}`,
    /** Of members of joint handlings, beside the sum (M1). */
    membersWaiting: (n: number) => `另有并联成员 ${n} 张`,
    empty: '目前没有亮牌',
    emptyWhy: '办件逼近或超过时限时，这里立即出现对应的预警、黄牌或红牌。',
    isNew: '新',
    ago: (of: Span) =>
      of.days > 0
        ? `${of.days} 天前`
        : of.hours > 0
          ? `${of.hours} 小时前`
          : of.minutes > 0
            ? `${of.minutes} 分钟前`
            : '刚刚',
    replyIn: (d: OfficeDistance) => {
      if (d.kind === 'office') return `今日内回复，剩${hoursText(d.minutes)}`
      if (d.kind === 'work_days') return `${d.n}工作日内回复`
      return d.kind === 'far' ? `${d.month}月${d.day}日前回复` : '今日内回复'
    },
    replyLate: '回复已逾期',
    late: (wd: number) => `超${wd}日`,
    ofRecord: '存档',
    more: (n: number) => `另有 ${n} 张`,
    backOffice: '后台',
    nobody: '未记名',
  },

  forecast: {
    title: '到期预测',
    due: '到期',
    atRisk: '有风险',
    sum: (days: number, due: string) => `未来 ${days} 个工作日到期 ${due} 件`,
    beforeHoliday: (n: string, name: string) => `${name}放假前 ${n} 件`,
    off: '休',
    makeup: '班',
    today: '今日',
    offDays: (n: number, name: string | null) =>
      name === null ? (n > 1 ? `休${n}日` : '休') : n > 1 ? `${name}休${n}日` : '休',
    waiting: '等待在办件：有了到期日，这里逐日显示',
  },

  load: {
    title: '部门负荷',
    department: '部门',
    inHand: '在办',
    within: ['1日', '3日', '5日'] as [string, string, string],
    hint: '工作日内到期',
    lit: '亮起',
    more: (n: number) => `另有 ${n} 个部门`,
  },

  next: { title: '最近到期', hint: '按先后', empty: '没有即将到期的办件' },

  sources: {
    title: '数据来源',
    lag: '距最近一条（办公时间）',
    never: '尚未来数',
    waiting: (n: number) => `待补 ${n} 行`,
  },

  offHours: {
    closed: '非办公时间',
    dayOff: '今日休息',
    lunch: '午间休息',
    nextOpening: '下次开门',
    at: (monthDay: string, weekday: string, time: string) => `${monthDay} ${weekday} ${time}`,
    inSpan: (text: string) => `还有 ${text}`,
  },

  key: {
    title: '请出示密钥',
    why: '此画面需要有效的查看密钥。密钥由监察室发放，只读，可随时收回。',
    field: '密钥',
    enter: '进入',
    kept: '密钥只保存在这台设备上。',
  },
}
