// English: the words of a case's further clocks, its flags, what its sources cannot say, and the urge. Same keys as the
// Chinese, held by the type.

import type { zhDuties } from '../zh/duties.ts'
import { plural } from './law-load.ts'

export const enDuties: typeof zhDuties = {
  flags: {
    label: 'To know first',
    flag: {
      receipt_as_acceptance: 'counted from receipt',
      promise_cut: 'promise cut to the statute',
      correction_after_acceptance: 'correction after acceptance: clock not stopped',
      green_channel: 'green channel',
      joint: 'joint handling',
      limit_beyond: 'a limit too long: read at the longest',
      item_version_later: 'item read by a later version',
      tellings_unweighed: 'more tellings than are weighed',
      not_raised_then: 'not yet shown so at that instant',
    },
    why: {
      receipt_as_acceptance:
        'There was no acceptance before the conclusion (none reported, or a later one); the limit counts from the day of receipt.',
      promise_cut: 'The promise would run out after the statute and is read as the statute.',
      correction_after_acceptance:
        'A correction is asked for once, before acceptance (Licensing Law art. 32); one asked for later stops no clock.',
      green_channel: 'The limit of the green channel ends before the promise and holds.',
      joint: 'Several departments act jointly; the joint limits hold (Licensing Law art. 42).',
      limit_beyond:
        'A reported limit or approval is longer than any law sets and is read at the longest there is; the source should check and correct it.',
      item_version_later:
        'The first version of this item in the catalogue begins after the day concerned; the case is read by that first version. The day from which it holds should be checked.',
      tellings_unweighed:
        'Its receipt, acceptance, decision or completion is told in more different ways than are weighed one by one: every yellow and red card of it waits, and whether it is in time is said by those weighed alone. The sources should check and correct it.',
      not_raised_then:
        'By the facts, the law and the clock of that instant it was due to stand so; the system was not running, and no card had been raised or moved by then. That was done later. What was shown then is asked for with as=shown.',
    },
    missing: 'Basis to be supplied',
    missingOf: (source, what) => `source ${source} does not report ${what}`,
    missingWhy:
      'Not known is not missing: no card is raised for it, and pauses and extensions stand. It is reckoned again once reported.',
    keyOf: (event, key) => `${key} of “${event}”`,
    waiting: (count) => `${plural(count, 'record')} not taken`,
    waitingLine: (source, event, on, row) =>
      `${source}${event === '' ? '' : ` “${event}”`} (told ${on}${row === null ? '' : `, record ${row} of its file`}): `,
    waitingWhy:
      'None of what this page says has them in it: until they are mended its dates and cards may be wrong for it. Look there first.',
    conflicts: 'Sources differ',
    conflict: {
      received: 'receipt',
      accepted: 'acceptance',
      decided: 'decision',
      completed: 'completion',
      reopened: 'which came first, refusal or acceptance',
      item: 'item',
      item_type: 'type of the item',
    },
    conflictLine: (source, what) => `${source} says ${what}`,
    conflictWhy: 'What was told differs; the first one counts. The sources should check and correct.',
    orderWhy:
      'Told of one day, one of them without its time: the case is judged in both orders, and a card that only one of them gives waits for a person. The source should say the time.',
    conflictCards: 'To be confirmed for this, not told and not counted: ',
    collision: 'One number, perhaps two cases',
    collisionLine: (source, item) => `${source} says ${item}`,
    collisionWhy:
      'Several sources give this number to different items, so it may be two cases: the number is to be checked; until then no yellow or red card stands.',
    proposal: 'A proposal of tacit approval waits for a signature',
    proposalRead: 'Read the proposal',
  },

  duty: {
    title: 'Other clocks',
    none: 'No other clock. Correction notice, pauses, first review, joint replies, delivery, complaints and bad ratings are timed here once they begin.',
    head: { clock: 'Clock', limit: 'Limit', from: 'From', due: 'Due', end: 'Outcome' },
    open: 'Explain',
    member: (name) => `Joint ${name}`,
    pause: (kind) => `Pause: ${kind}`,
    met: {
      promise: 'concluded',
      statute: 'concluded',
      step: 'ended',
      notice: 'told',
      delivery: 'delivered',
      pause: 'resumed',
      review: 'handed upward',
      joint: 'replied',
      complaint_take_up: 'taken up',
      complaint_answer: 'answered',
      bad_rating_answer: 'answered',
    },
    owed: {
      promise: 'not concluded',
      statute: 'not concluded',
      step: 'not ended',
      notice: 'not told',
      delivery: 'not delivered',
      pause: 'not resumed',
      review: 'not handed upward',
      joint: 'no reply',
      complaint_take_up: 'not taken up',
      complaint_answer: 'not answered',
      bad_rating_answer: 'not answered',
    },
    ended: 'ended with the case',
    late: 'late',
    running: 'running',
    unknown: 'not reported whether done',
    lateMet: (what) => `${what} late`,
    usedBy: 'Time used by',
    usedHint: 'what the main limit has counted, by holder',
    usedNone: 'Counted by holder after acceptance.',
    total: 'Total',
    days: (n) => `${n} d`,
  },

  urge: {
    title: 'Urge',
    why: 'The promise has passed without a decision. An urge is entered in the case as a fact, with who and why; Mingjing grants nothing by it.',
    whyTacit: (rule) =>
      ` Under ${rule}, a proposal of tacit approval is made if there is still no decision at the end of the answer period, for a named person to sign.`,
    by: (at, who) => `${at} ${who}`,
    name: 'Name of who urges',
    reason: 'Reason',
    send: 'Urge',
  },

  form: {
    needName: 'A name is needed.',
    needReason: 'A reason is needed.',
    keyNeeded:
      'This needs your own key. Nothing was changed; enter the key and send again, what you wrote is still here.',
    notDone: 'Not done: ',
    kept: 'Nothing was changed; what you wrote is still here.',
    key: 'Key',
    keep: 'Use this key',
    keyKept: 'The key was changed; send again.',
    silent: 'The server could not be reached, so it is not known whether this was done; open the page again to see.',
    gone: 'It was not found; nothing was changed.',
  },
}
