import { useModel, useSession } from '#renderer/kiosk/kiosk.tsx';
import { Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import type { ScreenSettings } from '#renderer/settings/settings';
import { useSay } from '#renderer/words/voice.tsx';

/** What a manager may change about this one screen. */
export function SettingsStep() {
  const say = useSay();
  const session = useSession();
  return (
    <>
      <Lintel>
        <Cap now="hidden" />
        <Saying title={say('settings.title')} />
        <Beam />
      </Lintel>
      <section className="open page">
        <div className="settings">
          <CameraChoice />
          <Choice name="theme" options={['auto', 'day', 'night', 'hc']} />
          <Choice name="text" options={['usual', 'large']} />
          <Choice name="sound" options={['on', 'off']} />
          <Choice name="language" options={['zh-CN', 'en']} />
          <StateLine />
        </div>
      </section>
      <Threshold>
        <Key
          icon="lock"
          label={say('manager.lock')}
          look="quiet"
          onTap={() => void session.lock()}
        />
        <Key
          icon="face"
          label={say('settings.people')}
          onTap={() => session.enrolment({ kind: 'people-opened' })}
        />
      </Threshold>
    </>
  );
}

type Choosable = Exclude<keyof ScreenSettings, 'cameraId'>;

function Choice<N extends Choosable>(props: {
  readonly name: N;
  readonly options: ReadonlyArray<ScreenSettings[N] & string>;
}) {
  const say = useSay();
  const session = useSession();
  const { settings } = useModel();
  const { name } = props;
  return (
    <fieldset>
      <legend>{say(`settings.${name}`)}</legend>
      <div className="choices">
        {props.options.map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={settings[name] === option}
            onClick={() => session.changeSettings({ [name]: option })}
          >
            {say(wordOf(name, option))}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

type OptionWord<N extends Choosable> = N extends Choosable
  ? `settings.${N}.${ScreenSettings[N]}`
  : never;

function wordOf<N extends Choosable>(name: N, option: ScreenSettings[N]): OptionWord<Choosable> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a template of a generic name and its own option; TypeScript widens it to string
  return `settings.${name}.${option}` as OptionWord<Choosable>;
}

function CameraChoice() {
  const say = useSay();
  const session = useSession();
  const { camera } = useModel();
  if (camera.devices.length === 0) return null;
  return (
    <fieldset>
      <legend>{say('settings.camera')}</legend>
      <div className="choices">
        {camera.devices.map((device, index) => (
          <button
            key={device.id}
            type="button"
            aria-pressed={device.id === camera.deviceId}
            onClick={() => session.changeSettings({ cameraId: device.id })}
          >
            {device.label === ''
              ? say('settings.camera.unnamed', { number: index + 1 })
              : device.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function StateLine() {
  const say = useSay();
  const { engine } = useModel();
  if (engine === undefined) return null;
  const { people, templates, waiting, hubLine } = engine;
  const state = say('settings.state', { people, templates, waiting });
  return (
    <p className="note">
      {state}
      {hubLine !== 'connected' && ` · ${say(`hubline.${hubLine}`)}`}
    </p>
  );
}
