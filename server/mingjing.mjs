#!/usr/bin/env node
// The command: the built bundle, or one sentence that says how to build it.

import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `需要 Node 20.19 或更新版本，当前为 ${process.version}。 Node 20.19 or newer is needed; this is ${process.version}.`,
  )
  process.exit(3)
}
const built = new URL('../dist/server/main.js', import.meta.url)
if (!existsSync(built)) {
  console.error(
    '尚未构建，请先运行 npm run build（或 npm run demo）。 Not built yet: run npm run build, or npm run demo.',
  )
  process.exit(3)
}
await import(built.href)
