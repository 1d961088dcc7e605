/** One set: 24 grid, one stroke, square caps; the lintel, a bar on two posts, recurs. */
const PATHS = {
  in: 'M12 5h9v14h-9M3 12h12.5M11.5 7.5 16 12l-4.5 4.5',
  out: 'M12 5H3v14h9M8.5 12h12M17 7.5 21.5 12 17 16.5',
  pin: 'M5 4h14v16H5zM9 8.5h.01M12 8.5h.01M15 8.5h.01M9 12h.01M12 12h.01M15 12h.01M12 15.5h.01',
  look: 'M3 4h18M3 4v5M21 4v5M12 8.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM5.5 21.5c.6-3.4 3-5 6.5-5s5.9 1.6 6.5 5',
  check: 'M4.5 12.5 10 18 19.5 7',
  ask: 'M8 9c0-2.6 1.7-4.2 4-4.2s4 1.5 4 3.8c0 3-4 3-4 6M12 19h.01',
  no: 'M5 5l14 14M19 5 5 19',
  off: 'M3 9c5.5-5 12.5-5 18 0M6.5 13c3.5-3 7.5-3 11 0M4 21 20 5M12 18h.01',
  warn: 'M12 3.5 21.5 20h-19zM12 10v4.5M12 17h.01',
  camera: 'M3 7h12v10H3zM15 11l6-3.5v9L15 13M2 21 22 3',
  globe: 'M4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z',
  back: 'M20 12H5M11 5.5 4.5 12l6.5 6.5',
  delete: 'M8 5h13v14H8L2.5 12zM11.5 9.5l5 5M16.5 9.5l-5 5',
  near: 'M12 3v6M8.5 6 12 9.5 15.5 6M12 21v-6M8.5 18l3.5-3.5 3.5 3.5M4 12h16',
  far: 'M12 9.5V3M8.5 6 12 2.5 15.5 6M12 14.5V21M8.5 18l3.5 3.5 3.5-3.5M4 12h16',
  left: 'M20 12H5M11 5.5 4.5 12l6.5 6.5',
  right: 'M4 12h15M13 5.5l6.5 6.5-6.5 6.5',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  face: 'M12 3.5c4.2 0 6.5 3 6.5 7.5S16 20.5 12 20.5 5.5 15.5 5.5 11 7.8 3.5 12 3.5zM9 10.5h.01M15 10.5h.01M9.5 15.5h5',
  mask: 'M12 3.5c4.2 0 6.5 3 6.5 7.5S16 20.5 12 20.5 5.5 15.5 5.5 11 7.8 3.5 12 3.5zM5.8 12.5h12.4M9 9h.01M15 9h.01M8 16h8',
  glasses: 'M3 9h18M4 9v4h6V9M14 9v4h6V9',
  again: 'M5 12a7 7 0 1 1 2 5M5 20v-4h4',
  people:
    'M3 4h18M3 4v3M21 4v3M8.5 9a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM15.5 9a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM3 20.5c.5-2.6 2.5-4 5.5-4M21 20.5c-.5-2.6-2.5-4-5.5-4M9 20.5c.5-2 1.5-3 3-3s2.5 1 3 3',
  lock: 'M5 11h14v9H5zM8 11V7.5a4 4 0 0 1 8 0V11',
  settings: 'M3 7h9M18 7h3M12 4v6h6V4zM3 17h3M12 17h9M6 14v6h6v-6z',
  wait: 'M6 3h12M6 21h12M7.5 3c0 5 4.5 5.5 4.5 9s-4.5 4-4.5 9M16.5 3c0 5-4.5 5.5-4.5 9s4.5 4 4.5 9',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon(props: { readonly name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}

/** The sign of the house: a lintel on two posts. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 27 24" aria-hidden="true">
      <path className="bar" d="M0 2h27v6H0z" />
      <path d="M2 11h5v13H2zM20 11h5v13h-5z" fill="currentColor" />
    </svg>
  );
}
