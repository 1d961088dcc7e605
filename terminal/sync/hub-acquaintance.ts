import type { KeyObject } from 'node:crypto';
import { welcomeBody } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { isJoinProof, proofClaim } from '#platform/crypto/join-code';
import { publicKeyOf } from '#platform/crypto/keys';
import type { PinnedHub, TerminalKeys } from '#terminal/storage/key-file';
import { type HubMessageFault, readHubMessage } from '#terminal/sync/hub-message';

export type WelcomeFault = HubMessageFault | 'no-join-code' | 'wrong-proof' | 'another-hub';

/**
 * Which hub this terminal believes. The first welcome that proves knowledge of the join code pins the
 * hub's keys; from then on only those keys count, whoever else learns the code.
 */
export class HubAcquaintance {
  readonly #terminalId: string;
  readonly #joinCode: string | undefined;
  readonly #savePinned: (hub: PinnedHub) => void;
  #pinned: PinnedHub | undefined;
  #signKey: KeyObject | undefined;

  /** @param savePinned must have it on the disk when it returns */
  constructor(keys: TerminalKeys, savePinned: (hub: PinnedHub) => void) {
    this.#terminalId = keys.terminalId;
    this.#joinCode = keys.joinCode;
    this.#savePinned = savePinned;
    this.#pinned = keys.hub;
    this.#signKey = keys.hub && publicKeyOf('ed25519', keys.hub.signKey);
  }

  get pinned(): PinnedHub | undefined {
    return this.#pinned;
  }

  /** Absent until a hub is pinned: nothing it says can be checked before. */
  get signKey(): KeyObject | undefined {
    return this.#signKey;
  }

  meet(payload: Uint8Array): Result<'pinned' | 'known', WelcomeFault> {
    const read = readHubMessage(payload, welcomeBody, this.#terminalId, (body) =>
      publicKeyOf('ed25519', body.signKey),
    );
    if (!read.ok) return read;
    const { hubId, signKey, sealKey, proof } = read.value;
    if (this.#pinned !== undefined) {
      const known = this.#pinned.signKey === signKey && this.#pinned.sealKey === sealKey;
      return known ? ok('known') : failed('another-hub');
    }
    if (this.#joinCode === undefined) return failed('no-join-code');
    const claim = proofClaim.hub(this.#terminalId, hubId, signKey, sealKey);
    if (!isJoinProof(proof, this.#joinCode, claim)) return failed('wrong-proof');
    const hub = { hubId, signKey, sealKey };
    this.#savePinned(hub);
    this.#pinned = hub;
    this.#signKey = publicKeyOf('ed25519', signKey);
    return ok('pinned');
  }
}
