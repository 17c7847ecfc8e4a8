// GET /api/v1/windows and /api/v1/windows/{no}: the tiles as the wall shows them, and one window with what it has in hand.

import type { FastifyPluginAsync } from 'fastify'
import { listWindows, showWindow, type WindowParts } from '../office/windows.ts'
import { callerOf, need } from './auth.ts'

export const windowRoutes =
  (parts: WindowParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cases.read')
    app.get('/api/v1/windows', { onRequest }, async (request) => listWindows(parts, callerOf(request)))
    app.get<{ Params: { window_no: string } }>('/api/v1/windows/:window_no', { onRequest }, async (request) =>
      showWindow(parts, callerOf(request), request.params.window_no),
    )
  }
