// The two commands of the README: checks the machine, installs what the lock says, builds, then runs or tests.
// Plain JavaScript without imports from npm, for it runs before anything is installed. What it finds wrong it says in
// one sentence, in both languages, before anything else starts.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [what = 'demo', ...rest] = process.argv.slice(2)

const stop = (zh, en) => {
  console.error(`${zh}\n${en}`)
  process.exit(3)
}

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(
    `需要 Node 20.19 或更新版本，当前为 ${process.version}。`,
    `Node 20.19 or newer is needed; this is ${process.version}.`,
  )
}

const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0

/** The embedded database is compiled at installation, once, in about a minute. */
const checkCompiler = () => {
  if (process.platform === 'win32') return
  const missing = []
  if (!has('python3')) missing.push('python3')
  if (!has('make')) missing.push('make')
  if (!has('g++') && !has('clang++') && !has('c++')) missing.push('g++')
  if (missing.length === 0) return
  const names = missing.join(', ')
  stop(
    `缺少 ${names}：内嵌数据库需在安装时编译。Debian/Ubuntu 可运行 apt-get install python3 make g++ 后重试。`,
    `${names} not found: the embedded database is compiled at installation. On Debian or Ubuntu run apt-get install python3 make g++, then try again.`,
  )
}

const lockOf = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null)

/** Whether node_modules holds just what the lock says, the compiled database included. */
const isInstalled = () => {
  const wanted = lockOf(join(root, 'package-lock.json'))
  const there = lockOf(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === null || there === null) return false
  if (!existsSync(join(root, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node'))) return false
  for (const [name, row] of Object.entries(wanted)) {
    if (name !== '' && row.optional !== true && there[name]?.version !== row.version) return false
  }
  return Object.entries(there).every(([name, row]) => wanted[name]?.version === row.version)
}

const run = (command, args) => {
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(signal === 'SIGINT' ? 130 : (status ?? 1))
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const install = () => {
  if (isInstalled()) return
  checkCompiler()
  run(npm, ['ci', '--no-fund', '--no-audit'])
  if (isInstalled()) return
  stop(
    '安装未完成：内嵌数据库没有编译成功，请查看上方 npm 的输出。',
    'The installation is not complete: the embedded database was not compiled; see what npm said above.',
  )
}

/** `npx mingjing` finds the command of this checkout at once. */
const linkCommand = () => {
  const link = join(root, 'node_modules', '.bin', 'mingjing')
  rmSync(link, { force: true })
  if (process.platform !== 'win32') symlinkSync(join('..', '..', 'server', 'mingjing.mjs'), link)
}

const build = () => {
  run(npm, ['run', '--silent', 'build'])
  linkCommand()
}

/** A script of package.json, its words printed when it has ended: its exit code. */
const scriptRan = (name) =>
  new Promise((done) => {
    const child = spawn(npm, ['run', '--silent', name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
    child.once('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said))
      done(code ?? 1)
    })
  })

/** The build and every check, side by side: each is one process that leaves the other cores idle. */
const buildAndCheck = async () => {
  const codes = await Promise.all(['build', 'check:style', 'check:types', 'check:pages'].map(scriptRan))
  const failed = codes.find((code) => code !== 0)
  if (failed !== undefined) process.exit(failed)
  linkCommand()
}

checkNode()
install()
if (what === 'test') {
  await buildAndCheck()
  run(npm, ['exec', '--', 'vitest', 'run', ...rest])
} else {
  build()
  if (what !== 'install') run(process.execPath, [join(root, 'server', 'mingjing.mjs'), what, ...rest])
}
