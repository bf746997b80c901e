/** What --help says beyond the options. */

export const EXIT_CODES = `Exit codes:
  0  as expected
  1  a regression: a new or changed failure
  2  the command line, a baseline or a feature is wrong
  3  the baseline has an entry that is stale, unknown or passes
  4  the implementation could not be driven
  5  nothing ran
 70  kernspec itself failed`;

export const PACKETDRILL_IN_BRIEF = `A script is judged like a scenario. What asks for something that is not supported does not apply and
never counts as passed; a script that is not in the language ends the command with code 2 before anything is run.
Scripts that come along: features/packetdrill/    What of the language is supported: docs/packetdrill.md`;

export const CONTRACT_IN_BRIEF = `An implementation is a process that answers JSON lines (--impl "./my-kernel --json"), or a module
(--impl ./my-kernel.mjs) whose default export is boot(options). The whole contract in brief:

  the suite writes one request a line on your stdin, you write one reply a line on stdout, in order,
  with the request's id; you never speak first; stderr is a log that is shown with failures

  {"id":1,"op":"hello","args":{"protocols":["kernspec/1"],"suite":"…","profile":"notes","seed":1}}
  {"id":1,"ok":{"protocol":"kernspec/1","name":"my-kernel","version":"1","capabilities":{"checksum":1},"reset":true}}
  {"id":2,"op":"checksum.compute","args":{"octets":"0001f203f4f5f6f7"}}
  {"id":2,"ok":{"checksum":8717}}
  {"id":3,"op":"reset","args":{"seed":1}}       forget everything; without it, a process a scenario
  {"id":4,"op":"bye","args":{}}                 answer, then exit

  a reply has exactly one of
    "ok": {…}              the value, as the schema says
    "errno": "ENOENT"      the call failed; only the errnos that the method lists
    "bug": "why"           the kernel caught a misuse (BUG, panic) and says so; not a crash
    "unsupported": "op"    not offered; right for every operation that you did not declare
    "fault": "why"         the adapter failed, or the arguments were wrong
    "parked": {…}          the call sleeps; asked after by poll

  octets are lower-case hex, numbers are plain integers, names are errno names and never numbers
  declare only what you have: "kernspec list capabilities" shows them, each is judged for itself

Start:  kernspec init --lang c my-kernel && cd my-kernel && make && kernspec doctor --impl ./my_kernel
All of it:  docs/protocol.md, docs/write-an-adapter.md`;
