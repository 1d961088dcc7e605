import { terminalId } from '#contracts/wire/v1/ids';

const ROOT = 'lintel/1';

/** The classes of topic a terminal writes. */
export const UP_CLASSES = ['state', 'log', 'cursor', 'time'] as const;
/** The classes of topic a terminal reads. */
export const DOWN_CLASSES = ['welcome', 'ack', 'log', 'head', 'time'] as const;
export type UpClass = (typeof UP_CLASSES)[number];
export type DownClass = (typeof DOWN_CLASSES)[number];

export const HUB_STATE_TOPIC = `${ROOT}/hub/state`;
/** What the hub subscribes to. */
export const ALL_UP_FILTER = `${ROOT}/t/+/up/+`;

export function upTopic(terminal: string, of: UpClass): string {
  return `${ROOT}/t/${terminal}/up/${of}`;
}

export function downTopic(terminal: string, of: DownClass): string {
  return `${ROOT}/t/${terminal}/dn/${of}`;
}

export function downFilter(terminal: string): string {
  return `${ROOT}/t/${terminal}/dn/+`;
}

/** Just-committed punches of a site; may be lost. */
export function siteLiveTopic(site: string): string {
  return `${ROOT}/site/${site}/live`;
}

/** @returns who wrote to which class, or undefined for a topic that is none of ours */
export function parseUpTopic(topic: string): { terminal: string; of: UpClass } | undefined {
  const parts = topic.split('/');
  const [lintel, version, t, id, up, of] = parts;
  if (parts.length !== 6 || `${lintel}/${version}` !== ROOT || t !== 't' || up !== 'up')
    return undefined;
  const known = UP_CLASSES.find((each) => each === of);
  const terminal = terminalId.safeParse(id);
  if (known === undefined || !terminal.success) return undefined;
  return { terminal: terminal.data, of: known };
}
