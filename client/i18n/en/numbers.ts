// English: the words of case numbers.

import type { zhNumbers } from '../zh/numbers.ts'

export const enNumbers: typeof zhNumbers = {
  numbers: {
    title: 'Case numbers',
    why: 'One number that sources give several items, or a joining that a source asks for where a counted card stands: a supervisor decides. What is decided is entered in the ledger and can be taken back.',
    own: (said, source) => `${said} (of ${source})`,
    ownWhy: (full) =>
      `The numbers of this source are its own; in full ${full}. The same serial of another source is another case.`,
    collisions: 'One number, perhaps two cases',
    noCollisions: 'No number is in doubt.',
    toldLine: (source, item, at) => `${source} says ${item} (${at})`,
    since: (at) => `in doubt since ${at}`,
    waiting: (n) => (n === 0 ? 'no card waits' : `${n} cards wait`),
    oneCase: 'It is one case',
    oneCaseMeans: 'Both sources tell of one case; the cards that wait take effect.',
    ways: 'If they are two: an administrator declares the numbers of one source its own.',
    sources: 'Sources in the catalogue',
    settled: 'Said to be one case',
    noSettled: 'None.',
    settledLine: (who, at, why) => `${who} said on ${at} that it is one case: ${why}`,
    reopen: 'Take it back',
    reopenMeans: 'The number is in doubt again; cards not told yet wait.',
    proposals: 'Joinings and partings that wait',
    noProposals: 'None waits.',
    asks: (alias, home, joined) => (joined ? `Join ${alias} into ${home}` : `Part ${alias} from ${home}`),
    askedBy: (source, at, why) => `${source} asked on ${at}: ${why}`,
    accept: 'Accept',
    acceptMeans: 'Joined or parted as asked; cards that would be lifted by it are decided by somebody else.',
    decline: 'Decline',
    declineMeans: 'All stays as it is; the same request is not taken again, and may be accepted later.',
    state: { waiting: 'waits', accepted: 'accepted', declined: 'declined' },
    decidedLine: (state, who, at, why) => `${state} by ${who} on ${at}: ${why}`,
    reason: 'Reason',
    open: 'To case numbers',
    notYours: 'Voids nothing',
    notYoursLine: (source, named) => `${source} voids event ${named}, which is of another source: it stands`,
    notYoursMark: 'voids nothing of another source',
  },
}
