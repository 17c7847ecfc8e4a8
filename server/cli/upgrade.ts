// `mingjing upgrade`, and what `mingjing serve` does before it opens a folder: a ledger of a former format, or judged by an earlier
// engine, is brought up in a new file that takes its place; the former one stays beside it (A4, A6). A stop at any instant is gone on
// from by asking again. Exit 0 done or nothing to do, 3 could not.

import { readSettings, type Settings } from '../config.ts'
import { type BroughtUp, bringUp, type UpgradeTold } from '../office/upgrade.ts'

const PHASES: Readonly<Record<UpgradeTold['phase'], string>> = {
  checking: '校验旧账本 checking the former ledger',
  replaying: '重放 replaying',
  finishing: '收尾 finishing',
}

/** Where nobody sits at a terminal, a line for each tenth. */
const PARTS = 10

const teller = (): ((told: UpgradeTold) => void) => {
  const isSeen = process.stderr.isTTY
  let last = ''
  return ({ phase, entries, of }) => {
    const part = of === 0 ? PARTS : Math.floor((PARTS * entries) / of)
    const step = `${phase} ${part}`
    if (!isSeen && step === last) return
    last = step
    const line = `${PHASES[phase]}  ${entries.toLocaleString('en')} / ${of.toLocaleString('en')}`
    process.stderr.write(isSeen ? `\r\u001b[K${line}` : `${line}\n`)
  }
}

const sayUpgraded = ({ format, kept, entries, moot }: NonNullable<BroughtUp['upgraded']>): void => {
  process.stdout.write(
    `账本已由格式 ${format} 升级，共 ${entries} 条；原账本保留为 ${kept}，确认无误后可自行移走。 The ledger was upgraded from format ${format}, ${entries} entries; the former one is kept as ${kept}.\n`,
  )
  for (const { seq, why } of moot)
    process.stdout.write(
      `第 ${seq} 条按现行规则不再生效，原文保留：${why}。 Entry ${seq} has no effect any more and is kept as it was said: ${why}.\n`,
    )
}

const sayRebuilt = ({ from, kept, entries }: NonNullable<BroughtUp['rebuilt']>): void => {
  process.stdout.write(
    `账本原由引擎 ${from} 判定，已按现行引擎重放 ${entries} 条，存证链未变；原文件保留为 ${kept}，确认无误后可自行移走。 The ledger was judged by engine ${from} and was replayed by this one, ${entries} entries, its chain unbroken; the file as it was is kept as ${kept}.\n`,
  )
}

/** Brings a folder's ledger up where it is of a former format or engine, and says so. Whether it was. */
export const upgradeTelling = async ({ data, clock }: Pick<Settings, 'data' | 'clock'>): Promise<boolean> => {
  const done = await bringUp(data, { now: () => clock.now(), told: teller() })
  if (done === null) return false
  if (process.stderr.isTTY) process.stderr.write('\n')
  if (done.upgraded !== null) sayUpgraded(done.upgraded)
  if (done.rebuilt !== null) sayRebuilt(done.rebuilt)
  return true
}

export const runUpgrade = async (flags: Record<string, unknown>): Promise<void> => {
  const settings = readSettings(flags)
  if (await upgradeTelling(settings)) return
  process.stdout.write(
    '账本已是现行格式与引擎，无需升级。 The ledger is of the present format and engine: there is nothing to upgrade.\n',
  )
}
