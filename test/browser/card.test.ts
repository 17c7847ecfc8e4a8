// Cards, clocks and the proposal of tacit approval in a real Chromium over a real server of the Dalian profile: what the
// law found is what a clerk can read, and a signature by name ends in the card's own history.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardView, CaseView } from '../../server/contract/api.ts'
import type { House } from './house.ts'
import { openPages } from './pages.ts'
import { openStories, STORIES } from './stories.ts'

let house: House
let supervisor: string

beforeAll(async () => {
  house = await openStories()
  supervisor = await house.keyOf('supervisor')
})
afterAll(async () => {
  await house.close()
})

const pages = openPages()
const cardOf = async (projectNo: string, rule: string): Promise<CardView> => {
  const { items } = await house.get<{ items: CardView[] }>(`/api/v1/cards?project_no=${projectNo}&rule=${rule}`)
  expect(items).toHaveLength(1)
  return items[0] as CardView
}
const addressOf = (card: CardView): string => `/cards/${encodeURIComponent(card.card_id)}`

const open = async (path: string, selector: string): Promise<Page> => {
  const page = await pages.open()
  await page.goto(house.url + path)
  await page.waitForSelector(selector)
  return page
}
const textOf = async (page: Page, selector = 'body'): Promise<string> => (await page.textContent(selector)) ?? ''

describe('the further clocks on the case page', () => {
  it('T8 T9 T-05: a case deemed accepted shows its notice clock, the card, and why', async () => {
    const page = await open(`/cases/${STORIES.deemed}`, 'tr[data-duty="notice"]')
    const row = await textOf(page, 'tr[data-duty="notice"]')
    expect(row).toContain('6月8日 周一 24:00')
    expect(row).toContain('逾期 · 未告知')
    expect(row).toContain('T-05')
    await page.click('tr[data-duty="notice"] a')
    await page.waitForSelector('[role="tab"][aria-selected="true"]:has-text("补正告知")')
    expect(await textOf(page, '.sentence')).toMatch(/收件.*5 个工作日.*未告知，已超 13 个工作日/)
  })

  it('T9: a complaint and a bad rating show by when they are owed an answer, and call nobody late', async () => {
    const page = await open(`/cases/${STORIES.late}`, 'tr[data-duty="complaint_take_up"]')
    const rows = await page.locator('tr[data-duty]').allInnerTexts()
    expect(rows.map((row) => row.split(/\s*\t\s*/).map((cell) => cell.trim()))).toEqual([
      ['投诉受理', '5 个工作日', '6月16日 周二 10:00', '6月24日 周三 24:00', '是否已办，未见报送'],
      ['投诉答复', '10 个工作日', '6月16日 周二 10:00', '7月1日 周三 24:00', '是否已办，未见报送'],
      ['差评回复', '15 个工作日', '6月17日 周三 10:00', '7月9日 周四 24:00', '是否已办，未见报送'],
    ])
    await page.click('tr[data-duty="complaint_take_up"] a')
    await page.waitForSelector('[role="tab"][aria-selected="true"]:has-text("投诉受理")')
    const sentence = await textOf(page, '.sentence')
    expect(sentence).toMatch(/收到投诉，投诉受理时限 5 个工作日/)
    expect(sentence).not.toMatch(/超/)
  })

  it('T6 T-07: a pause past its cap says when it ran out, and the promise runs on', async () => {
    const page = await open(`/cases/${STORIES.paused}`, 'tr[data-duty="pause"]')
    const row = await textOf(page, 'tr[data-duty="pause"]')
    expect(row).toContain('暂停 听证')
    expect(row).toContain('6月10日 周三 24:00')
    expect(row).toContain('逾期 · 未恢复')
    expect(await textOf(page)).toMatch(/告知时间\s*6月3日 周三 09:00/)
    await page.click('tr[data-duty="pause"] a:has-text("T-07")')
    await page.waitForSelector('h1:has-text("特别程序超期")')
    expect(await textOf(page, '.sentence')).toContain('未恢复，已超 11 个工作日')
    expect(await textOf(page)).toContain('承办人')
  })

  it('P-03 T11 T-09: faults of a pause, the green channel and a joint member are said in words', async () => {
    const unlawful = await open(`/cases/${STORIES.unlawful}`, 'h2:has-text("暂停计时")')
    expect(await textOf(unlawful)).toContain('照常计时（不属法定暂停事由、没有书面告知、没有依据）')
    const joint = await open(`/cases/${STORIES.joint}`, 'tr[data-duty="joint"]')
    expect(await textOf(joint, '[data-flag="green_channel"]')).toContain('绿色通道')
    expect(await textOf(joint, 'tr[data-duty="joint"]')).toContain('联办 住房和城乡建设局')
  })
})

