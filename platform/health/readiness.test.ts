import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { diskProbe, freeBytesOf, ProbeFailure, readinessOf } from '#platform/health/readiness';

const fine = { name: 'database', check: async (): Promise<void> => {} };
const away = {
  name: 'broker',
  check: (): Promise<void> => Promise.reject(new ProbeFailure('disconnected')),
};
const hung = { name: 'broker', check: (): Promise<void> => new Promise(() => {}) };
const broken = {
  name: 'database',
  check: (): Promise<void> => Promise.reject(new Error('password of lintel is wrong')),
};

describe('readiness', () => {
  test('needs every probe', async () => {
    expect(await readinessOf([fine])).toEqual({
      isReady: true,
      probes: [{ name: 'database', state: 'ok' }],
    });
    expect(await readinessOf([fine, away])).toEqual({
      isReady: false,
      probes: [
        { name: 'database', state: 'ok' },
        { name: 'broker', state: 'failing', reason: 'disconnected' },
      ],
    });
  });

  test('does not wait for a probe that hangs', async () => {
    const { probes } = await readinessOf([hung], 10);
    expect(probes).toEqual([{ name: 'broker', state: 'failing', reason: 'timeout' }]);
  });

  test('shows no text of an error it does not know', async () => {
    const { probes } = await readinessOf([broken]);
    expect(probes).toEqual([{ name: 'database', state: 'failing', reason: 'failed' }]);
  });

  test('looks at the real disk', async () => {
    const free = await freeBytesOf(tmpdir());
    expect(free).toBeGreaterThan(0);
    expect(await readinessOf([diskProbe(tmpdir(), 1)])).toMatchObject({ isReady: true });
    const { probes } = await readinessOf([diskProbe(tmpdir(), Number.MAX_SAFE_INTEGER)]);
    expect(probes).toEqual([{ name: 'disk', state: 'failing', reason: 'disk-low' }]);
    const absent = await readinessOf([diskProbe('/no/such/folder', 1)]);
    expect(absent.probes[0]?.reason).toBe('failed');
  });
});
