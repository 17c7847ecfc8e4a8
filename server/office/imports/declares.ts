// What an import declares of its source (I12), told before it is done and when it is: with it the source can send this and
// nothing else, and what it cannot send is not missing. Decides nothing.

import type { ImportDeclares } from '../../contract/import-declares.ts'
import type { Mapping } from '../../intake/files/map.ts'
import { type Weighing, weighDeclaring } from '../law/declare.ts'

/** null: nothing is declared. */
export const declaresIn = async (
  supervisor: Weighing,
  source: string | null,
  mapping: Pick<Mapping, 'sends'> | null,
): Promise<ImportDeclares | null> => {
  if (source === null || mapping === null) return null
  const declared = await weighDeclaring(supervisor, { source, sends: mapping.sends })
  if (declared === null) return null
  const { row } = declared
  const sends = [...declared.sends]
  const since = row === null ? { zh: '自始', en: 'since ever' } : { zh: '自今日起', en: 'from today on' }
  const zh = `导入将申报来源 ${source} ${since.zh}只能发送：${sends.join('、')}。其余内容视为未知，不认定为缺失，该来源因缺失而起的预警随之解除；撤回本次导入时申报一并撤回。`
  const en = `The import declares of source ${source} that, ${since.en}, it can send only: ${sends.join(', ')}. Whatever else is not known and never missing, and cards of this source raised because something was missing are lifted. The declaration goes when this import is withdrawn.`
  return { source, sends, zh, en }
}
