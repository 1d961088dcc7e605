import type { Session } from 'electron';
import { isOwnUrl } from '#electron/own-page';

/** Newer Chromiums ask before a page may reach this very machine; the engine's socket is there. */
const LOOPBACK_PERMISSIONS: readonly string[] = ['loopback-network', 'local-network-access'];

export interface Wish {
  readonly permission: string;
  /** Address of the page that asks. */
  readonly from: string;
  /** Only for `media`: what it wants to open. */
  readonly media: readonly string[];
}

/** The camera for our own page, and the way to the engine; a microphone is nobody's business here. */
export function isGranted({ permission, from, media }: Wish): boolean {
  if (!isOwnUrl(from)) return false;
  if (LOOPBACK_PERMISSIONS.includes(permission)) return true;
  return permission === 'media' && media.length > 0 && media.every((kind) => kind === 'video');
}

/**
 * Both handlers are needed: without the first every request is granted, without the second the
 * camera list stays empty.
 */
export function grantCameraOnly(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(isGranted({ permission, from: details.requestingUrl, media }));
  });
  // Only asked before devices are listed, and with a type that older Electrons get wrong ("audio" for
  // a camera): opening one is the request above, whatever this says.
  session.setPermissionCheckHandler((_contents, permission, from) =>
    isGranted({ permission, from, media: ['video'] }),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
