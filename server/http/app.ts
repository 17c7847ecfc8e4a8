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
import { type AuthParts, readKeys } from './auth.ts'
import { answerBroken } from './broken.ts'
import { letBodiesRunOut } from './leftover.ts'
import { refuseUnknownParameters } from './parameters.ts'
import { onError, speakProblems } from './problems.ts'

export interface AppParts extends AuthParts {
  /** Folder of the built client; null: none is served. */
  readonly clientDir: string | null
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

export const buildApp = (parts: AppParts): FastifyInstance => {
  const app = fastify({
    logger: loggerOf(parts.log) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(6).toString('hex'),
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 400 },
    requestTimeout: 120_000,
    // what is wrong before there is a route, such as a bad percent sign in the path
    frameworkErrors: (error, request, reply) => void onError(error, request, reply),
    clientErrorHandler: answerBroken,
  })
  speakProblems(app, parts.clientDir === null ? null : 'index.html')
  app.register(helmet, HEADERS)
  readKeys(app, parts)
  refuseUnknownParameters(app)
  letBodiesRunOut(app)
  logAnswers(app)
  if (parts.clientDir !== null) serveClient(app, parts.clientDir)
  for (const route of parts.routes) app.register(route)
  return app
}
