/** One worker of a run: greets the implementation, and runs the portions that it is sent. */
import type { Finished } from './collect.ts';
import { makeReady, runPortion, type Portion } from './runner.ts';
import { closeSession, session, type SessionParameters } from './session.ts';
import type { Told } from './workers.ts';

// Signals are for the run to hear, which then lets go of its workers.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let busy = true;

process.on('disconnect', () => {
  // What is under way is not waited for; whatever it has started is ended on the way out.
  const closing = busy ? Promise.resolve() : closeSession();
  void closing.finally(() => process.exit());
});

const say = (told: Told) => process.send?.(told);

/** What the work comes to is said, and so is that it failed. */
async function saying(work: () => Promise<Told>): Promise<void> {
  busy = true;
  const told = await work().catch((error: unknown): Told => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { failed: { name, message } };
  });
  busy = false;
  say(told);
}

const finished = (each: Finished) => void say({ finished: each });

process.on('message', (portion: Portion) => {
  void saying(async () => {
    const ended = await runPortion(portion, finished);
    return { ended, deaths: session().deaths };
  });
});

await saying(async () => ({
  greeted: await makeReady(JSON.parse(process.argv[2] ?? '{}') as SessionParameters),
}));
