import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failed, ok, type Result } from '#domain/result';

const SUBJECT_CHARACTERS_MAX = 150; // what a mailbox's list shows, twice over
const PARAGRAPHS_MAX = 20;

/** A short mail to one person: plain paragraphs, a link, and where to ask for fewer. */
export interface MailContent {
  readonly to: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly label: string; readonly url: string } | undefined;
  /** Where the receiver chooses what to be told; also the mail's `list-unsubscribe`. */
  readonly preferences: { readonly label: string; readonly url: string };
  /** BCP 47. */
  readonly language: string;
  /** The same for every attempt at the same mail, so that a server may know a second copy. */
  readonly key: string;
}

/** What a transport takes. */
export interface ComposedMail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const address = z.email().max(254);
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/**
 * Words a mail so that nothing in it can become a header, a second receiver or markup.
 *
 * An address is one address or refused; a line break in a subject is a space; HTML is made of
 * escaped text alone, without a picture or anything fetched.
 */
export function composeMail(
  content: MailContent,
): Result<ComposedMail, 'bad-address' | 'bad-link'> {
  const { to, subject, link, preferences, key } = content;
  if (!address.safeParse(to).success) return failed('bad-address');
  const links = [...(link === undefined ? [] : [link]), preferences];
  if (links.some(({ url }) => !isWebAddress(url))) return failed('bad-link');
  const digest = createHash('sha256').update(`${key}\n${to}`).digest('hex').slice(0, 32);
  return ok({
    to: { name: '', address: to },
    subject: oneLine(subject).slice(0, SUBJECT_CHARACTERS_MAX),
    text: textOf(content),
    html: htmlOf(content),
    messageId: `<${digest}@lintel>`,
    headers: {
      'list-unsubscribe': `<${new URL(preferences.url).href}>`,
      'auto-submitted': 'auto-generated', // RFC 3834: no out-of-office answers, please
      'x-auto-response-suppress': 'All',
    },
  });
}

/** `z.url` lets white space pass at the ends, and a header would keep it. */
function isWebAddress(url: string): boolean {
  return webAddress.safeParse(url).success && !/[\s<>]/.test(url);
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function textOf({ paragraphs, link, preferences }: MailContent): string {
  return [
    ...paragraphs.slice(0, PARAGRAPHS_MAX).map(oneLine),
    ...(link === undefined ? [] : [`${oneLine(link.label)}\n${link.url}`]),
    `-- \n${oneLine(preferences.label)}\n${preferences.url}`,
  ].join('\n\n');
}

function htmlOf({ paragraphs, link, preferences, language }: MailContent): string {
  const said = paragraphs
    .slice(0, PARAGRAPHS_MAX)
    .map((text) => `<p>${escaped(oneLine(text))}</p>`);
  const button = link === undefined ? '' : `<p>${anchor(link)}</p>`;
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"></head><body>`,
    ...said,
    button,
    `<hr><p><small>${anchor(preferences)}</small></p></body></html>`,
  ].join('\n');
}

function anchor({ label, url }: { readonly label: string; readonly url: string }): string {
  return `<a href="${escaped(url)}">${escaped(oneLine(label))}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
