import { z } from 'zod';
import { locale, personId, sealedBox, siteId, templateId } from '#contracts/wire/v1/ids';

const shown = { 'zh-CN': z.string().max(80), en: z.string().max(80) };

/** A name in both languages. */
export const bilingual = z.strictObject(shown);
export type Bilingual = z.output<typeof bilingual>;

export const siteBody = z.strictObject({
  siteId,
  name: bilingual,
  /** IANA zone of the site; every wall clock of this terminal is shown in it. */
  zone: z.string().max(64),
  terminalName: bilingual,
});

/** The plain content of a `person` entry, which travels sealed to the terminal. */
export const personBody = z.strictObject({
  personId,
  employeeNo: z.string().regex(/^\w{1,20}$/),
  name: z.string().min(1).max(80),
  /** What the door says: a given name or alias, never the full name. */
  greetingName: z.string().min(1).max(40),
  locale,
  /** May open the enrolment wizard. */
  manager: z.boolean(),
  /** Argon2id verifier in PHC form; absent while no PIN is set. */
  pinVerifier: z.string().max(200).optional(),
});
export type PersonBody = z.output<typeof personBody>;

/** The plain content of a `template` entry, which travels sealed to the terminal. */
export const templateBody = z.strictObject({
  templateId,
  personId,
  modelId: z.string().max(80),
  /** Little-endian float32 vector, base64url. */
  vector: z.string().max(8192),
});

/** Tombstone: `templates` takes the face away and leaves PIN and card; `person` takes everything. */
export const erasureBody = z.strictObject({ personId, scope: z.enum(['templates', 'person']) });

const rev = z.int().min(1);

export const downEntry = z.discriminatedUnion('kind', [
  z.strictObject({ rev, kind: z.literal('site'), body: siteBody }),
  z.strictObject({ rev, kind: z.literal('person'), personId, sealed: sealedBox }),
  z.strictObject({ rev, kind: z.literal('template'), personId, templateId, sealed: sealedBox }),
  z.strictObject({ rev, kind: z.literal('erasure'), body: erasureBody }),
]);
export type DownEntry = z.output<typeof downEntry>;

/** What a sealed box of the down-log is bound to, so that one cannot stand in for another. */
export function personSealContext(terminal: string, person: string): string {
  return `lintel/1/person/${terminal}/${person}`;
}
export function templateSealContext(terminal: string, person: string, template: string): string {
  return `lintel/1/template/${terminal}/${person}/${template}`;
}
/** What a sealed enrolment of the up-log is bound to. */
export function enrolmentSealContext(terminal: string, person: string, enrolment: string): string {
  return `lintel/1/enrolment/${terminal}/${person}/${enrolment}`;
}
