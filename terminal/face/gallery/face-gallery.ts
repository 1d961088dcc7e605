import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import { RowStore } from '#terminal/face/gallery/row-store';
import { TopTwo } from '#terminal/face/gallery/top-two';
import { similarity } from '#terminal/face/template';

export interface GalleryMatch {
  readonly personId: string;
  readonly templateId: string;
  /** Cosine: −1…1. */
  readonly similarity: number;
}

export interface GalleryAnswer {
  /** Absent when the gallery is empty. */
  readonly best: GalleryMatch | undefined;
  /** The best template of any *other* person. */
  readonly second: GalleryMatch | undefined;
}

/** What whoever decides needs of a gallery. */
export interface FaceSearch {
  readonly templateCount: number;
  search(query: Float32Array): GalleryAnswer;
}

export type GalleryFailure = 'wrong-length' | 'not-normalised' | 'gallery-full';

export const GALLERY_TEMPLATES_MAX = 250_000; // 640 MB at 512; an index pays only beyond a million
const LENGTH_TOLERANCE = 1e-3; // of a template that crossed a wire as 32-bit floats

interface Row {
  readonly personId: string;
  readonly templateId: string;
}

/**
 * All enrolled templates, searched exactly: the answer is that of comparing every one.
 *
 * A removed row is overwritten by the last one, and the last one by zeros: nothing of a removed face
 * stays behind.
 */
export class FaceGallery implements FaceSearch {
  readonly #length: number;
  readonly #store: RowStore;
  readonly #rows: Row[] = [];
  readonly #rowOf = new Map<string, number>();

  /** @param templateLength from the model card: templates of two models cannot be compared */
  constructor(templateLength: number) {
    this.#length = templateLength;
    this.#store = new RowStore(templateLength);
  }

  get templateCount(): number {
    return this.#rows.length;
  }

  get personCount(): number {
    return new Set(this.#rows.map((row) => row.personId)).size;
  }

  /** Adds a template, or replaces the one of the same id. */
  add(template: Row & { readonly vector: Float32Array }): Result<void, GalleryFailure> {
    const { personId, templateId, vector } = template;
    if (vector.length !== this.#length) return failed('wrong-length');
    if (!(Math.abs(Math.sqrt(similarity(vector, vector)) - 1) < LENGTH_TOLERANCE))
      return failed('not-normalised');
    const index = this.#rowOf.get(templateId) ?? this.#rows.length;
    if (index >= GALLERY_TEMPLATES_MAX) return failed('gallery-full');
    this.#rows[index] = { personId, templateId };
    this.#rowOf.set(templateId, index);
    this.#store.write(index, vector);
    return ok(undefined);
  }

  /** @returns false when there was none of this id */
  removeTemplate(templateId: string): boolean {
    const index = this.#rowOf.get(templateId);
    if (index === undefined) return false;
    const lastIndex = this.#rows.length - 1;
    const last = this.#rows[lastIndex];
    if (last !== undefined && lastIndex !== index) {
      this.#store.write(index, this.#store.read(lastIndex));
      this.#rows[index] = last;
      this.#rowOf.set(last.templateId, index);
    }
    this.#store.wipe(lastIndex);
    this.#rows.pop();
    this.#rowOf.delete(templateId);
    return true;
  }

  /** @returns how many templates went */
  removePerson(personId: string): number {
    const theirs = this.#rows.filter((row) => row.personId === personId);
    for (const row of theirs) this.removeTemplate(row.templateId);
    return theirs.length;
  }

  clear(): void {
    this.#rows.forEach((_, index) => this.#store.wipe(index));
    this.#rows.length = 0;
    this.#rowOf.clear();
  }

  /** @param query of length 1, like the templates; it leaves no trace here */
  search(query: Float32Array): GalleryAnswer {
    assert(query.length === this.#length, 'a query is as long as the templates');
    const top = new TopTwo((row) => this.#rows[row]?.personId);
    this.#store.search(query, this.#rows.length, top);
    return { best: this.#match(top.best), second: this.#match(top.second) };
  }

  #match({ row, score }: { readonly row: number; readonly score: number }) {
    const found = this.#rows[row];
    return found && { ...found, similarity: score };
  }
}
