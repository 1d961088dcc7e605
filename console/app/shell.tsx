import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHub, useLiveState } from '#console/app/hub-context';
import { addressOf, type Route, useRoute } from '#console/app/route';
import { useSite } from '#console/app/site';
import { localeOf } from '#console/language/language';
import { Icon, type IconName, Mark } from '#console/look/icon.tsx';
import { PeoplePage } from '#console/people/people-page.tsx';
import { LanguageSwitch } from '#console/session/door.tsx';
import { TerminalsPage } from '#console/terminals/terminals-page.tsx';
import { TodayPage } from '#console/today/today-page.tsx';

/** The beam above, the rooms at the left, one page at a time. */
export function Shell(props: { readonly onSignOut: () => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const { session } = useHub();
  const route = useRoute();
  const site = useSite();
  return (
    <div className="shell">
      <header>
        <Mark />
        <b>Lintel</b>
        <span className="quiet">{site.value?.name[localeOf(i18n.language)]}</span>
        <span className="space" />
        <LiveSign />
        <span title={t('nav.signedInAs', { name: session.name })}>{session.name}</span>
        <LanguageSwitch />
        <Button onClick={props.onSignOut}>{t('nav.signOut')}</Button>
      </header>
      <nav aria-label={t('nav.label')}>
        <NavLink to={{ page: 'today' }} icon="today" here={route.page} />
        <NavLink to={{ page: 'people' }} icon="people" here={route.page} />
        <NavLink to={{ page: 'terminals' }} icon="terminal" here={route.page} />
      </nav>
      <main>
        <Page route={route} />
      </main>
    </div>
  );
}

function Page(props: { readonly route: Route }): ReactNode {
  switch (props.route.page) {
    case 'today':
      return <TodayPage key={props.route.date} date={props.route.date} />;
    case 'people':
      return <PeoplePage />;
    case 'terminals':
      return <TerminalsPage />;
  }
}

interface NavLinkProps {
  readonly to: Route;
  readonly icon: IconName;
  readonly here: Route['page'];
}

function NavLink(props: NavLinkProps): ReactNode {
  const { t } = useTranslation();
  const current = props.to.page === props.here;
  return (
    <a href={addressOf(props.to)} aria-current={current ? 'page' : undefined}>
      <Icon name={props.icon} />
      {t(`nav.${props.to.page}`)}
    </a>
  );
}

/** Calm while live; says so in words and by a broken ring when the connection is gone. */
function LiveSign(): ReactNode {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className={`live-sign ${state}`} role="status">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4" />
      </svg>
      {t(`live.${state}`)}
    </span>
  );
}
