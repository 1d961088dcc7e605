import { type Box, distanceOf, overlapOf } from '#domain/face/box';

/** One face followed from frame to frame. */
export interface Track {
  /** From 1; never given twice by one book. */
  readonly trackId: number;
  readonly box: Box;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
}

/** All faces being followed, and the next number to give. */
export interface TrackBook {
  readonly nextTrackId: number;
  readonly tracks: readonly Track[];
}

export const EMPTY_BOOK: TrackBook = { nextTrackId: 1, tracks: [] };

/** A blink of the detector is bridged; somebody who walked off and came back is a new track. */
export const TRACK_LOST_MS = 1000;
const OVERLAP_MIN = 0.2;
const DISTANCE_MAX = 0.7; // face widths between two frames: a brisk step at five frames a second
const WIDTH_RATIO_MAX = 1.6;

interface Pair {
  readonly track: Track;
  readonly boxIndex: number;
  readonly affinity: number;
}

/** More than 1 for boxes that overlap, less for near ones that do not, undefined for strangers. */
function affinityOf(p: Box, q: Box): number | undefined {
  const overlap = overlapOf(p, q);
  if (overlap >= OVERLAP_MIN) return 1 + overlap;
  const ratio = p.width / q.width;
  if (Math.max(ratio, 1 / ratio) > WIDTH_RATIO_MAX) return undefined;
  const distance = distanceOf(p, q);
  return distance <= DISTANCE_MAX ? 1 - distance : undefined;
}

/**
 * Gives every box of a frame its track: the best pairs first, each track and each box once.
 *
 * @param nowMs when the frame was taken
 * @returns the new book, and a track id for each box, in order
 */
export function follow(
  book: TrackBook,
  boxes: readonly Box[],
  nowMs: number,
): { readonly book: TrackBook; readonly trackIds: readonly number[] } {
  const alive = book.tracks.filter((track) => nowMs - track.seenAtMs <= TRACK_LOST_MS);
  const taken = pair(alive, boxes);
  let { nextTrackId } = book;
  const seen = boxes.map((box, index): Track => {
    const track = taken.get(index);
    if (track !== undefined) return { ...track, box, seenAtMs: nowMs };
    nextTrackId += 1;
    return { trackId: nextTrackId - 1, box, startedAtMs: nowMs, seenAtMs: nowMs };
  });
  const seenIds = new Set(seen.map((track) => track.trackId));
  const unseen = alive.filter((track) => !seenIds.has(track.trackId));
  return {
    book: { nextTrackId, tracks: [...seen, ...unseen] },
    trackIds: seen.map((track) => track.trackId),
  };
}

function pair(tracks: readonly Track[], boxes: readonly Box[]): ReadonlyMap<number, Track> {
  const pairs = tracks.flatMap((track) =>
    boxes.flatMap((box, boxIndex): Pair[] => {
      const affinity = affinityOf(track.box, box);
      return affinity === undefined ? [] : [{ track, boxIndex, affinity }];
    }),
  );
  const byBox = new Map<number, Track>();
  const used = new Set<number>();
  for (const { track, boxIndex } of pairs.toSorted((p, q) => q.affinity - p.affinity)) {
    if (byBox.has(boxIndex) || used.has(track.trackId)) continue;
    byBox.set(boxIndex, track);
    used.add(track.trackId);
  }
  return byBox;
}

/** Somebody else stands where this face was: the place goes on under a new number. */
export function renew(
  book: TrackBook,
  trackId: number,
  nowMs: number,
): { readonly book: TrackBook; readonly trackId: number } {
  const tracks = book.tracks.map((track) =>
    track.trackId === trackId ? { ...track, trackId: book.nextTrackId, startedAtMs: nowMs } : track,
  );
  return { book: { nextTrackId: book.nextTrackId + 1, tracks }, trackId: book.nextTrackId };
}
