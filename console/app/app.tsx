import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveFeed } from '#console/api/live-feed';
import { RestClient } from '#console/api/rest-client';
import { HubContext } from '#console/app/hub-context';
import { Shell } from '#console/app/shell.tsx';
import { SiteProvider } from '#console/app/site-provider.tsx';
import { localeOf } from '#console/language/language';
import { useNight } from '#console/look/night';
import { FailureNotice, LoadingRows } from '#console/look/notice.tsx';
import { dayTheme, nightTheme } from '#console/look/theme';
import { ChangePasswordPage } from '#console/session/change-password-page.tsx';
import { Door } from '#console/session/door.tsx';
import { type SessionState, useSession } from '#console/session/session-state';
import { SignInPage } from '#console/session/sign-in-page.tsx';
import { type HubClient, hubClient } from '#contracts/rest/v1/client/hub-client';
import type { Session } from '#contracts/rest/v1/session';

export function App(): ReactNode {
  const { i18n } = useTranslation();
  const night = useNight();
  return (
    <ConfigProvider
      theme={night ? nightTheme : dayTheme}
      locale={localeOf(i18n.language) === 'en' ? enUS : zhCN}
      componentSize="small"
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp message={{ maxCount: 1, top: 8 }}>
        <Gate />
      </AntApp>
    </ConfigProvider>
  );
}

/** Nothing is shown, and nothing asked, before the hub knows who is there. */
function Gate(): ReactNode {
  const { i18n } = useTranslation();
  const client = useMemo(
    () =>
      new RestClient({
        fetch: (...request) => fetch(...request),
        locale: () => localeOf(i18n.language),
      }),
    [i18n],
  );
  const api = useMemo(() => hubClient(client.call), [client]);
  const session = useSession(client, api);
  return <SessionView state={session.state} api={api} {...session.actions} />;
}

interface SessionViewProps {
  readonly state: SessionState;
  readonly api: HubClient;
  readonly onSession: (session: Session) => void;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

function SessionView(props: SessionViewProps): ReactNode {
  const { state, api } = props;
  switch (state.kind) {
    case 'asking':
      return (
        <Door title="">
          <LoadingRows />
        </Door>
      );
    case 'failed':
      return (
        <Door title="">
          <FailureNotice failure={state.failure} onRetry={props.onRetry} />
        </Door>
      );
    case 'out':
      return <SignInPage api={api} reason={state.reason} onSignedIn={props.onSession} />;
    case 'in':
      return state.session.mustChangePassword ? (
        <ChangePasswordPage api={api} name={state.session.name} onChanged={props.onSession} />
      ) : (
        <SignedIn api={api} session={state.session} onSignOut={props.onSignOut} />
      );
  }
}

interface SignedInProps {
  readonly api: HubClient;
  readonly session: Session;
  readonly onSignOut: () => void;
}

function SignedIn(props: SignedInProps): ReactNode {
  const { api, session } = props;
  const feed = useMemo(
    () =>
      new LiveFeed({
        open: () => new EventSource('/api/v1/live'),
        setTimer: (act, delayMs) => {
          const timer = setTimeout(act, delayMs);
          return () => clearTimeout(timer);
        },
      }),
    [],
  );
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  const hub = useMemo(() => ({ api, feed, session }), [api, feed, session]);
  return (
    <HubContext value={hub}>
      <SiteProvider>
        <Shell onSignOut={props.onSignOut} />
      </SiteProvider>
    </HubContext>
  );
}
