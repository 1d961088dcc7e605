import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHub } from '#console/app/hub-context';
import { FailureNotice } from '#console/look/notice.tsx';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import type { JoinInstructions } from '#contracts/rest/v1/join';

type JoinView =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'shown'; readonly join: JoinInstructions }
  | { readonly kind: 'failed'; readonly failure: HubFailure };

/** How to add a terminal. The code is asked for only when wanted: it opens the door to the log. */
export function JoinSheet(): ReactNode {
  const { t } = useTranslation();
  const { api } = useHub();
  const [view, setView] = useState<JoinView>({ kind: 'hidden' });

  const show = async () => {
    const answer = await api.joinInstructions();
    setView(
      answer.ok
        ? { kind: 'shown', join: answer.value }
        : { kind: 'failed', failure: answer.failure },
    );
  };

  return (
    <section className="sheet join">
      <h2>{t('terminals.joinTitle')}</h2>
      <p>{t('terminals.joinText')}</p>
      {view.kind === 'shown' && <JoinCommand join={view.join} />}
      {view.kind === 'failed' && (
        <FailureNotice failure={view.failure} onRetry={() => void show()} />
      )}
      {view.kind === 'shown' ? (
        <Button onClick={() => setView({ kind: 'hidden' })}>{t('terminals.joinHide')}</Button>
      ) : (
        <Button onClick={() => void show()}>{t('terminals.joinShow')}</Button>
      )}
      <p className="quiet">{t('terminals.joinSecret')}</p>
    </section>
  );
}

function JoinCommand(props: { readonly join: JoinInstructions }): ReactNode {
  const { t } = useTranslation();
  const { command, code, reachableFromOthers } = props.join;
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
  };
  return (
    <>
      {!reachableFromOthers && <p className="warn">{t('terminals.joinUnreachable')}</p>}
      <div className="command">
        <code>{command}</code>
        {/* Browsers give a clipboard to HTTPS pages and to this machine only. */}
        {isSecureContext && (
          <Button onClick={() => void copy()}>
            {copied ? t('terminals.copied') : t('terminals.copy')}
          </Button>
        )}
      </div>
      <p>
        {t('terminals.joinCode')} <b className="join-code">{code}</b>
      </p>
    </>
  );
}
