import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientPorts } from '../../harness/client.ts';
import { loadImplementation } from '../../harness/load.ts';
import { buildMutant, MUTANTS } from '../../mutants/mutants.ts';
import { courses, trace, type Course } from '../../tools/compare/tcp-scene.ts';

const COURSES = fc.sample(courses(true), { numRuns: 40, seed: 3 });

const NOTHING_ASKED: Course = {
  passive: true,
  isn: 0,
  mss: 1460,
  actions: [{ does: 'read', size: 0, peek: false, outOfBand: false }],
};

async function traced(impl: string, course: Course): Promise<string[]> {
  const connect = await loadImplementation(impl);
  const connection = await connect({ seed: 1, profile: 'linux-6', callTimeoutMs: 10_000 });
  try {
    return await trace(
      clientPorts(() => connection),
      course,
      0,
    );
  } finally {
    await connection.close();
  }
}

describe('a course of a connection', () => {
  it('is the same each time', async () => {
    for (const course of COURSES) {
      expect(await traced('reference', course)).toEqual(await traced('reference', course));
    }
  });

  it('has something to see in every action', async () => {
    for (const course of COURSES) {
      const lines = await traced('reference', course);
      expect(lines.filter((line) => line.startsWith('  ready'))).toHaveLength(
        course.actions.length,
      );
    }
  });

  it('tells a fault from what it should be', async () => {
    const fault = MUTANTS.find(({ id }) => id === 'tcp-receive-nothing-at-once');
    if (fault === undefined) throw new Error('the fault is gone');
    const built = buildMutant(fault);
    try {
      expect(await traced('reference', NOTHING_ASKED)).not.toEqual(
        await traced(built.impl, NOTHING_ASKED),
      );
    } finally {
      built.remove();
    }
  });
});
