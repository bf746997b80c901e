/**
 * Runs a script, event by event, in virtual time.
 *
 * As in packetdrill: what comes in and what is called happens at its time; an outbound packet is waited for;
 * relative times count from when the event before happened; one call may sleep while packets come and go.
 */
import type { ClientPorts } from '../client.ts';
import { Inconclusive } from '../problems.ts';
import type { Assertion } from './assertion.ts';
import type { Call, Packet, ScriptEvent } from './ast.ts';
import { CallScene, type Came, type Planned, type Sleeping } from './call-scene.ts';
import { Clock, type Span } from './clock.ts';
import { connectionIn } from './ends.ts';
import { expectPacket } from './expect-packet.ts';
import { icmpIn, segmentIn } from './inbound.ts';
import type { Plan, PlannedStep } from './plan-script.ts';
import { printAction, printEvent } from './print.ts';
import { Difference, Unsupported } from './problems.ts';
import type { Recording } from './recording.ts';
import type { Setting } from './sysctl.ts';
import { valueOfName, type TcpInfo } from './tcp-info.ts';
import { Wire } from './wire.ts';

/** So many steps of one wait go from one thing that is due to the next; then they are made longer. */
const FINE_STEPS = 10_000;
const COARSE_STEPS = 100;

/** A call that sleeps while the script goes on. */
interface Pending {
  readonly call: Call;
  readonly event: ScriptEvent;
  readonly sleeping: Sleeping;
  readonly end: Span;
}

export class ScriptRun {
  readonly #plan: Plan;
  readonly #recording: Recording;
  readonly #wire: Wire;
  readonly #scene: CallScene;
  #clock: Clock;
  #pending: Pending | undefined;
  /** The event that is being run, or that a failure belongs to. */
  current: ScriptEvent | undefined;

  constructor(ports: ClientPorts, plan: Plan, recording: Recording) {
    this.#plan = plan;
    this.#recording = recording;
    this.#wire = new Wire(ports, plan.settings, recording);
    this.#scene = new CallScene(ports, plan.settings, this.#wire);
    this.#clock = new Clock(plan.settings, 0);
  }

  /** Nanoseconds since boot at which the script began. */
  get startNs(): number {
    return this.#clock.startNs;
  }

  /**
   * @throws Difference — the implementation does otherwise.
   * @throws Unsupported — the system has no such setting.
   * @throws whatever a call of the contract throws.
   */
  async run(): Promise<void> {
    await this.#set(this.#plan.first);
    await this.#wire.setUp();
    this.#clock = new Clock(this.#plan.settings, this.#wire.now);
    for (const step of this.#plan.steps) {
      this.current = step.event;
      await this.#run(step);
      this.#clock.happened(this.#wire.now);
    }
    await this.#finishPending();
    await this.#set(this.#plan.last);
  }

