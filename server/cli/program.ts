// The command line (SPEC 11): every command with its flags and one line of help in both languages. A command is read when
// it is run: asking for a due date starts no server and should not load one.

import { Command } from 'commander'
import { addKeyCommands } from './key.ts'

const DATA = ['--data <folder>', '数据目录 data folder (MINGJING_DATA, default mingjing-data)'] as const
const CLOCK = ['--clock <start>', '监察时钟 supervision clock: 2026-09-30T08:30:00+08:00x600'] as const
const CONFIG = ['--config <file>', '配置文件 settings file (YAML)'] as const
const PORT = ['--port <n>', '端口 port (default 8080)'] as const
const HOST = ['--host <address>', '监听地址 address to listen on (default 127.0.0.1)'] as const
const LOG = ['--log <level>', '日志级别 log level (default warn)'] as const

const lazily =
  <Words extends unknown[]>(load: () => Promise<(...words: Words) => unknown>) =>
  async (...words: Words): Promise<void> => {
    const run = await load()
    await run(...words)
  }

const addServing = (program: Command): void => {
  program
    .command('serve')
    .description('启动监察服务 run the supervision server')
    .option(...DATA)
    .option(...PORT)
    .option(...HOST)
    .option(...CLOCK)
    .option(...CONFIG)
    .option(...LOG)
    .action(lazily(async () => (await import('./serve.ts')).runServe))
  program
    .command('demo')
    .description('演示：一座虚构城市的一天 an invented city, playing live on the wall')
    .option(...DATA)
    .option(...PORT)
    .option(...HOST)
    .option(...CLOCK)
    .option(...LOG)
    .option('--seed <n>', '城市种子 seed of the city')
    .action(lazily(async () => (await import('./demo.ts')).runDemoCommand))
}

const addUpgrade = (program: Command): void => {
  program
    .command('upgrade')
    .description(
      '把旧格式或旧引擎的账本升级，原账本保留；serve 启动时也会做 bring a ledger of a former format or engine up, keeping it as it was; serve does it as well',
    )
    .option(...DATA)
    .option(...CLOCK)
    .option(...CONFIG)
    .action(lazily(async () => (await import('./upgrade.ts')).runUpgrade))
}

const addRank = (program: Command): void => {
  program
    .command('rank')
    .description('效能排名 rank windows or departments in a period; reads beside a running server')
    .option('--period <period>', '期间 2026-Q3 2026-H1 2026 2026-07 from..to (default: the running quarter)')
    .option('--by <what>', 'window | department (default window)')
    .option('--format <format>', 'text | csv | xlsx | json (default: by the ending of -o, else text)')
    .option('-o, --output <file>', '写入文件 write to a file')
    .option('--region <code>', '只排该区划 only this region and its parts')
    .option('--department <code>', '只排该部门 only this department')
    .option('--lang <lang>', 'zh | en (default zh)')
    .option(...DATA)
    .action(lazily(async () => (await import('./rank.ts')).runRank))
}

const addChecking = (program: Command): void => {
  program
    .command('audit')
    .description(
      '按事实重算、按步骤重放并逐列比对 recount from the facts, replay every step, compare every column; exit 1 on any difference, 4 where there is no room to check',
    )
    .option(...DATA)
    .option('--quick', '只重算，不重放 the recount alone')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./audit.ts')).runAudit))
  program
    .command('verify')
    .description(
      '校验文件与存证账本 verify the files and the ledger: damage, and whatever was changed; exit 1 if any, 4 where there is no room to check',
    )
    .option(...DATA)
    .option(
      '--checkpoint <file>',
      '与存于别处的检查点比对 against a checkpoint kept elsewhere: a cut tail, a ledger written anew',
    )
    .option('--key <file>', '检查点的公钥 public key of the checkpoint (default: the data folder’s own)')
    .option('--write-checkpoint <file>', '校验无误后写出签名的检查点 write a signed checkpoint when all is intact')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./verify.ts')).runVerify))
}

