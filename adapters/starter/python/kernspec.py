"""kernspec.py - what every adapter in Python needs: requests in, answers out.

An adapter is a program that reads requests from standard input, one JSON object a line, and writes
one reply a line to standard output. This module does all of that. What is left to write is one
function for each operation, which takes the arguments and returns the answer's members:

    adapter = Adapter("my-kernel", "0.1.0", profile="notes")

    @adapter.operation("checksum.compute", octets=octets)
    def compute(octets):
        return {"checksum": in_cksum(octets)}

    adapter.run()

The keywords of `operation` say what the arguments are; one that is missing, wrong or unknown is
answered with a fault that names it, and the function is not called. Functions raise Errno, Bug,
Parked, Fault or Unsupported to answer anything but success. Any other exception is answered as a
fault. A call that was parked is asked after by calling the adapter's `poll` with its token; that
function answers as the call would.

Standard output belongs to the protocol, so print() writes to stderr.
"""

import ipaddress
import json
import re
import sys
import traceback

PROTOCOL = "kernspec/1"
MAX_LINE = 4 * 1024 * 1024  # octets, the newline included
PROFILES = ("notes", "linux-2.6.11", "bsd-4.4", "linux-6")


class Errno(Exception):
    """The call failed as specified: Errno("ENOENT")."""


class Bug(Exception):
    """The kernel noticed that it was misused: a BUG(), an oops, a panic."""


class Parked(Exception):
    """The call sleeps: Parked("c1", "room in the pipe"), with a token of your choice."""

    def __init__(self, call, waits_for=None):
        super().__init__(call)
        self.parked = {"call": call} if waits_for is None else {"call": call, "waitsFor": waits_for}


class Fault(Exception):
    """The adapter itself failed; says nothing about the kernel behind it."""


class Unsupported(Exception):
    """The operation is not there."""


# --- Kinds of arguments: each takes a value and its path, and returns what the function gets ------


def integer(low, high):
    def read(value, path):
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole or not low <= value <= high:
            raise Fault(f"{path}: not an integer from {low} to {high}")
        return int(value)

    return read


word16 = integer(0, 0xFFFF)
word32 = integer(0, 0xFFFF_FFFF)
int32 = integer(-0x8000_0000, 0x7FFF_FFFF)


def boolean(value, path):
    if not isinstance(value, bool):
        raise Fault(f"{path}: not a boolean")
    return value


def text(value, path):
    if not isinstance(value, str):
        raise Fault(f"{path}: not text")
    return value


