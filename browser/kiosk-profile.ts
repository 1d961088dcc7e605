import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '#platform/files/private-file';

type Preferences = Record<string, unknown>;

const ALLOW = 1;
const BLOCK = 2;

/**
 * Lets one origin use the camera without a prompt, nobody anything else, and has nothing offered over
 * the screens, by writing Chromium's own preferences before it starts. `--use-fake-ui-for-media-stream` would answer yes to every page.
 *
 * @param origin of the screens, `http://127.0.0.1:4711`
 */
export function prepareProfile(profileDir: string, origin: string): void {
  const file = join(profileDir, 'Default', 'Preferences');
  writePrivateFile(file, JSON.stringify(withKioskPreferences(readPreferences(file), origin)));
}

export function withKioskPreferences(preferences: Preferences, origin: string): Preferences {
  const profile = objectAt(preferences, 'profile');
  const settings = objectAt(profile, 'content_settings');
  const exceptions = objectAt(settings, 'exceptions');
  const camera = { [`${origin},*`]: { setting: ALLOW } }; // replaces the port of the last start
  return {
    ...preferences,
    // The switches of the command line did not keep the offer to translate off a Chinese page.
    translate: { ...objectAt(preferences, 'translate'), enabled: false },
    profile: {
      ...profile,
      content_settings: { ...settings, exceptions: { ...exceptions, media_stream_camera: camera } },
      default_content_setting_values: {
        media_stream_mic: BLOCK,
        geolocation: BLOCK,
        notifications: BLOCK,
      },
    },
  };
}

/** A damaged file is Chromium's to replace: it starts from nothing as well. */
function readPreferences(file: string): Preferences {
  try {
    const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}

function objectAt(parent: Preferences, key: string): Preferences {
  const child = parent[key];
  return isObject(child) ? child : {};
}

function isObject(candidate: unknown): candidate is Preferences {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}
