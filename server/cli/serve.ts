// `mingjing serve`: the server on a data folder until it is told to stop. A broken store ends it with a sentence.

import { readSettings } from '../config.ts'
import { openServing, type Serving } from '../serve.ts'
import { explainTrouble } from './trouble.ts'

/** Resolves at the first SIGINT or SIGTERM. */
export const untilTold = (): Promise<void> =>
  new Promise((done) => {
    process.once('SIGINT', () => done())
    process.once('SIGTERM', () => done())
  })

/** Ends the process when the line stops: a screen must show silence, not old figures that look alive. */
export const endBroken = (error: Error): void => {
  process.stderr.write(
    `存储出错，服务停止。已答复的事件不受影响。 The store failed and the server stops; what was answered is kept.\n`,
  )
  process.stderr.write(`${explainTrouble(error).text}\n`)
  process.exit(3)
}

export const runServe = async (flags: Record<string, unknown>): Promise<void> => {
  const settings = readSettings(flags)
  const serving: Serving = await openServing({ settings, anonymous: null, onBroken: endBroken })
  process.stdout.write(`明镜已启动 Mingjing is running: ${serving.url}/wall\n数据目录 data folder: ${settings.data}\n`)
  if ((await serving.keys.keys()).length === 0) {
    process.stdout.write('尚无密钥，请用 mingjing key add 添加。 There is no key yet: mingjing key add --source NAME\n')
  }
  await untilTold()
  await serving.close()
}
