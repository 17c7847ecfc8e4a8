// A thread run from source, in development and tests: `--import tsx` teaches the main thread alone to read .ts, so this
// one teaches itself and then goes on to the file it is told. The bundle never comes here.

import { register } from 'tsx/esm/api'

register()
await import(process.argv[2])
