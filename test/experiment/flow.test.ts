import { describe, expect, it } from 'vitest';
import { conversations } from '../../harness/experiment/background.ts';
import { claimsOf } from '../../harness/experiment/bands.ts';
import { cellsOf } from '../../harness/experiment/cells.ts';
import { Flow } from '../../harness/experiment/flow.ts';
import type { RunResult } from '../../harness/experiment/one-run.ts';
import { byCell, figuresOf } from '../../harness/experiment/verdicts.ts';

const ISN = 0xffff_fff0;

function begun(octets: number): Flow {
  const flow = new Flow({ port: 1, octets, control: 'reno', startNs: 0 }, true);
  flow.left(10, ISN, 0, true, false);
  return flow;
}

const at = (place: number): number => (ISN + 1 + place) >>> 0;

describe('a flow', () => {
  it('is over when the last octet has come, whatever the order', () => {
    const flow = begun(300);
    expect(flow.arrived(50, at(200), 100)).toBe(true);
    expect(flow.arrived(60, at(0), 100)).toBe(false);
    expect(flow.done).toBe(false);
    flow.arrived(70, at(100), 100);
    expect([flow.done, flow.endedAt, flow.came]).toEqual([true, 70, 300]);
    expect(flow.rate).toBe((300 * 1e9) / 60);
  });

  it('counts octets that are sent again, once for each time', () => {
    const flow = begun(300);
    flow.left(20, at(0), 100, false, true);
    flow.left(20, at(100), 100, false, false);
    flow.left(90, at(0), 150, false, false);
    expect([flow.resent, flow.lost]).toEqual([150, 1]);
  });

  it('tells a timeout from a retransmission that an ACK has caused', () => {
    const flow = begun(300);
    flow.left(20, at(0), 100, false, true);
    flow.acknowledged(40, at(0));
    flow.left(40, at(0), 100, false, false);
    expect(flow.timeouts).toBe(0);
    flow.left(90, at(0), 100, false, false);
    expect([flow.timeouts, flow.firstTimeoutAt]).toEqual([1, 90]);
  });
});

describe('conversations', () => {
  it('are the same for one seed, and others for another', () => {
    const some = (seed: number) => [...conversations(seed, 0.5, 'reno', 1e9)];
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
  });

  it('offer the load that was asked for, headers and segments without data included', () => {
    const seconds = 2000;
    const plans = [...conversations(7, 0.5, 'reno', seconds * 1e9)];
    const onWire = (octets: number) => octets + 54 * (Math.ceil(octets / 1400) + 3);
    const load =
      plans.reduce((sum, { octets }) => sum + onWire(octets), 0) / (seconds * 200 * 1024);
    expect(load).toBeGreaterThan(0.47);
    expect(load).toBeLessThan(0.53);
  });
});

describe('verdicts', () => {
  const cells = cellsOf({ impl: 'reference', profile: 'bsd-4.4', seed: 1, runs: 2 });
  const run: RunResult = {
    rate: 100,
    resent: 10,
    timeouts: 1,
    firstTimeoutMs: 2000,
    lost: 1,
    frames: 1,
    mostWaiting: 4,
    waiting: [1, 5],
  };
  const results = byCell(
    cells,
    cells.flatMap(({ plans }) => plans.map(() => run)),
  );

  it('have a row for each cell, with as many runs as it has', () => {
    const figures = figuresOf(results);
    expect(figures.map(({ cell }) => cell)).toEqual(cells.map(({ name }) => name));
    expect(figures.find(({ cell }) => cell === 'solo 10 reno')?.runs).toBe(10);
    expect(figures[0]).toMatchObject({ rate: 100, rateSpread: 0, resent: 10, resentMedian: 10 });
  });

  it('say of each claim whether it holds', () => {
    const claims = claimsOf(results);
    const ids = [...new Set(claims.map(({ id }) => id))];
    expect(ids).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11']);
    // All alike: no gain is claimed of 20 buffers only.
    expect(claims.filter(({ id }) => id === 'V4').every(({ holds }) => holds)).toBe(true);
    expect(claims.filter(({ id }) => id === 'V3').some(({ holds }) => holds)).toBe(false);
  });
});
