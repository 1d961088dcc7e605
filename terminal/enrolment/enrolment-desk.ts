import { randomUUID } from 'node:crypto';
import type { CallAnswer, CallInput, CallName } from '#contracts/ipc/ipc-contract';
import type { KioskIpc } from '#contracts/ipc/kiosk-ipc';
import type { ModelCard } from '#contracts/models/model-card';
import { enrolmentSealContext, type PersonBody } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';
import { seal } from '#platform/crypto/sealed-box';
import { isDiskFull } from '#platform/sqlite/database';
import { POSES } from '#terminal/enrolment/capture-gate';
import { type Capture, Enrolment, type EnrolmentSubject } from '#terminal/enrolment/enrolment';
import type { ManagerSession } from '#terminal/enrolment/manager-session';
import type { FrameObservation } from '#terminal/face/face-observation';
import type { FaceGallery } from '#terminal/face/gallery/face-gallery';
import type { LogRepository } from '#terminal/log/log-repository';
import type { UpLog } from '#terminal/log/up-log';
import type { Screen } from '#terminal/punch/screen';
import type { PinnedHub } from '#terminal/storage/key-file';
import { encodeVector, type PeopleRepository } from '#terminal/storage/people-repository';
import type { Roster } from '#terminal/storage/roster';
import type { TerminalClock } from '#terminal/sync/terminal-clock';

const PEOPLE_LISTED_MAX = 50; // what the screen's contract takes

type Input<K extends CallName<KioskIpc>> = CallInput<KioskIpc, K>;
type Answer<K extends CallName<KioskIpc>> = CallAnswer<KioskIpc, K>;

interface EnrolmentDeskParts {
  readonly terminalId: string;
  readonly session: ManagerSession;
  readonly log: UpLog;
  readonly logRepository: LogRepository;
  readonly people: PeopleRepository;
  readonly roster: Roster;
  readonly clock: TerminalClock;
  readonly screen: Screen;
  readonly pinnedHub: () => PinnedHub | undefined;
  /** Absent while the face engine is not ready. */
  readonly faces: () => { readonly card: ModelCard; readonly gallery: FaceGallery } | undefined;
  readonly onDisk: (disk: 'written' | 'full') => void;
}

/** What a manager can do at the door. Nothing here works while the wizard is locked. */
export class EnrolmentDesk {
  readonly #parts: EnrolmentDeskParts;
  #enrolment: Enrolment | undefined;

  constructor(parts: EnrolmentDeskParts) {
    this.#parts = parts;
  }

  /** Whether frames are captures now, and not punches. */
  get hasCamera(): boolean {
    return this.#enrolment !== undefined && !this.#enrolment.paused;
  }

  observe(observation: FrameObservation): void {
    this.#enrolment?.observe(observation);
  }

  people({ query }: Input<'enrol.people'>): Answer<'enrol.people'> {
    if (this.#manager() === undefined) return failed('locked');
    const found = this.#parts.roster.search(query);
    const people = found.slice(0, PEOPLE_LISTED_MAX).map(({ personId, employeeNo, name }) => ({
      personId,
      employeeNo,
      name,
      templates: this.#parts.roster.templatesOf(personId),
    }));
    return ok({ people, total: found.length });
  }

  decline(refusal: Input<'enrol.decline'>): Answer<'enrol.decline'> {
    const manager = this.#manager();
    if (manager === undefined) return failed('locked');
    const { personId } = refusal;
    if (this.#parts.roster.find(personId) === undefined) return failed('unknown-person');
    return this.#commit(() => {
      this.#appendConsent(refusal, manager, { consentId: randomUUID(), given: false });
      this.#parts.log.append('audit', { event: 'consent-refused', personId });
    });
  }

