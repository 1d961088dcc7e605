import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { person } from '#contracts/rest/v1/people';
import { site } from '#contracts/rest/v1/terminals';
import {
  enrolmentSealContext,
  personBody,
  personSealContext,
  templateBody,
  templateSealContext,
} from '#contracts/wire/v1/down-log';
import {
  type DownBatchBody,
  downBatchBody,
  headBody,
  timeAnswerBody,
  welcomeBody,
} from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { privateKeyOf } from '#platform/crypto/keys';
import { open, seal } from '#platform/crypto/sealed-box';
import { isSecret } from '#platform/crypto/secret-hash';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { everythingKept } from '#tests/hub/test-database';

let hub: RunningHub;
let folder: string;
const terminals: RawTerminal[] = [];
const VECTOR = Buffer.from(new Float32Array([0.25, -0.5, 0.75, 1]).buffer).toString('base64url');

beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.close();
  await hub.stop();
  removeFolder(folder);
});

async function joined(): Promise<RawTerminal> {
  const terminal = new RawTerminal(hub);
  terminals.push(terminal);
  return await terminal.join();
}

async function addPerson(change: object = {}) {
  const body = {
    employeeNo: 'A001',
    name: '林晓梅',
    greetingName: '晓梅',
    locale: 'zh-CN',
    manager: true,
  };
  const answer = await hub.ask('POST', '/api/v1/people', { ...body, ...change });
  return person.parse(answer.body);
}

async function viewOf(personId: string) {
  const answer = await hub.ask('GET', '/api/v1/people');
  const all = (answer.body as { people: unknown[] }).people.map((each) => person.parse(each));
  return all.find((each) => each.personId === personId);
}

function cursor(terminal: RawTerminal, rev: number, credit = 100): string {
  return terminal.signed({
    kind: 'cursor',
    terminalId: terminal.id,
    rev,
    credit,
    atMs: 1_790_000_000_000,
  });
}

async function pull(terminal: RawTerminal, rev: number, credit = 100): Promise<DownBatchBody> {
  const question = { of: 'cursor', payload: cursor(terminal, rev, credit) } as const;
  return await terminal.ask(question, { of: 'log', as: downBatchBody });
}

function unseal(terminal: RawTerminal, sealed: string, context: string): unknown {
  const recipient = {
    privateKey: privateKeyOf('x25519', terminal.seal.privateKey),
    publicKey: terminal.seal.publicKey,
  };
  const opened = open(sealed, recipient, context);
  return opened.ok ? JSON.parse(opened.value.toString('utf8')) : opened.failure;
}

async function enrolment(
  terminal: RawTerminal,
  personId: string,
  consentId: string,
): Promise<{ entry: UpEntry; templateId: string }> {
  const { sealKey } = welcomeBody.parse(await terminal.answer('welcome'));
  const enrolmentId = randomUUID();
  const templateId = randomUUID();
  const plain = JSON.stringify({ templates: [{ templateId, vector: VECTOR }] });
  const context = enrolmentSealContext(terminal.id, personId, enrolmentId);
  const entry = terminal.entry('enrolment', {
    enrolmentId,
    personId,
    consentId,
    modelId: 'test-model',
    templates: [{ templateId, pose: 'front', quality: 0.9 }],
    sealed: seal(plain, sealKey, context),
    witnessPersonId: personId,
  });
  return { entry, templateId };
}

function consent(
  terminal: RawTerminal,
  personId: string,
  consentId: string,
  given = true,
): UpEntry {
  return terminal.entry('consent', {
    consentId,
    personId,
    given,
    textVersion: '1',
    language: 'zh-CN',
    witnessPersonId: personId,
    keepPhoto: false,
  });
}

async function enrolmentAfter(origin: RawTerminal, personId: string, consentId: string) {
  const genesis = origin.genesis();
  const agreed = consent(origin, personId, consentId);
  const made = await enrolment(origin, personId, consentId);
  await origin.sendBatch([genesis, agreed, made.entry]);
  return made;
}

