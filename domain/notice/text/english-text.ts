import type { FormKind } from '#domain/approvals/template/template';
import { kindName } from '#domain/exceptions/exception-kind';
import type {
  DutyMoment,
  NoticeContent,
  NoticeText,
  TerminalTrouble,
} from '#domain/notice/notice-content';
import type { NoticeDetail } from '#domain/notice/notice-kind';
import { clockTime } from '#domain/notice/text/wall-clock';

const FORMS: Readonly<Record<FormKind, string>> = {
  leave: 'leave request',
  trip: 'business trip request',
  outing: 'outing request',
  overtime: 'overtime request',
  makeup: 'make-up request',
};

interface TroubleText {
  readonly now: string;
  readonly since: string;
  readonly advice: string;
}

const TROUBLES: Readonly<Record<TerminalTrouble, TroubleText>> = {
  offline: {
    now: 'is offline',
    since: 'has been offline',
    advice:
      'Check its power and network. Punches are kept on the terminal and arrive when it is back.',
  },
  camera: {
    now: 'has no camera',
    since: 'has had no camera',
    advice: 'Check the camera cable. People can still punch with their PIN.',
  },
  disk: {
    now: 'is running out of space',
    since: 'has been short of space',
    advice: 'Free some space soon, before punching is affected.',
  },
  clock: {
    now: 'has a wrong clock',
    since: 'has had a wrong clock',
    advice: 'Check its time service; punches made meanwhile are marked doubtful.',
  },
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** What to do comes first, why after it. */
export function englishText(content: NoticeContent, detail: NoticeDetail): NoticeText {
  switch (content.kind) {
    case 'duty-start':
      return {
        title: 'Remember to punch in',
        body: `Work starts at ${clockTime(content.at)}. Please punch when you arrive.`,
      };
    case 'duty-end':
      return {
        title: 'Remember to punch out',
        body: `Work ended at ${clockTime(content.at)} and you have not punched out. Please punch when you leave.`,
      };
    case 'punch-missing':
      return missingText(content);
    case 'makeup-deadline':
      return {
        title: 'Last chance for a make-up',
        body: `${day(content.date)} lacks ${moments(content.missing)}. Hand in a make-up request before ${moment(content.deadline)}.`,
      };
    case 'approval-waiting':
      return waitingText(content, detail);
    case 'exceptions-open':
      return exceptionsText(content);
    case 'terminal-unhealthy':
      return terminalText(content);
    case 'webhook-disabled':
      return {
        title: 'Event delivery was stopped',
        body: `Events for ${content.host} could not be delivered for days, so delivery was stopped. Check that service, then switch it on again in the console; what it missed can be replayed.`,
      };
  }
}

type Of<K extends NoticeContent['kind']> = Extract<NoticeContent, { readonly kind: K }>;

function missingText({ date, missing, deadline }: Of<'punch-missing'>): NoticeText {
  const advice =
    deadline === null
      ? 'Ask your manager if that is not right.'
      : `You can ask for a make-up until ${moment(deadline)}.`;
  return { title: 'A punch is missing', body: `${day(date)} lacks ${moments(missing)}. ${advice}` };
}

function waitingText(content: Of<'approval-waiting'>, detail: NoticeDetail): NoticeText {
  const { form, requester, waitingHours } = content;
  const whose = detail === 'names' ? `The ${FORMS[form]} of ${requester}` : `One ${FORMS[form]}`;
  const body =
    waitingHours === 0
      ? `${whose} waits for your decision.`
      : `${whose} has waited ${waitingHours} hours for your decision.`;
  return { title: 'Waiting for your decision', body };
}

function exceptionsText({ counts }: Of<'exceptions-open'>): NoticeText {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const list = counts.map(({ kind, count }) => `${kindName(kind).en} ${count}`).join(', ');
  return {
    title: `Open exceptions: ${total}`,
    body: `Waiting for you: ${list}. Settle them in the console.`,
  };
}

function terminalText({ terminal, trouble, since }: Of<'terminal-unhealthy'>): NoticeText {
  const text = TROUBLES[trouble];
  const body = `Terminal “${terminal}” ${text.since} since ${moment(since)}. ${text.advice}`;
  return { title: `A terminal ${text.now}`, body };
}

function moments(missing: readonly DutyMoment[]): string {
  return missing
    .map(({ side, at }) => `${side === 'on' ? 'arrival' : 'departure'} ${clockTime(at)}`)
    .join(', ');
}

function day(date: Temporal.PlainDate): string {
  return `${date.day} ${MONTHS[date.month - 1]}`;
}

function moment(at: Temporal.PlainDateTime): string {
  return `${day(at.toPlainDate())} ${clockTime(at.toPlainTime())}`;
}