export const buildProgram = (): Command => {
  const program = new Command('mingjing')
  program.description('明镜 · 行政审批电子监察 electronic supervision of administrative approval').exitOverride()
  program.configureOutput({ outputError: (text, write) => write(text) })
  addServing(program)
  addUpgrade(program)
  program
    .command('catalogue <files...>')
    .description(
      '载入目录（区划、部门、窗口、人员、事项、来源、日历） load a catalogue: JSON, CSV, XLSX, NDJSON, and .gz of them',
    )
    .option('--mapping <file>', '映射文件 mapping of columns and values (YAML or JSON)')
    .option('--valid-from <day>', '生效日 the day from which rows hold that name none')
    .option('--covers-to <day>', '放假通知覆盖至哪一日 the last day that a notice of holidays covers')
    .option(
      '--notice <choice>',
      '通知未列的现行日子：replaces 取消，adds 不变 days in force that a notice does not name: replaces, they go; adds, they stay',
    )
    .option('--shrinks', '日历的覆盖可以变短 a calendar may cover less than the one in force')
    .option('--name <name>', '目录名称 name of the catalogue in the record')
    .option('--skip-faulty', '略去有误的行，其余照载；退出码 1 leave faulty rows out and load the rest; exit 1')
    .option(...DATA)
    .option(...CLOCK)
    .option('--dry-run', '只检查，不载入 check only')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./catalogue.ts')).runCatalogue))
  program
    .command('import [files...]')
    .description(
      '从文件导入事件 import events from NDJSON, CSV, XLSX, XES, and .gz of them; exit 1 if any was not taken',
    )
    .option('--mapping <file>', '映射文件 mapping of columns or attributes (YAML or JSON)')
    .option('--source <name>', '来源系统 source system')
    .option(...DATA)
    .option(...CLOCK)
    .option(...CONFIG)
    .option('--historical [instant]', '历史数据：不判迟报，所生成的牌仅存档 a past record: its cards are of record')
    .option('--as-of <instant>', '台账截至时间（RFC 3339） as of when a register is, where no column says it')
    .option('--dry-run', '只检查，不导入 check only')
    .option(
      '--accept-unlisted',
      '确认导入目录中没有的名称 take in names that the catalogue does not list, as unlisted codes',
    )
    .option('--withdraw <import>', '撤回一次导入（编号） take back a whole import')
    .option('--why <text>', '撤回事由 why it is taken back')
    .option('--report <file>', '未接收的逐行清单 every line that was not taken, with its reason (.csv or NDJSON)')
    .option('--changes <file>', '台账本次更改的逐项清单 every change of the register, as CSV')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./import.ts')).runImport))
  program
    .command('due')
    .description('时限计算 the limit calculator')
    .option('--accept <date>', '受理日 acceptance')
    .option('--limit <limit>', '时限 20WD 30ND 3M 7H 0')
    .option('--pause <from..to...>', '暂停 pause, may be repeated')
    .option('--extend <days@approved...>', '延长 extension: 10@2026-05-18')
    .option('--count-acceptance-day', '受理日计入 count the day of acceptance')
    .option('--received <date>', '收件日 receipt')
    .option('--notice-on <date>', '补正告知日 correction notice')
    .option('--corrected-on <date>', '补正完成日 corrections complete')
    .option('--urged-on <date>', '催办日 urge')
    .option('--due-on <date>', '载明的到期日 stated due date')
    .option('--concluded <date>', '办结日 conclusion')
    .option('--warn <rule>', '预警 90% | 1WD')
    .option('--profile <name>', '规则方案 profile')
    .option('--calendar <id>', '日历 calendar')
    .option('--data <folder>', '取该数据目录的日历与方案 take calendars and profiles of this data folder')
    .option('--explain', '说明 explain')
    .option('--json', 'JSON')
    .option('--stdin', '每行一个 JSON one JSON object a line')
    .action(lazily(async () => (await import('./due.ts')).runDue))
  addKeyCommands(program)
  addRank(program)
  addChecking(program)
  const bench = program.command('bench').description('基准测试 benchmarks')
  bench
    .command('due')
    .description(
      '每秒算多少个到期日，与逐日循环同场相比 due dates a second, beside a day-by-day loop; exit 1 if they differ',
    )
    .option('--dates <n>', '各算多少个 how many each finds', '1000000')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./bench.ts')).runBenchDue))
  bench
    .command('ingest')
    .description(
      '每秒落盘事件数，与固定基线同场相比 durable events a second over HTTP, beside a fixed baseline; exit 1 where a limit is missed, 4 where the run is void',
    )
    .option('--rows <n>', '每次基线的行数 rows of each baseline', '300000')
    .option('--events <n>', '每轮每批 500 件的事件数 events of a round in batches of 500', '40000')
    .option('--singles <n>', '每轮逐件发送的事件数 events of a round one by one over 8 connections', '5000')
    .option('--warm <n>', '每轮计量之前的事件数 events of a round before anything is measured', '10000')
    .option('--rounds <n>', '轮数 rounds', '3')
    .option(
      '--clock <which>',
      '服务器时钟 following | after | both: the clock follows the events, or stands after all',
      'both',
    )
    .option('--beside <folder>', '同场相比的另一份已构建的代码 another checkout, built, measured in the same run')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./bench-ingest.ts')).runBenchIngest))
  bench
    .command('live')
    .description(
      '事件发出至大屏收到红黄牌的时间 from a request to the patch with its card on every screen; exit 1 above the aim, 4 where the run is void',
    )
    .option('--rates <list>', '每秒事件数 events a second, one after the other', '100,300,1000')
    .option('--seconds <n>', '每档时长 how long each', '20')
    .option('--warm <n>', '计量之前的事件数 events before anything is measured', '10000')
    .option('--screens <n>', '屏幕数 screens', '30')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./bench-live.ts')).runBenchLive))
  bench
    .command('guard')
    .description(
      '一个调用者的最重负载下其他人等多久 how long others wait under the heaviest loads of one caller; exit 1 above 100 ms',
    )
    .option('--share <n>', '载荷大小 share of the full size of each load', '1')
    .option('--only <name>', '只跑名称以此开头的 only loads whose name begins so')
    .option('--json', 'JSON')
    .action(lazily(async () => (await import('./bench.ts')).runBenchGuard))
  // what `bench guard` and `bench live` start in processes of their own
  bench.command('echo', { hidden: true }).action(lazily(async () => (await import('../bench/live/echo.ts')).runEcho))
  bench
    .command('screens', { hidden: true })
    .option('--url <url>', 'server')
    .option('--echo <url>', 'bare server')
    .option('--token <key>', 'key of a screen')
    .option('--screens <n>', 'how many')
    .action(lazily(async () => (await import('../bench/live/screens.ts')).runScreens))
  bench
    .command('probe', { hidden: true })
    .option('--url <url>', 'server')
    .option('--pid <pid>', 'its process')
    .action(lazily(async () => (await import('../bench/guard/probe.ts')).runProbe))
  bench
    .command('served', { hidden: true })
    .option(...DATA)
    .option('--port <port>', 'port')
    .option(...CLOCK)
    .option('--log <level>', 'log')
    .action(lazily(async () => (await import('./bench.ts')).runServed))
  return program
}
