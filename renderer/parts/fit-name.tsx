import { useLayoutEffect, useRef } from 'react';

/** Plex narrows to 75 %; only then is a long name made smaller, and never so small that nobody reads it. */
const STRETCH_MIN = 0.75;
const SIZE_MIN_PX = 48;
/** A hair narrower than measured: half a pixel too many would end a name in dots. */
const AIR = 0.985;

/** A name on one line, whatever its length: narrowed first, then shrunk. */
export function FitName(props: { readonly name: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    fit(element);
    // The measure changes when the face of the font arrives.
    document.fonts.ready.then(() => fit(element)).catch(() => undefined);
  });
  return (
    <div className="name" ref={ref}>
      {props.name}
    </div>
  );
}

function fit(element: HTMLElement): void {
  element.style.fontStretch = '';
  element.style.fontSize = '';
  if (overflow(element) <= 1) return;
  element.style.fontStretch = `${Math.max(STRETCH_MIN, 1 / overflow(element)) * 100}%`;
  const rest = overflow(element);
  if (rest <= 1) return;
  const size = Number.parseFloat(getComputedStyle(element).fontSize);
  element.style.fontSize = `${Math.max(SIZE_MIN_PX, (size * AIR) / rest)}px`;
}

function overflow(element: HTMLElement): number {
  return element.scrollWidth / Math.max(1, element.clientWidth);
}
