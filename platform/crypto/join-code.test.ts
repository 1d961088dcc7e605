import { describe, expect, test } from 'vitest';
import { terminalConfig } from '#contracts/config/terminal-config';
import { terminalId } from '#contracts/wire/v1/ids';
import {
  isJoinProof,
  joinProof,
  mintJoinCode,
  mintTerminalId,
  proofClaim,
} from '#platform/crypto/join-code';

describe('a join code', () => {
  test('is what the terminal configuration accepts', () => {
    expect(terminalConfig.shape.joinCode.safeParse(mintJoinCode()).success).toBe(true);
  });

  test('proves a claim whichever way it was typed', () => {
    const code = mintJoinCode();
    const claim = proofClaim.terminal('t-a', 'sign', 'seal');
    expect(isJoinProof(joinProof(` ${code.toUpperCase()} `, claim), code, claim)).toBe(true);
  });

  test.each([
    ['another code', () => joinProof(mintJoinCode(), proofClaim.broker('t-a'))],
    ['another terminal', (code: string) => joinProof(code, proofClaim.broker('t-b'))],
    ['nothing', () => ''],
  ])('refuses a proof over %s', (_reason, proofWith) => {
    const code = mintJoinCode();
    expect(isJoinProof(proofWith(code), code, proofClaim.broker('t-a'))).toBe(false);
  });

  test('goes with terminal ids of the wire', () => {
    expect(terminalId.safeParse(mintTerminalId()).success).toBe(true);
  });
});
