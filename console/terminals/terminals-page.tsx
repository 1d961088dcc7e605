import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSite } from '#console/app/site';
import { timeOf } from '#console/language/format';
import { FailureNotice, LoadingRows, Notice, StaleBand } from '#console/look/notice.tsx';
import { useNow } from '#console/look/now';
import { JoinSheet } from '#console/terminals/join-sheet.tsx';
import { SiteSheet } from '#console/terminals/site-sheet.tsx';
import { TerminalTable } from '#console/terminals/terminal-table.tsx';
import { useTerminals } from '#console/terminals/terminals';

export function TerminalsPage(): ReactNode {
  const { t } = useTranslation();
  const { resource, reload } = useTerminals();
  const { value, failure, readAt } = resource;
  const zone = useSite().value?.zone ?? 'UTC';
  const now = useNow();
  const online = value?.filter((terminal) => terminal.online).length;
  return (
    <>
      <div className="head">
        <h1>{t('terminals.title')}</h1>
        <span className="quiet">
          {value !== undefined && t('terminals.count', { online, total: value.length })}
        </span>
      </div>
      {failure !== undefined && readAt !== undefined && (
        <StaleBand failure={failure} since={timeOf(readAt.toString(), zone)} onRetry={reload} />
      )}
      <section className="sheet">
        {value === undefined && failure === undefined && <LoadingRows />}
        {value === undefined && failure !== undefined && (
          <FailureNotice failure={failure} onRetry={reload} />
        )}
        {value !== undefined && (
          <TerminalTable
            terminals={value}
            now={now}
            empty={
              <Notice
                icon="terminal"
                title={t('terminals.empty')}
                hint={t('terminals.emptyHint')}
              />
            }
          />
        )}
      </section>
      <div className="pair">
        <JoinSheet />
        <SiteSheet />
      </div>
    </>
  );
}
