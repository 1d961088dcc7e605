import {
  type DownEntry,
  personSealContext,
  templateSealContext,
} from '#contracts/wire/v1/down-log';
import type { DownBatchBody } from '#contracts/wire/v1/messages';
import type { DownLogRepository, NumberedNote } from '#hub/storage/down-log-repository';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { JoinedTerminal } from '#hub/storage/terminal-repository';
import { seal } from '#platform/crypto/sealed-box';

const ENTRIES_MAX = 100; // sealing this many takes some 30 ms, and others wait meanwhile
const SEALED_CHARS_MAX = 200_000; // keeps a batch under the 256 KB of the wire

export interface DownSources {
  readonly downLog: DownLogRepository;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly site: SiteRepository;
}

/** @returns the next batch behind `from`, or undefined when there is nothing to tell */
export async function composeBatch(
  sources: DownSources,
  terminal: JoinedTerminal,
  window: { readonly from: number; readonly credit: number },
): Promise<DownBatchBody | undefined> {
  const { downLog } = sources;
  const head = await downLog.head(terminal);
  const limit = Math.min(window.credit, ENTRIES_MAX);
  if (window.from >= head || limit < 1) return undefined;
  const notes = await downLog.after(terminal, window.from, limit);
  const entries: DownEntry[] = [];
  let upto = window.from;
  let sealedChars = 0;
  for (const note of notes) {
    const entry = await entryOf(sources, terminal, note);
    sealedChars += entry !== undefined && 'sealed' in entry ? entry.sealed.length : 0;
    if (sealedChars > SEALED_CHARS_MAX && entries.length > 0) break;
    if (entry !== undefined) entries.push(entry);
    upto = note.rev;
  }
  return { kind: 'log', terminalId: terminal.terminalId, from: window.from, upto, head, entries };
}

/** @returns undefined for what has been erased since, or is no matter of this site any more; a later entry says so */
async function entryOf(
  { people, templates, site }: DownSources,
  terminal: JoinedTerminal,
  note: NumberedNote,
): Promise<DownEntry | undefined> {
  const { rev, kind } = note;
  const { terminalId, sealKey } = terminal;
  switch (kind) {
    case 'site': {
      const { siteId, name, zone } = await site.get();
      const terminalName = { 'zh-CN': terminal.name, en: terminal.name };
      return { rev, kind, body: { siteId, name, zone, terminalName } };
    }
    case 'erasure':
      return { rev, kind, body: { personId: note.personId, scope: note.scope } };
    case 'person': {
      const person = await people.toldAt(terminal.siteId, note.personId);
      if (person === undefined) return undefined;
      const context = personSealContext(terminalId, note.personId);
      const sealed = seal(JSON.stringify(person), sealKey, context);
      return { rev, kind, personId: note.personId, sealed };
    }
    case 'template': {
      const { personId, templateId } = note;
      const template = await templates.get(templateId);
      if (template?.personId !== personId) return undefined;
      if ((await people.toldAt(terminal.siteId, personId)) === undefined) return undefined;
      const context = templateSealContext(terminalId, personId, templateId);
      const sealed = seal(JSON.stringify(template), sealKey, context);
      return { rev, kind, personId, templateId, sealed };
    }
  }
}
