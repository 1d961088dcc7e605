import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enrolmentSealContext } from '#contracts/wire/v1/down-log';
import { sealedTemplates, upBody } from '#contracts/wire/v1/up-log';
import type { QualityMeasures } from '#domain/face/quality';
import { privateKeyOf } from '#platform/crypto/keys';
import { open } from '#platform/crypto/sealed-box';
import { decodeVector } from '#terminal/storage/people-repository';
import { accepted, face, GOOD_MEASURES, templateOf } from '#tests/terminal/scripted-faces';
import { PIN, person, until, Workbench } from '#tests/terminal/workbench';

const LI = person(1, { name: '李小龙', greetingName: '小龙', locale: 'zh-CN' });
const WANG = person(2);
const BOSS = person(9, { manager: true });
const CONSENT = { textVersion: 'consent-1', language: 'zh-CN' } as const;

let bench: Workbench;
beforeEach(async () => {
  bench = new Workbench();
  await bench.start();
  await bench.enrol(LI, WANG, BOSS);
});
afterEach(async () => await bench.end());

async function unlock(): Promise<void> {
  const opened = await bench.screen.call('manager.unlock', { employeeNo: 'E9', pin: PIN });
  expect(opened).toEqual({
    ok: true,
    value: { name: 'Given9', locale: 'en', lockAfterSeconds: 60 },
  });
}

async function begin(personId = LI.personId) {
  return await bench.screen.call('enrol.begin', { personId, consentGiven: true, ...CONSENT });
}

function posing(yawDegrees: number, who = 1, more: Partial<QualityMeasures> = {}) {
  const measures = { ...GOOD_MEASURES, yawDegrees, ...more };
  return face(50, { measures, embedding: templateOf(who, Math.abs(yawDegrees) / 100) });
}

/** Front, left, right: two good frames each. */
async function threePoses(who = 1): Promise<void> {
  for (const yaw of [0, 20, -20]) {
    await bench.look(posing(yaw, who));
    await bench.look(posing(yaw, who));
  }
}

function progress() {
  return bench.screen.last('enrol.progress');
}

describe('the wizard', () => {
  test.each([
    ['manager', 'E9', '999999', 'wrong'],
    ['nobody', 'E0', PIN, 'wrong'],
    ['no manager', 'E1', PIN, 'not-manager'],
  ])('stays shut for %s with the PIN they have', async (_who, employeeNo, pin, failure) => {
    expect(await bench.screen.call('manager.unlock', { employeeNo, pin })).toEqual({
      ok: false,
      failure,
    });
    expect(await bench.screen.call('enrol.people', { query: '' })).toMatchObject({
      failure: 'locked',
    });
    expect(await begin()).toMatchObject({ failure: 'locked' });
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries().at(-1)).toMatchObject({
      kind: 'audit',
      body: { event: 'unlock-refused' },
    });
  });

  test('finds people by number and by name', async () => {
    await unlock();
    const found = await bench.screen.call('enrol.people', { query: '小' });
    expect(found).toMatchObject({ value: { total: 1, people: [{ employeeNo: 'E1' }] } });
    const all = await bench.screen.call('enrol.people', { query: '' });
    expect(all).toMatchObject({ value: { total: 3 } });
  });

  test('shuts itself when it is left alone, and what was begun is thrown away', async () => {
    await unlock();
    await begin();
    bench.clock.pass(59);
    await bench.screen.call('enrol.people', { query: '' });
    bench.clock.pass(59);
    expect(bench.screen.heard('manager.locked')).toHaveLength(0);
    bench.clock.pass(2);
    await until(() => bench.screen.heard('manager.locked').length === 1);
    expect(await bench.screen.call('enrol.retake', {})).toMatchObject({ failure: 'not-enrolling' });
  });

  test('shuts when its screen goes away', async () => {
    await unlock();
    bench.screen.close();
    await bench.attach();
    expect(await bench.screen.call('enrol.people', { query: '' })).toMatchObject({
      failure: 'locked',
    });
  });

  test('records who said no', async () => {
    await unlock();
    await bench.screen.call('enrol.decline', { personId: LI.personId, ...CONSENT });
    await until(() => bench.engine.state().waiting === 0);
    const [consent, audit] = bench.hub.entries().slice(-2);
    expect(consent).toMatchObject({
      kind: 'consent',
      body: { given: false, personId: LI.personId, witnessPersonId: BOSS.personId },
    });
    expect(audit).toMatchObject({ kind: 'audit', body: { event: 'consent-refused' } });
  });
});

