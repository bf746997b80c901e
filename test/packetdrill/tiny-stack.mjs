/**
 * A stack that knows one connection and no timers but its own: what the runner is tested against, whatever
 * the reference does. Every number that it chooses is unlike the script's.
 */
const HOST = '02:00:00:00:00:01';
const ISN = 3_000_000_000;

const hex = (value, digits) => (value >>> 0).toString(16).padStart(digits, '0');
const at = (frame, octet, octets) => parseInt(frame.slice(2 * octet, 2 * (octet + octets)), 16);
const sum = (text) => {
  let total = 0;
  for (let place = 0; place < text.length; place += 4) {
    total += parseInt(text.slice(place, place + 4).padEnd(4, '0'), 16);
  }
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return hex(~total & 0xffff, 4);
};

export default function boot() {
  let [now, nextCall, lag] = [0, 0, 0];
  let out = [];
  let timers = [];
  let router;
  const waiting = [];
  const peer = { ip: 'c0000201', port: 0, seq: 0 };
  const own = { ip: 'c0a80001', port: 47_000, seq: ISN };
  const calls = new Map();
  let [room, state, finished] = [0, 'closed', false];
  const options = {};

  const leave = (frame) => out.push({ interface: 'tun0', at: now, frame });
  const flush = () => {
    if (router !== undefined)
      while (waiting.length > 0) leave(`${router}${mac}0800${waiting.shift()}`);
  };
  const mac = HOST.replaceAll(':', '');
  const send = (flags, { data = '', seq = own.seq, window = 5840, extra = '' } = {}) => {
    const head = (zero) =>
      hex(own.port, 4) +
      hex(peer.port, 4) +
      hex(seq, 8) +
      hex(flags & 16 ? peer.seq : 0, 8) +
      hex(5 + extra.length / 8, 1) +
      '0' +
      hex(flags, 2) +
      hex(window, 4) +
      zero +
      '0000' +
      extra +
      data;
    const pseudo = own.ip + peer.ip + '0006' + hex(head('0000').length / 2, 4);
    const tcp = head(sum(pseudo + head('0000')));
    const ip = (zero) =>
      `4500${hex(20 + tcp.length / 2, 4)}0000400040 06${zero}${own.ip}${peer.ip}`.replace(' ', '');
    waiting.push(ip(sum(ip('0000'))) + tcp);
    if (router === undefined) {
      leave(`ffffffffffff${mac}08060001080006040001${mac}${own.ip}000000000000c0a80002`);
    }
    flush();
  };
  const after = (ms, work) => timers.push({ at: now + ms * 1e6, work });
  const park = (ready) => {
    const answer = ready();
    if (answer !== undefined) return answer;
    const call = `c${nextCall++}`;
    calls.set(call, ready);
    return { parked: { call } };
  };
  const receive = (frame) => {
    if (frame.slice(24, 28) === '0806') {
      router = frame.slice(44, 56);
      return flush();
    }
    const header = (at(frame, 46, 1) >> 4) * 4;
    const [flags, seq, ack] = [at(frame, 47, 1), at(frame, 38, 4), at(frame, 42, 4)];
    const length = frame.length / 2 - 34 - header;
    peer.port = at(frame, 34, 2);
    if (state === 'closed' || state === 'listening') own.port = at(frame, 36, 2);
    if (flags & 2 && state === 'listening') {
      peer.seq = seq + 1;
      send(18, { extra: '020405b4' });
      own.seq += 1;
      state = 'connected';
    } else if (flags & 2 && flags & 16 && state === 'syn-sent') {
      peer.seq = seq + 1;
      own.seq = ack;
      state = 'connected';
      after(lag, () => send(16));
    } else if (length > 0) {
      peer.seq += length;
      room += length;
      after(lag, () => send(16));
    }
  };
  const ok = (value) => ({ ok: value });
  const network = {
    attach: async () => ok({}),
    addAddress: async () => ok({}),
    addRoute: async () => ok({}),
    receive: async ({ frame }) => (receive(frame), ok({})),
    transmitted: async () => ok({ frames: out.splice(0) }),
    now: async () =>
      ok({
        at: now,
        next: timers.length === 0 ? null : Math.min(...timers.map((each) => each.at)),
      }),
    advance: async ({ to }) => {
      for (;;) {
        const due = timers.filter((timer) => timer.at <= to).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.work();
      }
      now = Math.max(now, to);
      return ok({});
    },
  };
  const tcp = {
    open: async () => ok({ socket: 's' }),
    bind: async () => ok({}),
    listen: async () => ((state = 'listening'), ok({})),
    accept: async () =>
      park(() =>
        state === 'connected'
          ? ok({ socket: 'a', from: { address: '192.0.2.1', port: peer.port } })
          : undefined,
      ),
    connect: async ({ dontWait }) => {
      peer.port = 8080;
      send(2, { window: 100 });
      after(1000, () => state === 'syn-sent' && send(2, { window: 100 }));
      state = 'syn-sent';
      if (dontWait) return { errno: 'EINPROGRESS' };
      return park(() => (state === 'connected' ? ok({}) : undefined));
    },
    send: async ({ octets, outOfBand }) => {
      if (outOfBand) return { errno: 'EPIPE' };
      const sizes = octets.match(/(?:..){1,1000}/g) ?? [];
      sizes.forEach((data, place) => {
        send(place === sizes.length - 1 ? 24 : 16, { data });
        own.seq += data.length / 2;
      });
      return ok({ length: octets.length / 2 });
    },
    receive: async ({ dontWait }) =>
      park(() => {
        if (room === 0) return dontWait ? { errno: 'EAGAIN' } : undefined;
        return ok({ octets: '00'.repeat(room) });
      }),
    atMark: async () => ok({ atMark: false }),
    shutdown: async () => ok({}),
    close: async () => ((finished = true), ok({})),
    name: async () => ok({ address: '192.168.0.1', port: 1 }),
    peer: async () => ({ errno: 'ENOTCONN' }),
    setOption: async ({ option, value }) => {
      if (option === 'TCP_KEEPIDLE') lag = value;
      options[option] = value;
      return ok({});
    },
    getOption: async ({ option }) => ok({ value: options[option] ?? 0 }),
    occupancy: async () => ok({ receiving: room, sending: 0, unsent: 0 }),
    ready: async () => ok({ readable: room > 0, writable: finished === false, exceptional: false }),
    interrupt: async () => ok({}),
    signals: async () => ok({ signals: [] }),
  };
  const info = {
    read: async () =>
      ok({
        state: 'ESTABLISHED',
        mss: 1000,
        congestionWindow: 4999,
        slowStartThreshold: null,
        sendWindow: 5840,
        receiveWindow: 5840,
        inFlight: 0,
        smoothedRtt: 100_000_000,
        rttVariation: 50_000_000,
        retransmissionTimeout: 300_000_000,
        backoff: 1,
        retransmits: 2,
        congestionControl: 'reno',
        timers: [],
      }),
    connections: async () => ok({ connections: [] }),
  };
  const tunables = { set: async ({ tunable }) => ok({ taken: tunable !== 'synCookies' }) };
  const poll = async (call) => {
    const answer = calls.get(call)?.();
    return answer ?? { parked: { call } };
  };
  const ports = { network, tcp, 'tcp-info': info, 'tcp-tunables': tunables };
  return { name: 'tiny', version: '1', profile: 'notes', ports, poll };
}
