/**
 * The lab of a scenario: its hosts, and the frames that were seen on its links.
 *
 * The first host is the implementation under test, the others are peers.
 */
import assert from 'node:assert/strict';
import {
  Lab,
  joinInARow,
  type LinkOptions,
  type RowHost,
  type Seen,
} from '../harness/lab/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { notApplicable, session } from '../harness/session.ts';
import { record } from './network-recording.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

/** A frame that has left a host, or come to one. */
export type SeenFrame = Seen;

/** Frames that sentences can be held against; a lab that carries more is judged by what arrives. */
const MOST_SEEN = 20_000;

interface LabNotes {
  lab: Lab | undefined;
  readonly seen: SeenFrame[];
  /** Hears of each frame. */
  watcher: ((seen: SeenFrame) => void) | undefined;
}

const labNotes = notes<LabNotes>(() => ({ lab: undefined, seen: [], watcher: undefined }));

/** @throws AssertionError — the scenario has none. */
export function labOf(world: SuiteWorld): Lab {
  return labNotes(world).lab ?? assert.fail('the scenario has no lab: say which hosts there are');
}

/** All frames so far, in the order in which they were seen. */
export function seenFrames(world: SuiteWorld): readonly SeenFrame[] {
  const { seen } = labNotes(world);
  assert.ok(
    seen.length < MOST_SEEN,
    `more than ${MOST_SEEN} frames were seen, too many to look at`,
  );
  return seen;
}

/** From now on that one hears of each frame, and nobody who was told to before. */
export function watch(world: SuiteWorld, watcher: (seen: SeenFrame) => void): void {
  labNotes(world).watcher = watcher;
}

/**
 * Sets the hosts up.
 *
 * @returns why the scenario does not apply to one of the peers, if so.
 */
export async function openLab(
  world: SuiteWorld,
  names: readonly string[],
  links: readonly LinkOptions[],
): Promise<string | undefined> {
  const noted = labNotes(world);
  if (noted.lab !== undefined) throw new Inconclusive('the scenario has a lab already');
  const lab = new Lab({ seed: session().parameters.seed, seen: (seen) => keep(world, seen) });
  noted.lab = lab;
  const hosts: RowHost[] = [];
  for (const [place, name] of names.entries()) {
    const host = await session().hostAt(place, name);
    const offers = (capability: string) => Object.hasOwn(host.hello.capabilities, capability);
    const needs = { capabilities: world.capabilities, profiles: [] };
    const reason = notApplicable(needs, { offers, profile: world.profile });
    if (reason !== undefined) return `host ${name}: ${reason}`;
    world.hosts.set(name, host.ports);
    hosts.push(host);
  }
  await joinInARow(lab, hosts, links, prepared);
  return undefined;
}

function keep(world: SuiteWorld, seen: SeenFrame): void {
  const { seen: all, watcher } = labNotes(world);
  watcher?.(seen);
  if (all.length < MOST_SEEN) all.push(seen);
  const { host, interface: name, direction, at, frame, remark } = seen;
  record(world, { interface: `${host}:${name}`, direction, timeNs: at, frame, remark });
}

/** Lets time pass on all hosts, and on the links between them. */
export async function passLabTime(world: SuiteWorld, ns: number): Promise<void> {
  const lab = labOf(world);
  await lab.run({ until: lab.now + ns });
}

/** Puts on the links what a program has had sent. */
export async function gather(world: SuiteWorld, program: string): Promise<void> {
  await labOf(world).gather(world.hostOf(program));
}
