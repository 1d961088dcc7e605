import { type ReactNode, useCallback, useMemo } from 'react';
import { useHub } from '#console/app/hub-context';
import { useResource } from '#console/app/resource';
import { SiteContext } from '#console/app/site';
import type { Versioned } from '#contracts/rest/v1/client/given';
import type { Site } from '#contracts/rest/v1/terminals';

export function SiteProvider(props: { readonly children: ReactNode }): ReactNode {
  const { api } = useHub();
  const { resource, reload, change } = useResource(api.site);
  const onChanged = useCallback((site: Versioned<Site>) => change(() => site), [change]);
  const site = useMemo(() => {
    const { value: read, ...rest } = resource;
    return { ...rest, ...read, reload, onChanged };
  }, [resource, reload, onChanged]);
  return <SiteContext value={site}>{props.children}</SiteContext>;
}
