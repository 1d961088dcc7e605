/** An answer of 204: there is nothing to say. */
export interface Nothing {
  readonly kind: 'nothing';
}
export const nothing: Nothing = { kind: 'nothing' };

/** An answer to be saved: its bytes, under a name. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly mediaTypes: readonly [string, ...string[]];
}
export function fileAnswer(...mediaTypes: readonly [string, ...string[]]): FileAnswer {
  return { kind: 'file', mediaTypes };
}

/** Server-sent events, as long as somebody listens. */
export interface Stream {
  readonly kind: 'stream';
  readonly mediaType: 'text/event-stream';
}
export const eventStream: Stream = { kind: 'stream', mediaType: 'text/event-stream' };

/** A body that is a file. Its bytes are handed on as they arrive, up to the limit of the route. */
export interface Upload {
  readonly kind: 'upload';
  readonly mediaTypes: readonly [string, ...string[]];
}
export function upload(...mediaTypes: readonly [string, ...string[]]): Upload {
  return { kind: 'upload', mediaTypes };
}

/** An answer of 302: the browser goes on to the address of its `location`. */
export interface Redirect {
  readonly kind: 'redirect';
}
export const redirect: Redirect = { kind: 'redirect' };
