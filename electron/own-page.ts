/** The only page this shell shows. */
export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'kiosk';
const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
/** Shown in its place while there is no engine to talk to. */
export const PROBLEM_URL = `${PAGE_ORIGIN}/problem`;

/** What this check needs to know of Electron's `WebFrameMain`. */
export interface SenderFrame {
  readonly url: string;
  /** Null at the top: a frame inside a page is never ours. */
  readonly parent: unknown;
}

/**
 * Whether an address belongs to our page.
 *
 * By protocol and host: `new URL('app://kiosk/').origin` is the text `'null'` in Node, for our page as
 * for every stranger's.
 */
export function isOwnUrl(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST;
  } catch {
    return false; // no address at all
  }
}

/** Whether a message came from the top frame of our page. */
export function isOwnFrame(frame: SenderFrame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isOwnUrl(frame.url);
}
