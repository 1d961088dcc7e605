import { z } from 'zod';
import { locale } from '#contracts/wire/v1/ids';

/** What a manager sets on this one screen; it stays with the device. */
export const screenSettings = z.strictObject({
  theme: z.enum(['auto', 'day', 'night', 'hc']).default('auto'),
  text: z.enum(['usual', 'large']).default('usual'),
  sound: z.enum(['on', 'off']).default('on'),
  /** The language the door returns to. */
  language: locale.default('zh-CN'),
  /** Device id as the browser gives it to this origin; absent means the first that works. */
  cameraId: z.string().max(200).optional(),
});
export type ScreenSettings = z.output<typeof screenSettings>;

const SETTINGS_KEY = 'lintel.screen-settings';

/** Settings nobody can read are settings nobody made: the defaults hold. */
export function loadSettings(storage: Storage): ScreenSettings {
  const stored = storage.getItem(SETTINGS_KEY);
  const parsed = screenSettings.safeParse(stored === null ? {} : jsonOf(stored));
  return parsed.success ? parsed.data : screenSettings.parse({});
}

export function saveSettings(storage: Storage, settings: ScreenSettings): void {
  storage.setItem(SETTINGS_KEY, JSON.stringify(settings));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