describe('the page of a card', () => {
  it('I13: a card of a silent batch source is 待核, says for what and until when, and offers no move', async () => {
    const card = await cardOf(STORIES.batch, 'T-02')
    const page = await open(addressOf(card), '[data-waits="source"]')
    const waits = await textOf(page, '[data-waits="source"]')
    expect(waits).toContain('来源 nightly')
    expect(waits).toContain('至迟 6月26日 周五 24:00')
    expect(await textOf(page, '.state')).toBe('待核 · 待来源补传')
    expect(await page.locator('[data-act]').count()).toBe(0)
  })

  it('C3 T14: every row of the list leads to its card, which shows the clock of that moment', async () => {
    const list = await open('/cards?rule=T-09', 'tbody tr')
    await list.click('tbody a:has-text("T-09")')
    await list.waitForSelector('h1:has-text("初审/联办超期")')
    expect(await list.locator('.strip li[data-on="2026-06-24"]').first().textContent()).toContain('2')
    expect(await textOf(list)).toContain('未回复，已超 2 个工作日')
  })

  it('C4: an answer is entered by who may, and stands in the history with name and reason', async () => {
    const card = await cardOf(STORIES.paused, 'T-07')
    const page = await open(`${addressOf(card)}#key=${supervisor}`, '[data-act="explain"]')
    await page.fill('textarea', '听证延期一周，已补批')
    await page.click('[data-act="explain"]')
    await page.waitForSelector('tr[data-move="explain"]')
    expect(await textOf(page, 'tr[data-move="explain"]')).toContain('听证延期一周，已补批')
    expect((await cardOf(STORIES.paused, 'T-07')).state).toBe('explained')
  })
})

describe('the proposal of tacit approval', () => {
  it('T-12: read, refused to who may not sign, signed by name, and told with the signature in its history', async () => {
    const card = await cardOf(STORIES.urged, 'T-12')
    const list = await open('/cards?rule=T-12&state=to_confirm', 'tbody tr')
    expect(await list.locator('tbody tr').count()).toBe(1)

    const page = await open(`/cases/${STORIES.urged}`, '.proposal a')
    await page.click('.proposal a')
    await page.waitForSelector('.proposal [data-act="confirm"]')
    const paper = await textOf(page, '.proposal')
    for (const said of [
      '6月15日 周一 24:00',
      '督查员甲',
      '6月25日 周四 24:00',
      'A02',
      '大政发〔2007〕104号',
      '不作任何许可',
    ])
      expect(paper).toContain(said)

    await page.click('[data-act="confirm"]')
    expect(await textOf(page, '.proposal')).toContain('请填写姓名')
    await page.fill('.proposal input', '王某')
    await page.fill('.proposal textarea', '事实属实，依规定默许')
    pages.expectTrouble(/\b403\b.*\/moves$/)
    await page.click('[data-act="confirm"]')
    await page.waitForSelector('.refused')
    expect(await textOf(page, '.refused')).toContain('该密钥的角色不允许此操作')
    expect((await cardOf(STORIES.urged, 'T-12')).state).toBe('to_confirm')

    await page.fill('.refused input', supervisor)
    await page.click('.refused button')
    await page.waitForSelector('.refused [role="status"]')
    await page.click('[data-act="confirm"]')
    await page.waitForSelector('[data-signed="confirm"]')
    expect(await textOf(page, '[data-signed="confirm"]')).toMatch(/王某.*事实属实，依规定默许/)
    expect(await textOf(page, 'tr[data-move="confirm"]')).toContain('王某')
    // the words of a person are read by who may read personal data (I1)
    const signed = await house.get<CardView>(`/api/v1${addressOf(card)}`, supervisor)
    expect(signed.state).toBe('notified')
    expect(signed.history.at(-1)).toMatchObject({ move: 'confirm', state: 'notified', why: '事实属实，依规定默许' })
    expect(signed.history.at(-1)?.by).toMatch(/^王某 \(/)
  })

  it('T12: an urge by name and reason is entered in the case as a fact', async () => {
    const page = await open(`/cases/${STORIES.late}#key=${supervisor}`, '#urge')
    await page.fill('#urge input', '督查员乙')
    await page.fill('#urge textarea', '请于今日办结')
    await page.click('[data-act="urge"]')
    await page.waitForSelector('#urge li:has-text("督查员乙")')
    const view = await house.get<CaseView>(`/api/v1/cases/${STORIES.late}`, supervisor)
    const urge = view.events.find((event) => event.event_type === 'URGE')
    expect(urge).toMatchObject({
      source_system: 'office',
      operator_name: '督查员乙',
      payload: { reason: '请于今日办结' },
    })
  })
})
