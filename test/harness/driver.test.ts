/** Going from scenario to scenario, with connections that only say what is done to them. */
import { describe, expect, it } from 'vitest';
import type { HelloValue } from '../../contract/index.ts';
import type { Connection } from '../../harness/connection.ts';
import { Driver } from '../../harness/driver.ts';

type Finish = 'can be used again' | 'cannot' | 'has misbehaved';

function driven(finish: Finish) {
  const told: string[] = [];
  let connects = 0;
  const connect = async (): Promise<Connection> => {
    const name = `connection ${++connects}`;
    told.push(`${name} made`);
    let calls = 0;
    return {
      hello: {} as HelloValue,
      get calls() {
        return calls;
      },
      call: async () => {
        calls += 1;
      },
      finish: async () => {
        told.push(`${name} finished`);
        if (finish === 'has misbehaved') throw new Error(finish);
        return finish === 'can be used again';
      },
      close: async () => {
        told.push(`${name} closed`);
      },
      lastExchanges: () => [],
      log: () => '',
    };
  };
  const options = { seed: 1, profile: 'notes', callTimeoutMs: 1000, maxRestarts: 1 };
  return { driver: new Driver(connect, options), told };
}

describe('an implementation that is to remember nothing', () => {
  it.each<[Finish, readonly string[]]>([
    ['can be used again', ['connection 1 made', 'connection 1 finished']],
    ['cannot', ['connection 1 made', 'connection 1 finished', 'connection 2 made']],
    [
      'has misbehaved',
      ['connection 1 made', 'connection 1 finished', 'connection 1 closed', 'connection 2 made'],
    ],
  ])('is reset if it can be, and else started anew: it %s', async (finish, expected) => {
    const { driver, told } = driven(finish);
    await driver.begin();
    await driver.restart();
    expect(told).toEqual(expected);
    expect(driver.connection().calls).toBe(0);
    expect(driver.deaths).toBe(0);
  });

  it('is begun if none was', async () => {
    const { driver, told } = driven('cannot');
    await driver.restart();
    expect(told).toEqual(['connection 1 made']);
  });
});

describe('calls are counted', () => {
  it.each<[Finish]>([['can be used again'], ['cannot']])(
    'over all scenarios, whether or not the connection is the same: it %s',
    async (finish) => {
      const { driver } = driven(finish);
      expect(driver.calls).toBe(0);
      for (const count of [2, 3]) {
        await driver.begin();
        for (let call = 0; call < count; call++) await driver.connection().call('network.now', {});
        await driver.end();
      }
      await driver.restart();
      await driver.connection().call('network.now', {});
      expect(driver.calls).toBe(6);
      await driver.close();
      expect(driver.calls).toBe(6);
    },
  );
});
