import type { z } from 'zod';
import type { Greeting, KioskIpc, KioskState } from '#contracts/ipc/kiosk-ipc';
import type { Locale } from '#contracts/wire/v1/ids';
import { type CameraReport, CameraSource } from '#renderer/camera/camera-source';
import { FrameGrabber } from '#renderer/camera/frame-grabber';
import { doorTime, nowMs } from '#renderer/clock/site-clock';
import { CONSENT_TEXT_VERSION } from '#renderer/enrolment/consent-text';
import type { EnrolmentAction, EnrolPerson } from '#renderer/enrolment/enrolment-model';
import { type KioskModel, kioskModel } from '#renderer/kiosk/kiosk-model';
import { languageOf } from '#renderer/kiosk/kiosk-screen';
import { foldKiosk, type KioskAction, nextDeadlineMs } from '#renderer/kiosk/kiosk-store';
import { themeAt } from '#renderer/look/theme';
import { type Answer, EngineClient, type Link } from '#renderer/pipe/engine-client';
import type { KioskEvent } from '#renderer/pipe/kiosk-event';
import type { OpenPipe } from '#renderer/pipe/screen-pipe';
import { type ScreenSettings, saveSettings } from '#renderer/settings/settings';
import { Knocker, type Loudness } from '#renderer/sounds/knock';

export type Credentials = z.input<KioskIpc['calls']['punch.pin']['input']>;

/** Zone of a screen that has not heard of its site yet. */
const ZONE_UNKNOWN = 'UTC';

/** One kiosk at work: engine, camera, sounds and clock on one side, the model the screens draw on the other. */
export class KioskSession {
  readonly #client: EngineClient | undefined;
  readonly #camera: CameraSource;
  readonly #grabber: FrameGrabber;
  readonly #knocker = new Knocker();
  readonly #drawers = new Set<() => void>();
  #model: KioskModel;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cameraTold: string | undefined;

  constructor(open: OpenPipe | undefined, settings: ScreenSettings) {
    this.#model = kioskModel(nowMs(), settings);
    this.#client = open && new EngineClient(open, this.#engineListener());
    this.#grabber = new FrameGrabber((message) => this.#client?.sendFrame(message));
    this.#camera = new CameraSource(settings.cameraId, (report) => this.#cameraChanged(report));
  }

  start(): void {
    if (this.#client === undefined) this.dispatch({ kind: 'link', link: 'no-shell' });
    else this.#camera.start();
    this.#client?.start();
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#client?.stop();
    this.#camera.stop();
    this.#grabber.setStream(undefined);
  }

  readonly model = (): KioskModel => this.#model;

  readonly subscribe = (draw: () => void): (() => void) => {
    this.#drawers.add(draw);
    return () => this.#drawers.delete(draw);
  };

  dispatch(action: KioskAction): void {
    this.#model = foldKiosk(this.#model, action, nowMs());
    this.#schedule();
    for (const draw of this.#drawers) draw();
  }

  touch(): void {
    this.#knocker.wake();
    this.dispatch({ kind: 'touched' });
  }

  changeSettings(change: Partial<ScreenSettings>): void {
    const settings = { ...this.#model.settings, ...change };
    saveSettings(localStorage, settings);
    this.dispatch({ kind: 'settings', settings });
    if (change.cameraId !== undefined) this.#camera.choose(change.cameraId);
  }

  async punchByPin(credentials: Credentials): Promise<Answer<'punch.pin'>> {
    const answer = await this.#ask('punch.pin', credentials);
    if (answer.ok) this.#greet(answer.value);
    return answer;
  }

  async voidPunch(punchSeq: number): Promise<void> {
    const answer = await this.#ask('punch.void', { punchSeq });
    if (!answer.ok) return this.dispatch({ kind: 'void-refused', punchSeq });
    this.dispatch({ kind: 'voided', punchSeq });
    this.#knocker.void(this.#loudness());
  }

  async answerAsk(askId: string, answer: 'yes' | 'no'): Promise<void> {
    await this.#ask('ask.answer', { askId, answer });
    this.dispatch({ kind: 'asked', askId });
  }

  async unlock(credentials: Credentials): Promise<Answer<'manager.unlock'>> {
    const answer = await this.#ask('manager.unlock', credentials);
    if (answer.ok) this.enrolment({ kind: 'unlocked', manager: answer.value });
    return answer;
  }

  async lock(): Promise<void> {
    this.enrolment({ kind: 'locked' });
    await this.#ask('manager.lock', {});
  }

  async searchPeople(query: string): Promise<Answer<'enrol.people'>> {
    const answer = await this.#ask('enrol.people', { query });
    if (!answer.ok && answer.failure === 'locked') this.enrolment({ kind: 'locked' });
    return answer;
  }

  async consent(person: EnrolPerson, language: Locale): Promise<void> {
    const { personId } = person;
    const textVersion = CONSENT_TEXT_VERSION;
    const input = { personId, textVersion, language, consentGiven: true as const };
    const answer = await this.#ask('enrol.begin', input);
    if (answer.ok) this.enrolment({ kind: 'begun' });
    else this.enrolment({ kind: 'failed', failure: answer.failure });
  }

  async decline(person: EnrolPerson, language: Locale): Promise<void> {
    const { personId } = person;
    const textVersion = CONSENT_TEXT_VERSION;
    const answer = await this.#ask('enrol.decline', { personId, textVersion, language });
    if (answer.ok) this.enrolment({ kind: 'declined' });
    else this.enrolment({ kind: 'failed', failure: answer.failure });
  }

  async retake(): Promise<void> {
    const answer = await this.#ask('enrol.retake', {});
    if (!answer.ok) this.enrolment({ kind: 'failed', failure: answer.failure });
  }

  async acceptLookalike(): Promise<void> {
    const answer = await this.#ask('enrol.accept-lookalike', {});
    if (!answer.ok) this.enrolment({ kind: 'failed', failure: answer.failure });
  }

  async cancelEnrolment(): Promise<void> {
    this.enrolment({ kind: 'people-opened' });
    await this.#ask('enrol.cancel', {});
  }

  async pauseEnrolment(wish: 'pause' | 'resume'): Promise<void> {
    const paused = wish === 'pause';
    const answer = await this.#ask('enrol.pause', { paused });
    if (answer.ok) this.enrolment({ kind: 'paused', paused });
    else this.enrolment({ kind: 'failed', failure: answer.failure });
  }

  enrolment(action: EnrolmentAction): void {
    this.dispatch({ kind: 'enrolment', action });
  }

  readonly #ask: EngineClient['ask'] = (name, input) =>
    this.#client === undefined
      ? Promise.resolve({ ok: false, failure: 'away' })
      : this.#client.ask(name, input);

  #engineListener() {
    return {
      onLink: (link: Link) => this.#linkChanged(link),
      onState: (state: KioskState) => this.dispatch({ kind: 'engine', state }),
      onEvent: (event: KioskEvent) => this.#heard(event),
    };
  }

  #linkChanged(link: Link): void {
    if (link !== 'up') this.#grabber.restart();
    this.dispatch({ kind: 'link', link });
    this.#cameraTold = undefined;
    this.#tellCamera();
  }

  #heard(event: KioskEvent): void {
    switch (event.name) {
      case 'state':
        return this.dispatch({ kind: 'engine', state: event.body });
      case 'frame.wanted':
        return this.#grabber.want();
      case 'faces':
        return this.dispatch({ kind: 'faces', faces: event.body.faces });
      case 'greeting':
        return this.#greet(event.body);
      case 'ask':
        this.#knocker.ask(this.#loudness());
        return this.dispatch({ kind: 'ask', ask: event.body });
      case 'hint':
        return this.#hint(event.body);
      case 'enrol.progress':
        return this.enrolment({ kind: 'progress', progress: event.body });
      case 'manager.locked':
        return this.enrolment({ kind: 'locked' });
    }
  }

