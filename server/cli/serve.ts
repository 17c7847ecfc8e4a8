// `mingjing serve`: the server on a data folder until it is told to stop. A broken store ends it with a sentence.

import { readSettings } from '../config.ts'
import { printInstant } from '../core/time/civil.ts'
import { asInstant } from '../core/time/instant.ts'
import { keepToOwner, type Narrowed } from '../office/folder.ts'
import { openServing, type Serving } from '../serve.ts'
import { explainTrouble } from './trouble.ts'
import { upgradeTelling } from './upgrade.ts'

/** Resolves at the first SIGINT or SIGTERM; a second one changes nothing. */
export const untilTold = (): Promise<void> =>
  new Promise((done) => {
    process.on('SIGINT', () => done())
    process.on('SIGTERM', () => done())
  })

/** Real ms within which a process that was told to end has ended (A6). */
const END_MS = 4_500

/** Closes in order; what hangs is left: everything answered is durable, and the system takes the locks away. */
export const endServing = async (serving: Pick<Serving, 'close'>): Promise<void> => {
  const late = setTimeout(() => process.exit(0), END_MS)
  await serving.close()
  clearTimeout(late)
}

/** Ends the process when the line stops: a screen must show silence, not old figures that look alive. */
export const endBroken = (error: Error): void => {
  process.stderr.write(
    `存储出错，服务停止。已答复的事件不受影响。 The store failed and the server stops; what was answered is kept.\n`,
  )
  process.stderr.write(`${explainTrouble(error).text}\n`)
  process.exit(3)
}

/** A ledger whose last entry is later than the clock: nothing goes back, so the house stands at that entry (M9, L19). */
const tellClock = ({ supervisor }: Serving): void => {
  const { clockBehindMs } = supervisor.state()
  if (clockBehindMs < 1_000) return
  const { zone } = supervisor.law.homeCalendar
  const at = printInstant(supervisor.now(), zone)
  const clock = printInstant(asInstant(supervisor.now() - clockBehindMs), zone)
  process.stderr.write(
    `注意：时钟为 ${clock}，早于台账最后一条记录 ${at}。时刻不倒退，在时钟走到该时刻之前，一切按 ${at} 计算。\n` +
      `Note: the clock says ${clock}, before the last entry of the ledger, ${at}. Time does not go back: until the clock reaches it, everything is reckoned at ${at}.\n`,
  )
}

/** Files that others could read were narrowed before they were opened, and it is said (A4). */
const tellNarrowed = ({ narrowed, left }: Narrowed): void => {
  if (narrowed.length > 0)
    process.stdout.write(
      `${narrowed.length} 个文件或目录原可被他人读取，已改为仅所有者可读写。 ${narrowed.length} files or folders could be read by others; now they are their owner's alone.\n`,
    )
  for (const path of left)
    process.stdout.write(
      `${path}: 可被他人读取，且无权更改。 It can be read by others, and may not be changed from here.\n`,
    )
}

/** Serves until it is told to stop. @param told hears of the server when it serves: for whoever measures it */
export const serveTelling = async (flags: Record<string, unknown>, told: (serving: Serving) => void): Promise<void> => {
  const settings = readSettings(flags)
  const narrowed = keepToOwner(settings.data)
  await upgradeTelling(settings)
  const serving: Serving = await openServing({ settings, anonymous: null, onBroken: endBroken })
  const place = serving.hasPages ? `${serving.url}/wall` : serving.url
  process.stdout.write(`明镜已启动 Mingjing is running: ${place}\n数据目录 data folder: ${settings.data}\n`)
  if (!serving.hasPages)
    process.stdout.write(
      '网页部分尚未构建，只有接口可用；请运行 npm run build。 The pages were not built and the API alone works: npm run build\n',
    )
  tellNarrowed(narrowed)
  if ((await serving.keys.keys()).length === 0) {
    process.stdout.write('尚无密钥，请用 mingjing key add 添加。 There is no key yet: mingjing key add --source NAME\n')
  }
  tellClock(serving)
  told(serving)
  await untilTold()
  await endServing(serving)
}

/** The command: whatever else a command is handed is not its own. */
export const runServe = (flags: Record<string, unknown>): Promise<void> => serveTelling(flags, () => undefined)