def name(value, path):
    """A name that the suite chooses, of a notifier or a chain."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", text(value, path)):
        raise Fault(f"{path}: not a name: a letter, then letters, digits or hyphens")
    return value


def octets(value, path):
    """Octets, written as hex digits; the function gets bytes."""
    if not re.fullmatch(r"(?:[0-9a-f]{2})*", text(value, path)):
        raise Fault(f"{path}: not an even number of lower-case hex digits")
    return bytes.fromhex(value)


def ipv4(value, path):
    """An IPv4 address; the function gets its four bytes, in network order."""
    try:
        return ipaddress.IPv4Address(text(value, path)).packed
    except ValueError:
        raise Fault(f"{path}: not an IPv4 address") from None


def choice(*words):
    def read(value, path):
        if text(value, path) not in words:
            raise Fault(f"{path}: none of {', '.join(words)}")
        return value

    return read


def array(kind):
    def read(value, path):
        if not isinstance(value, list):
            raise Fault(f"{path}: not an array")
        return [kind(item, f"{path}[{at}]") for at, item in enumerate(value)]

    return read


class optional:
    """A member that may be left out; the function then gets the default."""

    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default


def record(**members):
    """An object with these members and no others; the function gets a dict."""

    def read(value, path):
        if not isinstance(value, dict):
            raise Fault(f"{path}: not an object")
        for found in value:
            if found not in members:
                raise Fault(f"{path}.{found}: unknown")
        return {member: read_member(value, member, kind, path) for member, kind in members.items()}

    return read


def read_member(value, member, kind, path):
    if isinstance(kind, optional):
        if member not in value:
            return kind.default
        kind = kind.kind
    if member not in value:
        raise Fault(f"{path}.{member}: missing")
    return kind(value[member], f"{path}.{member}")


def anything(value, path):
    return value


# --- The adapter ----------------------------------------------------------------------------------


def read_line(source):
    """Empty at the end of the input. Of a line that is too long, the rest is thrown away."""
    line = source.readline(MAX_LINE)
    rest = line
    while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
        rest = source.readline(MAX_LINE)
    return line


def refuse_constant(constant):
    raise ValueError(f"{constant} is not JSON")


class Adapter:
    """One implementation: its name, its operations, and the loop that serves them."""

    def __init__(self, name, version, profile=None, reset=None, poll=None):
        """
        profile: the only profile it behaves by; None: by each that is asked for.
        reset: called with (profile, seed) whenever a kernel is to have just booted.
        poll: called with the token of a call that was parked; None: no operation sleeps.
        """
        self.name = name
        self.version = version
        self.own_profile = profile
        self.profile = profile or "notes"
        self.on_reset = reset or (lambda profile, seed: None)
        self.on_poll = poll
        self.operations = {}

    def operation(self, op, **arguments):
        """Offers an operation, and with it its port as a capability."""

        def offer(function):
            self.operations[op] = (record(**arguments), function)
            return function

        return offer

    def hello(self, args):
        if PROTOCOL not in array(text)(args.get("protocols"), "args.protocols"):
            raise Fault(f"args.protocols: {PROTOCOL} is not among them")
        asked = read_member(args, "profile", choice(*PROFILES), "args")
        self.profile = self.own_profile or asked
        self.on_reset(self.profile, read_member(args, "seed", word32, "args"))
        ports = sorted({op.split(".")[0] for op in self.operations})
        return {
            "protocol": PROTOCOL,
            "name": self.name,
            "version": self.version,
            "capabilities": {port: 1 for port in ports},
            "profile": self.profile,
            "reset": True,
            "batch": True,
        }

    def reset(self, args):
        self.on_reset(self.profile, record(seed=word32)(args, "args")["seed"])
        return {}

    def batch(self, args):
        call = record(op=text, args=anything)
        calls = record(calls=array(call))(args, "args")["calls"]
        return {"answers": [self.answer(self.call, call["op"], call["args"]) for call in calls]}

    def poll(self, args):
        token = record(call=text)(args, "args")["call"]
        if self.on_poll is None:
            raise Unsupported("poll")
        return self.on_poll(token) or {}

    def call(self, op, args):
        if op == "poll":
            return self.poll(args)
        if op not in self.operations:
            raise Unsupported(op)
        arguments, function = self.operations[op]
        return function(**arguments(args, "args")) or {}

    def call_any(self, op, args):
        own = {"hello": self.hello, "reset": self.reset, "batch": self.batch, "bye": lambda args: {}}
        if op in own:
            return own[op](args)
        return self.call(op, args)

    def answer(self, work, op, args):
        """The one member of an answer."""
        try:
            return {"ok": work(op, args)}
        except Errno as error:
            return {"errno": str(error)}
        except Bug as bug:
            return {"bug": str(bug)}
        except Parked as sleep:
            return {"parked": sleep.parked}
        except Unsupported as what:
            return {"unsupported": str(what)}
        except Fault as fault:
            return {"fault": str(fault)}
        except Exception as error:
            traceback.print_exc()
            return {"fault": repr(error)[:4000]}

    def serve(self, line):
        """Returns the reply and whether it is the last."""
        try:
            request = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
            request = record(id=integer(1, 2**53), op=text, args=anything)(request, "request")
        except (ValueError, RecursionError) as error:
            return {"id": 0, "fault": f"not JSON: {error}"[:4000]}, False
        except Fault as fault:
            return {"id": 0, "fault": str(fault)}, False
        answer = self.answer(self.call_any, request["op"], request["args"])
        return {"id": request["id"], **answer}, request["op"] == "bye"

    def run(self):
        """Answers requests until `bye` or the end of the input."""
        replies, sys.stdout = sys.stdout.buffer, sys.stderr
        last = False
        while not last:
            line = read_line(sys.stdin.buffer)
            if not line:
                break
            reply, last = self.serve(line)
            replies.write(json.dumps(reply, separators=(",", ":")).encode() + b"\n")
            replies.flush()
