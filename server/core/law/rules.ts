// The rules of a law: those that ship, and over them what catalogue documents say of them – confirmation, signature, days to
// reply, words. A document changes a rule and never makes one, for what finds it is code; its level is the school's (C1); and
// what ships as confirmed or signed by a person stays so. What it leaves out stays. A row holds from the entry that brought
// it, as the settings of a document do: what was told before stays told. Rules: J7, C4, T12.

import type { CardLevel } from '../card/card.ts'
import rulesFile from './data/rules.json' with { type: 'json' }
import { LawError } from './fault.ts'
import type { Rule } from './law.ts'

/** A rule as its file writes it. */
interface Written {
  readonly rule_id: string
  readonly name: string
  readonly name_en: string
  readonly family: string | null
  readonly level: CardLevel
  readonly mode: 'auto' | 'confirm'
  readonly signed?: boolean
  readonly legal_basis: string
  readonly reply_work_days: number | null
  readonly template: string
}

const SHIPPED = rulesFile.rules as readonly Written[]

const ruleOf = (row: Written): Rule => ({
  id: row.rule_id,
  name: row.name,
  nameEn: row.name_en,
  family: row.family,
  level: row.level,
  mode: row.mode,
  signed: row.signed === true,
  legalBasis: row.legal_basis,
  replyWorkDays: row.reply_work_days,
  template: row.template,
})

/** What a document may say of a rule. */
export type RuleRow = Pick<Written, 'rule_id'> & Partial<Omit<Written, 'rule_id' | 'family' | 'level' | 'template'>>

/** The rules after these rows, in the order of their entries. Throws LawError at the row that cannot hold. */
export const rulesAfter = (rows: readonly { readonly at: string; readonly row: RuleRow }[]): Map<string, Rule> => {
  const written = new Map(SHIPPED.map((row) => [row.rule_id, row]))
  for (const { at, row } of rows) {
    const known = written.get(row.rule_id)
    if (known === undefined) throw new LawError(`${at}/rule_id`, `unknown rule ${row.rule_id}`)
    const next = { ...known, ...row }
    const shipped = SHIPPED.find(({ rule_id }) => rule_id === row.rule_id)
    if (shipped?.mode === 'confirm' && next.mode !== 'confirm')
      throw new LawError(`${at}/mode`, `${row.rule_id} is always confirmed by a person`)
    if (shipped?.signed === true && next.signed !== true)
      throw new LawError(`${at}/signed`, `${row.rule_id} is always signed by a person`)
    // a signature is put under a confirmation: what waits for none can bear none
    if (next.signed === true && next.mode !== 'confirm')
      throw new LawError(`${at}/signed`, `${row.rule_id} is not confirmed by a person: its mode is ${next.mode}`)
    written.set(row.rule_id, next)
  }
  return new Map([...written.values()].map((row) => [row.rule_id, ruleOf(row)]))
}
