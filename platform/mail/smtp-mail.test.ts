/**
 * Goal: a mail arrives as it was meant, encrypted, or its sender knows whether to try again.
 * Method: a real SMTP conversation with a small server on this machine.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { composeMail, type MailContent } from '#platform/mail/compose-mail';
import { SmtpMail, type SmtpSettings } from '#platform/mail/smtp-mail';
import { makeCertificate, whyNoCertificates } from '#tests/fixtures/certificate';
import { openMailBox } from '#tests/fixtures/mail-box';

const whyNot = whyNoCertificates();

const MAIL: MailContent = {
  to: 'someone@example.com',
  subject: '下班打卡提醒',
  paragraphs: ['18:00 已下班。', 'a < b & "c"'],
  link: { label: '查看', url: 'https://hub.example/days?date=2026-01-05&x=1' },
  preferences: { label: '通知设置', url: 'https://hub.example/notices' },
  language: 'zh-CN',
  key: 'duty-end/1',
};

function mailTo(port: number, change: Partial<SmtpSettings> = {}): SmtpMail {
  return new SmtpMail({
    host: '127.0.0.1',
    port,
    security: { kind: 'none' },
    from: { name: 'Lintel 门楣', address: 'lintel@example.com' },
    ...change,
  });
}

/** The text and the HTML, decoded. */
function partsOf(raw = ''): readonly string[] {
  return [...raw.matchAll(/base64\r\n\r\n([\w+/=\r\n]+)/g)].map(([, part = '']) =>
    Buffer.from(part, 'base64').toString('utf8'),
  );
}

function idOf(mail: MailContent): unknown {
  const composed = composeMail(mail);
  return composed.ok ? composed.value.messageId : composed.failure;
}

describe('a mail', () => {
  test('arrives as text and as HTML, with where to ask for fewer', async () => {
    const box = await openMailBox();
    expect(await mailTo(box.port).send(MAIL)).toEqual({ kind: 'delivered' });
    const [mail] = box.mails;
    expect(mail?.from).toContain('<lintel@example.com>');
    expect(mail?.to).toEqual(['RCPT TO:<someone@example.com>']);
    expect(mail?.raw).toMatch(/^List-Unsubscribe: <https:\/\/hub\.example\/notices>\r?$/im);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/im);
    expect(mail?.raw).toMatch(/text\/plain[\s\S]*text\/html/);
    const parts = partsOf(mail?.raw).join('');
    expect(parts).toContain('18:00 已下班。');
    expect(parts).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(parts).toContain('days?date=2026-01-05&amp;x=1');
  });

  test('tried again is the same mail', () => {
    expect(idOf(MAIL)).toBe(idOf({ ...MAIL, paragraphs: ['later'] }));
    expect(idOf(MAIL)).not.toBe(idOf({ ...MAIL, key: 'duty-end/2' }));
  });

  test('cannot grow a header, a receiver or a tag', async () => {
    const box = await openMailBox();
    const evil = '\r\nBcc: victim@example.com\r\n\r\n<script>';
    const sent = await mailTo(box.port).send({
      ...MAIL,
      subject: `hello${evil}`,
      paragraphs: [`hello${evil}`],
      language: 'en"><script>',
    });
    expect(sent).toEqual({ kind: 'delivered' });
    expect(box.mails[0]?.to).toHaveLength(1);
    expect(box.mails[0]?.raw).not.toMatch(/^bcc:/im);
    expect(partsOf(box.mails[0]?.raw)).toHaveLength(2);
    expect(partsOf(box.mails[0]?.raw)[1]).not.toContain('<script');
  });

  test.each([
    'someone@example.com\r\nBcc: victim@example.com',
    'someone@example.com, victim@example.com',
    'Someone <someone@example.com>',
    '"a b"@example.com',
    'nobody',
    '',
  ])('to %j goes to nobody', async (to) => {
    const box = await openMailBox();
    expect(await mailTo(box.port).send({ ...MAIL, to })).toEqual({
      kind: 'never',
      reason: 'bad-address',
    });
    expect(box.mails).toEqual([]);
  });

  test.each(['javascript:alert(1)', 'https://hub.example/>\r\nBcc: x', 'notices'])(
    'with the link %j is not sent',
    (url) => {
      const preferences = { label: 'x', url };
      expect(composeMail({ ...MAIL, preferences })).toEqual({ ok: false, failure: 'bad-link' });
      const link = { label: 'x', url };
      expect(composeMail({ ...MAIL, link })).toEqual({ ok: false, failure: 'bad-link' });
    },
  );
});

