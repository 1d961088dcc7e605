import { Fragment } from 'react';
import { useSay } from '#renderer/words/voice.tsx';
import type { WordKey } from '#renderer/words/zh-cn';

/** Heading and text, point by point. */
export function Terms(props: { readonly points: ReadonlyArray<readonly [WordKey, WordKey]> }) {
  const say = useSay();
  return (
    <dl className="terms">
      {props.points.map(([heading, text]) => (
        <Fragment key={heading}>
          <dt>{say(heading)}</dt>
          <dd>{say(text)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