  async #run(step: PlannedStep): Promise<void> {
    const { event } = step;
    const { action } = event;
    if (action.kind === 'tcp' || action.kind === 'icmp') {
      if (action.direction === 'out') return this.#expect(event, action);
      await this.#waitFor(event);
      return this.#deliver(action);
    }
    if (action.kind === 'call' && step.call !== undefined) {
      return this.#call(event, action, step.call);
    }
    await this.#waitFor(event);
    await this.#set(step.settings ?? []);
    if (step.assertions !== undefined) await this.#assert(step.assertions);
  }

  #expect(event: ScriptEvent, packet: Packet): Promise<void> {
    const [scene, clock, recording] = [this.#scene, this.#clock, this.#recording];
    const advance = (toNs: number, step: number) => this.#step(toNs, step);
    return expectPacket(event, packet, { scene, clock, recording, advance });
  }

  /** Lets time pass up to the event's. */
  async #waitFor(event: ScriptEvent): Promise<Span> {
    const { now } = this.#wire;
    const span = this.#clock.span(event.when, now) ?? { fromNs: now, toNs: now };
    for (let step = 0; this.#wire.now < span.fromNs; step++) await this.#step(span.fromNs, step);
    const turn = `its turn comes at ${this.#clock.time(this.#wire.now)}`;
    const what = 'the time of this event has passed: its turn comes';
    this.#clock.check(what, span, this.#wire.now, printEvent(event), turn);
    return span;
  }

  /** One step of time, after which a call that sleeps may have woken. */
  async #step(toNs: number, step: number): Promise<void> {
    const endNs = this.#pending?.sleeping.endNs ?? Infinity;
    const leastNs = step < FINE_STEPS ? 0 : Math.ceil((toNs - this.#wire.now) / COARSE_STEPS);
    await this.#wire.step(Math.min(toNs, Math.max(endNs, this.#wire.now)), leastNs);
    await this.#look();
  }

  async #deliver(packet: Packet): Promise<void> {
    const connection = connectionIn(packet, this.#scene);
    const { settings } = this.#plan;
    const live =
      packet.kind === 'tcp'
        ? segmentIn(packet, connection, settings)
        : icmpIn(packet, connection, settings);
    await this.#wire.deliver(live, printAction(packet));
    await this.#look();
  }

  async #call(event: ScriptEvent, call: Call, planned: Planned): Promise<void> {
    await this.#finishPending();
    this.current = event;
    const { fromNs } = await this.#waitFor(event);
    const result = await planned.act(this.#scene);
    await this.#wire.collect();
    if (call.untilUs !== undefined) {
      const from = event.when.kind === 'at' ? event.when.us : 0;
      const endNs = fromNs + (call.untilUs - from) * 1000;
      const sleeping = 'look' in result ? result : { look: async () => result };
      this.#pending = { call, event, sleeping, end: { fromNs: endNs, toNs: endNs } };
      return this.#look();
    }
    const came = 'look' in result ? await result.look() : result;
    const expected = printAction(call);
    if (came !== undefined) return compare(call, came);
    const says = 'the call sleeps, and the script has it return at once';
    throw new Difference(says, expected, `${call.name} sleeps`);
  }

  /** Whether the call that sleeps has come to something; it is judged when it has. */
  async #look(): Promise<void> {
    if (this.#pending === undefined) return;
    const { call, event, sleeping, end } = this.#pending;
    const before = this.current;
    this.current = event;
    const came = await sleeping.look();
    await this.#wire.collect();
    if (came !== undefined) {
      this.#pending = undefined;
      compare(call, came);
      const expected = printEvent(event);
      this.#clock.check(
        'the call returns',
        end,
        this.#wire.now,
        expected,
        `${shown(came)} at ${this.#clock.time(this.#wire.now)}`,
      );
    }
    this.current = before;
  }

  /** A call that sleeps has to end before the next one, and with the script. */
  async #finishPending(): Promise<void> {
    if (this.#pending === undefined) return;
    const { event, call, end } = this.#pending;
    const lastNs = end.toNs + this.#clock.toleranceNs(end);
    for (let step = 0; this.#stillPending() && this.#wire.now < lastNs; step++) {
      await this.#step(lastNs, step);
    }
    if (!this.#stillPending()) return;
    this.current = event;
    const says = `the call still sleeps at ${this.#clock.time(this.#wire.now)} s`;
    throw new Difference(says, printEvent(event), `${call.name} sleeps`);
  }

  #stillPending(): boolean {
    return this.#pending !== undefined;
  }

  async #set(settings: readonly Setting[]): Promise<void> {
    for (const { sysctl, tunable, value } of settings) {
      const outcome = await this.#scene.ports['tcp-tunables'].set({ tunable, value });
      if ('ok' in outcome && outcome.ok.taken) continue;
      const place = this.current?.place ?? { line: 1, column: 1 };
      throw new Unsupported(
        place,
        `${sysctl}, which this system does not have or not with ${value}`,
      );
    }
  }

  async #assert(assertions: readonly Assertion[]): Promise<void> {
    const needed = assertions.some(({ fields }) => fields.length > 0);
    const info = needed ? await this.#info() : undefined;
    for (const { text, fields, holds } of assertions) {
      if (holds(info)) continue;
      const found = fields.map((name) => `${name} = ${valueOfName(name, info)}`).join(', ');
      throw new Difference(`the assertion does not hold: ${text}`, text, found || 'it is false');
    }
  }

  async #info(): Promise<TcpInfo> {
    const socket = this.#scene.underTest?.handle;
    if (socket === undefined) {
      throw new Inconclusive('the connection has no socket yet whose tcp_info could be read');
    }
    const outcome = await this.#scene.ports['tcp-info'].read({ socket });
    if ('ok' in outcome) return outcome.ok;
    throw new Difference('tcp_info cannot be read', 'tcp_info', JSON.stringify(outcome));
  }
}

function shown(came: Came): string {
  return 'value' in came ? String(came.value) : `-1 ${came.errno}`;
}

/** @throws Difference — the call came to something else. */
function compare(call: Call, came: Came): void {
  const { result, errno } = call;
  const wanted = result.kind === 'number' ? result.value : undefined;
  const failed = 'errno' in came;
  const sameValue = wanted === undefined || wanted === (failed ? -1 : came.value);
  const sameErrno = errno === undefined || (failed && came.errno === errno);
  if (sameValue && sameErrno) return;
  const expected = errno === undefined ? String(wanted) : `${wanted} ${errno}`;
  const says = `${call.name}: expected ${expected}, got ${shown(came)}`;
  throw new Difference(says, printAction(call), `${call.name} = ${shown(came)}`);
}
