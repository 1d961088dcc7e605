import type { NoticeFacts } from '#domain/notice/notice-facts';

type Share = (receiverId: string) => NoticeFacts;

/** What of all facts concerns one receiver; sorted once, so that a run is linear in people. */
export function shares(facts: NoticeFacts): Share {
  const of = {
    duties: sharedOut(facts.duties, ({ personId }) => [personId]),
    missingPunches: sharedOut(facts.missingPunches, ({ personId }) => [personId]),
    waitingForms: sharedOut(facts.waitingForms, ({ approverIds }) => approverIds),
    openExceptions: sharedOut(facts.openExceptions, ({ managerIds }) => managerIds),
    terminalTroubles: sharedOut(facts.terminalTroubles, ({ watcherIds }) => watcherIds),
    disabledWebhooks: sharedOut(facts.disabledWebhooks, ({ watcherIds }) => watcherIds),
  };
  return (receiverId) => ({
    duties: of.duties(receiverId),
    missingPunches: of.missingPunches(receiverId),
    waitingForms: of.waitingForms(receiverId),
    openExceptions: of.openExceptions(receiverId),
    terminalTroubles: of.terminalTroubles(receiverId),
    disabledWebhooks: of.disabledWebhooks(receiverId),
  });
}

function sharedOut<T>(
  facts: readonly T[],
  receiversOf: (fact: T) => readonly string[],
): (receiverId: string) => readonly T[] {
  const shared = new Map<string, T[]>();
  for (const fact of facts) {
    for (const receiverId of new Set(receiversOf(fact))) {
      const own = shared.get(receiverId);
      if (own === undefined) shared.set(receiverId, [fact]);
      else own.push(fact);
    }
  }
  return (receiverId) => shared.get(receiverId) ?? [];
}
