// Handing out a made file: its type and its name, readable for who understands it (RFC 6266), plain letters for the rest.
// Nothing of one report.

import type { FastifyReply } from 'fastify'
import type { MadeFile } from '../export/file.ts'

const disposition = ({ name, plainName }: MadeFile): string => {
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plainName.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${coded}`
}

/** The body to answer with, made when its turn has come; heads are set. */
export const handOut = async (reply: FastifyReply, make: () => Promise<MadeFile>): Promise<string | Buffer> => {
  await reply.server.slices.turn()
  const file = await make()
  reply.header('content-disposition', disposition(file)).type(file.type)
  return typeof file.body === 'string' ? file.body : Buffer.from(file.body)
}
