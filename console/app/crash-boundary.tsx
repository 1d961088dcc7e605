import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface BoundaryState {
  readonly reason?: string;
}

/** The last resort for a bug of this page: says so instead of leaving a white screen. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { reason: String(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    return reason === undefined ? this.props.children : <CrashNotice reason={reason} />;
  }
}

function CrashNotice(props: { readonly reason: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="crash" role="alert">
      <h1>{t('failure.crashed')}</h1>
      <p>{t('failure.crashedHint')}</p>
      <pre>{props.reason}</pre>
      <button type="button" onClick={() => location.reload()}>
        {t('failure.reload')}
      </button>
    </div>
  );
}
