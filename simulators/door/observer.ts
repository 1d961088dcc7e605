import type { z } from 'zod';
import { type FaceBox, type Greeting, type KioskState, kioskIpc } from '#contracts/ipc/kiosk-ipc';
import { toRenderer } from '#contracts/ipc/pipe-message';
import { SITTERS } from '#simulators/camera/photographs';
import { SCENE_HEIGHT, SCENE_WIDTH } from '#simulators/camera/view';
import type { Group } from '#simulators/door/group-walk';

/** A greeting of a face, with who really stood where the face was. */
export interface Witnessed {
  readonly greeting: Greeting;
  /** Undefined where nobody of the photographs stood: the engine greeted a curtain. */
  readonly stoodThere: string | undefined;
}

const facesEvent = kioskIpc.events.faces;
const greetingEvent = kioskIpc.events.greeting;
type SeenFace = z.output<typeof facesEvent>['faces'][number];

/** A face box is somebody's when its centre is this near to theirs, in heights of their face. */
const NEAR_FACES = 0.6;

/**
 * Listens to what the engine tells the screen while groups walk past, and knows, other than the
 * engine, who really stood there.
 */
export class DoorObserver {
  readonly #greetings: { readonly greeting: Greeting; readonly trackId: number }[] = [];
  /** Who stood where a track was, by the track's number. */
  readonly #tracks = new Map<number, string | undefined>();
  #group: Group | undefined;
  #state: KioskState | undefined;

  /** @param group who stands before the camera from now on; nobody when absent */
  watch(group: Group | undefined): void {
    this.#group = group;
  }

  /** One text message of the kiosk pipe, as it went to the page. */
  receive(text: string): void {
    const message = toRenderer.safeParse(jsonOf(text));
    if (!message.success || message.data.t !== 'event') return;
    const { name, body } = message.data;
    if (name === 'state') this.#state = kioskIpc.events.state.parse(body);
    if (name === 'faces') this.#locate(facesEvent.parse(body).faces);
    if (name === 'greeting') this.#witness(greetingEvent.parse(body));
  }

  /** What the engine last said of itself. */
  get state(): KioskState | undefined {
    return this.#state;
  }

  /** Greetings of faces, oldest first; those of PINs are not a matter of the camera. */
  get witnessed(): readonly Witnessed[] {
    return this.#greetings.map(({ greeting, trackId }) => ({
      greeting,
      stoodThere: this.#tracks.get(trackId),
    }));
  }

  /** Tracks that were on somebody: one person may have several, if they were lost in between. */
  get facesSeen(): number {
    return this.#tracks.size;
  }

  /** People of the photographs on whom there was a track. */
  get peopleSeen(): ReadonlySet<string> {
    return new Set([...this.#tracks.values()].filter((person) => person !== undefined));
  }

  #locate(faces: readonly SeenFace[]): void {
    if (this.#group === undefined) return; // the last frames of a group that has just gone
    for (const { trackId, box } of faces) {
      const person = personAt(this.#group, box);
      // The first sure sighting counts: a box at the moment of a change may lie anywhere.
      if (this.#tracks.get(trackId) === undefined) this.#tracks.set(trackId, person);
    }
  }

  #witness(greeting: Greeting): void {
    const { trackId } = greeting;
    if (trackId !== undefined) this.#greetings.push({ greeting, trackId });
  }
}

function personAt({ view, photograph }: Group, box: FaceBox): string | undefined {
  const scale = view.span / SCENE_WIDTH;
  const x = view.centre.x + ((box.x + box.width / 2) * SCENE_WIDTH - SCENE_WIDTH / 2) * scale;
  const y = view.centre.y + ((box.y + box.height / 2) * SCENE_HEIGHT - SCENE_HEIGHT / 2) * scale;
  return SITTERS.find(
    ({ photograph: no, head }) =>
      no === photograph && Math.hypot(head.x - x, head.y - y) < head.height * NEAR_FACES,
  )?.person;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not ours: the page may have other sockets
  }
}
