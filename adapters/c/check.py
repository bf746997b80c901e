"""Feeds an adapter requests with known answers: python3 check.py ./kernspec-c

Each answer is compared member by member; members that the expectation leaves out are not looked
at. The suite judges far more; this is for a first look after a change.
"""

import json
import subprocess
import sys


class Adapter:
    def __init__(self, program, profile="notes"):
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.next_id = 1
        self.call("hello", protocols=["kernspec/1"], suite="0", profile=profile, seed=1)

    def send(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def call(self, op, **args):
        request = {"id": self.next_id, "op": op, "args": args}
        self.next_id += 1
        answer = self.send(json.dumps(request))
        assert answer.pop("id") == request["id"], answer
        assert len(answer) == 1, answer
        return answer

    def bye(self):
        self.call("bye")
        return self.process.wait(timeout=10)


failures = []
checks = 0


def expect(title, answer, expected):
    """Expected text for bug and fault need only be part of the answer's."""
    global checks
    checks += 1
    if not matches(answer, expected):
        failures.append(f"{title}\n  expected {expected}\n  got      {answer}")


def matches(answer, expected):
    kind = next(iter(expected))
    if kind not in answer:
        return False
    if kind in ("bug", "fault", "unsupported"):
        return expected[kind] in answer[kind]
    if kind == "errno":
        return answer == expected
    return all(answer["ok"].get(name) == value for name, value in expected["ok"].items())


def ok(**members):
    return {"ok": members}


def check_protocol(a):
    expect("unknown port", a.call("elevator.add"), {"unsupported": "elevator.add"})
    expect("unknown method", a.call("sk-buff.frobnicate"), {"unsupported": "sk-buff.frobnicate"})
    expect("missing", a.call("csum.fold"), {"fault": "args.sum: missing"})
    expect("wrong type", a.call("csum.fold", sum="1"), {"fault": "args.sum: not a number"})
    expect("out of range", a.call("csum.fold", sum=-1), {"fault": "args.sum: not an integer"})
    expect("not whole", a.call("csum.fold", sum=1.5), {"fault": "args.sum: not an integer"})
    expect("whole", a.call("csum.fold", sum=1.0), ok(checksum=0xFFFE))
    expect("unknown member", a.call("csum.fold", sum=1, su=2), {"fault": "args.su: unknown"})
    expect("hex", a.call("checksum.compute", octets="0g"), {"fault": "args.octets: not an even"})
    expect("hex", a.call("checksum.compute", octets="0A"), {"fault": "args.octets: not an even"})
    expect("hex", a.call("checksum.compute", octets="000"), {"fault": "args.octets: not an even"})
    for line in ("", "{", "[]", "nul", '{"id":1}', '"\\u12"', "[" * 100, '{"id":1,"id":2}', "1e999",
                 '{"id":1,"op":"bye","args":{}}x', "{'id':1}", '"\\', '"a\tb"', "-", "01", "1."):
        expect(repr(line), a.send(line), {"fault": ""})
    twice = a.send('{"id":5,"op":"csum.fold","args":{"sum":1,"sum":2}}')
    expect("given twice", twice, {"fault": "args.sum: given twice"})
    big = a.send('{"id":6,"op":"checksum.compute","args":{"octets":"' + "0" * (5 << 20) + '"}}')
    expect("line too long", big, {"fault": "a line of more than"})
    expect("and on", a.call("checksum.compute", octets="00" * 262144), ok(checksum=0xFFFF))
    expect("too many octets", a.call("checksum.compute", octets="00" * 262145), {"fault": "octets"})
    batch = a.call("batch", calls=[
        {"op": "csum.fold", "args": {"sum": 0}},
        {"op": "csum.fold", "args": {}},
        {"op": "x.y", "args": {}},
        {"op": "sk-buff.alloc", "args": {"size": 4294967295}},
    ])
    expect("batch", batch, ok(answers=[
        {"ok": {"checksum": 65535}}, {"fault": "args.sum: missing"}, {"unsupported": "x.y"},
        {"errno": "ENOMEM"}]))
    expect("empty batch", a.call("batch", calls=[]), {"fault": "args.calls: empty"})
    expect("batch", a.call("batch", calls=[{"op": "x"}]), {"fault": "args.calls[0].args: missing"})
    a.call("notifier-chain.register", chain="c", block={"name": "n", "answer": 1})
    for data in ("plain", "\x00\x1f\"\\/\u00e9\u20ac\U0001f600", "\ud83d", "\ude00\ud83d", "\ud7ff"):
        heard = [{"name": "n", "event": 7, "data": data}]
        expect("text", a.call("notifier-chain.call", chain="c", event=7, data=data),
               ok(heard=heard, result=1))


def check_checksum(a):
    def compute(octets):
        return a.call("checksum.compute", octets=octets)

    expect("RFC 1071", compute("0001f203f4f5f6f7"), ok(checksum=0x220D))
    expect("IP header", compute("450000730000400040110000c0a80001c0a800c7"), ok(checksum=0xB861))
    expect("nothing", compute(""), ok(checksum=0xFFFF))
    expect("odd", compute("01"), ok(checksum=0xFEFF))
    expect("RFC 1624", a.call("checksum.update", checksum=0xDD2F, before=0x5555, after=0x3285),
           ok(checksum=0))
    for total, folded in ((0, 0xFFFF), (0xFFFF, 0), (0x10000, 0xFFFE), (0xFFFFFFFF, 0)):
        expect("fold", a.call("csum.fold", sum=total), ok(checksum=folded))
    machine = a.call("csum.machine")["ok"]
    little = machine["byteOrder"] == "little"
    pseudo = dict(source="10.0.0.1", destination="10.0.0.2", length=20, protocol=6, sum=0)
    if little:
        expect("nofold", a.call("csum.tcpudpNofold", **pseudo), ok(sum=0x17000614))
        expect("block", a.call("csum.blockAdd", sum=1, addend=0x1234, offset=1), ok(sum=0x3413))
    expect("block", a.call("csum.blockAdd", sum=1, addend=0x1234, offset=2), ok(sum=0x1235))
    for length in range(0, 19):
        octets = bytes((37 * at + 200) % 256 for at in range(length))
        sums = [a.call("csum.partial", octets=octets.hex(), sum=0xFFFFFFF0, routine=name)
                for name in machine["routines"]]
        folds = [a.call("csum.fold", sum=answer["ok"]["sum"]) for answer in sums]
        expect("routines agree", folds[0], folds[1])
    expect("routine", a.call("csum.partial", octets="", sum=0, routine="x"),
           {"fault": "args.routine: none of"})
    for bad in ("10.0.0", "10.0.0.256", "10.0.0.1.", "10.0.0.01", "10..0.1", "", "10.0.0.1 "):
        expect("address", a.call("csum.tcpudpMagic", **{**pseudo, "source": bad}),
               {"fault": "args.source: not an IPv4 address"})


TCP = "0400" "0050" "00000001" "00000002" "50102000" "00000000"


def udp(payload, check="0000"):
    return "04000035" + format(8 + len(payload) // 2, "04x") + check + payload


def check_transport(a):
    ends = dict(source="10.0.0.1", destination="10.0.0.2")

    def send(protocol, segment, hardware, **more):
        return a.call("transport-checksum.send", protocol=protocol, segment=segment,
                      hardware=hardware, **ends, **more)

    def receive(protocol, segment, summed, **more):
        return a.call("transport-checksum.receive", protocol=protocol, segment=segment,
                      ipSummed=summed, **ends, **more)

    good = TCP[:32] + "777f" + TCP[36:]
    expect("TCP", send("tcp", TCP, False), ok(
        check=0x777F, ipSummed="CHECKSUM_NONE", csumOffset=None, summed=20, wire=good,
        calls=["tcp_v4_send_check", "csum_partial", "tcp_v4_check", "csum_tcpudp_magic",
               "csum_tcpudp_nofold", "csum_fold"]))
    expect("TCP", send("tcp", TCP, True), ok(
        check=0x141D, ipSummed="CHECKSUM_HW", csumOffset=16, summed=0, wire=good,
        calls=["tcp_v4_send_check", "tcp_v4_check", "csum_tcpudp_magic", "csum_tcpudp_nofold",
               "csum_fold"]))
    hello = "hello".encode().hex()
    expect("UDP", send("udp", udp(hello), False), ok(
        check=0xA3CA, summed=8, csumOffset=None, wire=udp(hello, "a3ca"),
        calls=["udp_push_pending_frames", "csum_partial", "csum_tcpudp_magic",
               "csum_tcpudp_nofold", "csum_fold"]))
    expect("UDP", send("udp", udp(hello), True), ok(
        csumOffset=6, summed=0, wire=udp(hello, "a3ca"),
        calls=["udp_push_pending_frames", "csum_tcpudp_magic", "csum_tcpudp_nofold", "csum_fold"]))
    for hardware in (False, True):
        expect("UDP zero", send("udp", udp("e7a2"), hardware), ok(wire=udp("e7a2", "ffff")))
    expect("stale sum", send("udp", udp(hello), False, csumOf="00"), ok(summed=8))
    expect("short", send("tcp", TCP[:38], False), {"fault": "args.segment"})
    expect("doff", send("tcp", TCP[:24] + "40" + TCP[26:], False), {"fault": "args.segment"})
    expect("doff", send("tcp", TCP[:24] + "60" + TCP[26:], False), {"fault": "args.segment"})

    bad = "ff" + good[2:]
    expect("in", receive("tcp", good, "CHECKSUM_NONE"), ok(accepted=True, summed=20, errors=0))
    expect("in", receive("tcp", good, "CHECKSUM_HW"), ok(accepted=True, summed=0, errors=0))
    expect("in", receive("tcp", good, "CHECKSUM_HW", csumOf="00"), ok(accepted=True, summed=20))
    expect("in", receive("tcp", bad, "CHECKSUM_UNNECESSARY"), ok(accepted=True, summed=0))
    expect("in", receive("tcp", bad, "CHECKSUM_NONE"), ok(accepted=False, summed=20, errors=1))
    expect("in", receive("tcp", bad, "CHECKSUM_HW"), ok(accepted=False, summed=20, errors=2))
    expect("in", receive("tcp", "00", "CHECKSUM_UNNECESSARY"), ok(accepted=False, errors=3))
    expect("in", receive("udp", udp(hello), "CHECKSUM_NONE"), ok(accepted=True, summed=0, errors=0))
    expect("in", receive("udp", udp(hello, "a3cb"), "CHECKSUM_HW"),
           ok(accepted=False, summed=13, errors=1))
    a.call("reset", seed=2)
    expect("in", receive("tcp", good, "CHECKSUM_NONE"), ok(errors=0))


def check_chain(a, profile):
    def register(name, priority=None, answer=1, actions=None, chain="c"):
        block = {"name": name, "answer": answer}
        if priority is not None:
            block["priority"] = priority
        if actions is not None:
            block["actions"] = actions
        return a.call("notifier-chain.register", chain=chain, block=block)

    def announce(chain="c"):
        answer = a.call("notifier-chain.call", chain=chain, event=1, data="d")
        if "ok" in answer:
            answer["ok"]["heard"] = [entry["name"] for entry in answer["ok"]["heard"]]
        return answer

    expect("empty", announce(), ok(result=0, heard=[]))
    for name, priority in (("a", 5), ("b", None), ("chief", 9), ("e", 5), ("z", -1)):
        expect("register", register(name, priority), ok())
    expect("order", announce(), ok(result=1, heard=["chief", "a", "e", "b", "z"]))
    expect("other chain", announce("other"), ok(heard=[]))
    register("stop", 5, 0x8002)
    expect("stop", announce(), ok(result=0x8002, heard=["chief", "a", "e", "stop"]))
    expect("unregister", a.call("notifier-chain.unregister", chain="c", name="stop"), ok())
    expect("unknown", a.call("notifier-chain.unregister", chain="c", name="stop"),
           {"errno": "ENOENT"})
    expect("unknown", a.call("notifier-chain.unregister", chain="c", name="nobody"),
           {"errno": "ENOENT"})

    a.call("reset", seed=1)
    new = {"name": "new", "priority": 0, "answer": 1}
    register("first", 0, actions=[{"do": "register", "block": new},
                                  {"do": "unregister", "name": "first"}])
    late = [] if profile == "linux-6" else ["new"]
    expect("changed during the call", announce(), ok(heard=["first"] + late))
    expect("and after", announce(), ok(heard=["new"]))

    a.call("reset", seed=1)
    register("x", 1, actions=[{"do": "unregister", "name": "y"}])
    register("y", 0)
    ahead = ["y"] if profile == "linux-6" else []
    expect("unregistered ahead", announce(), ok(heard=["x"] + ahead))

    a.call("reset", seed=1)
    register("twin", 0)
    if profile == "linux-6":
        expect("twice", register("twin", 0), {"errno": "EEXIST"})
        expect("once", announce(), ok(heard=["twin"]))
    else:
        expect("twice", register("twin", 0), ok())
        expect("endless", announce(), {"bug": "the chain has no end"})
        expect("endless", register("behind", -1), {"bug": "the chain has no end"})
        expect("in front", register("front", 1, 0x8001), ok())
        expect("in front", announce(), ok(heard=["front"]))


def check_chain_smp(a):
    def together(processors, schedule):
        return a.call("notifier-chain-smp.registerTogether", chain="smp", schedule=schedule,
                      processors=processors)

    one, two = {"name": "one", "answer": 1}, {"name": "two", "answer": 1, "priority": 3}
    answer = together([[one], [two]], [0, 1, 5, 0, 0, 0, 0, 0])
    expect("smp", answer, ok(order=["two", "one"]))
    steps = [(step["processor"], step["step"]) for step in answer["ok"]["steps"]]
    expect("smp steps", ok(steps=steps), ok(steps=[
        (0, "lock"), (1, "spin"), (0, "link next"), (0, "link list"), (0, "unlock"),
        (1, "lock"), (1, "look at one"), (1, "link next"), (1, "link list"), (1, "unlock")]))
    expect("smp", together([], []), {"fault": "args.processors: empty"})
    expect("smp", together([[one]], [8]), {"fault": "args.schedule[0]: not an integer"})
    expect("smp", together([[{"name": "x"}]], []), {"fault": "args.processors[0][0].answer: missing"})


def check_skb(a):
    def skb(op, handle, **args):
        return a.call("sk-buff." + op, skb=handle, **args)

    def alloc(size):
        return a.call("sk-buff.alloc", size=size)["ok"]["skb"]

    s = alloc(64)
    expect("new", skb("layout", s), ok(data=0, tail=0, end=64, len=0, dataLen=0, tailroom=64))
    skb("reserve", s, length=16)
    expect("put", skb("put", s, octets="0a0b0c0d"), ok(at=16))
    expect("push", skb("push", s, octets="0809"), ok(at=14))
    expect("contents", skb("contents", s), ok(octets="08090a0b0c0d"))
    expect("over", skb("put", s, octets="00" * 45), {"bug": "skb_over_panic"})
    expect("under", skb("push", s, octets="00" * 15), {"bug": "skb_under_panic"})
    expect("unchanged", skb("layout", s), ok(data=14, tail=20, len=6, headroom=14, tailroom=44))
    expect("pull", skb("pull", s, length=3), ok(at=17))
    expect("pull", skb("pull", s, length=4), ok(at=None))
    expect("stripped", skb("memory", s, **{"from": 14, "length": 6}), ok(octets="08090a0b0c0d"))
    expect("memory", skb("memory", s, **{"from": 60, "length": 5}), {"bug": "not within"})
    expect("write", skb("write", s, offset=1, octets="ffff"), ok())
    expect("write", skb("write", s, offset=2, octets="ffff"), {"bug": "not within"})
    skb("trim", s, length=9)
    skb("trim", s, length=2)
    expect("trim", skb("contents", s), ok(octets="0bff"))
    expect("handle", skb("layout", "s01"), {"fault": "args.skb: no such buffer"})
    expect("handle", skb("layout", "s99"), {"fault": "args.skb: no such buffer"})

    lost = alloc(8)
    skb("reserve", lost, length=9)
    expect("reserve", skb("layout", lost), ok(data=9, tail=9, headroom=9, tailroom=-1))
    expect("reserve", skb("put", lost, octets=""), {"bug": "skb_over_panic"})
    for length in (4294967295, 4294967280, 2147483647, 2147483647, 5):
        skb("reserve", lost, length=length)
        for op in ("put", "push"):
            skb(op, lost, octets="00")
        for op in ("contents", "layout"):
            skb(op, lost)
        a.call("sk-buff-sharing.copy", skb=lost)
        a.call("sk-buff-sharing.cow", skb=lost, headroom=9)
        skb("trim", lost, length=0)

    expect("limit", a.call("sk-buff.alloc", size=131072 - 160), ok())
    expect("limit", a.call("sk-buff.alloc", size=131072 - 159), {"errno": "ENOMEM"})
    expect("limit", a.call("sk-buff.devAlloc", size=4294967295), {"errno": "ENOMEM"})
    dev = a.call("sk-buff.devAlloc", size=100)["ok"]["skb"]
    expect("devAlloc", skb("layout", dev), ok(data=16, tail=16, end=116))


def check_sharing(a):
    def share(op, handle, **args):
        return a.call("sk-buff-sharing." + op, skb=handle, **args)

    s = a.call("sk-buff.alloc", size=32)["ok"]["skb"]
    a.call("sk-buff.reserve", skb=s, length=4)
    a.call("sk-buff.put", skb=s, octets="0102")
    a.call("sk-buff-headers.mark", skb=s, header="h")
    c = share("clone", s)["ok"]["skb"]
    expect("clone", share("state", s), ok(cloned=True, shared=False, users=1, dataref=2))
    expect("free", share("free", c), ok(descriptorFreed=True, dataFreed=False))
    expect("freed", share("free", c), {"bug": "freed"})
    expect("freed", a.call("sk-buff.layout", skb=c), {"bug": "freed"})
    expect("state", share("state", s), ok(cloned=False, dataref=1))
    share("get", s)
    own = share("shareCheck", s)["ok"]["skb"]
    expect("share check", share("state", s), ok(users=1, dataref=2))
    expect("share check", share("state", own), ok(users=1, dataref=2))
    copy = share("unshare", own)["ok"]["skb"]
    expect("unshare", share("free", own), {"bug": "freed"})
    expect("unshare", share("state", copy), ok(dataref=1, cloned=False))
    expect("header", a.call("sk-buff-headers.where", skb=copy), ok(h=4, nh=None, mac=None))
    expect("same", share("unshare", copy), ok(skb=copy))
    expect("expand", share("expandHead", copy, headroom=10, tailroom=3), ok())
    expect("expand", a.call("sk-buff.layout", skb=copy), ok(data=14, tail=16, end=45))
    expect("expand", a.call("sk-buff-headers.where", skb=copy), ok(h=14))
    expect("expand", share("expandHead", copy, headroom=131072, tailroom=0), {"errno": "ENOMEM"})
    share("get", copy)
    expect("expand", share("expandHead", copy, headroom=0, tailroom=0), {"bug": "shared"})
    more = share("reallocHeadroom", s, headroom=20)["ok"]["skb"]
    expect("realloc", a.call("sk-buff.layout", skb=more), ok(data=20, tail=22))
    expect("realloc", a.call("sk-buff.layout", skb=s), ok(data=4))
    c = share("clone", s)["ok"]["skb"]
    share("cow", c, headroom=2)
    expect("cow", share("state", s), ok(cloned=False, dataref=1))
    a.call("sk-buff-queue.queueTail", queue="q", skb=c)
    expect("on a list", share("free", c), {"bug": "still on a list"})
    expect("on a list", a.call("sk-buff-queue.listOf", skb=c), ok(queue="q"))


def check_queue(a):
    a.call("reset", seed=1)
    s = [a.call("sk-buff.alloc", size=8)["ok"]["skb"] for _ in range(6)]

    def queue(op, **args):
        return a.call("sk-buff-queue." + op, **args)

    expect("empty", queue("dequeue", queue="q"), ok(skb=None))
    queue("queueTail", queue="q", skb=s[0])
    queue("queueHead", queue="q", skb=s[1])
    queue("insert", before=s[0], skb=s[2])
    queue("append", after=s[0], skb=s[3])
    order = [s[1], s[2], s[0], s[3]]
    expect("walk", queue("walk", queue="q"), ok(qlen=4, forward=order, backward=order[::-1]))
    expect("twice", queue("queueTail", queue="r", skb=s[0]), {"bug": "on a list already"})
    expect("none", queue("insert", before=s[4], skb=s[5]), {"bug": "on no list"})
    expect("unlink", queue("unlink", skb=s[2]), ok())
    expect("unlink", queue("unlink", skb=s[2]), ok())
    expect("tail", queue("dequeueTail", queue="q"), ok(skb=s[3]))
    expect("peek", queue("peek", queue="q"), ok(skb=s[1]))
    expect("peek", queue("peekTail", queue="q"), ok(skb=s[0]))
    queue("purge", queue="q")
    expect("purge", queue("walk", queue="q"), ok(qlen=0, forward=[], backward=[]))
    expect("purge", queue("listOf", skb=s[0]), {"bug": "freed"})

    answer = a.call("sk-buff-queue-smp.useTogether", queue="q", schedule=[0, 1, 1, 2],
                    processors=[[{"do": "queue-tail", "skb": s[2]}, {"do": "dequeue"}],
                                [{"do": "queue-tail", "skb": s[3]}],
                                [{"do": "dequeue"}, {"do": "dequeue"}]])
    taken = sum(answer["ok"]["taken"], [])
    expect("together", ok(taken=sorted(x for x in taken if x)), ok(taken=sorted([s[2], s[3]])))
    expect("together", queue("walk", queue="q"), ok(qlen=0, forward=[]))


def check_paged(a):
    def paged(op, handle, **args):
        return a.call("sk-buff-paged." + op, skb=handle, **args)

    s = a.call("sk-buff.alloc", size=4)["ok"]["skb"]
    a.call("sk-buff.put", skb=s, octets="0102")
    for octets in ("0304", "", "050607"):
        paged("addFragment", s, octets=octets)
    expect("paged", a.call("sk-buff.layout", skb=s), ok(len=7, dataLen=5, tailroom=0))
    expect("paged", a.call("sk-buff.put", skb=s, octets=""), {"bug": "fragments"})
    expect("paged", a.call("sk-buff.pull", skb=s, length=3), {"bug": "linear part"})
    c = paged("copyLinearPart", s)["ok"]["skb"]
    full = a.call("sk-buff-sharing.copy", skb=s)["ok"]["skb"]
    twin = a.call("sk-buff-sharing.clone", skb=s)["ok"]["skb"]
    expect("pull", paged("mayPull", s, length=8), ok(may=False))
    expect("pull", paged("mayPull", s, length=5), ok(may=True))
    expect("pull", a.call("sk-buff.layout", skb=s), ok(len=7, dataLen=2, tail=5))
    a.call("sk-buff.trim", skb=s, length=6)
    expect("trim", a.call("sk-buff.contents", skb=s), ok(octets="010203040506"))
    a.call("sk-buff.trim", skb=twin, length=1)
    paged("linearize", c)
    for handle, octets in ((c, "01020304050607"), (full, "01020304050607"), (twin, "01")):
        expect("copies", a.call("sk-buff.contents", skb=handle), ok(octets=octets))
        expect("linear", a.call("sk-buff.layout", skb=handle), ok(dataLen=0))
    for _ in range(18):
        expect("fragment", paged("addFragment", twin, octets="00"), ok())
    expect("fragment", paged("addFragment", twin, octets="00"), {"bug": "MAX_SKB_FRAGS"})


def check_headers_and_fields(a):
    s = a.call("sk-buff.alloc", size=64)["ok"]["skb"]

    def view(header, name):
        return a.call("sk-buff-headers.view", skb=s, header=header, **{"as": name})

    expect("never set", view("h", "th"), {"bug": "never set"})
    a.call("sk-buff.put", skb=s, octets=TCP)
    for header in ("h", "nh", "mac"):
        a.call("sk-buff-headers.mark", skb=s, header=header)
    expect("th", view("h", "th"), ok(fields={
        "source": 1024, "dest": 80, "seq": 1, "ackSeq": 2, "doff": 5}))
    expect("iph", view("nh", "iph"), ok(fields={
        "version": 0, "ihl": 4, "tos": 0, "totLen": 80, "id": 0, "fragOff": 1, "ttl": 0,
        "protocol": 0, "check": 2, "saddr": "80.16.32.0", "daddr": "0.0.0.0"}))
    expect("ipv6h", view("h", "ipv6h"), {"bug": "beyond the tail"})
    expect("no member", view("mac", "iph"), {"bug": "no member"})
    expect("no member", view("h", "iph"), {"bug": "no member"})
    expect("raw", view("mac", "raw"), ok(fields={"octets": TCP}))

    def get(field):
        return a.call("sk-buff-fields.get", skb=s, field=field)

    def put(field, value):
        return a.call("sk-buff-fields.set", skb=s, field=field, value=value)

    expect("dev", get("dev"), ok(value=None))
    put("dev", "eth0")
    expect("dev", get("dev"), ok(value="eth0"))
    expect("dev", put("dev", 7), {"fault": "args.value: not text"})
    put("priority", 6)
    expect("priority", get("priority"), ok(value=6))
    expect("cb", put("cb", "00" * 41), {"bug": "more than cb holds"})
    a.call("sk-buff.write", skb=s, offset=13, octets="13")
    put("cb", "ff" * 40)
    a.call("sk-buff-fields.tcpReceive", skb=s)
    expect("tcp", a.call("sk-buff-fields.tcpControlBlock", skb=s),
           ok(seq=1, endSeq=3, when=0, flags=0x13))
    a.call("sk-buff-fields.ipControlBlock", skb=s)
    expect("ip", ok(value=get("cb")["ok"]["value"][:34]), ok(value="00" * 16 + "ff"))
    twin = a.call("sk-buff-sharing.clone", skb=s)["ok"]["skb"]
    expect("clone", a.call("sk-buff-fields.get", skb=twin, field="dev"), ok(value="eth0"))
    expect("clone", a.call("sk-buff-fields.get", skb=twin, field="cb"), get("cb"))
    a.call("sk-buff.trim", skb=s, length=19)
    expect("short", a.call("sk-buff-fields.tcpReceive", skb=s), {"bug": "shorter"})
    names = [field["name"] for field in a.call("sk-buff-fields.fields")["ok"]["fields"]]
    expect("fields", ok(count=len(set(names))), ok(count=38))


def check_jiffies(a, profile):
    linux = profile != "bsd-4.4"
    first = 2**32 - 300000 if linux else 0
    expect("boot", a.call("jiffies.boot"), ok(hz=1000 if linux else 100, jiffies=first))
    expect("boot", a.call("jiffies.boot", hz=100, jiffies=0xFFFFFFFF), ok(hz=100))
    expect("tick", a.call("jiffies.advance", nanoseconds=9999999), ok(ticks=0, jiffies=0xFFFFFFFF))
    expect("tick", a.call("jiffies.advance", nanoseconds=1), ok(ticks=1, jiffies=0))
    a.call("jiffies.boot", hz=300, jiffies=0)
    expect("thirds", a.call("jiffies.advance", nanoseconds=3333333), ok(ticks=0))
    expect("thirds", a.call("jiffies.advance", nanoseconds=10**12), ok(ticks=300000))
    expect("thirds", a.call("jiffies.advance", nanoseconds=1), ok(ticks=1))
    expect("later", a.call("jiffies.compare", a=0, b=0xFFFFFFFF),
           ok(after=True, before=False, afterEq=True, beforeEq=False))
    expect("HZ", a.call("jiffies.boot", hz=0), {"fault": "args.hz: not an integer"})
    expect("HZ", a.call("jiffies.boot", hz=1536), {"fault": "args.hz: not an integer"})


def check_timers(a, profile):
    def start(jiffies, *names, handler=()):
        a.call("timer-wheel.boot", jiffies=jiffies)
        for name in names:
            a.call("timer-wheel.init", timer=name, handler=list(handler))

    def timer(op, name, **args):
        return a.call("timer-wheel." + op, timer=name, **args)

    def fired(ticks, softirq="each"):
        answer = a.call("timer-wheel.tick", ticks=ticks, softirq=softirq)["ok"]
        return [(entry["timer"], entry["jiffies"]) for entry in answer["fired"]]

    exact = profile != "linux-6"
    for delay, at, coarse in ((1, 1, 2), (62, 62, 63), (64, 64, 72), (257, 257, 264),
                              (16385, 16385, 16896), (70000000, 70000000, 71303168)):
        start(0, "a")
        timer("add", "a", expires=delay)
        expect("fires", ok(fired=fired(2**31 - 1)), ok(fired=[("a", at if exact else coarse)]))
    start(2**32 - 5, "a", "b", "c")
    for name in "abc":
        timer("add", name, expires=3)
    expect("del", timer("del", "b"), ok(returned=1))
    expect("del", timer("del", "b"), ok(returned=0))
    order = [("a", 3), ("c", 3)] if exact else [("c", 4), ("a", 4)]
    expect("order", ok(fired=fired(20)), ok(fired=order))
    expect("not pending", timer("pending", "a"), ok(pending=False))
    expect("mod", timer("mod", "a", expires=1), ok(returned=0))
    expect("past", ok(fired=fired(1, "last")), ok(fired=[("a", 16)]))
    timer("mod", "a", expires=100)
    again = {"bug": "pending"} if profile != "linux-2.6.11" else ok()
    expect("add twice", timer("add", "a", expires=50), again)

    start(0, "x", handler=[{"do": "compute", "ticks": 1}, {"do": "mod", "timer": "x", "in": 0}])
    timer("add", "x", expires=1)
    expect("endless", a.call("timer-wheel.tick", ticks=1, softirq="each"),
           ok(jiffies=1, fired=[]) if not exact else {"bug": "come to an end"})
    start(0, "y", handler=[{"do": "del", "timer": "z"}])
    timer("add", "y", expires=0)
    expect("unknown", a.call("timer-wheel.tick", ticks=1, softirq="each"), {"fault": '"z"'})
    expect("unknown", timer("del", "z"), {"fault": "args.timer: was never"})
    expect("twice", timer("init", "y", handler=[]), {"fault": "args.timer: is initialised"})
    expect("action", timer("init", "z", handler=[{"do": "mark"}]), {"fault": "args.handler[0].do"})
    start(0)


def check_callouts(a):
    def call(op, function, argument, **args):
        return a.call("callout." + op, function=function, argument=argument, **args)

    def trace(op="hardclock", **args):
        steps = a.call("callout." + op, **args)["ok"]["trace"]
        return [(step["tick"], step.get("function", step["did"])) for step in steps]

    a.call("callout.boot", callouts=3)
    for function, ticks in (("a", 5), ("b", 5), ("c", -1)):
        call("timeout", function, 0, ticks=ticks)
    expect("full", call("timeout", "d", 0, ticks=1), {"bug": "table full"})
    expect("raised", ok(trace=trace(ticks=2, priority="raised")),
           ok(trace=[(1, "setsoftclock"), (2, "setsoftclock")]))
    expect("falls", ok(trace=trace("softclock")), ok(trace=[(2, "softclock"), (2, "c")]))
    expect("falls", ok(trace=trace("softclock")), ok(trace=[]))
    call("untimeout", "a", 1)
    expect("last first", ok(trace=trace(ticks=9, priority="base")),
           ok(trace=[(5, "softclock"), (5, "b"), (5, "a")]))
    call("timeout", "a", 0, ticks=2)
    call("timeout", "b", 0, ticks=4)
    call("untimeout", "a", 0)
    expect("keeps time", ok(trace=trace(ticks=9, priority="base")),
           ok(trace=[(15, "softclock"), (15, "b")]))
    again = {"do": "timeout", "function": "f", "argument": 0, "ticks": 1}
    a.call("callout.define", function="f", actions=[again, {"do": "compute", "ticks": 1}])
    call("timeout", "f", 0, ticks=1)
    expect("endless", a.call("callout.hardclock", ticks=1, priority="base"),
           {"bug": "come to an end"})
    a.call("callout.boot", callouts=1)
    expect("none", a.call("callout.boot", callouts=0), {"fault": "args.callouts: not an integer"})


def check_softirq(a, profile):
    def play(process, **scene):
        scene = {"interrupts": [], "softirqs": [], **scene}
        op = "tasklet.play" if "tasklets" in scene else "softirq.play"
        return a.call(op, process=[do(words) for words in process], **scene)

    def do(words):
        verb, *rest = words.split()
        about = {"raise": "vector", "interrupt": "line", "mark": "name", "schedule": "tasklet"}
        return {"do": verb, **({about[verb]: rest[0]} if rest else {})}

    def ran(answer):
        return [[one["name"], one["context"]] for one in answer["ok"]["trace"]]

    rx = {"line": "eth0", "does": [do("raise NET_RX"), do("raise HI")]}
    both = [{"vector": "NET_RX", "does": []}, {"vector": "HI", "does": []}]
    expect("order", ok(ran=ran(play(["interrupt eth0"], interrupts=[rx], softirqs=both))),
           ok(ran=[["eth0", "interrupt"], ["HI", "interrupt exit"], ["NET_RX", "interrupt exit"]]))
    expect("pending", play(["raise HI"], softirqs=both), ok(pending=["HI"], ksoftirqd="woken"))
    disk = "BLOCK" if profile != "linux-6" else "SCSI"
    expect("no such vector", play([f"raise {disk}"]), {"errno": "EINVAL"})
    expect("no such line", play(["interrupt eth1"]), {"errno": "EINVAL"})
    expect("twice", play([], softirqs=[both[0]] * 2), {"errno": "EINVAL"})
    expect("unbalanced", play(["bh-enable"]), {"bug": "without local_bh_disable"})
    expect("nonsense", play(["raise NET_ZX"]), {"fault": "args.process[0].vector"})
    expect("not here", play([], interrupts=[{"line": "eth0", "does": [do("take")]}]),
           {"fault": "args.interrupts[0].does[0].do: not possible here"})
    expect("no tasklets", play(["schedule poll"]), {"fault": "args.process[0].do"})
    poll = {"tasklet": "poll", "vector": "TASKLET", "does": []}
    expect("tasklet", ok(ran=ran(play(["schedule poll", "sleep"], tasklets=[poll]))),
           ok(ran=[["ksoftirqd", "process"], ["poll", "ksoftirqd"]]))


def check_receive_path(a, profile):
    holds = {"bsd-4.4": 50, "linux-6": 1001}.get(profile, 301)
    a.call("input-queue.netifRx", packets=holds + 5)
    expect("queue", a.call("input-queue.stat"),
           ok(length=holds, dropped=5, total=holds + 5, raised=True))
    first = a.call("input-queue.netRxAction", packetUs=0)["ok"]["processed"]
    expect("first run", ok(processed=first[:50]), ok(processed=list(range(1, 51))))
    expect("no packets", a.call("input-queue.netifRx", packets=0), {"fault": "args.packets"})
    load = {"durationMs": 100, "interruptUs": 10, "protocolUs": 40, "ring": 64}
    flood = a.call("receive-path.offer", mode="interrupts", framesPerSecond=100000, **load)
    expect("livelock", flood, ok(offered=10000, delivered=0, interrupts=10000, userNs=0))
    polled = a.call("receive-path.offer", mode="polling", framesPerSecond=100000, **load)
    expect("polling", polled, {"errno": "EINVAL"} if profile == "bsd-4.4"
           else ok(delivered=2499, interrupts=1, droppedAtQueue=0))


def main():
    program = sys.argv[1]
    for profile in ("notes", "linux-2.6.11", "bsd-4.4", "linux-6"):
        a = Adapter(program, profile)
        check_protocol(a)
        check_checksum(a)
        check_transport(a)
        check_chain(a, profile)
        check_chain_smp(a)
        check_skb(a)
        check_sharing(a)
        check_queue(a)
        check_paged(a)
        check_headers_and_fields(a)
        check_jiffies(a, profile)
        check_timers(a, profile)
        check_callouts(a)
        check_softirq(a, profile)
        check_receive_path(a, profile)
        expect("exit", ok(status=a.bye()), ok(status=0))
    a = Adapter(program)
    a.process.stdin.close()
    expect("end of input", ok(status=a.process.wait(timeout=10)), ok(status=0))
    print("\n".join(failures) or f"{checks} checks, all good")
    sys.exit(1 if failures else 0)


main()
