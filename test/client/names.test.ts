// Names that fit and still tell apart.

import { describe, expect, test } from 'vitest'
import {
  cutMiddle,
  shortDepartment,
  shortDepartmentEn,
  shortTail,
  splitTail,
  textWidth,
} from '../../client/lib/names.ts'

describe('names on the wall', () => {
  test.each([
    ['滨江市市场监督管理局', '市监'],
    ['人力资源和社会保障局', '人社'],
    ['市公安局', '公安'],
    ['公安局', '公安'],
    ['税务局', '税务'],
    ['司法局', '司法'],
    ['市监局', '市监'],
    ['人社', '人社'],
    ['税务', '税务'],
    ['卫生健康委员会', '卫健'],
    ['不动产登记中心', '不动产'],
    ['滨江市民政局', '民政'],
  ])('L4: %s is called %s in the hall', (name, short) => {
    expect(shortDepartment(name)).toBe(short)
  })

  test('L4: an English name keeps its telling words', () => {
    expect(shortDepartmentEn('Bureau of Market Regulation')).toBe('Market Regulation')
    expect(shortDepartmentEn('Municipal Office')).toBe('Municipal Office')
  })

  test('L4: a name too long is cut in the middle and shows both its ends', () => {
    expect(cutMiddle('市场监督管理局企业登记', 22)).toBe('市场监督管理局企业登记')
    const cut = cutMiddle('国有建设用地使用权及房屋所有权转移登记', 20)
    expect(cut).toMatch(/^国有.*….*登记$/)
    expect(textWidth(cut)).toBeLessThanOrEqual(20)
  })

  test('L4: a case is known by its tail', () => {
    expect(splitTail('370100MSJ20260420-0317')).toEqual({ head: '370100MSJ', tail: '20260420-0317' })
    expect(splitTail('A1')).toEqual({ head: '', tail: 'A1' })
    expect(shortTail('20260917-0042')).toBe('0917-0042')
    expect(shortTail('…20260917-0042')).toBe('0917-0042')
    expect(shortTail('0042')).toBe('0042')
  })
})
