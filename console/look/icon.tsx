import type { ReactNode } from 'react';

/** On a 24 grid, 2 px strokes, square caps; every shape is told from the others in grey. */
const paths = {
  today: 'M3 4h18M3 4v16M21 4v16M3 20h18M8 12l3 3 5-6',
  people:
    'M9 4.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20c.5-4 2.5-6 6-6s5.5 2 6 6M16 5a3 3 0 0 1 0 5.5M17.5 14c2 .7 3.2 2.7 3.5 6',
  terminal: 'M6 3h12v18H6zM11 18h2M9 7h6',
  find: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21',
  warn: 'M12 3.5 21.5 20h-19zM12 10v4.5M12 17h.01',
  no: 'M5 5l14 14M19 5 5 19',
  check: 'M4.5 12.5 10 18 19.5 7',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2',
  offline: 'M3 9c5.5-5 12.5-5 18 0M6.5 13c3.5-3 7.5-3 11 0M4 21 20 5',
  in: 'M10 5H5v14h5M20 12H10M14 8l-4 4 4 4',
  out: 'M14 5h5v14h-5M4 12h10M10 8l4 4-4 4',
  ask: 'M8 9c0-2.6 1.7-4.2 4-4.2s4 1.5 4 3.8c0 3-4 3-4 6M12 19h.01',
  previous: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  add: 'M12 4v16M4 12h16',
  leave: 'M14 5h5v14h-5M4 12h10M7 9l-3 3 3 3',
} as const;

export type IconName = keyof typeof paths;

export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[props.name]} />
    </svg>
  );
}

/** A beam on two posts: the lintel. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 27 24" aria-hidden="true">
      <path className="beam" d="M0 2h27v6H0z" />
      <path d="M2 11h5v13H2zM20 11h5v13h-5z" />
    </svg>
  );
}
