import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '#domain/result';
import { decodeJpeg, type Picture } from '#platform/image/jpeg';
import type { Head } from '#simulators/camera/view';

/** The six group photographs that come with the face-api package: twenty people, twenty-two faces. */
export type PhotographNo = 1 | 2 | 3 | 4 | 5 | 6;
export const PHOTOGRAPHS: readonly PhotographNo[] = [1, 2, 3, 4, 5, 6];

/** One face in one photograph. Two of the twenty people were photographed twice. */
export interface Sitter {
  readonly person: string;
  readonly photograph: PhotographNo;
  readonly head: Head;
  /** By how much the head is tilted, clockwise. */
  readonly rollDegrees: number;
}

function sitter(person: string, photograph: PhotographNo, at: readonly number[]): Sitter {
  const [x = 0, y = 0, height = 0, rollDegrees = 0] = at;
  return { person, photograph, head: { x, y, height }, rollDegrees };
}

/** Who is where: centre of the face, its height and tilt, in pixels of the photograph and degrees. */
export const SITTERS: readonly Sitter[] = [
  sitter('p01', 1, [508, 476, 235, 1]),
  sitter('p02', 1, [932, 540, 219, -25]), // looks down, eyes closed
  sitter('p03', 1, [1572, 322, 213, 45]),
  sitter('p04', 2, [448, 269, 288, -5]), // profile
  sitter('p05', 2, [974, 340, 224, -1]), // looks down
  sitter('p06', 2, [1540, 277, 228, -16]), // looks down
  sitter('p07', 3, [690, 468, 278, 1]),
  sitter('p03', 3, [1189, 348, 310, 13]),
  sitter('p08', 3, [1594, 433, 264, -5]),
  sitter('p02', 4, [344, 321, 252, -24]),
  sitter('p09', 4, [756, 190, 248, 28]),
  sitter('p10', 4, [1077, 303, 253, 10]), // looks down
  sitter('p11', 4, [1347, 267, 241, 29]),
  sitter('p12', 5, [461, 1026, 278, -7]),
  sitter('p13', 5, [687, 545, 253, 4]),
  sitter('p14', 5, [874, 222, 207, 10]),
  sitter('p15', 5, [1196, 317, 216, 1]),
  sitter('p16', 5, [1502, 520, 277, -8]),
  sitter('p17', 6, [359, 621, 276, -7]),
  sitter('p18', 6, [762, 480, 310, -3]),
  sitter('p19', 6, [1266, 445, 271, 1]),
  sitter('p20', 6, [1592, 409, 289, 13]),
];

const PACKAGE = '@vladmandic/face-api';
const VERSION = '1.7.15';

export type Photographs = Readonly<Record<PhotographNo, Picture>>;

/** The photographs, decoded; from the installed package, else from its tarball on the npm registry. */
export async function loadPhotographs(cacheDir: string): Promise<Result<Photographs, string>> {
  const folder = installedFolder() ?? fetchedFolder(cacheDir);
  if (folder === undefined) {
    return failed(`${PACKAGE}@${VERSION} is neither installed nor to be had from the npm registry`);
  }
  const pictures: Picture[] = [];
  for (const no of PHOTOGRAPHS) {
    const decoded = await decodeJpeg(readFileSync(join(folder, `sample${no}.jpg`)));
    if (!decoded.ok) return failed(`${folder}/sample${no}.jpg is ${decoded.failure}`);
    pictures.push(decoded.value);
  }
  const [p1, p2, p3, p4, p5, p6] = pictures;
  if (!p1 || !p2 || !p3 || !p4 || !p5 || !p6) return failed(`${folder} lacks a photograph`);
  return ok({ 1: p1, 2: p2, 3: p3, 4: p4, 5: p5, 6: p6 });
}

function installedFolder(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const folder = join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'demo');
    return existsSync(join(folder, 'sample6.jpg')) ? folder : undefined;
  } catch {
    return undefined; // not installed, or an install that left the demo folder out
  }
}

function fetchedFolder(cacheDir: string): string | undefined {
  const folder = join(cacheDir, `photographs-${VERSION}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheDir, { recursive: true });
  const work = mkdtempSync(join(cacheDir, 'fetch-'));
  try {
    const pack = ['pack', `${PACKAGE}@${VERSION}`, '--silent', '--pack-destination', work];
    const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', join(work, tarball), '-C', work, 'package/demo']);
    renameSync(join(work, 'package', 'demo'), folder);
    return folder;
  } catch {
    return undefined; // offline: the caller says what is missing
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