describe('an enrolment', () => {
  test('goes from consent to being recognised, and only the hub can read it', async () => {
    await unlock();
    const begun = await begin();
    expect(begun).toMatchObject({ ok: true, value: { poses: ['front', 'left', 'right'] } });
    await threePoses();
    expect(progress()).toMatchObject({ step: 'test', taken: ['front', 'left', 'right'] });
    await bench.look(posing(0));
    await bench.look(posing(0));
    expect(progress()?.step).toBe('done');
    expect(bench.engine.state().templates).toBe(3);

    await until(() => bench.engine.state().waiting === 0);
    const entries = bench.hub.entries();
    const kinds = entries.map(({ kind }) => kind).filter((kind) => kind !== 'audit');
    expect(kinds).toEqual(['genesis', 'consent', 'enrolment']);
    const body = upBody.enrolment.parse(entries.at(-1)?.body);
    expect(body.templates.map(({ pose }) => pose)).toEqual(['front', 'left', 'right']);
    expect(body.consentId).toBe(upBody.consent.parse(entries.at(-2)?.body).consentId);
    const { terminalId } = bench.hub.terminal;
    const key = {
      privateKey: privateKeyOf('x25519', bench.hub.seal.privateKey),
      publicKey: bench.hub.seal.publicKey,
    };
    const context = enrolmentSealContext(terminalId, LI.personId, body.enrolmentId);
    const opened = open(body.sealed, key, context);
    const plain = sealedTemplates.parse(JSON.parse(opened.ok ? opened.value.toString() : ''));
    expect(decodeVector(plain.templates[0]?.vector ?? '')).toEqual(templateOf(1));
  });

  test('has its consent on the disk before the first picture', async () => {
    await unlock();
    await begin();
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries().at(-1)).toMatchObject({ kind: 'consent', body: { given: true } });
    expect(bench.faces.seen).toEqual([]);
  });

  test.each([
    ['nobody', () => [], 'no-face'],
    ['two people', () => [posing(0), { ...posing(0), trackId: 51 }], 'two-faces'],
    ['a small face', () => [posing(0, 1, { eyeDistancePx: 20 })], 'too-small'],
    ['a dark face', () => [posing(0, 1, { luminance: 20 })], 'too-dark'],
    ['a face against the light', () => [posing(0, 1, { backlight: 200 })], 'too-dark'],
    ['a blurred face', () => [posing(0, 1, { sharpness: 10 })], 'blurred'],
  ])('takes no picture of %s, and says why', async (_whom, faces, problem) => {
    await unlock();
    await begin();
    for (let i = 0; i < 4; i += 1) await bench.look(...faces());
    expect(progress()).toMatchObject({ step: 'capture', pose: 'front', taken: [], problem });
  });

  test('is not disturbed by somebody at the far end of the hall', async () => {
    await unlock();
    await begin();
    const far = face(51, { box: { x: 0.1, y: 0.1, width: 0.05, height: 0.08 } });
    await bench.look(posing(0), far);
    await bench.look(posing(0), far);
    expect(progress()).toMatchObject({ taken: ['front'], pose: 'left' });
  });

  test('notices when another person steps in between', async () => {
    await unlock();
    await begin();
    await bench.look(posing(0, 1));
    await bench.look(posing(0, 1));
    for (let i = 0; i < 3; i += 1) await bench.look(posing(20, 5));
    expect(progress()).toMatchObject({ taken: ['front'], problem: 'another-person' });
  });

  test('waits for the angle asked for, but not for ever: not everybody can turn their head', async () => {
    await unlock();
    await begin();
    for (let i = 0; i < 4; i += 1) await bench.look(posing(0));
    expect(progress()).toMatchObject({ taken: ['front'], pose: 'left' });
    for (let i = 0; i < 2; i += 1) {
      bench.clock.pass(5);
      await bench.look(posing(0));
      await bench.look(posing(0));
    }
    expect(progress()?.step).toBe('test');
    await until(() => bench.engine.state().waiting === 0);
    const body = upBody.enrolment.parse(bench.hub.entries().at(-1)?.body);
    expect(body.templates.map(({ pose }) => pose)).toEqual(['front', 'front', 'front']);
  });

  test('warns of a look-alike by a masked name and saves only when told to', async () => {
    await unlock();
    await begin();
    await threePoses(1);
    await bench.screen.call('enrol.cancel', {});
    const first = bench.engine.state().templates;
    await begin(WANG.personId);
    await threePoses(1);
    expect(progress()).toMatchObject({ step: 'lookalike', lookalike: '李*龙' });
    expect(bench.engine.state().templates).toBe(first);
    expect(await bench.screen.call('enrol.accept-lookalike', {})).toMatchObject({ ok: true });
    expect(bench.engine.state().templates).toBe(first + 3);
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries().at(-1)).toMatchObject({
      kind: 'enrolment',
      body: { personId: WANG.personId, lookalikePersonId: LI.personId },
    });
  });

  test('of somebody enrolled replaces what there was, without a warning about themselves', async () => {
    await unlock();
    for (let i = 0; i < 2; i += 1) {
      await begin();
      await threePoses(1);
      expect(progress()?.step).toBe('test');
      await bench.screen.call('enrol.cancel', {});
    }
    expect(bench.engine.state().templates).toBe(3);
    expect(bench.faces.gallery.templateCount).toBe(3);
  });

  test('punches nobody while it has the camera, and everybody while it is paused', async () => {
    await unlock();
    await begin();
    await bench.look(face(1, { decision: accepted(WANG.personId) }));
    expect(bench.screen.heard('greeting')).toEqual([]);
    expect(bench.faces.seen.at(-1)?.searching).toBe(false);
    await bench.screen.call('enrol.pause', { paused: true });
    await bench.look(face(1, { decision: accepted(WANG.personId) }));
    expect(bench.screen.last('greeting')).toMatchObject({ name: 'Given2' });
    await bench.screen.call('enrol.pause', { paused: false });
    await bench.look(posing(0));
    await bench.look(posing(0));
    expect(progress()?.taken).toEqual(['front']);
  });

  test('can be taken again, and thrown away', async () => {
    await unlock();
    await begin();
    await bench.look(posing(0));
    await bench.look(posing(0));
    await bench.screen.call('enrol.retake', {});
    expect(progress()).toMatchObject({ step: 'capture', taken: [], pose: 'front' });
    expect(await begin(WANG.personId)).toMatchObject({ failure: 'busy' });
    await bench.screen.call('enrol.cancel', {});
    expect(bench.engine.state().templates).toBe(0);
    expect(await begin(WANG.personId)).toMatchObject({ ok: true });
  });

  test('that is not recognised afterwards says so', async () => {
    await unlock();
    await begin();
    await threePoses();
    bench.clock.pass(16);
    await bench.look(posing(0, 7));
    expect(progress()?.step).toBe('failed');
  });

  test('of somebody erased meanwhile brings nothing back', async () => {
    await unlock();
    await begin();
    await bench.hub.send(4, [bench.hub.erasure(LI.personId, 'person')]);
    await until(() => bench.engine.state().people === 2);
    await threePoses();
    expect(progress()?.step).toBe('failed');
    expect(bench.engine.state().templates).toBe(0);
  });
});
