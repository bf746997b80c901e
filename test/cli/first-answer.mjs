// A notifier chain whose call returns the first answer instead of the last.
export default ({ profile }) => {
  const chains = new Map();
  const blocksOf = (chain) => {
    if (!chains.has(chain)) chains.set(chain, []);
    return chains.get(chain);
  };
  return {
    name: 'first-answer',
    version: '1',
    profile,
    ports: {
      'notifier-chain': {
        async register({ chain, block }) {
          const blocks = blocksOf(chain);
          const priority = block.priority ?? 0;
          const place = blocks.findIndex((other) => priority > (other.priority ?? 0));
          blocks.splice(place < 0 ? blocks.length : place, 0, block);
          return { ok: {} };
        },
        async unregister({ chain, name }) {
          const blocks = blocksOf(chain);
          const place = blocks.findIndex((block) => block.name === name);
          if (place < 0) return { errno: 'ENOENT' };
          blocks.splice(place, 1);
          return { ok: {} };
        },
        async call({ chain, event, data }) {
          const heard = [];
          let result;
          for (const { name, answer } of blocksOf(chain)) {
            heard.push({ name, event, data });
            result ??= answer;
            if (answer & 0x8000) break;
          }
          return { ok: { result: result ?? 0, heard } };
        },
      },
    },
  };
};
