import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '#console/language/language';
import { Mark } from '#console/look/icon.tsx';

export function LanguageSwitch(): ReactNode {
  const { t, i18n } = useTranslation();
  const other = localeOf(i18n.language) === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      lang={other}
      aria-label={t('language.otherSpoken')}
      onClick={() => void i18n.changeLanguage(other)}
    >
      {t('language.other')}
    </Button>
  );
}

export interface DoorProps {
  readonly title: string;
  readonly why?: string;
  readonly children: ReactNode;
}

/** The page before one is in: the beam above, the opening below it, one thing to do. */
export function Door(props: DoorProps): ReactNode {
  return (
    <div className="door">
      <header>
        <Mark />
        <b>Lintel</b>
        <span lang="zh-CN">门楣</span>
        <LanguageSwitch />
      </header>
      <main>
        <h1>{props.title}</h1>
        {props.why !== undefined && <p className="why">{props.why}</p>}
        {props.children}
      </main>
    </div>
  );
}
