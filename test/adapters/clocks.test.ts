/** Bad input for clock, timers and callouts, and scripts that would never end: what features cannot show. */
import { describe, expect, it } from 'vitest';
import reference from '../../adapters/reference.ts';
import type { Ports, Profile } from '../../contract/index.ts';
import { methodOf } from '../../contract/schemas.ts';
import { explainIssues } from '../../harness/validation.ts';

async function portsAs(profile: Profile): Promise<Ports> {
  return (await reference({ seed: 1, profile })).ports as Ports;
}

function refusal(op: string, args: object): string {
  const { error } = methodOf(op)?.args.safeParse(args) ?? {};
  return error === undefined ? 'accepted' : explainIssues(error, 'args');
}

const script = (action: object) => ({ timer: 'a', handler: [action] });
const does = (action: object) => ({ function: 'a', actions: [action] });

describe('a bad value is refused by the name of its field', () => {
  it.each([
    ['jiffies.boot', { hz: 0 }, 'args.hz'],
    ['jiffies.boot', { hz: 1536 }, 'args.hz'],
    ['jiffies.boot', { hz: 99.5 }, 'args.hz'],
    ['jiffies.boot', { jiffies: -1 }, 'args.jiffies'],
    ['jiffies.boot', { jiffies: 2 ** 32 }, 'args.jiffies'],
    ['jiffies.advance', { nanoseconds: -1 }, 'args.nanoseconds'],
    ['jiffies.advance', { nanoseconds: 1e12 + 1 }, 'args.nanoseconds'],
    ['timer-wheel.add', { timer: 'a', expires: 2 ** 32 }, 'args.expires'],
    ['timer-wheel.tick', { ticks: 2 ** 31, softirq: 'each' }, 'args.ticks'],
    ['timer-wheel.tick', { ticks: 1, softirq: 'never' }, 'args.softirq'],
    ['timer-wheel.init', script({ do: 'mark' }), 'args.handler.0.do'],
    ['timer-wheel.init', script({ do: 'mod', timer: 'a' }), 'args.handler.0.in'],
    ['timer-wheel.init', script({ do: 'compute', ticks: -1 }), 'args.handler.0.ticks'],
    ['callout.boot', { callouts: 0 }, 'args.callouts'],
    ['callout.timeout', { function: 'a', argument: 0, ticks: 2 ** 31 }, 'args.ticks'],
    ['callout.hardclock', { ticks: 1, priority: 'high' }, 'args.priority'],
    ['callout.define', does({ do: 'sleep' }), 'args.actions.0.do'],
  ])('%s %j', (op, args, field) => {
    expect(refusal(op, args)).toMatch(new RegExp(`^${field}: `));
  });
});

describe.each(['linux-2.6.11', 'linux-6'] as const)('timers as %s', (profile) => {
  it('have to be initialised, once', async () => {
    const { 'timer-wheel': port } = await portsAs(profile);
    expect(await port.mod({ timer: 'a', expires: 1 })).toEqual({
      fault: 'timer: "a" was never initialised',
    });
    await port.init({ timer: 'a', handler: [{ do: 'del', timer: 'b' }] });
    expect(await port.init({ timer: 'a', handler: [] })).toEqual({
      fault: 'timer: "a" is initialised already',
    });
    await port.add({ timer: 'a', expires: 1 });
    expect(await port.tick({ ticks: 5, softirq: 'each' })).toEqual({
      fault: 'timer: "b" was never initialised',
    });
  });

  it('that fire without an end are stopped at a limit', async () => {
    const { 'timer-wheel': port } = await portsAs(profile);
    const handler = [{ do: 'mod', timer: 'a', in: 0 }] as const;
    await port.init({ timer: 'a', handler: [...handler, { do: 'compute', ticks: 1 }] });
    await port.add({ timer: 'a', expires: 0 });
    const endless = { bug: 'the timers do not come to an end' };
    expect(await port.tick({ ticks: 1, softirq: 'each' })).toEqual(endless);
    await port.boot({ jiffies: 0 });
    await port.init({ timer: 'a', handler: [...handler] });
    await port.add({ timer: 'a', expires: 0 });
    expect(await port.tick({ ticks: 10_000, softirq: 'each' })).toHaveProperty(
      'ok.jiffies',
      10_000,
    );
    expect(await port.tick({ ticks: 10_001, softirq: 'each' })).toEqual(endless);
  });
});

describe('callouts', () => {
  it('that call each other without an end are stopped at a limit', async () => {
    const { callout: port } = await portsAs('bsd-4.4');
    const again = { do: 'timeout', function: 'a', argument: 0, ticks: 1 } as const;
    await port.define({ function: 'a', actions: [again, { do: 'compute', ticks: 1 }] });
    await port.timeout({ function: 'a', argument: 0, ticks: 1 });
    expect(await port.hardclock({ ticks: 1, priority: 'base' })).toEqual({
      bug: 'the callouts do not come to an end',
    });
  });

  it('of a function that is defined anew do what was said last', async () => {
    const { callout: port } = await portsAs('bsd-4.4');
    const call = { function: 'a', argument: 0 };
    await port.define({ function: 'a', actions: [{ do: 'timeout', ...call, ticks: 1 }] });
    await port.define({ function: 'a', actions: [] });
    await port.timeout({ ...call, ticks: 1 });
    const once = [
      { tick: 1, did: 'softclock' },
      { tick: 1, did: 'call', ...call },
    ];
    expect(await port.hardclock({ ticks: 9, priority: 'base' })).toEqual({ ok: { trace: once } });
  });
});
