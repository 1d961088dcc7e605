import type { PersonBody } from '#contracts/wire/v1/down-log';
import type { FaceGallery } from '#terminal/face/gallery/face-gallery';
import type { PeopleRepository, Template } from '#terminal/storage/people-repository';

interface Faces {
  readonly gallery: FaceGallery;
  readonly modelId: string;
}

/**
 * The people of this door in memory, always what the database says: whoever changes somebody there
 * commits first and then has that person reloaded here.
 */
export class Roster {
  readonly #repository: PeopleRepository;
  readonly #people = new Map<string, PersonBody>();
  readonly #byEmployeeNo = new Map<string, string>();
  readonly #templateCounts = new Map<string, number>();
  #faces: Faces | undefined;

  constructor(repository: PeopleRepository) {
    this.#repository = repository;
  }

  start(): void {
    for (const person of this.#repository.people()) this.#enter(person);
    for (const template of this.#repository.templates()) this.#take(template);
  }

  /** Templates of another model cannot be compared with this one's: they stay on the disk. */
  fillGallery(gallery: FaceGallery, modelId: string): void {
    this.#faces = { gallery, modelId };
    for (const template of this.#repository.templates()) this.#show(template);
  }

  /** Brings one person back in line with the database, whatever happened to them there. */
  reload(personId: string): void {
    const old = this.#people.get(personId);
    if (old !== undefined) this.#byEmployeeNo.delete(old.employeeNo);
    this.#people.delete(personId);
    this.#templateCounts.delete(personId);
    this.#faces?.gallery.removePerson(personId);
    const person = this.#repository.person(personId);
    if (person === undefined) return;
    this.#enter(person);
    for (const template of this.#repository.templatesOf(personId)) {
      this.#take(template);
      this.#show(template);
    }
  }

  get peopleCount(): number {
    return this.#people.size;
  }

  get templateCount(): number {
    return [...this.#templateCounts.values()].reduce((sum, count) => sum + count, 0);
  }

  get hasManagers(): boolean {
    return [...this.#people.values()].some((person) => person.manager);
  }

  find(personId: string): PersonBody | undefined {
    return this.#people.get(personId);
  }

  findByEmployeeNo(employeeNo: string): PersonBody | undefined {
    const personId = this.#byEmployeeNo.get(employeeNo);
    return personId === undefined ? undefined : this.#people.get(personId);
  }

  templatesOf(personId: string): number {
    return this.#templateCounts.get(personId) ?? 0;
  }

  /** Whose number begins with the query or whose name holds it, by number; all of them for ''. */
  search(query: string): readonly PersonBody[] {
    const wanted = query.trim().toLowerCase();
    return [...this.#people.values()]
      .filter(
        ({ employeeNo, name, greetingName }) =>
          employeeNo.toLowerCase().startsWith(wanted) ||
          name.toLowerCase().includes(wanted) ||
          greetingName.toLowerCase().includes(wanted),
      )
      .toSorted((a, b) => a.employeeNo.localeCompare(b.employeeNo, 'en', { numeric: true }));
  }

  #enter(person: PersonBody): void {
    this.#people.set(person.personId, person);
    this.#byEmployeeNo.set(person.employeeNo, person.personId);
  }

  #take({ personId }: Template): void {
    this.#templateCounts.set(personId, this.templatesOf(personId) + 1);
  }

  #show(template: Template): void {
    if (this.#faces === undefined || template.modelId !== this.#faces.modelId) return;
    this.#faces.gallery.add(template); // a wrong length or a full gallery leaves this face out only
  }
}
