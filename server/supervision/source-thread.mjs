// A thread run from source, in development and tests: `--import tsx` teaches the main thread alone to read .ts, so this
// one teaches itself and then goes on to the file it is told. The tests have built the threads as they are shipped, and
// those start in a fifth of the time: where they are, they are run. The bundle never comes here.

import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const source = process.argv[2]
const built = process.env.MINGJING_TEST_BUILT
if (built === undefined) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(source)
} else await import(pathToFileURL(join(dirname(built), `${basename(source, '.ts')}.js`)).href)