  /** The consent is on the disk before the first picture is looked at. */
  begin(wish: Input<'enrol.begin'>): Answer<'enrol.begin'> {
    const { roster, pinnedHub, faces } = this.#parts;
    const manager = this.#manager();
    if (manager === undefined) return failed('locked');
    const person = roster.find(wish.personId);
    if (person === undefined) return failed('unknown-person');
    if (this.#enrolment !== undefined && !isOver(this.#enrolment)) return failed('busy');
    if (pinnedHub() === undefined) return failed('not-joined');
    const ready = faces();
    if (ready === undefined) return failed('engine-not-ready');
    const consentId = randomUUID();
    const consented = this.#commit(() =>
      this.#appendConsent(wish, manager, { consentId, given: true }),
    );
    if (!consented.ok) return consented;
    const enrolmentId = randomUUID();
    this.cancel();
    const enrolment = this.#open(ready, {
      enrolmentId,
      consentId,
      person,
      witnessPersonId: manager.personId,
    });
    this.#enrolment = enrolment;
    // The screen takes progress only once it knows that there is an enrolment: after the answer.
    setImmediate(() => {
      if (this.#enrolment === enrolment) enrolment.announce();
    });
    return ok({ enrolmentId, poses: [...POSES] });
  }

  retake(): Answer<'enrol.retake'> {
    this.#parts.session.touch();
    if (this.#enrolment === undefined) return failed('not-enrolling');
    this.#enrolment.retake();
    return ok({});
  }

  acceptLookalike(): Answer<'enrol.accept-lookalike'> {
    this.#parts.session.touch();
    if (this.#enrolment === undefined) return failed('not-enrolling');
    const accepted = this.#enrolment.acceptLookalike();
    return accepted.ok ? ok({}) : accepted;
  }

  pause({ paused }: Input<'enrol.pause'>): Answer<'enrol.pause'> {
    this.#parts.session.touch();
    if (this.#enrolment === undefined) return failed('not-enrolling');
    this.#enrolment.paused = paused;
    if (!paused) this.#enrolment.announce();
    return ok({});
  }

  /** Also what locking does. A consent without an enrolment stays in the log, harmless. */
  cancel(): void {
    this.#enrolment?.close();
    this.#enrolment = undefined;
  }

  #manager(): PersonBody | undefined {
    const { session } = this.#parts;
    if (session.manager !== undefined) session.touch();
    return session.manager;
  }

  #open(
    { card, gallery }: { readonly card: ModelCard; readonly gallery: FaceGallery },
    subject: EnrolmentSubject,
  ): Enrolment {
    const { roster, clock, screen, session } = this.#parts;
    return new Enrolment({
      subject,
      card,
      gallery,
      find: (personId) => roster.find(personId),
      monotonicMs: () => clock.monotonicMs(),
      save: (of, captures, lookalike) => this.#save(card.id, of, captures, lookalike),
      tell: (progress) => screen.tell('enrol.progress', progress),
      onCaptured: () => session.touch(),
    });
  }

  #appendConsent(
    said: Input<'enrol.decline'>,
    manager: PersonBody,
    consent: { readonly consentId: string; readonly given: boolean },
  ): void {
    this.#parts.log.append('consent', {
      ...consent,
      personId: said.personId,
      textVersion: said.textVersion,
      language: said.language,
      witnessPersonId: manager.personId,
      keepPhoto: false,
    });
  }

  /** Entry and local templates stand or fall together; older templates go with the same stroke. */
  #save(
    modelId: string,
    subject: EnrolmentSubject,
    captures: readonly Capture[],
    lookalikePersonId: string | undefined,
  ): Result<void, 'disk-full' | 'gone'> {
    const { people, roster, log, terminalId, pinnedHub } = this.#parts;
    const { consentId, witnessPersonId } = subject;
    const { personId } = subject.person;
    const hub = pinnedHub();
    const person = roster.find(personId);
    // Erased while standing here: what the hub took away must not come back through the door.
    if (hub === undefined || person === undefined) return failed('gone');
    const enrolmentId = randomUUID(); // a retake is another enrolment
    const plain = {
      templates: captures.map(({ templateId, vector }) => ({
        templateId,
        vector: encodeVector(vector),
      })),
    };
    const context = enrolmentSealContext(terminalId, personId, enrolmentId);
    const saved = this.#commit(() => {
      log.append('enrolment', {
        enrolmentId,
        personId,
        consentId,
        modelId,
        templates: captures.map(({ templateId, pose, quality }) => ({ templateId, pose, quality })),
        sealed: seal(JSON.stringify(plain), hub.sealKey, context),
        witnessPersonId,
        ...(lookalikePersonId && { lookalikePersonId }),
      });
      people.eraseTemplates(person);
      for (const { templateId, vector } of captures)
        people.putTemplate({ templateId, personId, modelId, vector });
    });
    if (!saved.ok) return saved;
    roster.reload(personId);
    people.foldAway();
    return ok(undefined);
  }

  #commit(work: () => void): Result<Record<string, never>, 'disk-full'> {
    const { logRepository, onDisk } = this.#parts;
    try {
      logRepository.atomically(work);
      onDisk('written');
      return ok({});
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      onDisk('full');
      return failed('disk-full');
    }
  }
}

function isOver({ step }: Enrolment): boolean {
  return step === 'done' || step === 'failed';
}
