import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonBody } from '#contracts/wire/v1/down-log';
import { dataFolder } from '#terminal/storage/data-folder';
import { mintKeys } from '#terminal/storage/key-file';
import { encodeVector, PeopleRepository } from '#terminal/storage/people-repository';
import { openTerminalDatabase, type TerminalDatabase } from '#terminal/storage/terminal-database';

const PERSON: PersonBody = {
  personId: '0a3f2c11-1111-4222-8333-444455556666',
  employeeNo: 'E4711x',
  name: 'Grizelda Featherstonehaugh',
  greetingName: '格丽泽尔达',
  locale: 'en',
  manager: true,
  pinVerifier: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g',
};
const VECTOR = Float32Array.from({ length: 512 }, (_, i) => Math.fround(Math.sin(i * 1.7) / 16));
const TEMPLATE = {
  templateId: '1b3f2c11-1111-4222-8333-444455556666',
  personId: PERSON.personId,
  modelId: 'fr-test',
  vector: VECTOR,
};

let root: string;
let db: TerminalDatabase;

function open(): TerminalDatabase {
  const opened = openTerminalDatabase(dataFolder(root));
  if (!opened.ok) throw new Error(opened.failure.reason);
  return opened.value;
}

function allBytes(): Buffer {
  return Buffer.concat(readdirSync(root).map((file) => readFileSync(join(root, file))));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lintel-people-'));
  db = open();
});
afterEach(() => {
  db.close();
  rmSync(root, { recursive: true });
});

describe('people at rest', () => {
  test('come back as they were put', () => {
    const { deviceKey } = mintKeys(undefined);
    const people = new PeopleRepository(db, deviceKey);
    people.putPerson(PERSON);
    people.putTemplate(TEMPLATE);
    db.close();
    db = open();
    const again = new PeopleRepository(db, deviceKey);
    expect(again.people()).toEqual([PERSON]);
    expect(again.templates()).toEqual([TEMPLATE]);
  });

  test('no name, number, PIN verifier or template is in any file of the folder', () => {
    const people = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    people.putPerson(PERSON);
    people.putTemplate(TEMPLATE);
    const bytes = allBytes();
    const raw = Buffer.from(VECTOR.buffer);
    const secrets = [PERSON.name, PERSON.greetingName, PERSON.employeeNo, 'argon2id'];
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
    expect(bytes.includes(raw.subarray(0, 32))).toBe(false);
    expect(bytes.includes(encodeVector(VECTOR).slice(0, 40))).toBe(false);
    expect(bytes.includes(PERSON.personId), 'the pseudonym is there: the files were read').toBe(
      true,
    );
  });

  test('are unreadable with the device key of another machine', () => {
    new PeopleRepository(db, mintKeys(undefined).deviceKey).putPerson(PERSON);
    const stranger = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    expect(() => stranger.people()).toThrow('unable to authenticate data');
  });

  test('one person’s ciphertext does not open in another’s row', () => {
    const people = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    const other = { ...PERSON, personId: '2c3f2c11-1111-4222-8333-444455556666' };
    people.putPerson(PERSON);
    people.putPerson(other);
    db.prepare(
      `UPDATE person SET (wrapped_key, sealed) =
         (SELECT wrapped_key, sealed FROM person WHERE person_id = ?) WHERE person_id = ?`,
    ).run(PERSON.personId, other.personId);
    expect(() => people.people()).toThrow('unable to authenticate data');
  });

  test('erasing a face destroys the key it was under and keeps the record', () => {
    const people = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    people.putPerson(PERSON);
    people.putTemplate(TEMPLATE);
    const wrapped = db.prepare<[], Buffer>('SELECT wrapped_key FROM person').pluck().get();
    const sealed = db.prepare<[], Buffer>('SELECT sealed FROM template').pluck().get();
    people.eraseTemplates(PERSON);
    people.foldAway();
    expect(people.people()).toEqual([PERSON]);
    expect(people.templates()).toEqual([]);
    const bytes = allBytes();
    expect(bytes.includes(wrapped ?? Buffer.from('absent'))).toBe(false);
    expect(bytes.includes(sealed ?? Buffer.from('absent'))).toBe(false);
  });

  test('erasing a person leaves nothing of them', () => {
    const people = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    people.putPerson(PERSON);
    people.putTemplate(TEMPLATE);
    people.erasePerson(PERSON.personId);
    people.foldAway();
    expect(people.templates()).toEqual([]);
    expect(allBytes().includes(PERSON.personId)).toBe(false);
  });

  test('a template of nobody known is not taken', () => {
    const people = new PeopleRepository(db, mintKeys(undefined).deviceKey);
    expect(people.putTemplate(TEMPLATE)).toBe(false);
  });
});
