import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { spanOf, timeOf } from '#console/language/format';
import type { Punch } from '#contracts/rest/v1/punches';

/** A record sent within this was not held back by anything. */
const PROMPT_MS = 60_000;

/** What is longer takes a line of its own. */
const LINE_LENGTH = 34;

export interface PunchReceiptProps {
  readonly punch: Punch;
  readonly zone: string;
}

/** Everything known about one punch: what anybody who doubts it may ask for. */
export function PunchReceipt(props: PunchReceiptProps): ReactNode {
  const { t } = useTranslation();
  const { punch, zone } = props;
  const lagMs = lagMsOf(punch);
  const late = lagMs > PROMPT_MS ? ` · ${t('today.receivedLate', { lag: spanOf(lagMs) })}` : '';
  const rows: readonly (readonly [string, string])[] = [
    [t('today.receipt'), punch.id],
    [t('today.hash'), punch.hash],
    [t('today.receivedAt'), `${timeOf(punch.receivedAt, zone)}${late}`],
    [t('today.terminal'), `${punch.terminalName} · ${punch.terminalId}`],
    [t('today.clock'), t(`clock.${punch.clock}`)],
    [t('today.wifi'), useWifiWords()(punch)],
    [t('today.similarity'), scoreOf(punch.confidence) ?? t('today.none')],
    [t('today.liveness'), scoreOf(punch.liveness) ?? t('today.none')],
    [t('today.personId'), punch.personId],
  ];
  return (
    <dl className="receipt">
      {rows.map(([name, told]) => (
        <div key={name} className={told.length > LINE_LENGTH ? 'wide' : undefined}>
          <dt>{name}</dt>
          <dd>{told}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Name and access point the terminal was on, or why there is none. */
export function useWifiWords(): (punch: Pick<Punch, 'wifi'>) => string {
  const { t } = useTranslation();
  return ({ wifi }) => {
    if (wifi === undefined) return t('today.none');
    return 'absent' in wifi ? t(`wifi.${wifi.absent}`) : `${wifi.ssid} · ${wifi.bssid}`;
  };
}

export function scoreOf(score: number | undefined): string | undefined {
  return score?.toFixed(2);
}

function lagMsOf(punch: Punch): number {
  const sent = Temporal.Instant.from(punch.punchedAt).epochMilliseconds;
  return Temporal.Instant.from(punch.receivedAt).epochMilliseconds - sent;
}
