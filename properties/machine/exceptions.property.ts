/** Laws of exceptions. */
import assert from 'node:assert/strict';
import { exhaustive } from '../property.ts';
import { call, mark, run, story, times, type Scene } from './scenes.ts';

const MARKS = 8;

/** shell divides, and at some time a device wakes a process that is more important. */
function scene(reportedAfter: number, wokenAfter: number): Scene {
  return {
    processes: [
      {
        name: 'cron',
        priority: 1,
        program: [call(1), ...times(3, mark('other'))],
        handlers: [{ signal: 'SIGFPE', program: [mark('wrong')] }],
      },
      {
        name: 'shell',
        program: [{ do: 'float-divide', reportedAfter }, ...times(MARKS, mark('own'))],
        handlers: [{ signal: 'SIGFPE', program: [mark('told')] }],
      },
    ],
    calls: [{ name: 'pause', number: 1, program: [{ do: 'sleep', on: 'alarm' }] }],
    lines: [{ name: 'disk', program: [{ do: 'wake', channel: 'alarm' }] }],
    arrivals: [{ line: 'disk', after: wokenAfter }],
  };
}

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, at) => at);

exhaustive(
  'an imprecise exception reaches its own process after its own steps',
  () => upTo(MARKS - 1).flatMap((late) => upTo(14).map((woken) => [late, woken] as const)),
  async (context, [reportedAfter, wokenAfter]) => {
    const ended = await run(context, scene(reportedAfter, wokenAfter));
    const own = (count: number) => Array.from({ length: count }, () => 'shell marks own');
    assert.deepEqual(
      story(ended, 'marks', 'gets signal').filter((line) => line !== 'cron marks other'),
      [
        ...own(reportedAfter),
        'shell gets signal SIGFPE',
        'shell marks told',
        ...own(MARKS - reportedAfter),
      ],
    );
  },
);
