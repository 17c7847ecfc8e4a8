// What the mapping of an import declares (I12), told before it is done and when it is: what its file cannot say is not missing
// in the cases that it alone tells of. The entry of the import keeps it (I14). Decides nothing.

import type { ImportDeclares } from '../../contract/import-declares.ts'
import { declarationAt } from '../../core/law/law.ts'
import type { Mapping } from '../../intake/files/map.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'

/** null: nothing is declared, or the catalogue says of the source that it sends everything, and that stands. */
export const declaresIn = (
  supervisor: Pick<Supervisor, 'law' | 'now'>,
  source: string | null,
  mapping: Pick<Mapping, 'sends'> | null,
): ImportDeclares | null => {
  if (source === null || mapping === null) return null
  const row = declarationAt(supervisor.law, source, supervisor.now())
  if (row !== null && !row.numbersOnly && row.sends === null) return null
  const sends = [...mapping.sends].sort()
  const zh = `本次导入申报：文件只能提供 ${sends.join('、')}。来源 ${source} 的办件如仅由此类文件告知，其余内容视为未知，不认定为缺失；该来源以接口或更全的文件告知过的办件不受影响。撤回本次导入时申报一并撤回。`
  const en = `The import declares that its file can say only: ${sends.join(', ')}. Of cases of source ${source} that such files alone tell of, whatever else is not known and never missing; cases of which the source tells by wire or by a file that says more are not touched. The declaration goes when this import is withdrawn.`
  return { source, sends, zh, en }
}