describe('down-log', () => {
  test('a terminal learns its site, then people, sealed to it alone', async () => {
    const added = await addPerson({ pin: '246810' });
    const terminal = await joined();
    const other = await joined();
    const batch = await pull(terminal, 0);
    expect(batch.from).toBe(0);
    expect(batch.entries.map((entry) => entry.kind).toSorted()).toEqual(['person', 'site']);
    const entry = batch.entries.find((each) => each.kind === 'person');
    const context = personSealContext(terminal.id, added.personId);
    const told = personBody.parse(unseal(terminal, entry?.sealed ?? '', context));
    expect(told).toMatchObject({ employeeNo: 'A001', greetingName: '晓梅', manager: true });
    expect(await isSecret('246810', told.pinVerifier ?? '')).toBe(true);
    expect(unseal(other, entry?.sealed ?? '', context)).toBe('unreadable');
  });

  test('what is new is sent unasked to a terminal with credit, and the head is announced', async () => {
    const terminal = await joined();
    const { upto } = await pull(terminal, 0);
    await terminal.send('cursor', cursor(terminal, upto));
    const before = terminal.all('log').length;
    await addPerson();
    await expect.poll(() => terminal.all('log').length, { timeout: 20_000 }).toBe(before + 1);
    const batch = downBatchBody.parse(terminal.all('log').at(-1));
    expect(batch).toMatchObject({ from: upto, entries: [{ kind: 'person' }] });
    expect(batch.head).toBeGreaterThan(upto); // not always by one: a unit that is run again takes a number more
    expect(batch.upto).toBe(batch.head);
    await expect
      .poll(() => headBody.parse(terminal.all('head').at(-1)).rev, { timeout: 20_000 })
      .toBe(batch.head);
  });

  test('no more is sent than there is credit for, and the rest comes with the next cursor', async () => {
    for (const employeeNo of ['B1', 'B2', 'B3']) await addPerson({ employeeNo });
    const terminal = await joined();
    const first = await pull(terminal, 0, 2);
    expect(first.entries).toHaveLength(2);
    const second = await pull(terminal, first.upto);
    expect(second).toMatchObject({ from: first.upto, upto: second.head });
    expect(first.entries.length + second.entries.length).toBe(4);
  });

  test('a terminal ahead of a restored hub is told everything again, above its cursor', async () => {
    await addPerson();
    const terminal = await joined();
    const batch = await pull(terminal, 500);
    expect(batch.from).toBe(500);
    expect(batch.entries.map((entry) => entry.kind)).toEqual(['site', 'person']);
    expect(batch.entries[0]?.rev).toBeGreaterThan(500);
  });

  test('a cursor signed by someone else is refused', async () => {
    const terminal = await joined();
    const stranger = new RawTerminal(hub);
    await terminal.send('cursor', stranger.signed({ ...JSON.parse(cursor(terminal, 0)).body }));
    await stranger.close();
    await expect
      .poll(async () => JSON.stringify((await hub.ask('GET', '/api/v1/terminals')).body), {
        timeout: 20_000,
      })
      .toContain('"lastReason":"signature"');
  });
});

