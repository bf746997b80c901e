// The Internet checksum, at leisure: a run of it can be interrupted.
const sum = (octets) => {
  const bytes = Buffer.from(octets, 'hex');
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2) total += bytes[at] * 256 + (bytes[at + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return total ^ 0xffff;
};
const later = () => new Promise((resolve) => setTimeout(resolve, 40));

export default ({ profile }) => ({
  name: 'slow',
  version: '1',
  profile,
  ports: {
    checksum: {
      async compute({ octets }) {
        await later();
        return { ok: { checksum: sum(octets) } };
      },
      async update() {
        return { unsupported: 'checksum.update' };
      },
    },
  },
});
