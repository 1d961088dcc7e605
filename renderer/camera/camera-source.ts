import { type CameraDevice, cameraWishes, constraintsOf } from '#renderer/camera/camera-choice';

/** First pause before a lost camera is tried again; doubles up to the last. */
const REOPEN_FIRST_MS = 500;
const REOPEN_LAST_MS = 10_000;

export type CameraStatus = 'starting' | 'live' | 'lost' | 'none' | 'denied';

export interface CameraReport {
  readonly status: CameraStatus;
  readonly label: string | undefined;
  readonly deviceId: string | undefined;
  readonly devices: readonly CameraDevice[];
  readonly stream: MediaStream | undefined;
}

/** Keeps one camera open: the chosen one or the first that works, again after every loss. */
export class CameraSource {
  readonly #onReport: (report: CameraReport) => void;
  #chosenId: string | undefined;
  #stream: MediaStream | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryMs = REOPEN_FIRST_MS;
  #opening = false;
  #stopped = false;

  constructor(chosenId: string | undefined, onReport: (report: CameraReport) => void) {
    this.#chosenId = chosenId;
    this.#onReport = onReport;
  }

  start(): void {
    // Absent outside a secure context, where no camera can be had either.
    navigator.mediaDevices?.addEventListener('devicechange', this.#devicesChanged);
    void this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    navigator.mediaDevices?.removeEventListener('devicechange', this.#devicesChanged);
    this.#release();
  }

  choose(deviceId: string): void {
    this.#chosenId = deviceId;
    this.#release();
    this.#retryMs = REOPEN_FIRST_MS;
    void this.#open();
  }

  readonly #devicesChanged = (): void => {
    if (this.#stream === undefined) void this.#open();
    else void this.#report('live');
  };

  async #open(): Promise<void> {
    if (this.#opening || this.#stopped) return;
    this.#opening = true;
    clearTimeout(this.#retry);
    const opened = await openFirst(cameraWishes(await listDevices(), this.#chosenId));
    this.#opening = false;
    if (this.#stopped) return stopTracks(opened.stream);
    if (opened.stream === undefined) return this.#wait(opened.status);
    this.#retryMs = REOPEN_FIRST_MS;
    this.#stream = opened.stream;
    this.#watch(opened.stream);
    await this.#report('live');
  }

  #watch(stream: MediaStream): void {
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      this.#wait('lost');
    });
  }

  #wait(status: Exclude<CameraStatus, 'starting' | 'live'>): void {
    void this.#report(status);
    this.#retry = setTimeout(() => void this.#open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, REOPEN_LAST_MS);
  }

  async #report(status: CameraStatus): Promise<void> {
    const stream = this.#stream;
    const track = stream?.getVideoTracks()[0];
    const devices = await listDevices();
    if (this.#stream !== stream || this.#stopped) return;
    this.#onReport({
      status,
      label: track?.label,
      deviceId: track?.getSettings().deviceId,
      devices,
      stream,
    });
  }

  #release(): void {
    stopTracks(this.#stream);
    this.#stream = undefined;
  }
}

type Opened =
  | { readonly stream: MediaStream }
  | { readonly stream: undefined; readonly status: 'lost' | 'none' | 'denied' };

async function openFirst(wishes: ReturnType<typeof cameraWishes>): Promise<Opened> {
  let status: 'lost' | 'none' | 'denied' = 'none';
  for (const wish of wishes) {
    try {
      const video = constraintsOf(wish);
      return { stream: await navigator.mediaDevices.getUserMedia({ video, audio: false }) };
    } catch (cause) {
      status = worse(status, statusOf(cause));
    }
  }
  return { stream: undefined, status };
}

function statusOf(cause: unknown): 'lost' | 'none' | 'denied' {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  // In use by another program, or dying: it is there and gives nothing.
  if (name === 'NotReadableError' || name === 'AbortError') return 'lost';
  return 'none';
}

/** Of several failures the one that names what a person can do: permit, replug, plug in. */
function worse(
  a: 'lost' | 'none' | 'denied',
  b: 'lost' | 'none' | 'denied',
): 'lost' | 'none' | 'denied' {
  const order = ['none', 'lost', 'denied'] as const;
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

async function listDevices(): Promise<readonly CameraDevice[]> {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all
      .filter((device) => device.kind === 'videoinput')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  } catch {
    // No media at all in this context: the same as no camera.
    return [];
  }
}

function stopTracks(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
