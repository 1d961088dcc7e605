/** A camera the browser lists; its label is empty until permission was given once. */
export interface CameraDevice {
  readonly id: string;
  readonly label: string;
}

/** One attempt at opening a camera. */
export type CameraWish = { readonly deviceId: string } | { readonly facing: 'user' };

/**
 * In which order cameras are tried: the chosen one, the one that faces people, then every other.
 *
 * A chosen camera that is gone must not leave the door blind while another one hangs there.
 */
export function cameraWishes(
  devices: readonly CameraDevice[],
  chosenId: string | undefined,
): readonly CameraWish[] {
  const chosen = devices.find((device) => device.id === chosenId);
  const others = devices.filter((device) => device.id !== '' && device.id !== chosen?.id);
  return [
    ...(chosen === undefined ? [] : [{ deviceId: chosen.id }]),
    { facing: 'user' },
    ...others.map((device) => ({ deviceId: device.id })),
  ];
}

/** Chromium asks for more than any kiosk panel shows; 720p leaves room for crops. */
export function constraintsOf(wish: CameraWish): MediaTrackConstraints {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  if ('deviceId' in wish) return { ...size, deviceId: { exact: wish.deviceId } };
  return { ...size, facingMode: wish.facing };
}
