import { prepareProfile } from '#browser/kiosk-profile';
import { endLeftover } from '#browser/leftover-browser';
import { makePrivateDirectory } from '#platform/files/private-file';
import { type ChildLog, SupervisedChild } from '#platform/process/supervised-child';

export interface ChromiumKioskOptions {
  readonly executablePath: string;
  /** Opens the screen. */
  readonly url: string;
  /** Its own profile: no bookmark, no extension, no session of whoever uses this machine otherwise. */
  readonly profileDir: string;
  readonly logger: ChildLog;
}

/** Chromium showing nothing but our page, full screen, and started again whenever it dies. */
export function chromiumKiosk(options: ChromiumKioskOptions): SupervisedChild {
  makePrivateDirectory(options.profileDir);
  endLeftover(options.profileDir);
  prepareProfile(options.profileDir, new URL(options.url).origin);
  return new SupervisedChild(
    {
      part: 'chromium',
      command: options.executablePath,
      args: kioskArguments(options),
      stderr: 'ignore',
    },
    options.logger,
  );
}

export function kioskArguments({ url, profileDir }: ChromiumKioskOptions): string[] {
  return [
    '--kiosk',
    `--app=${url}`,
    `--user-data-dir=${profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-session-crashed-bubble',
    '--hide-crash-restore-bubble',
    '--noerrdialogs',
    '--disable-infobars',
    '--disable-translate',
    '--disable-features=Translate,OverscrollHistoryNavigation,TouchpadOverscrollHistoryNavigation',
    '--overscroll-history-navigation=0',
    '--disable-pinch',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--password-store=basic', // asks for no keyring at boot
    '--autoplay-policy=no-user-gesture-required', // the greeting's chime
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses root otherwise
  ];
}