describe('a mail server that says no', () => {
  test.each([
    [{ RCPT: '550 no such user' }, 'never', 'for good, about the receiver'],
    [{ '.': '554 spam' }, 'never', 'for good, about the mail'],
    [{ RCPT: '451 greylisted' }, 'later', 'for now'],
    [{ '.': '452 full' }, 'later', 'for now'],
    [{ GREETING: '554 not today' }, 'later', 'about us, which may be mended'],
  ])('%j: %s, %s', async (says, kind, _why) => {
    const box = await openMailBox({ says });
    expect((await mailTo(box.port).send(MAIL)).kind).toBe(kind);
  });

  test('by not being there is tried again', async () => {
    expect(await mailTo(1).send(MAIL)).toMatchObject({ kind: 'later' });
    expect(await mailTo(1).check()).toMatchObject({ kind: 'later' });
  });
});

describe.skipIf(whyNot !== undefined)('encryption', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-mail-'));
  const credentials = { user: 'lintel', password: 'correct horse' };

  test('by STARTTLS comes before the password and the mail', async () => {
    const tls = makeCertificate(folder, 'starttls');
    const box = await openMailBox({ tls });
    const security = { kind: 'starttls', credentials } as const;
    const mail = mailTo(box.port, { security, trust: tls.cert });
    expect(await mail.check()).toEqual({ kind: 'delivered' });
    expect(await mail.send(MAIL)).toEqual({ kind: 'delivered' });
    expect(box.mails[0]).toMatchObject({ isEncrypted: true, signedIn: '\0lintel\0correct horse' });
  });

  test('from the first byte', async () => {
    const tls = makeCertificate(folder, 'wrapped');
    const box = await openMailBox({ tls, wrapped: 'from-the-start' });
    const mail = mailTo(box.port, { security: { kind: 'tls' }, trust: tls.cert });
    expect(await mail.send(MAIL)).toEqual({ kind: 'delivered' });
    expect(box.mails[0]?.isEncrypted).toBe(true);
  });

  test('is not left out because a server does not offer it', async () => {
    const box = await openMailBox({ says: { STARTTLS: '502 what?' } });
    const mail = mailTo(box.port, { security: { kind: 'starttls', credentials } });
    expect(await mail.send(MAIL)).toMatchObject({ kind: 'later', reason: 'ETLS-502' });
    expect(box.mails).toEqual([]);
  });

  test('with somebody nobody vouches for is none', async () => {
    const box = await openMailBox({ tls: makeCertificate(folder, 'stranger') });
    const mail = mailTo(box.port, { security: { kind: 'starttls', credentials } });
    expect(await mail.send(MAIL)).toMatchObject({ kind: 'later' });
    expect(box.mails).toEqual([]);
  });

  test('a refused password is the administrator’s to mend, and the mail waits', async () => {
    const tls = makeCertificate(folder, 'refused');
    const box = await openMailBox({ tls, says: { AUTH: '535 wrong' } });
    const security = { kind: 'starttls', credentials } as const;
    const mail = mailTo(box.port, { security, trust: tls.cert });
    expect(await mail.send(MAIL)).toEqual({ kind: 'later', reason: 'EAUTH-535' });
  });
});
