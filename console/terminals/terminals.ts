import { useCallback } from 'react';
import type { LiveEvent } from '#console/api/live-feed';
import { useHub, useLive } from '#console/app/hub-context';
import { type LoadedResource, useResource } from '#console/app/resource';
import type { Terminal } from '#contracts/rest/v1/terminals';

/** Every terminal the hub knows, kept up to date by the live feed. */
export function useTerminals(): LoadedResource<readonly Terminal[]> {
  const { api } = useHub();
  const load = useCallback(async () => {
    const answer = await api.listTerminals();
    return answer.ok ? { ok: true as const, value: answer.value.terminals } : answer;
  }, [api]);
  const loaded = useResource<readonly Terminal[]>(load);
  useLive((event) => loaded.change((terminals) => withEvent(terminals, event)), loaded.reload);
  return loaded;
}

function withEvent(terminals: readonly Terminal[], event: LiveEvent): readonly Terminal[] {
  if (event.name !== 'terminal') return terminals;
  const others = terminals.filter((terminal) => terminal.terminalId !== event.body.terminalId);
  return [...others, event.body].toSorted((a, b) => a.name.localeCompare(b.name));
}