describe('enrolment', () => {
  test('a consented enrolment reaches every terminal, and the disk holds no vector', async () => {
    const { personId } = await addPerson();
    const origin = await joined();
    const other = await joined();
    const consentId = randomUUID();
    const { entry, templateId } = await enrolmentAfter(origin, personId, consentId);
    expect((await viewOf(personId))?.templates).toBe(1);
    for (const terminal of [origin, other]) {
      const told = (await pull(terminal, 0)).entries.find((each) => each.kind === 'template');
      const context = templateSealContext(terminal.id, personId, templateId);
      const plain = templateBody.parse(unseal(terminal, told?.sealed ?? '', context));
      expect(plain).toEqual({ templateId, personId, modelId: 'test-model', vector: VECTOR });
    }
    expect(entry.kind).toBe('enrolment');
    const kept = await everythingKept(folder);
    expect(kept).not.toContain(VECTOR);
    expect(kept).toContain(templateId);
  });

  test('without a consent before it, it is kept and not distributed', async () => {
    const { personId } = await addPerson();
    const origin = await joined();
    const refused = randomUUID();
    const genesis = origin.genesis();
    const { entry: first } = await enrolment(origin, personId, randomUUID());
    const no = consent(origin, personId, refused, false);
    const { entry: second } = await enrolment(origin, personId, refused);
    expect(await origin.sendBatch([genesis, first, no, second])).toMatchObject({ upto: 4 });
    expect((await viewOf(personId))?.templates).toBe(0);
    const told = (await pull(origin, 0)).entries.map((entry) => entry.kind);
    expect(told).not.toContain('template');
  });

  test('enrolling again replaces the face: terminals erase, then learn the new one', async () => {
    const { personId } = await addPerson();
    const origin = await joined();
    const consentId = randomUUID();
    await enrolmentAfter(origin, personId, consentId);
    const { upto } = await pull(origin, 0);
    const again = await enrolment(origin, personId, consentId);
    await origin.sendBatch([again.entry]);
    const batch = await pull(origin, upto);
    expect(batch.entries.map((entry) => entry.kind)).toEqual(['erasure', 'template']);
    expect((await viewOf(personId))?.templates).toBe(1);
  });

  test('erasing a face tells every terminal, and counts who has done it', async () => {
    const { personId } = await addPerson();
    const origin = await joined();
    await enrolmentAfter(origin, personId, randomUUID());
    const { upto } = await pull(origin, 0);
    await hub.ask('DELETE', `/api/v1/people/${personId}/templates`);
    expect(await viewOf(personId)).toMatchObject({
      templates: 0,
      onTerminals: { current: 0, total: 1 },
    });
    const batch = await pull(origin, upto);
    expect(batch.entries).toMatchObject([
      { kind: 'erasure', body: { personId, scope: 'templates' } },
    ]);
    await origin.send('cursor', cursor(origin, batch.upto));
    await expect
      .poll(async () => (await viewOf(personId))?.onTerminals, { timeout: 20_000 })
      .toEqual({ current: 1, total: 1 });
  });
});

describe('somebody who left', () => {
  test('is forgotten by the terminals, and a new one never hears of them', async () => {
    const terminal = await joined();
    const { personId } = await addPerson();
    const { upto } = await pull(terminal, 0);
    const path = `/api/v1/people/${personId}`;
    await hub.ask('PATCH', path, { employedTo: '2020-01-31' }, { 'if-match': '*' });
    const forget = { kind: 'erasure', body: { personId, scope: 'person' } };
    expect((await pull(terminal, upto)).entries).toMatchObject([forget]);
    await hub.ask('PATCH', path, { greetingName: '小林' }, { 'if-match': '*' });
    const late = await joined();
    const { entries } = await pull(late, 0);
    expect(entries.filter(({ kind }) => kind !== 'site')).toMatchObject([forget]);
  });

  test('is told again to every terminal when they come back', async () => {
    const terminal = await joined();
    const { personId } = await addPerson({ employedTo: '2020-01-31' });
    const { upto } = await pull(terminal, 0);
    await hub.ask('POST', `/api/v1/people/${personId}/employments`, { from: '2026-01-01' });
    expect((await pull(terminal, upto)).entries).toMatchObject([{ kind: 'person', personId }]);
  });
});

describe('clock', () => {
  test('a question is echoed with the time of the hub, signed', async () => {
    const terminal = await joined();
    const asked = { askedMonoMs: 12_345, askedWallMs: 1000, bootId: randomUUID() };
    const payload = terminal.signed({ kind: 'time-request', terminalId: terminal.id, ...asked });
    const answer = await terminal.ask({ of: 'time', payload }, { of: 'time', as: timeAnswerBody });
    expect(answer).toMatchObject(asked);
    expect(answer.hubWallMs).toBeGreaterThan(asked.askedWallMs);
  });
});

test('the site and a new name reach the terminals', async () => {
  const terminal = await joined();
  const { upto } = await pull(terminal, 0);
  const name = { 'zh-CN': '北门', en: 'North gate' };
  const changed = await hub.ask('PATCH', '/api/v1/site', { name }, { 'if-match': '*' });
  expect(site.parse(changed.body)).toMatchObject({ name, zone: 'Asia/Shanghai' });
  const batch = await pull(terminal, upto);
  expect(batch.entries).toMatchObject([
    { kind: 'site', body: { name, terminalName: { en: 'Front door' } } },
  ]);
});