  /** The knock follows a record on disk, once per record, whichever way the news came. */
  #greet(greeting: Greeting): void {
    const before = this.#model.greetings;
    this.dispatch({ kind: 'greeting', greeting });
    const isNews = this.#model.greetings.at(-1) !== before.at(-1);
    if (isNews && greeting.kind === 'saved')
      this.#knocker.greet(greeting.direction, nowMs(), this.#loudness());
  }

  #hint(spoken: Extract<KioskEvent, { name: 'hint' }>['body']): void {
    const isFirst = this.#model.hint === undefined && spoken.hint !== null;
    this.dispatch({ kind: 'hint', hint: spoken.hint, otherWays: spoken.otherWays });
    if (isFirst) this.#knocker.ask(this.#loudness());
  }

  #cameraChanged(report: CameraReport): void {
    if (report.stream !== this.#model.camera.stream) this.#grabber.setStream(report.stream);
    this.dispatch({ kind: 'camera', report });
    this.#tellCamera();
  }

  /**
   * Once to every engine that comes up, and again when it is another camera or none. Asked before
   * the engine has said hello it would be told twice; a device plugged in elsewhere is no news.
   */
  #tellCamera(): void {
    const { link, camera } = this.#model;
    if (link !== 'up' || camera.status === 'starting') return;
    const { status, label, devices } = camera;
    const report = {
      status,
      count: devices.length,
      ...(label === undefined ? {} : { label: label.slice(0, 200) }),
    };
    const told = JSON.stringify(report);
    if (told === this.#cameraTold) return;
    this.#cameraTold = told;
    void this.#ask('camera.report', report);
  }

  #loudness(): Loudness {
    const zone = this.#model.engine?.site.zone ?? ZONE_UNKNOWN;
    const { hour } = doorTime(nowMs(), zone, languageOf(this.#model));
    const isNight = themeAt('auto', hour, 'usual') === 'night';
    return { sound: this.#model.settings.sound, hour: isNight ? 'night' : 'day' };
  }

  /** One timer: the next second of the clock, or whatever ends before it. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const at = nowMs();
    const nextSecond = 1000 - (at % 1000);
    const deadline = (nextDeadlineMs(this.#model) ?? Number.POSITIVE_INFINITY) - at;
    const waitMs = Math.max(1, Math.min(nextSecond, deadline));
    this.#timer = setTimeout(() => this.#tick(), waitMs);
  }

  #tick(): void {
    this.dispatch({ kind: 'tick' });
    const { enrolment, nowMs: at, touchedAtMs } = this.#model;
    if (enrolment === undefined || enrolment.step === 'engine') return;
    if (at - touchedAtMs >= enrolment.manager.lockAfterSeconds * 1000) void this.lock();
  }
}
