import type { EventBody, EventName } from '#contracts/ipc/ipc-contract';
import type { KioskIpc } from '#contracts/ipc/kiosk-ipc';

/** Says something to the kiosk that is attached now, if any. */
export interface Screen {
  tell<K extends EventName<KioskIpc>>(name: K, body: EventBody<KioskIpc, K>): void;
}
