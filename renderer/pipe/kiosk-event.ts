import { z } from 'zod';
import { type KioskIpc, kioskIpc } from '#contracts/ipc/kiosk-ipc';

const events = kioskIpc.events;

function eventOf<N extends keyof KioskIpc['events'], B extends z.ZodType>(name: N, body: B) {
  return z.strictObject({ name: z.literal(name), body });
}

/** One event of the engine, parsed; the union that screens switch on. */
export const kioskEvent = z.discriminatedUnion('name', [
  eventOf('state', events.state),
  eventOf('frame.wanted', events['frame.wanted']),
  eventOf('faces', events.faces),
  eventOf('greeting', events.greeting),
  eventOf('ask', events.ask),
  eventOf('hint', events.hint),
  eventOf('enrol.progress', events['enrol.progress']),
  eventOf('manager.locked', events['manager.locked']),
]);
export type KioskEvent = z.output<typeof kioskEvent>;
