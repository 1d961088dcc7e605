import { Icon } from '#renderer/parts/icon.tsx';
import { Cap, Lintel } from '#renderer/parts/lintel.tsx';
import { useSay } from '#renderer/words/voice.tsx';

const STEPS = ['consent', 'capture', 'check', 'test'] as const;
export type WizardStep = (typeof STEPS)[number];

/** Where the wizard stands, as a stretch of the beam per step. */
export function StepsLintel(props: { readonly at: WizardStep | 'done' }) {
  const say = useSay();
  const now = props.at === 'done' ? STEPS.length : STEPS.indexOf(props.at);
  return (
    <Lintel>
      <Cap now="hidden" />
      <ol className="steps">
        {STEPS.map((step, index) => (
          <li
            key={step}
            className={classOf(index, now)}
            aria-current={index === now ? 'step' : undefined}
          >
            {index < now ? <Icon name="check" /> : index + 1}
            <span>{say(`enrol.step.${step}`)}</span>
          </li>
        ))}
      </ol>
    </Lintel>
  );
}

function classOf(index: number, now: number): string {
  if (index < now) return 'd';
  return index === now ? 'n' : '';
}
