// The HTTP server put together: headers, keys, problems, the client's files, and the routes it is given.
// Trusts nothing before it (no proxy headers, no request ids), logs method, route, status and time and nothing of
// what was sent. Never opens a port: whoever builds it does.

import { randomBytes } from 'node:crypto'
import { sep } from 'node:path'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import { openSlices } from '../office/slices.ts'
import { type AuthParts, readKeys } from './auth.ts'
import { guardBodies } from './bodies.ts'
import { answerBroken } from './broken.ts'
import { cleanCodes } from './codes.ts'
import { type Ending, prepareEnding } from './ending.ts'
import { letBodiesRunOut } from './leftover.ts'
import { refuseUnknownParameters } from './parameters.ts'
import { listRoutes, type RouteTold } from './paths.ts'
import { onError, speakProblems } from './problems.ts'
import { answerInPieces } from './serialize.ts'
import { letInByTurns } from './turns.ts'

export interface AppParts extends AuthParts {
  /** Folder of the built client; null: none is served. */
  readonly clientDir: string | null
  /** Real ms from an arbitrary start. */
  readonly mono: () => number
  readonly log: { readonly level: string; readonly stream?: { write(line: string): void } }
  readonly routes: readonly FastifyPluginAsync[]
}

/** Paths of the client's own router: each answers with the one page. */
const PAGES = [
  '/',
  '/wall',
  '/cases/*',
  '/cases',
  '/cards',
  '/cards/*',
  '/measures',
  '/numbers',
  '/rankings',
  '/rankings/cases',
  '/windows/*',
  '/due',
  '/imports',
  '/catalogue',
  '/catalogue/*',
]

/** Vite names these files by their content. */
const ASSETS = `${sep}assets${sep}`

const CONTENT_SECURITY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'", 'ws:', 'wss:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
  },
}

/** Of a body at a door that says nothing else: ten times what the longest reasons take. */
const SMALL_BODY_BYTES = 256 * 1024

/** A supervision office's server often stands on a LAN without TLS: whatever forces https would blank the page. */
const HEADERS = {
  contentSecurityPolicy: CONTENT_SECURITY,
  hsts: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
} as const

/** Type, code and stack of an error; a parser's message quotes what it read, so that one is left out. */
const errorLine = (error: Error & { code?: unknown }): { type: string; message: string; stack: string } => ({
  type: error.code === undefined ? error.name : `${error.name} ${String(error.code)}`,
  message: error instanceof SyntaxError ? '' : error.message,
  stack: (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n'),
})

const loggerOf = (log: AppParts['log']): FastifyServerOptions['logger'] => ({
  level: log.level,
  ...(log.stream === undefined ? {} : { stream: log.stream }),
  serializers: { err: errorLine, req: (request) => ({ method: request.method }), res: () => ({}) },
  redact: ['req.headers', 'headers', 'body', 'personal', '*.personal', 'key', '*.key'],
  base: null,
})

const logAnswers = (app: FastifyInstance): void => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ method: request.method, route, status: reply.statusCode, ms }, 'answered')
  })
}

const serveClient = (app: FastifyInstance, clientDir: string): void => {
  app.register(files, {
    root: clientDir,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const page of PAGES) app.get(page, (_, reply) => reply.sendFile('index.html'))
}

/** In place of the client where it was not built: the one thing to do, in both languages. */
const NO_CLIENT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>明镜 Mingjing</title>
<p>网页部分尚未构建：请在程序目录运行 <code>npm run build</code> 后重新启动。接口（/api/v1/…）照常可用。
<p>The pages were not built: run <code>npm run build</code> in the program's folder and start again. The API (/api/v1/…) works.
`

const sayNoClient = (app: FastifyInstance): void => {
  for (const page of PAGES)
    app.get(page, (_, reply) => reply.code(503).type('text/html; charset=utf-8').send(NO_CLIENT))
}

/** What is told to one caller is no cache's to keep; the client's files say for themselves. */
const keepOutOfCaches = (app: FastifyInstance): void => {
  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
}

export interface FrontDoor {
  readonly app: FastifyInstance
  readonly ending: Ending
  /** The routes of the API as they were added, and how the house lives: for whoever asks each of them in turn. */
  readonly routes: readonly RouteTold[]
}

export const buildApp = (parts: AppParts): FastifyInstance => buildDoor(parts).app

export const buildDoor = (parts: AppParts): FrontDoor => {
  const app = fastify({
    logger: loggerOf(parts.log) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(6).toString('hex'),
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: SMALL_BODY_BYTES,
    routerOptions: { maxParamLength: 400 },
    requestTimeout: 120_000,
    // what is wrong before there is a route, such as a bad percent sign in the path
    frameworkErrors: (error, request, reply) => void onError(error, request, reply),
    clientErrorHandler: answerBroken,
  })
  const routes = listRoutes(app)
  speakProblems(app, parts.clientDir === null ? null : 'index.html')
  app.register(helmet, HEADERS)
  readKeys(app, parts)
  keepOutOfCaches(app)
  const slices = openSlices(parts.mono)
  guardBodies(app, slices)
  answerInPieces(app, slices)
  refuseUnknownParameters(app)
  cleanCodes(app)
  letBodiesRunOut(app)
  const ending = prepareEnding(app)
  letInByTurns(app, parts.mono)
  logAnswers(app)
  if (parts.clientDir === null) sayNoClient(app)
  else serveClient(app, parts.clientDir)
  for (const route of parts.routes) app.register(route)
  return { app, ending, routes }
}
