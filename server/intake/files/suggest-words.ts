// Heads of columns and names of activities as offices and their systems write them, Chinese and English, by what they
// mean (I8). Words only, without spaces, marks and case; a head that is a word comes before a head that holds one.

export type Role =
  | 'project_no'
  | 'org_code'
  | 'window_no'
  | 'operator_id'
  | 'operator_name'
  | 'task_code'
  | 'region_code'
  | 'received'
  | 'accepted'
  | 'decided'
  | 'concluded'
  | 'promise_due_at'
  | 'legal_due_at'
  | 'promise_limit'
  | 'legal_limit'
  | 'activity'
  | 'at'
  | 'start'
  | 'complete'
  | 'lifecycle'

const words = (text: string): readonly string[] => text.split(' ')

/** In the order in which roles choose their column. */
export const HEADS: Readonly<Record<Role, readonly string[]>> = {
  project_no: words(
    '办件编号 办件号 办件编码 业务流水号 办件流水号 受理编号 申办流水号 申请编号 申办编号 收件编号 业务编号 案件编号 案卷号 流水号 projectno projectid projectnumber caseid caseno casenumber caseenquiryid case:concept:name case applicationno applicationid requestid ticketid permitno permitnumber recordid',
  ),
  lifecycle: words('lifecycle:transition lifecycletransition lifecycle transition 生命周期'),
  activity: words(
    '环节名称 环节 办理环节 当前环节 流程环节 活动名称 活动 步骤 节点 节点名称 activity activityname task taskname step stepname concept:name conceptname',
  ),
  promise_limit: words('承诺时限 承诺办结时限 承诺期限 promiselimit promisedlimit'),
  legal_limit: words('法定时限 法定办结时限 法定期限 legallimit statutorylimit'),
  promise_due_at: words(
    '承诺到期日 承诺到期时间 承诺办结日期 承诺办结时间 应办结时间 应办结日期 到期日 到期时间 截止日期 截止时间 promisedueat promiseddue promisedate targetdt targetdate duedate dueat due deadline sladate',
  ),
  legal_due_at: words(
    '法定到期日 法定到期时间 法定办结日期 法定办结时间 legaldueat legaldue statutorydue case:deadline',
  ),
  received: words(
    '收件时间 收件日期 接件时间 接件日期 申请时间 申请日期 申报时间 提交时间 登记时间 登记日期 receivedat received receivedon receiptdate opendt opened openedat opendate createdat createddate submittedat submitted submissiondate applicationdate filingdate fileddate',
  ),
  accepted: words(
    '受理时间 受理日期 立案时间 立案日期 acceptedat accepted acceptedon acceptancedate acceptdate case:startdate',
  ),
  decided: words(
    '决定时间 决定日期 审批时间 审批日期 批准时间 批准日期 decidedat decided decisiondate approvaldate approvedat issueddate',
  ),
  concluded: words(
    '办结时间 办结日期 结案时间 结案日期 办理完成时间 完结时间 concludedat concluded closeddt closed closedat closeddate completedat completeddate completiondate finishedat resolvedat case:enddate',
  ),
  start: words('环节开始时间 开始时间 起始时间 start starttime startdate starttimestamp startedat'),
  complete: words(
    '环节结束时间 结束时间 完成时间 complete completed completetime completetimestamp completiontime end endtime enddate endtimestamp finish',
  ),
  at: words(
    '时间 发生时间 操作时间 办理时间 环节时间 时间戳 timetimestamp time:timestamp timestamp eventtime datetime time date occurredat',
  ),
  window_no: words('窗口编号 窗口号 窗口编码 窗口 受理窗口 办理窗口 windowno windowid window counter counterno'),
  operator_id: words(
    '经办人工号 经办人编号 经办人编码 工号 人员编号 办理人工号 operatorid staffid employeeid userid resource org:resource orgresource case:responsible agentid',
  ),
  operator_name: words(
    '经办人 经办人姓名 办理人 承办人 受理人 办件人员 operator operatorname clerk officer handler agent',
  ),
  task_code: words(
    '实施编码 事项编码 事项代码 事项实施编码 基本编码 事项名称 事项 业务类型 办理事项 taskcode itemcode item itemid matter permittype servicetype requesttype case:matter',
  ),
  org_code: words(
    '部门编码 部门代码 部门编号 实施主体 实施机构 单位编码 单位代码 部门 部门名称 所属部门 受理部门 办理部门 主办部门 受理单位 承办部门 承办单位 办理单位 单位 orgcode organizationcode department departmentcode dept agency office case:department org:group orggroup',
  ),
  region_code: words('区划代码 行政区划 行政区划代码 区划 所属区划 regioncode region districtcode'),
}

/** Letters and figures alone: `Case ID`, `case_id` and `CaseID` are one head. `case:` before a trace's own stays. */
export const bare = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_\-./（）()[\]#]+/g, '')

export const ACTIVITIES: readonly (readonly [type: string, names: readonly string[]])[] = [
  ['RECEIVE', words('收件 接件 登记 申请 申请登记 receive received receipt')],
  ['PRE_ACCEPT', words('预受理 preaccept')],
  ['CORRECT_NOTICE', words('补正告知 一次性告知 补正通知 correctionnotice')],
  ['CORRECT_DONE', words('补正完成 补正 correctiondone')],
  ['ACCEPT', words('受理 立案 予以受理 accept accepted acceptance')],
  ['REFUSE_ACCEPT', words('不予受理 退件 refuseaccept notaccepted')],
  ['DECIDE', words('决定 审批决定 作出决定 批准 decide decided decision')],
  ['COMPLETE', words('办结 结案 完结 归档 complete completed close closed end')],
  ['DELIVER', words('送达 取件 发证 deliver delivered delivery')],
  ['WITHDRAW', words('撤回 申请人撤回 撤销申请 withdraw withdrawn cancel cancelled')],
  ['TERMINATE', words('终止 终止办理 terminate terminated')],
]
