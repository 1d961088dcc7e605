import type { ReactNode } from 'react';
import { Icon, type IconName } from '#renderer/parts/icon.tsx';

/** The lower part of every screen: it takes touch. */
export function Threshold(props: {
  readonly look?: 'usual' | 'big' | 'ask';
  readonly children: ReactNode;
}) {
  const look = props.look ?? 'usual';
  return <nav className={look === 'usual' ? 'thr' : `thr ${look}`}>{props.children}</nav>;
}

export function Key(props: {
  readonly icon?: IconName;
  readonly label: string;
  readonly sub?: string;
  readonly look?: 'usual' | 'pri' | 'quiet' | 'eq';
  readonly onTap: () => void;
  readonly children?: ReactNode;
}) {
  const look = props.look ?? 'usual';
  return (
    <button type="button" className={look === 'usual' ? '' : look} onClick={props.onTap}>
      {props.children}
      {props.icon !== undefined && <Icon name={props.icon} />}
      <span>{props.label}</span>
      {props.sub !== undefined && <small>{props.sub}</small>}
    </button>
  );
}

/** The only countdown there is: how long a key still counts. */
export function TimeLeft(props: {
  readonly nowMs: number;
  readonly sinceMs: number;
  readonly untilMs: number;
}) {
  const totalMs = Math.max(1, props.untilMs - props.sinceMs);
  const share = Math.max(0, (props.untilMs - props.nowMs) / totalMs);
  return <i className="left" style={{ transform: `scaleX(${share.toFixed(3)})` }} />;
}
